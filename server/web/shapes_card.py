"""What the card asks beside letters: how a message stands for it, a reminder undone, how a letter in doubt ended."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from server.web.after_shapes import ReminderAnswer
from server.web.shapes import MessageId, OpaqueId, Request
from server.web.shapes_messages import MessageAnswer


class RemindUndoRequest(Request):
    """The message whose letter was put off."""

    message_id: MessageId


class RemindAnswer(ReminderAnswer):
    """A reminder that was just set, and the sentence that says for when."""

    words: str


class RemindUndoAnswer(BaseModel):
    """The reminder as it was before, if there was one."""

    reminder: ReminderAnswer | None


class SettleRequest(Request):
    """What the seeker says of a letter in doubt; `take_back` undoes it."""

    outbox_id: OpaqueId
    said: Literal["went", "did_not_go", "take_back"]


class CardAnswer(MessageAnswer):
    """A message as the card shows it, with the seeker's own line and the reminder that is set for its letter."""

    specific: str
    reminder: ReminderAnswer | None
