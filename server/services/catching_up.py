"""Where a scan goes on: from the cursor, or, when that is forgotten, from a little before the last success."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from server.domain import judging, quarantine
from server.domain.model import Cursor, Judged, record_key
from server.errors import CursorExpired
from server.ports import Mailbox, Page, Store

logger = logging.getLogger(__name__)

# Mail can be received some time before it is shown, and two clocks are compared: one day for each.
MARGIN: Final = timedelta(days=2)


def news(mailbox: Mailbox, store: Store) -> Iterator[Page]:
    """Pages of what may be new; the last one has the cursor. Ids that are known already may be among them."""
    saved = store.get(Cursor, mailbox.name)
    try:
        yield from mailbox.changes(saved.value if saved else None)
    except CursorExpired:
        if saved is None:
            raise
        logger.info("cursor expired, listing again")
        yield from mailbox.relist(missing_since(store, saved))


def missing_since(store: Store, saved: Cursor) -> datetime:
    """A moment after which alone mail can be missing: the last success, or the newest mail known, less the margin.

    The time of the last success is by this computer's clock, which may have run ahead; the newest mail's is by the
    mailbox's. The earlier of the two is on the safe side, and mail that is listed again and known is not fetched.
    """
    received = (
        row.received
        for row in store.all(Judged)
        if row.mailbox == saved.mailbox and row.band not in (judging.UNFETCHED, judging.UNREADABLE)
    )
    return min(saved.saved, max(received, default=saved.saved)) - MARGIN


def is_failed(row: Judged) -> bool:
    """Whether the message could not be had: it is tried again some time."""
    return row.band == judging.UNFETCHED


def to_try_again(failed: Iterable[Judged], mailbox: str, now: datetime) -> list[str]:
    """Ids of messages that failed and whose pause is over, the longest waiting first."""
    rows = [row for row in failed if row.mailbox == mailbox]
    due = sorted((row.next_try or row.judged, row.message_id) for row in rows if quarantine.is_due(row, now))
    return [message_id for _when, message_id in due]


def is_settled(store: Store, mailbox: str, message_id: str, now: datetime) -> bool:
    """Whether a scan passes this message over: it was judged, or it failed and its pause is not over."""
    row = store.get(Judged, record_key(mailbox, message_id))
    return row is not None and (row.band != judging.UNFETCHED or not quarantine.is_due(row, now))
