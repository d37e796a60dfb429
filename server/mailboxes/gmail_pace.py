"""How many requests go into one batch: fewer when Gmail says it is too much at once, more when it does not mind."""

from __future__ import annotations

import threading
from typing import Final

MOST: Final = 20  # at 285 messages a minute larger batches gain nothing; over 50 Google advises against
CALM: Final = 4  # batches without a refusal before the next step up


class Pace:
    """Halves at a refusal, down to single requests, and grows back in steps. Safe for threads.

    Gmail carries out the parts of a batch side by side and answers 429 "Too many concurrent requests for user", or
    403 rateLimitExceeded, to those that are too many; how many that is it does not say.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size, self._calm = most, most, 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many requests the next batch may have."""
        return self._size

    def note(self, *, refused: bool) -> None:
        """How the last batch went."""
        with self._lock:
            if refused:
                self._size, self._calm = max(1, self._size // 2), 0
                return
            self._calm += 1
            if self._calm >= CALM and self._size < self._most:
                self._size, self._calm = min(self._most, self._size + max(1, self._size // 2)), 0
