"""What requests hold and answers look like: checked on the way in, and the source of the OpenAPI document."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from server.domain.model import Judged, Kind, OutboxItem, OutboxState, ScanReport, Suggestion, Tone, Training
from server.services.desk import View
from server.services.learning import Status
from server.services.log import LogLine
from server.services.settling import can_settle
from server.web.shapes_people import PersonAnswer, choice_of

MessageId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10,20}$")]
OpaqueId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ShortText = Annotated[str, StringConstraints(max_length=2000)]


class Request(BaseModel):
    """A request body; unknown fields are refused, so that a typing error is never silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Request):
    """An empty object."""


class PairRequest(Request):
    """The code that `classact pair` shows."""

    code: Annotated[str, StringConstraints(max_length=20)]


class HelloRequest(Request):
    """A challenge: the server proves itself before the extension shows its token."""

    pairing: Annotated[str, StringConstraints(max_length=64)]
    challenge: Annotated[str, StringConstraints(min_length=16, max_length=200)]


class MessageRequest(Request):
    """A message by its id, and the sender that the page shows beside it."""

    message_id: MessageId
    sender: Annotated[str, StringConstraints(max_length=500)] = ""


class SuggestRequest(Request):
    """Which letter for which message."""

    message_id: MessageId
    kind: Kind
    to: Annotated[str, StringConstraints(max_length=500)] = ""
    tone: Tone = Tone.WARM
    language: Annotated[str, StringConstraints(max_length=10)] = ""
    # The seeker's own line, used as it is and kept; left out: the one that was kept
    specific: Annotated[str, StringConstraints(max_length=300)] | None = None


class DraftRequest(Request):
    """A letter as the seeker wants it."""

    message_id: MessageId
    kind: Kind
    to: Annotated[str, StringConstraints(max_length=500)]
    subject: ShortText
    body: Annotated[str, StringConstraints(max_length=50_000)]
    draft_id: str = ""  # what the page believes to replace; the server knows by itself


class SendRequest(Request):
    """A draft in the state the seeker saw it. `confirmed`: although the thread has been answered."""

    draft_id: OpaqueId
    revision: OpaqueId
    confirmed: bool = False


class OutboxRequest(Request):
    """A letter on its way."""

    outbox_id: OpaqueId


class CorrectRequest(Request):
    """The seeker's verdict, company and role; what is left out stays as it is, and one of them must be there."""

    message_id: MessageId
    is_rejection: bool | None = None
    company: ShortText | None = None
    role: ShortText | None = None


class ScanRequest(Request):
    """Which mailbox; empty: all that are looked at anyway."""

    mailbox: ShortText = ""


class PairAnswer(BaseModel):
    """Shown once: the token, and the key under which the server will prove itself."""

    token: str
    pairing: str
    server_key: str


class ErrorAnswer(BaseModel):
    """What went wrong, and what to do next."""

    error: str
    hint: str
    code: str


