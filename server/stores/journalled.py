"""TinyDB over a journal: the snapshot is an ordinary TinyDB file, every change since stands in the journal beside it.

Stock TinyDB rewrites its file in place at each write: 956 ms at 100,000 records, and unreadable after a kill at the
wrong moment. Here a write appends one line (0.3 ms), and reading back is snapshot + journal. Replaying a journal
twice changes nothing, since its entries hold whole documents.
"""

from __future__ import annotations

import copy
import json
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tinydb.storages import Storage
from tinydb.table import Table

from server.durable import sync, written_whole
from server.errors import HomeNotWritable, StoreDamaged
from server.stores.journal import Journal, as_json, entries
from server.texts import _

logger = logging.getLogger(__name__)

Document = dict[str, Any]
Rows = dict[int, Document]
Change = tuple[str, int, Document | None]  # table, id, document (None: removed)

COMPACT_AT = 8 * 1024 * 1024  # bytes of journal; writing a 48 MB snapshot took 200 ms


class JournalledStorage(Storage):
    """Tables in memory, changes in a journal, both in one folder. A kept copy of the last generation is the spare.

    `recovered` says in sentences what had to be mended when the files were read.
    """

    def __init__(self, folder: Path, name: str = "log") -> None:
        self.snapshot, self.spare = folder / f"{name}.json", folder / f"{name}.json.bak"
        self.log, self.spare_log = folder / f"{name}.journal", folder / f"{name}.journal.bak"
        self.recovered: list[str] = []
        self._compact_at = COMPACT_AT
        self.tables, self._base, whole, mended = self._load()
        self._journal = Journal(self.log)
        with ExitStack() as stack:
            stack.callback(self._journal.close)  # unless all goes well
            if self._journal.size > whole:
                self._journal.cut(whole)
                self.recovered.append(_("A half-written last line was dropped; nothing that was saved is missing."))
            if mended is not None:  # the spare stays as it is until a whole snapshot stands again
                self._journal.append({"base": self._base})
                _replace(self.snapshot, mended)
                self.recovered.append(_("The log's main file was damaged; it was rebuilt from its spare copy."))
            stack.pop_all()

    def read(self) -> dict[str, dict[str, Any]]:
        """TinyDB's view of everything: table -> id as text -> document."""
        return _as_text(self.tables)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """TinyDB's whole-file write (drop_tables and the like), as one transaction."""
        new = {name: {int(i): dict(row) for i, row in rows.items()} for name, rows in data.items()}
        gone: list[Change] = [
            (name, i, None) for name, rows in self.tables.items() for i in rows if i not in new.get(name, {})
        ]
        self.commit(gone + [(name, i, row) for name, rows in new.items() for i, row in rows.items()])

    def commit(self, changes: list[Change]) -> None:
        """Make the changes durable, then visible; all or none. Raises HomeNotWritable, and then nothing changed."""
        if not changes:
            return
        if self._journal.size == 0:
            self._journal.append({"base": self._base})
        self._journal.append({"changes": [list(change) for change in changes]})
        apply(self.tables, changes)
        if self._journal.size > self._compact_at:
            try:
                self.compact()
            except HomeNotWritable:  # the changes themselves are safe; the journal only stays long for a while
                self._compact_at = self._journal.size + COMPACT_AT
                logger.warning("the journal could not be compacted, next try at %d bytes", self._compact_at)

    def compact(self) -> None:
        """Write a new snapshot and start an empty journal; killed or refused at any point, nothing is lost.

        The journal is emptied in place: an open file cannot be replaced on Windows, and a write after a replacement
        that half failed would go to a file that is no longer there. Raises HomeNotWritable.
        """
        data = as_json(self.read())
        base = zlib.crc32(data)
        fresh = self.snapshot.with_suffix(".new")
        try:
            _replace(fresh, data)
            if self._journal.size == 0:
                self._journal.append({"base": self._base})
            self._journal.append({"next": base})  # from here on either snapshot is the right one for this journal
            if self.snapshot.exists():
                _replace(self.spare, self.snapshot.read_bytes())
            _replace(self.spare_log, self.log.read_bytes())
            fresh.replace(self.snapshot)
            sync(self.snapshot.parent)
            self._base = base
            self._journal.cut(0)
            self._journal.append({"base": base})
        except OSError as error:
            raise HomeNotWritable(str(self.snapshot.parent), error.strerror or str(error)) from error
        self._compact_at = COMPACT_AT

    def close(self) -> None:
        """Let go of the journal."""
        self._journal.close()

    def _load(self) -> tuple[dict[str, Rows], int, int, bytes | None]:
        """The tables, the snapshot's checksum, where the journal's last whole line ends, and a mended snapshot.

        The last is None unless the snapshot is damaged; then it is the spare generation with its own journal.
        """
        bases, changes, whole = read_journal(self.log)
        data = self.snapshot.read_bytes() if self.snapshot.exists() else b""
        tables, mended = (tables_of(data) if not bases or zlib.crc32(data) in bases else None), None
        if tables is None:
            tables = self._from_spare()
            data = mended = as_json(_as_text(tables))
        apply(tables, changes)
        return tables, zlib.crc32(data), whole, mended

    def _from_spare(self) -> dict[str, Rows]:
        bases, changes, _end = read_journal(self.spare_log)
        data = self.spare.read_bytes() if self.spare.exists() else b""
        tables = tables_of(data) if zlib.crc32(data) in bases else None
        if tables is None:
            raise StoreDamaged(str(self.snapshot), _("its checksum is wrong, and there is no whole spare copy"))
        apply(tables, changes)
        return tables


