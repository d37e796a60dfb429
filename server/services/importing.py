"""A file of the seeker's comes into the log: our own export, or the table of another tracker. Nothing is doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from server.domain.fitness import unfit
from server.domain.model import Correction, Cursor, Judged, OutboxItem, OutboxState, Rejection
from server.domain.portable import FileWrong, decoded, read_json, read_table
from server.errors import StoreDamaged
from server.ports import Clock, Keyed, Rows, Store
from server.services import sheets
from server.services.exporting import SECRET
from server.texts import _

LARGEST: Final = 256 * 1024 * 1024  # bytes of a file; 100,000 records take about 80 MB
LARGEST_TABLE: Final = 64 * 1024 * 1024
_ONE_MAIL: Final = (Judged, Rejection, Correction)  # what is known of one mail stays together


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, or would do. `bad` names lines of a table, or the table and place of a record, and why."""

    kind: str  # json or csv
    added: Mapping[str, int]  # by the name of the table
    known: int = 0  # there already: records, or rows of a table
    left_out: Mapping[str, int] | None = None  # rows that say no no, by what they say
    columns: Mapping[str, str] | None = None  # field -> column, of a table that is not ours
    day_first: bool | None = None  # how 03/05/2026 was read, where that mattered
    bad: tuple[tuple[str, str], ...] = ()
    dry_run: bool = False


def bring_in(
    data: bytes,
    store: Store,
    rows: Rows,
    clock: Clock,
    wish: sheets.Wish,
    *,
    mailbox: str,
    dry_run: bool = False,
) -> Brought:
    """Take in the file's content: everything that is new in it, in one write. What is there already stays as it is.

    `mailbox`: beside whose mails the rows of another tracker are to stand.

    Raises FileWrong for a file that is neither an export of ours nor a table, UsageError when `wish` names a column
    that it has not, HomeNotWritable. Then nothing was changed.
    """
    if len(data) > LARGEST:
        raise FileWrong(_("This file is too large to be an export of Class Act."), _("Is it the right one?"))
    if not data.strip():
        raise FileWrong(_("This file is empty."), _("Is it the right one?"))
    text = decoded(data)
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        found, bad = _records(read_json(text), rows)
        brought, fresh, gone = _new(found, store, rows, clock, whole=not bad)
        brought = replace(brought, bad=tuple(bad), dry_run=dry_run)
    elif len(data) > LARGEST_TABLE or data.startswith(b"PK\x03\x04"):
        raise FileWrong(
            _("This file is no table that can be read."),
            _("Save it as CSV, then import that. A backup is for `restore`."),
        )
    else:
        sheet = sheets.read(read_table(text), store, clock, wish, mailbox)
        brought, fresh, gone = _new(sheet.records, store, rows, clock, whole=False)
        mails = sum(isinstance(one, Judged) for one in sheet.records)  # one a row, among several records
        brought = replace(
            brought,
            kind="csv",
            known=mails - sum(isinstance(one, Judged) for one in fresh) + sheet.known,
            left_out=sheet.left_out,
            columns=sheet.columns,
            day_first=sheet.day_first,
            bad=sheet.bad,
            dry_run=dry_run,
        )
    if fresh and not dry_run:
        store.put(*fresh, gone=gone)
    return brought


def _records(tables: Mapping[str, list[Any]], rows: Rows) -> tuple[list[Keyed], list[tuple[str, str]]]:
    """The records of an export, and what in it makes none."""
    kinds, found, bad = rows.kinds(), list[Keyed](), list[tuple[str, str]]()
    for name, items in tables.items():
        kind = kinds.get(name)
        if kind in SECRET:
            continue
        if kind is None:
            bad.append((name, _("this version of Class Act does not know what that is")))
            continue
        for place, row in enumerate(items, 1):
            try:
                record = rows.from_row(kind, row)
                why = unfit(record)
            except StoreDamaged:
                why = _("a field is missing or of another kind")
            if why:
                bad.append((f"{name} {place}", why))
            else:
                found.append(record)
    return found, bad


def _new(
    records: Iterable[Keyed], store: Store, rows: Rows, clock: Clock, *, whole: bool
) -> tuple[Brought, list[Keyed], list[Keyed]]:
    """What of the records is new, and what has to go for it.

    What the store knows of a mail wins over the file, unless only the file holds a word of the seeker's on it.
    How far a mailbox was read counts only from a whole file: what is missing from it would never be looked for again.
    """
    names = {kind: name for name, kind in rows.kinds().items()}
    file = {(type(record), record.key): record for record in records}
    told = {key for kind, key in file if kind is Correction and store.get(Correction, key) is None}
    fresh: list[Keyed] = []
    gone: list[Keyed] = []
    added: Counter[str] = Counter()
    known = 0
    for (kind, key), record in file.items():
        there = store.get(kind, key)
        if kind in _ONE_MAIL and key in told:
            is_new = there != record
        elif kind in _ONE_MAIL:
            is_new = there is None and store.get(Judged, key) is None
        else:
            is_new = there is None and (whole or kind is not Cursor)
        if not is_new:
            known += 1
            continue
        fresh.append(_safe(record, clock))
        added[names[kind]] += 1
    for key in told:
        logged = store.get(Rejection, key)
        if logged is not None and (Judged, key) in file and (Rejection, key) not in file:
            gone.append(logged)
    return Brought("json", dict(added), known), fresh, gone


def _safe(record: Keyed, clock: Clock) -> Keyed:
    """The record without anything that would send a letter: a window that was open in the file is closed."""
    if isinstance(record, OutboxItem) and record.state is OutboxState.HELD:
        return replace(record, undo_until=None)
    if isinstance(record, OutboxItem) and record.state is OutboxState.SENDING:
        why = _("It was being sent when the file was made.")
        now = clock.now()
        return replace(record, state=OutboxState.UNKNOWN, undo_until=None, problem=why, doubted=now, next_look=now)
    return record
