"""Keeping a broken message apart, so that it blocks no other: fetching, reading and counting its failures."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from server.domain import judging
from server.domain.connection import NothingFetched
from server.domain.model import Judged, Message, RawMessage, record_key
from server.domain.quarantine import GONE_AFTER, failed_again
from server.domain.reading import read
from server.ports import Mailbox, Store, Unfetched
from server.texts import _

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, and the failure that ended it, if one did."""

    items: list[RawMessage | Unfetched]
    failure: NothingFetched | None = None


@dataclass(slots=True)
class Outcome:
    """What became of fetched messages: read ones, rows of failures, rows that wait unseen, and rows to remove."""

    messages: list[Message] = field(default_factory=list)
    rows: list[Judged] = field(default_factory=list)
    waiting: list[Judged] = field(default_factory=list)
    gone: list[Judged] = field(default_factory=list)


def fetch(mailbox: Mailbox, message_ids: Sequence[str]) -> Fetched:
    """The messages. When the mailbox answers and gives none of some, each of those comes with the reason."""
    items: list[RawMessage | Unfetched] = []
    try:
        items.extend(mailbox.fetch(message_ids))
    except NothingFetched as failure:
        return Fetched([*items, *(Unfetched(id_, why) for id_, why in failure.why.items())], failure)
    return Fetched(items)


def sort_out(
    items: Iterable[RawMessage | Unfetched], store: Store, mailbox: str, now: datetime, *, clicked: bool
) -> Outcome:
    """Read what came; note what did not.

    A message that a scan was told of and that is not there is looked for again, unseen, for twenty minutes: one of
    Gmail's servers may know of it before the next one does. Then it counts as deleted and leaves no row.
    """
    outcome = Outcome()
    for item in items:
        if isinstance(item, RawMessage):
            _read(item, mailbox, now, outcome)
            continue
        before = store.get(Judged, record_key(mailbox, item.id))
        if not item.gone:
            outcome.rows.append(judging.unfetched(mailbox, item.id, item.why, now))
        elif before is not None and before.band != judging.UNFETCHED:
            continue
        elif before is not None and before.tries + 1 >= GONE_AFTER:
            outcome.gone.append(before)
        elif not clicked:
            outcome.waiting.append(failed_again(judging.unfetched(mailbox, item.id, "", now), before, now))
    return outcome


def counted(rows: Iterable[Judged], store: Store, now: datetime) -> list[Judged]:
    """The rows, with each failure added to those before it."""
    return [
        failed_again(row, store.get(Judged, row.key), now) if row.band == judging.UNFETCHED else row for row in rows
    ]


def _read(item: RawMessage, mailbox: str, now: datetime, outcome: Outcome) -> None:
    try:
        outcome.messages.append(read(item, mailbox))
    except Exception:  # reading never raises, and if it does all the same, one mail must not end the scan
        logger.exception("message %s could not be read", item.id)
        outcome.rows.append(judging.unfetched(mailbox, item.id, _("It could not be read."), now))
