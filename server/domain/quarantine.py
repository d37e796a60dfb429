"""Messages that cannot be had or judged: kept, counted, shown with the reason, and tried again ever more seldom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from server.domain.model import Judged

AFTER: Final = 3  # failures; from then on a message counts as quarantined
GONE_AFTER: Final = 4  # looks that do not find a message of which the mailbox had told; it was deleted, then
_FIRST: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(days=1)


def pause(tries: int) -> timedelta:
    """How long to leave a message alone after so many failures: 1, 4, 16 minutes, 1, 4, 17 hours, then a day."""
    times: int = 4 ** min(max(tries - 1, 0), 10)
    return min(_LONGEST, _FIRST * times)


def failed_again(row: Judged, before: Judged | None, now: datetime) -> Judged:
    """The row of a message that failed now; `before` is its row so far, if it has one."""
    tries = (before.tries if before else 0) + 1
    return replace(row, tries=tries, next_try=now + pause(tries))


def is_due(row: Judged, now: datetime) -> bool:
    """Whether to try it again. A clock that was set back makes nobody wait longer than the pause itself."""
    return row.next_try is None or not now < row.next_try <= now + pause(row.tries)


def is_quarantined(row: Judged) -> bool:
    """Whether it failed so often that it looks like more than bad luck."""
    return bool(row.error) and row.tries >= AFTER
