"""What the mailbox itself says about a letter of ours: whether it went, and whether its thread has moved on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from nlp.text import mail_text
from server.domain.model import Judged, Message, OutboxItem, record_key
from server.domain.reading import read
from server.errors import Refused
from server.ports import Mailbox, Store
from server.texts import _

_CLOCKS = timedelta(minutes=10)  # how far Gmail's clock and this computer's may differ


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in the letter's thread and in the rejection's."""

    item: OutboxItem
    letters: tuple[Message, ...]  # of the letter's own thread
    around: tuple[Message, ...]  # of the rejection's thread

    @property
    def sent_id(self) -> str:
        """The sent message that carries our letter's id, "" if there is none."""
        found = (m.id for m in (*self.letters, *self.around) if m.is_sent and m.letter_id == self.item.id)
        return next(found, "")

    @property
    def sent_id_by_words(self) -> str:
        """As `sent_id`, by addressee, words and time: for a letter in doubt, should Gmail drop our header."""
        asked = self.item.doubted or self.item.changed
        for m in self.letters:
            ours = m.is_sent and not m.letter_id and m.received > asked - _CLOCKS
            if ours and any(c.address == self.item.to for c in m.to) and m.body.split() == words_of(self.item) != []:
                return m.id
        return ""

    def answered_by_hand(self, ours: Collection[str]) -> bool:
        """Whether the seeker has written since the rejection came; `ours` are ids of letters that went from here."""
        every = (*self.around, *self.letters)
        came = next((m.received for m in every if m.id == self.item.message_id), None)
        written = (m for m in every if m.is_sent and not (m.letter_id and m.letter_id in ours))
        return came is not None and any(m.received > came for m in written)

    @property
    def has_news(self) -> bool:
        """Whether somebody else has written in the rejection's thread since the letter was written."""
        known = {*self.item.seen, self.item.message_id}
        fresh = (m for m in self.around if m.id not in known and not m.is_sent and not m.is_draft)
        return bool(self.item.seen) and any(fresh)


def look(mailbox: Mailbox, store: Store, item: OutboxItem) -> Look:
    """Read both threads, one of them where they are the same; raises MailboxError."""
    letters = _thread(mailbox, item.thread_id)
    row = store.get(Judged, record_key(item.mailbox, item.message_id))
    elsewhere = row is not None and row.thread_id != item.thread_id
    return Look(item, letters, _thread(mailbox, row.thread_id) if row and elsewhere else letters)


def check_thread(seen: Look, ours: Collection[str]) -> None:
    """Raise Refused when a letter should not go without another word of the seeker's; `confirmed` overrules it."""
    if seen.answered_by_hand(ours):
        raise Refused(
            _("You have already answered in this thread."),
            _("Send it all the same only if you mean to write twice."),
            code="answered",
        )
    if seen.has_news:
        raise Refused(
            _("Something new has come in this thread since you wrote the letter."),
            _("Read it first; send the letter all the same only if it still fits."),
            code="answered",
        )


def _thread(mailbox: Mailbox, thread_id: str) -> tuple[Message, ...]:
    return tuple(read(raw, mailbox.name) for raw in mailbox.fetch_thread(thread_id))


def words_of(item: OutboxItem) -> list[str]:
    """The words of a letter as they are found again when it is read back."""
    return mail_text(subject=item.subject, sender="", body=item.body, html="").body.split()
