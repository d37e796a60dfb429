"""The store in memory: the twin of the one on disk, for tests and for judging without keeping anything."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from server.ports import Keyed, Mark, News, R
from server.stores.changes import Changes


class MemoryStore:
    """`server.ports.Store` without a disk."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._records: defaultdict[type[Keyed], dict[str, Any]] = defaultdict(dict)
        self._changes = Changes()

    def get(self, kind: type[R], key: str) -> R | None:
        """See Store.get."""
        with self._lock:
            record: R | None = self._records[kind].get(key)
            return record

    def all(self, kind: type[R]) -> list[R]:
        """See Store.all."""
        with self._lock:
            return list(self._records[kind].values())

    def put(self, *records: Keyed, gone: Iterable[Keyed] = ()) -> None:
        """See Store.put."""
        with self._lock:
            for record in gone:
                self.delete(type(record), record.key)
            for record in records:
                self._records[type(record)][record.key] = record
                self._changes.note(type(record), record.key)

    def at_once(self, kinds: Iterable[type[Keyed]]) -> list[Keyed]:
        """See Store.at_once."""
        with self._lock:
            return [record for kind in kinds for record in self.all(kind)]

    def since(self, mark: Mark | None, kinds: Iterable[type[Keyed]]) -> News:
        """See Store.since."""
        with self._lock:
            return self._changes.since(mark, kinds, self.get, self.all)

    def delete(self, kind: type[R], key: str) -> None:
        """See Store.delete."""
        with self._lock:
            if self._records[kind].pop(key, None) is not None:
                self._changes.note(kind, key)

    def update(
        self,
        kind: type[R],
        key: str,
        change: Callable[[R | None], R | None],
        also: Callable[[R], Iterable[Keyed]] = lambda _after: (),
    ) -> R | None:
        """See Store.update."""
        with self._lock:
            before = self.get(kind, key)
            after = change(before)
            if after is not None:
                self.put(after, *also(after))
            return before if after is None else after

    def close(self) -> None:
        """Nothing to let go of."""
