"""One step after feedback came: a letter of thanks for it, laid into the drafts to be read and sent by the seeker."""

from __future__ import annotations

from server.domain.model import Kind, OutboxItem
from server.errors import Refused
from server.services.desk import Desk


def draft_thanks(desk: Desk, message_id: str) -> OutboxItem:
    """Save the suggested thanks for the feedback to that rejection as a draft. Nothing is sent.

    Raises Refused with the suggestion's own reason when nobody can be written to.
    """
    offer = desk.suggest(message_id, Kind.THANKS_FOR_FEEDBACK)
    if not offer.allowed:
        raise Refused(offer.why)
    return desk.draft(message_id, Kind.THANKS_FOR_FEEDBACK, offer.to, offer.subject, offer.body)
