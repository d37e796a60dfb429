"""The shapes of messages: one as the card shows it, the log, what was scanned, and what the seeker corrects."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from server.domain.model import Judged, ScanReport
from server.services.desk import View
from server.services.log import LogLine
from server.web.shapes import MessageId, Request, ShortText
from server.web.shapes_letters import Letter


class MessageRequest(Request):
    """A message by its id, and the sender that the page shows beside it."""

    message_id: MessageId
    sender: Annotated[str, StringConstraints(max_length=500)] = ""


class CorrectRequest(Request):
    """The seeker's verdict, company and role; what is left out stays as it is, and one of them must be there.

    Or `take_back`, alone: forget the verdict that they gave.
    """

    message_id: MessageId
    is_rejection: bool | None = None
    company: ShortText | None = None
    role: ShortText | None = None
    take_back: bool = False


class ScanRequest(Request):
    """Which mailbox; empty: all that are looked at anyway."""

    mailbox: ShortText = ""


class Sentence(BaseModel):
    """A sentence that carries the verdict, with its place in the cleaned text."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


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