class Sentence(BaseModel):
    """A sentence that carries the verdict, with its place in the cleaned text."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Letter(BaseModel):
    """A letter that was begun."""

    outbox_id: str
    kind: Kind
    state: OutboxState
    to: str
    subject: str
    body: str
    draft_id: str
    revision: str
    undo_until: datetime | None
    problem: str
    can_settle: bool = False  # no look could tell how it ended, so the seeker may say so
    told: bool = False  # the seeker has said so

    @classmethod
    def of(cls, item: OutboxItem) -> Letter:
        """The answer for an outbox item."""
        names = ("kind", "state", "to", "subject", "body", "draft_id", "revision", "undo_until", "problem")
        told = item.told and not item.sent_message_id
        fields = {name: getattr(item, name) for name in names}
        return cls(outbox_id=item.id, can_settle=can_settle(item), told=told, **fields)


class MessageAnswer(BaseModel):
    """A message as the card shows it."""

    message_id: str
    label: str | None
    band: str
    score: float | None
    hold: bool
    language: str
    reason: str | None
    evidence: list[Sentence]
    company: str | None
    role: str | None
    is_rejection: bool
    needs_review: bool
    like: str  # the like mail whose correction this verdict follows, or ""
    state: str
    outbox: Letter | None

    @classmethod
    def of(cls, view: View) -> MessageAnswer:
        """The answer for a message."""
        row = view.row
        return cls(
            **_verdict_fields(row),
            is_rejection=row.band == "auto",
            needs_review=row.band == "review",
            like=row.like,
            state=view.state,
            outbox=Letter.of(view.letters[0]) if view.letters else None,
        )


class LogAnswer(BaseModel):
    """The log, the review queue and what is due, for the popup and the dashboard."""

    rejections: list[dict[str, Any]]
    review: list[dict[str, Any]]
    reminders: list[dict[str, Any]] = []  # whose time has come
    letters: list[dict[str, Any]] = []  # on their way, or waiting for the seeker


class SuggestionAnswer(BaseModel):
    """A letter offered, or why not; as `classact suggest --json` prints it; what follows `tone` only if set."""

    kind: Kind
    allowed: bool
    why: str
    advice: str
    one_click: bool
    to: str
    subject: str
    body: str
    language: str
    tone: Tone
    link: str = ""
    advice_code: str = ""
    warnings: list[str] = []
    specific: str = ""
    people: list[PersonAnswer] = []

    @model_serializer(mode="wrap")
    def _without_what_is_empty(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        answer: dict[str, Any] = plain(self)
        optional = ("link", "advice_code", "warnings", "specific", "people")
        return {name: value for name, value in answer.items() if value or name not in optional}

    @classmethod
    def of(cls, suggestion: Suggestion) -> SuggestionAnswer:
        """The answer for a suggestion."""
        told = {name: getattr(suggestion, name) for name in cls.model_fields if name not in ("people", "warnings")}
        people = choice_of(suggestion.people, suggestion.to)
        return cls(**told, warnings=list(suggestion.warnings), people=people)


class LogLineAnswer(BaseModel):
    """A line of the log; as `classact log --json` prints it."""

    message_id: str
    thread_id: str
    mailbox: str
    company: str | None
    role: str | None
    reason: str | None
    hold: bool
    received: datetime
    logged: datetime
    score: float | None
    band: str
    evidence: list[Sentence]
    state: str

    @classmethod
    def of(cls, line: LogLine) -> LogLineAnswer:
        """The answer for a line."""
        values = {name: getattr(line, name) for name in cls.model_fields if name != "evidence"}
        return cls(evidence=_sentences(line), **values)


def review_line(row: Judged) -> dict[str, Any]:
    """A mail that waits for a yes or no, as JSON values."""
    return {**_verdict_fields(row), "evidence": [s.model_dump() for s in _sentences(row)]} | {
        "received": row.received.isoformat(),
        "mailbox": row.mailbox,
        "like": row.like,
    }


def _verdict_fields(row: Judged) -> dict[str, Any]:
    names = ("message_id", "label", "band", "score", "hold", "language", "reason", "company", "role")
    return {name: getattr(row, name) for name in names} | {"evidence": _sentences(row)}


def _sentences(row: Judged | LogLine) -> list[Sentence]:
    return [Sentence(text=span.text, start=span.start, end=span.end) for span in row.evidence]


def scan_totals(reports: list[ScanReport]) -> dict[str, float | int]:
    """The reports of several mailboxes added up; as `classact scan --json` prints it."""
    names = ("seen", "judged", "rejections", "review", "failed", "known")
    totals: dict[str, float | int] = {name: sum(getattr(report, name) for report in reports) for name in names}
    return totals | {"seconds": round(sum(report.seconds for report in reports), 3)}


def correction_answer(row: Judged, state: str) -> dict[str, Any]:
    """What a message counts as after a correction; as `classact correct --json` prints it."""
    names = ("message_id", "label", "band", "company", "role")
    return {name: getattr(row, name) for name in names} | {"state": str(state)}


class FiguresAnswer(BaseModel):
    """How a model did on the mails kept for checking."""

    model: str
    mails: int
    f1: float | None
    auto_precision: float | None


class TrainingAnswer(BaseModel):
    """One time that it learned."""

    when: datetime
    seconds: float
    corrections: int
    accepted: bool
    why_not: str
    before: FiguresAnswer | None
    after: FiguresAnswer | None

    @classmethod
    def of(cls, training: Training) -> TrainingAnswer:
        """The answer for a training."""
        before, after = (
            FiguresAnswer(**asdict(figures)) if figures else None for figures in (training.before, training.after)
        )
        return cls(
            when=training.made,
            seconds=round((training.ended - training.made).total_seconds(), 1),
            corrections=training.corrections,
            accepted=not training.why_not,
            why_not=training.why_not,
            before=before,
            after=after,
        )


class ModelAnswer(BaseModel):
    """The classifier in use, and what it learned; as `classact model status --json` prints it."""

    version: str
    own: bool
    ignored: str
    corrections: int
    new: int
    running: bool
    last: TrainingAnswer | None

    @classmethod
    def of(cls, status: Status) -> ModelAnswer:
        """The answer for a status."""
        names = ("version", "own", "ignored", "corrections", "new", "running")
        last = TrainingAnswer.of(status.last) if status.last else None
        return cls(last=last, **{name: getattr(status, name) for name in names})
