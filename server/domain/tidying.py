"""Labels and archiving, when the seeker has switched them on: what was chosen, what was done, what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nlp.verdict import Label
from server.domain.headers import contacts
from server.domain.model import Judged, record_key
from server.domain.people import is_no_reply

LABEL = "Class Act/Rejection"

# Stages at which a person has met the seeker, or the seeker has done some work for them.
_MET = frozenset({Label.INTERVIEW, Label.ASSESSMENT, Label.OFFER})


class Step(StrEnum):
    """How far one change in the mailbox has got. It is on disk as asked for before the mailbox is told.

    Asked for is in doubt: it may be there or not. Whoever wants it there asks again, whoever does not takes it back.
    """

    NOT = ""
    ASKED = "asked"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Tidying:
    """What the seeker has switched on for one account; without a record both are off."""

    mailbox: str
    label: bool
    archive: bool
    changed: datetime
    label_id: str = ""  # the mailbox's own id of the label: a renamed label stays ours

    @property
    def key(self) -> str:
        """The store's key."""
        return self.mailbox


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done to one message, so that it is done once, and can be taken back."""

    mailbox: str
    message_id: str
    at: datetime
    labelled: Step = Step.NOT
    archived: Step = Step.NOT
    kept: bool = False  # looked at, or put back, and left where it is for good

    @property
    def key(self) -> str:
        """The store's key."""
        return record_key(self.mailbox, self.message_id)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies now: its labels, and whom answers would go to, as the field has it."""

    labels: frozenset[str]
    reply_to: str = ""

    @property
    def can_leave(self) -> bool:
        """Whether it may leave the inbox: it is there, the seeker has not starred it, and no person takes answers."""
        answered = [contact.address for contact in contacts(self.reply_to)]
        return "INBOX" in self.labels and "STARRED" not in self.labels and all(map(is_no_reply, answered))

    @property
    def can_return(self) -> bool:
        """Whether it may go back to the inbox: the seeker has not thrown it away since."""
        return not self.labels & {"INBOX", "TRASH", "SPAM"}


def may_archive(row: Judged, others: Iterable[Judged]) -> bool:
    """Whether a rejection is form mail without human contact, by what is kept of it and of the mailbox's other mail.

    Its sender is an address that nobody reads; the seeker wrote nothing in its thread; and no interview, assessment or
    offer stands in the thread or came from the same company. In doubt it stays where it is.
    """
    if not is_no_reply(row.sender.address) or not row.sender.address:
        return False
    company = (row.company or "").casefold()
    for other in others:
        if other.message_id == row.message_id:
            continue
        in_thread = other.thread_id == row.thread_id
        if in_thread and (other.own or not is_no_reply(other.sender.address)):
            return False
        same = in_thread or (bool(company) and (other.company or "").casefold() == company)
        if same and other.label in _MET:
            return False
    return True
