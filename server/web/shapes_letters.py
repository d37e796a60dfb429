"""The shapes of letters: offered, saved, and on their way."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from server.domain.model import Kind, OutboxItem, OutboxState, Suggestion, Tone
from server.services.settling import can_settle
from server.web.shapes import MessageId, OpaqueId, Request, ShortText
from server.web.shapes_people import PersonAnswer, choice_of


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
