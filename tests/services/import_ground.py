"""Stores to bring files into, and the files."""

from __future__ import annotations

from server.services import importing
from server.services.exporting import as_json
from server.services.importing import bring_in
from server.services.sheets import Wish
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, FixedClock
from tests.services.data_ground import EVERYTHING, ROWS

TABLE = """Company;Job Title;Status;Applied Date;Date Rejected;Notes
Acme Ltd;Baker;Rejected;2026-01-01;2026-01-09;nice
"Beta; GmbH";Koch;Absage;2026-01-01;13.01.2026;
Gamma;Cook;Applied;2026-01-01;;
;Cook;Rejected;2026-01-01;;
Epsilon;Cook;Rejected;;soon;
"""


def full(*records: object) -> MemoryStore:
    store = MemoryStore()
    store.put(*(records or EVERYTHING))
    return store


def bring(store: MemoryStore, data: str | bytes, **wish: object) -> importing.Brought:
    dry_run = bool(wish.pop("dry_run", False))
    content = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return bring_in(content, store, ROWS, FixedClock(NOON), Wish(**wish), mailbox=MAILBOX, dry_run=dry_run)


def exported(store: MemoryStore) -> str:
    return as_json(store, ROWS, NOON, "1")


def everything(store: MemoryStore) -> list[object]:
    return [record for kind in ROWS.kinds().values() for record in store.all(kind)]
