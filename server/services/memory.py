"""What the seeker said of one mail holds for the next one like it: same writer, nearly the same words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from server.domain.likeness import NEAR, likeness, sketch, writer
from server.domain.model import Correction, Message, RawMessage, record_key
from server.domain.reading import read, text_of
from server.ports import Mailbox, Store, Unfetched


class Memory:
    """The corrections of one mailbox as they stand now, by who wrote the mail."""

    def __init__(self, store: Store, mailbox: str) -> None:
        self._by_writer: dict[str, list[Correction]] = defaultdict(list)
        for correction in store.all(Correction):
            if correction.mailbox == mailbox and correction.sketch and correction.writer:
                self._by_writer[correction.writer].append(correction)

    def of_like(self, message: Message) -> Correction | None:
        """The correction of the mail most like this one, if any is a near-duplicate; the latest of equals."""
        known = self._by_writer.get(writer(message.sender))
        if not known:
            return None
        own = sketch(text_of(message).cleaned)
        alike, _made, best = max(
            ((likeness(own, one.sketch or ()), one.made, one) for one in known), key=lambda found: found[:2]
        )
        return best if alike > NEAR else None


def remember(mailbox: Mailbox, store: Store) -> None:
    """Complete the corrections of this mailbox that have no sketch yet, from the mails as the mailbox has them.

    What cannot be fetched now is tried again next time. Raises MailboxError when the mailbox as a whole fails.
    """
    waiting = [one.message_id for one in store.all(Correction) if one.mailbox == mailbox.name and one.sketch is None]
    for item in mailbox.fetch(waiting) if waiting else ():
        if isinstance(item, Unfetched) and not item.gone:
            continue
        who, kept = _kept(item, mailbox.name)

        def complete(
            now: Correction | None, who: str = who, kept: tuple[int, ...] = kept
        ) -> Correction | None:  # corrected once more meanwhile, it keeps its newest words
            return replace(now, writer=who, sketch=kept) if now else None

        store.update(Correction, record_key(mailbox.name, item.id), complete)


def _kept(item: RawMessage | Unfetched, mailbox: str) -> tuple[str, tuple[int, ...]]:
    """Writer and sketch of a mail; an empty sketch when it is gone or cannot be read."""
    if isinstance(item, Unfetched):
        return "", ()
    message = read(item, mailbox)
    return writer(message.sender), sketch(text_of(message).cleaned)
