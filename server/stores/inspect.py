"""The store looked at without owning it: nothing is opened for writing, mended or created."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from server.errors import HomeNotWritable, StoreDamaged
from server.ports import Keyed, R
from server.stores.journalled import apply, read_journal, tables_of
from server.stores.rows import TABLES, from_row


@dataclass(frozen=True, slots=True)
class Inspected:
    """What lies in a data folder. `torn`: a last line is half-written, and will be dropped at the next start."""

    records: dict[type[Keyed], list[Keyed]]
    torn: bool = False

    def all(self, kind: type[R]) -> list[R]:
        """The records of a kind."""
        return [record for record in self.records.get(kind, ()) if isinstance(record, kind)]


def inspect(folder: Path, name: str = "log") -> Inspected:
    """Every record, each checked. Raises StoreDamaged, and HomeNotWritable when a file cannot be read."""
    snapshot, journal = folder / f"{name}.json", folder / f"{name}.journal"
    try:
        size = journal.stat().st_size if journal.exists() else 0
        bases, changes, whole = read_journal(journal)
        data = snapshot.read_bytes() if snapshot.exists() else b""
    except OSError as error:
        raise HomeNotWritable(str(folder), error.strerror or str(error)) from error
    tables = tables_of(data) if not bases or zlib.crc32(data) in bases else None
    if tables is None:
        raise StoreDamaged(str(snapshot), "checksum")
    apply(tables, changes)
    records: dict[type[Keyed], list[Keyed]] = {
        kind: [from_row(kind, row) for row in tables.get(table, {}).values()] for kind, table in TABLES.items()
    }
    return Inspected(records, torn=size > whole)
