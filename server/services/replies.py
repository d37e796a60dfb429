"""Replies to the seeker's letters: found in their threads, read once, and kept with the rejection they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from server.domain.application import BY_HAND
from server.domain.model import JournalEntry, Judged, Kind, OutboxItem, OutboxState, RawMessage, Rejection, record_key
from server.domain.reading import read
from server.domain.replies import Reply, ReplyKind, reading_of
from server.ports import Clock, Keyed, Mailbox, Store, Unfetched
from server.services.correspondence import Correspondence, Place

# Our clock and the mailbox's differ; a machine answers within the second in which a letter is noted as sent.
_APART = timedelta(minutes=5)
_SHOWN = frozenset(ReplyKind)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter of the seeker's that went: when, about which rejection, of which kind and to whom if we wrote it."""

    at: datetime
    message_id: str
    kind: Kind | None = None
    to: str = ""


def letters_sent(store: Store, own: Iterable[Judged]) -> dict[Place, list[Sent]]:
    """The letters by thread, oldest first: ours, and those that the seeker wrote by hand after a logged rejection.

    `own`: every mail that the seeker wrote.
    """
    sent: defaultdict[Place, list[Sent]] = defaultdict(list)
    for item in store.all(OutboxItem):
        if item.state is OutboxState.SENT:
            sent[item.mailbox, item.thread_id].append(Sent(item.changed, item.message_id, item.kind, item.to))
    rejections = {(row.mailbox, row.thread_id): row for row in store.all(Rejection)}
    for row in own:
        rejection = rejections.get((row.mailbox, row.thread_id))
        if rejection and row.received > rejection.received:
            sent[row.mailbox, row.thread_id].append(Sent(row.received, rejection.message_id))
    return {place: sorted(letters, key=lambda letter: letter.at) for place, letters in sent.items()}


def recognise(mailbox: Mailbox, store: Store, clock: Clock, mails: Correspondence) -> list[Reply]:
    """Read every reply that was not read yet, and keep what it is; those that were found now.

    Raises MailboxError when the mailbox as a whole fails; what was not read is read the next time.
    """
    sent = letters_sent(store, mails.own())
    rows = [row for place in sent if place[0] == mailbox.name for row in mails.in_thread(place)]
    waiting = {row.message_id: (row, about) for row in rows if (about := _answered(row, sent, store))}
    found: list[Reply] = []
    for item in mailbox.fetch(list(waiting)) if waiting else ():
        if isinstance(item, Unfetched) and not item.gone:
            continue  # next time
        row, about = waiting[item.id]
        reply = _reply(item, row, about, clock.now())
        records: list[Keyed] = [reply]
        if reply.kind in _SHOWN:
            records.append(_entry(reply))
            found.append(reply)
        store.put(*records)
    return found


def by_rejection(store: Store) -> dict[str, list[Reply]]:
    """The replies by the key of the rejection that they are about, oldest first."""
    kept: defaultdict[str, list[Reply]] = defaultdict(list)
    for reply in sorted(store.all(Reply), key=lambda reply: reply.received):
        if reply.kind in _SHOWN:
            kept[record_key(reply.mailbox, reply.answers)].append(reply)
    return dict(kept)


def to_thank_for(store: Store, row: Judged, kind: Kind) -> Judged:
    """What a letter of that kind answers: thanks for feedback go to the last reply with feedback, if there is one."""
    if kind is not Kind.THANKS_FOR_FEEDBACK:
        return row
    with_feedback = [reply for reply in by_rejection(store).get(row.key, ()) if reply.sentences]
    judged = store.get(Judged, with_feedback[-1].key) if with_feedback else None
    return judged or row


def _answered(row: Judged, sent: dict[Place, list[Sent]], store: Store) -> str:
    """The rejection that the letter was about which this message answers; "" if it answers none or was read."""
    letters = sent.get((row.mailbox, row.thread_id), [])
    before = [letter for letter in letters if letter.at - _APART < row.received and letter.message_id != row.message_id]
    if row.own or row.error or row.model == BY_HAND or not before or store.get(Reply, row.key) is not None:
        return ""
    about = before[-1].message_id
    rejection = store.get(Rejection, record_key(row.mailbox, about)) or store.get(
        Judged, record_key(row.mailbox, about)
    )
    return about if rejection is None or row.received > rejection.received else ""


def _reply(item: RawMessage | Unfetched, row: Judged, about: str, now: datetime) -> Reply:
    kept = Reply(
        mailbox=row.mailbox,
        message_id=row.message_id,
        thread_id=row.thread_id,
        answers=about,
        received=row.received,
        logged=now,
        kind="gone",
        sender=row.sender,
        language=row.language,
    )
    if isinstance(item, Unfetched):
        return kept
    message = read(item, row.mailbox)
    if message.unreadable:
        return replace(kept, kind=ReplyKind.UNSURE)
    found = reading_of(message, row.label)
    return replace(kept, kind=found.kind, sentences=found.sentences)


def _entry(reply: Reply) -> JournalEntry:
    key = f"{reply.logged.isoformat()} replied {reply.message_id} {reply.mailbox}"
    return JournalEntry(key, reply.mailbox, reply.logged, "replied", reply.message_id, reply.kind)
