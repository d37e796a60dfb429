"""Records that somebody looks for again and again: picked out as they come, so that nobody reads all of them for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic

from server.ports import Mark, R, Store


class Chosen(Generic[R]):
    """The records of a kind that a condition picks, kept up with the store. Safe for threads.

    Every look costs what changed since the one before, and what is picked.
    """

    def __init__(self, store: Store, kind: type[R], is_chosen: Callable[[R], bool]) -> None:
        self._store, self._kind, self._is_chosen = store, kind, is_chosen
        self._lock = threading.Lock()
        self._mark: Mark | None = None
        self._picked: dict[str, R] = {}

    def now(self) -> list[R]:
        """Those that there are now."""
        with self._lock:
            news = self._store.since(self._mark, (self._kind,))
            if news.whole:
                self._picked = {}
            for _kind, key in news.gone:
                self._picked.pop(key, None)
            for record in news.records:
                if isinstance(record, self._kind) and self._is_chosen(record):
                    self._picked[record.key] = record
                else:
                    self._picked.pop(record.key, None)
            self._mark = news.mark
            return list(self._picked.values())