class JournalledTable(Table):
    """A TinyDB table that reads from memory and writes through the journal.

    TinyDB promises `table_class`, but not the two private methods overridden here: hence the bounds in pyproject.toml
    and tests/stores/test_journalled.py. Documents handed out are copies, so nobody changes the log by accident.
    """

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return {str(i): copy.deepcopy(row) for i, row in self._rows.items()}

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        changed = Overlay(self._rows)
        updater(changed)  # type: ignore[arg-type]  # a mapping like the dict it expects, which remembers its changes
        old = self._rows  # TinyDB looks at every document to change one
        self._journalled.commit([(self._name, i, row) for i, row in changed.changes.items() if row != old.get(i)])
        self.clear_cache()

    @property
    def _journalled(self) -> JournalledStorage:
        storage = self._storage
        if not isinstance(storage, JournalledStorage):
            raise TypeError("JournalledTable needs a JournalledStorage")
        return storage

    @property
    def _rows(self) -> Rows:
        return self._journalled.tables.get(self._name, {})


class Overlay(MutableMapping[int, Document]):
    """A view of a table that keeps every change to itself; `changes` maps ids to documents, None where removed."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.changes: dict[int, Document | None] = {}

    def __getitem__(self, key: int) -> Document:
        if key not in self.changes:
            self.changes[key] = copy.deepcopy(self._rows[key])  # TinyDB changes documents in place
        row = self.changes[key]
        if row is None:
            raise KeyError(key)
        return row

    def __setitem__(self, key: int, row: Mapping[str, Any]) -> None:
        self.changes[key] = copy.deepcopy(dict(row))  # whoever put it in may change it later

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self.changes[key] = None

    def __contains__(self, key: object) -> bool:
        return self.changes[key] is not None if key in self.changes else key in self._rows

    def __iter__(self) -> Iterator[int]:
        yield from (key for key in self._rows if self.changes.get(key, self) is not None)
        yield from (key for key, row in self.changes.items() if row is not None and key not in self._rows)

    def __len__(self) -> int:
        return sum(1 for _key in self)


def _as_text(tables: dict[str, Rows]) -> dict[str, dict[str, Any]]:
    """Tables as TinyDB and JSON have them, with ids as text."""
    return {name: {str(i): row for i, row in rows.items()} for name, rows in tables.items()}


def apply(tables: dict[str, Rows], changes: list[Change]) -> None:
    """Put the changes into the tables, in order."""
    for name, i, row in changes:
        rows = tables.setdefault(name, {})
        if row is None:
            rows.pop(i, None)
        else:
            rows[i] = row


def read_journal(path: Path) -> tuple[set[int], list[Change], int]:
    """Checksums of the snapshots it may stand on, its changes, and the byte where its last whole line ends."""
    bases: set[int] = set()
    changes: list[Change] = []
    whole = 0
    for entry, whole in entries(path):  # noqa: B007 - the last end is wanted
        bases.update(value for key, value in entry.items() if key in ("base", "next"))
        changes.extend((name, i, row) for name, i, row in entry.get("changes", ()))
    return bases, changes, whole


def tables_of(data: bytes) -> dict[str, Rows] | None:
    """The tables of a snapshot, or None when it is not one."""
    try:
        tables = json.loads(data) if data else {}
        return {name: {int(i): row for i, row in rows.items()} for name, rows in tables.items()}
    except (ValueError, AttributeError):
        return None


def _replace(path: Path, data: bytes) -> None:
    """Put a whole new file in place, under a name beside it that a wipe knows until then."""
    with written_whole(path, path.with_name(f"{path.name}.tmp")) as file:
        file.write(data)
