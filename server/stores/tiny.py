"""The store on disk: TinyDB tables over a journal, one process at a time, safe for threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from tinydb import TinyDB

from server.errors import HomeNotWritable, StoreDamaged
from server.ports import Keyed, Mark, News, R
from server.stores.changes import Changes
from server.stores.journalled import Change, JournalledStorage, JournalledTable
from server.stores.rows import TABLES, from_row, to_row

_KINDS = {table: kind for kind, table in TABLES.items()}


class TinyStore:
    """`server.ports.Store` in a folder. Whoever opens it holds the folder's lock (server/home.py)."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.RLock()
        self._changes = Changes()
        try:
            self._storage = JournalledStorage(folder)
        except OSError as error:
            raise HomeNotWritable(str(folder), error.strerror or str(error)) from error
        except ValueError as error:  # JSON of another shape than ours
            raise StoreDamaged(str(folder), str(error)) from error
        self.db = TinyDB(storage=lambda: self._storage)
        self.db.table_class = JournalledTable
        # Finding a record by scanning took 43 ms at 100,000 records: keep key -> id, and the records themselves.
        self._ids: dict[str, dict[str, int]] = {}
        self._records: dict[str, dict[int, Keyed]] = {}
        self._last: dict[str, int] = {}
        for kind, table in TABLES.items():
            rows = self._storage.tables.get(table, {})
            self._records[table] = {i: from_row(kind, rows[i]) for i in sorted(rows)}
            self._ids[table] = {record.key: i for i, record in self._records[table].items()}
            self._last[table] = max(self._records[table], default=0)

    @property
    def recovered(self) -> list[str]:
        """Sentences on what had to be mended when the files were opened."""
        return self._storage.recovered

    def get(self, kind: type[R], key: str) -> R | None:
        """See Store.get."""
        with self._lock:
            table = TABLES[kind]
            record = self._records[table].get(self._ids[table].get(key, 0))
            return record if isinstance(record, kind) else None

    def all(self, kind: type[R]) -> list[R]:
        """See Store.all."""
        with self._lock:
            return cast("list[R]", list(self._records[TABLES[kind]].values()))  # a table holds one kind

    def put(self, *records: Keyed, gone: Iterable[Keyed] = ()) -> None:
        """See Store.put: one journal line for all of them."""
        with self._lock:
            leaving = {
                (table, i): record.key
                for record in gone
                if (i := self._ids[table := TABLES[type(record)]].get(record.key)) is not None
            }
            placed: dict[tuple[str, int], Keyed] = {}
            fresh: dict[tuple[str, str], int] = {}
            for record in records:
                table = TABLES[type(record)]
                i = fresh.get((table, record.key)) or self._ids[table].get(record.key)
                if i is None or (table, i) in leaving:  # a number burnt by a failed write is never seen
                    self._last[table] += 1
                    i = fresh[table, record.key] = self._last[table]
                placed[table, i] = record
            changes: list[Change] = [(table, i, None) for table, i in leaving]
            changes += [(table, i, to_row(record)) for (table, i), record in placed.items()]
            self._storage.commit(changes)
            for (table, i), key in leaving.items():
                del self._records[table][i], self._ids[table][key]
                self._changes.note(_KINDS[table], key)
            for (table, i), record in placed.items():
                self._records[table][i] = record
                self._ids[table][record.key] = i
                self._changes.note(type(record), record.key)
            self._forget_queries()

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
            table = TABLES[kind]
            i = self._ids[table].get(key)
            if i is not None:
                self._storage.commit([(table, i, None)])
                del self._records[table][i], self._ids[table][key]
                self._changes.note(kind, key)
                self._forget_queries()

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
            if after is None:
                return before
            self.put(after, *also(after))
            return after

    def close(self) -> None:
        """See Store.close."""
        with self._lock:
            self.db.close()

    def _forget_queries(self) -> None:
        for name in TABLES.values():
            self.db.table(name).clear_cache()
