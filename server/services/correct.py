"""The seeker overrules a verdict: at once, and for good."""

from __future__ import annotations

from server.domain import judging
from server.domain.model import Correction, JournalEntry, Judged, Rejection, record_key
from server.errors import UnknownMessage
from server.ports import Clock, Store


def correct(
    store: Store,
    clock: Clock,
    mailbox: str,
    message_id: str,
    *,
    is_rejection: bool,
    company: str | None = None,
    role: str | None = None,
) -> Judged:
    """Store the correction, change the log by it, and answer what the message now counts as.

    Raises UnknownMessage when nothing was ever judged under that id.
    """
    row = store.get(Judged, record_key(mailbox, message_id))
    if row is None:
        raise UnknownMessage(message_id)
    now = clock.now()
    correction = Correction(mailbox, message_id, now, is_rejection, company, role)
    after = judging.corrected(row, correction)
    what = "confirmed" if is_rejection else "overruled"
    entry = JournalEntry(f"{now.isoformat()} {what} {message_id}", mailbox, now, what, message_id)
    if is_rejection:
        store.put(correction, after, judging.rejection(after, now), entry)
    else:
        store.put(correction, after, entry)
        store.delete(Rejection, row.key)
    return after
