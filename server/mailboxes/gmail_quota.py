"""Gmail's quota, kept before Gmail has to: 6,000 units a minute, the last 300 of them for the seeker's clicks."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

WINDOW: Final = 61.0  # seconds: a minute, and one more for requests that overtake each other on the way to Google
CLICKS: Final = 6_000  # units a minute and person, for projects made since 2026-05-01 (gmail/api/reference/quota)
SCANS: Final = 5_700  # what a scan may use of them: clicks come first
POLITE: Final = 0.2  # seconds that a scan steps back for a click that waits
_UNKNOWN: Final = 5  # most methods cost about that

# Units of one call, from the same page; those it does not name come from the older table, scaled.
UNITS: Final = {
    "gmail.users.getProfile": 1,
    "gmail.users.history.list": 2,
    "gmail.users.messages.list": 5,
    "gmail.users.messages.get": 20,
    "gmail.users.threads.get": 40,
    "gmail.users.drafts.list": 5,
    "gmail.users.drafts.get": 20,
    "gmail.users.drafts.create": 10,
    "gmail.users.drafts.update": 15,
    "gmail.users.drafts.send": 100,
    "gmail.users.messages.batchModify": 50,
    "gmail.users.labels.list": 1,
}


def units(method_id: str) -> int:
    """What one call of this method costs."""
    return UNITS.get(method_id, _UNKNOWN)


class Quota:
    """Counts the units of the last minute and makes callers wait. Safe for threads."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._spent: deque[tuple[float, int]] = deque()
        self._sum = 0
        self._clicks = 0  # clicks that wait just now
        self._lock = threading.Lock()

    def take(self, cost: int, *, scan: bool) -> None:
        """Wait until `cost` units are free, then take them. Scans leave the clicks' share alone, and go after them."""
        if (wait := self._try(cost, scan=scan)) <= 0:
            return
        with self._lock:
            self._clicks += not scan
        try:
            while wait > 0:
                self._sleep(wait)
                wait = self._try(cost, scan=scan)
        finally:
            with self._lock:
                self._clicks -= not scan

    def _try(self, cost: int, *, scan: bool) -> float:
        """Take the units and return 0, or return the seconds until enough of the older ones are forgotten."""
        limit = SCANS if scan else CLICKS
        with self._lock:
            now = self._clock()
            if scan and self._clicks:
                return POLITE
            while self._spent and self._spent[0][0] <= now - WINDOW:
                self._sum -= self._spent.popleft()[1]
            if self._sum + cost <= limit or not self._spent:
                self._spent.append((now, cost))
                self._sum += cost
                return 0.0
            excess = self._sum + cost - limit
            for when, amount in self._spent:
                excess -= amount
                if excess <= 0:
                    return when + WINDOW - now
            return WINDOW  # pragma: no cover - a single cost above the limit, which no method has
