"""The shapes of one click on a letter that was shown: what is asked, and what came of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from server.domain.model import Kind
from server.services.one_click import Pressed
from server.web.shapes import MessageId, Request, ShortText
from server.web.shapes_letters import Letter, SuggestionAnswer
from server.web.waiting import WaitingLetter


class SendSuggestedRequest(Request):
    """One click on a letter that was shown and not edited; nothing else than what was shown is sent."""

    message_id: MessageId
    kind: Kind
    to: Annotated[str, StringConstraints(max_length=500)]
    subject: ShortText
    body: Annotated[str, StringConstraints(max_length=50_000)]


class PressedAnswer(BaseModel):
    """What one click came to: `held` is on its way; or `why` it is not, and what to look at in `offer` or `kept`."""

    held: Letter | None
    offer: SuggestionAnswer | None
    kept: Letter | None
    why: str

    @classmethod
    def of(cls, pressed: Pressed) -> PressedAnswer:
        """The answer for a click."""
        return cls(
            held=Letter.of(pressed.held) if pressed.held else None,
            offer=SuggestionAnswer.of(pressed.offer) if pressed.offer else None,
            kept=Letter.of(pressed.kept) if pressed.kept else None,
            why=pressed.why,
        )


def waiting(letter: WaitingLetter) -> dict[str, Any]:
    """A letter on its way as the popup shows it: no text of it, and what may still be said of it."""
    return {
        "outbox_id": letter.id,
        "title": letter.title,
        "company": letter.company,
        "words": letter.words,
        "undo_until": letter.until.isoformat() if letter.until else None,
        "can_undo": letter.can_undo,
        "can_settle": letter.can_settle,
        "moving": letter.moving,
    }
