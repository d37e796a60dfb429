"""What reminders, replies and the journal look like in requests and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from server.domain.journal import Day
from server.domain.reminders import Reminder
from server.domain.replies import Reply
from server.web.shapes import MessageId, Request
from server.web.shapes_messages import Sentence

Days = Annotated[int, Field(ge=1, le=365)]


class RemindRequest(Request):
    """Put the letter about a message off until nine in the morning, tomorrow or so many days on."""

    message_id: MessageId
    days: Days = 1


class ReminderRequest(Request):
    """What to do with a reminder."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    action: Literal["done", "snooze", "remove"]
    days: Days = 1


class ThankRequest(Request):
    """The rejection whose reply with feedback is to be thanked for."""

    message_id: MessageId


class ReminderAnswer(BaseModel):
    """A reminder; as `classact reminders --json` prints it. `due_now`: its time has come."""

    id: str
    mailbox: str
    message_id: str
    what: str
    due: datetime
    due_now: bool
    done: bool
    how: str
    text: str

    @classmethod
    def of(cls, one: Reminder, now: datetime) -> ReminderAnswer:
        """The answer for a reminder."""
        names = ("id", "mailbox", "message_id", "what", "due", "done", "how")
        return cls(**{name: getattr(one, name) for name in names}, due_now=one.is_due(now), text=one.sentence)


class ReplyAnswer(BaseModel):
    """A reply to a letter, and the sentences of it that hold feedback."""

    message_id: str
    kind: str
    received: datetime
    sentences: list[Sentence]

    @classmethod
    def of(cls, reply: Reply) -> ReplyAnswer:
        """The answer for a reply."""
        spans = [Sentence(text=span.text, start=span.start, end=span.end) for span in reply.sentences]
        return cls(message_id=reply.message_id, kind=reply.kind, received=reply.received, sentences=spans)


class LineAnswer(BaseModel):
    """One thing that was done."""

    at: datetime
    what: str
    text: str
    mailbox: str
    message_id: str


class DayAnswer(BaseModel):
    """A day of the journal; as `classact journal --json` prints it."""

    day: str
    lines: list[LineAnswer]

    @classmethod
    def of(cls, day: Day) -> DayAnswer:
        """The answer for a day."""
        names = ("at", "what", "text", "mailbox", "message_id")
        lines = [LineAnswer(**{name: getattr(line, name) for name in names}) for line in day.lines]
        return cls(day=day.date.isoformat(), lines=lines)
