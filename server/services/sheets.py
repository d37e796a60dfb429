"""A table becomes lines of the log: our own export, or what another tracker or a sheet at home holds."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from nlp.verdict import Band, Label, Reason
from server.domain import judging, trackers
from server.domain.application import BY_HAND, ByHand, Way
from server.domain.fitness import unfit
from server.domain.model import Contact, Judged, Rejection, Span
from server.domain.portable import FileWrong, Table, unguarded
from server.errors import UsageError
from server.ports import Clock, Keyed, Store
from server.services import by_hand
from server.services.exporting import BETWEEN, BY_MAIL, COLUMNS
from server.texts import _

_KNOWN_BY: Final = 8  # columns of ours that a file must begin with to be one of ours
_SAME_TIME: Final = timedelta(days=14)  # a tracker's date is often the day the seeker noted it


@dataclass(frozen=True, slots=True)
class Wish:
    """What the seeker says of a table: which column is what, whether every row is a no, how days are written."""

    columns: Mapping[str, str] = field(default_factory=dict)  # field -> name of the column
    all_rejected: bool = False
    day_first: bool | None = None  # None: as the values show


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a table holds. `known`: rows that the log has already, under another id."""

    records: tuple[Keyed, ...]
    known: int = 0
    left_out: Mapping[str, int] | None = None
    columns: Mapping[str, str] | None = None
    day_first: bool | None = None
    bad: tuple[tuple[str, str], ...] = ()


def read(table: Table, store: Store, clock: Clock, wish: Wish, mailbox: str) -> Sheet:
    """The records of a table; those of another tracker stand beside the mails of `mailbox`, as if written by hand.

    Raises FileWrong when it cannot be told what it holds, UsageError for a wrong wish.
    """
    if table.header[:_KNOWN_BY] == COLUMNS[:_KNOWN_BY]:
        return _ours(table)
    return _foreign(table, store, clock.now(), wish, mailbox)


def _ours(table: Table) -> Sheet:
    records: list[Keyed] = []
    bad = [(_line(line), why) for line, why in table.bad]
    for line, cells in table.rows:
        values = {name: unguarded(cell) for name, cell in zip(table.header, cells, strict=False)}
        try:
            row = _row(values)
        except (ValueError, OverflowError, KeyError):
            bad.append((_line(line), _("a time, a number or an id in it is none")))
            continue
        if why := unfit(row):
            bad.append((_line(line), why))
            continue
        records += [row, judging.rejection(row, row.judged)]
        if row.model == BY_HAND:
            records.append(ByHand(row.mailbox, row.message_id, Way(values["way"]), row.judged))
    return Sheet(tuple(records), bad=tuple(bad))


def _row(values: Mapping[str, str]) -> Judged:
    """A row of our own CSV; raises ValueError, OverflowError or KeyError for one that was changed too much."""
    score = float(values["score"]) if values["score"] else None
    way = values.get("way", BY_MAIL)
    if score is not None and not (math.isfinite(score) and 0 <= score <= 1):
        raise ValueError(score)
    return Judged(
        mailbox=values["mailbox"],
        message_id=_filled(values["message_id"]),
        thread_id=values["thread_id"],
        received=datetime.fromisoformat(values["received"]),
        judged=datetime.fromisoformat(values["logged"]),
        label=Label.REJECTION,
        score=score,
        band=str(Band(values["band"])),
        hold=values["hold"] == "yes",
        language=values["language"][:12],
        reason=str(Reason(values["reason"])) if values["reason"] else None,
        evidence=tuple(Span(text, 0, len(text)) for text in values["evidence"].split(BETWEEN) if text),
        company=values["company"] or None,
        role=values["role"] or None,
        model=BY_HAND if way != BY_MAIL and Way(way) else "",
        sender=Contact(values["contact_name"], values["contact_address"]),
        subject=values["subject"],
    )


def _foreign(table: Table, store: Store, now: datetime, wish: Wish, mailbox: str) -> Sheet:
    places = _places(table, wish)
    dates = [cells[places[name]] for _line, cells in table.rows for name in ("date", "applied") if name in places]
    day_first = trackers.is_day_first(dates) if wish.day_first is None else wish.day_first
    log, records = _Log(store), dict[str, Keyed]()
    bad = [(_line(line), why) for line, why in table.bad]
    left_out: Counter[str] = Counter()
    known = 0
    for line, cells in table.rows:
        values = {name: unguarded(cells[place]) for name, place in places.items()}
        status = trackers.line(values.get("status", ""))
        if not wish.all_rejected and not trackers.says_no(status):
            left_out[status[:40] or _("no status")] += 1
            continue
        found = trackers.entry(values, day_first=day_first)
        if found is None:
            bad.append((_line(line), _why(values)))
            continue
        try:
            row, told = by_hand.records(_news(found, status), mailbox, now)
        except UsageError as error:
            bad.append((_line(line), str(error).rstrip(".")))
            continue
        if row.key in records or log.has(found, row):
            known += 1
        else:
            records[row.key] = row
            records[f"told {row.key}"] = told
            records[f"logged {row.key}"] = judging.rejection(row, now)
    columns = {name: table.header[place] for name, place in places.items()}
    return Sheet(tuple(records.values()), known, dict(left_out), columns, day_first, tuple(bad))


def _news(found: trackers.Entry, status: str) -> by_hand.News:
    said = _("From another list: %(status)s") % {"status": status} if status else ""
    return by_hand.News(
        found.company,
        found.role,
        day=found.received.date(),
        person=found.contact,
        address=found.address,
        note="\n".join(part for part in (said, found.note) if part),
    )


def _places(table: Table, wish: Wish) -> dict[str, int]:
    """Which column holds what: as the seeker says, else as the names tell."""
    places = trackers.guess(table.header)
    for name, column in wish.columns.items():
        if name not in trackers.FIELDS or column not in table.header:
            raise UsageError(
                _("“%(name)s=%(column)s” fits nothing in this file.") % {"name": name, "column": column},
                _("Fields: %(fields)s. Columns: %(columns)s.")
                % {"fields": ", ".join(trackers.FIELDS), "columns": ", ".join(table.header)},
            )
        places = {other: at for other, at in places.items() if at != table.header.index(column)}
        places[name] = table.header.index(column)
    missing = [name for name in ("company",) if name not in places]
    missing += [] if "date" in places or "applied" in places else ["date"]
    missing += [] if "status" in places or wish.all_rejected else ["status"]
    if missing:
        raise FileWrong(
            _("It cannot be told which column of this file holds: %(fields)s.") % {"fields": ", ".join(missing)},
            _("Its columns are: %(columns)s. Name them with `--map company=COLUMN`; with `--all-rejected` every row "
              "counts as a no, and no status is needed.") % {"columns": ", ".join(table.header)},
        )  # fmt: skip
    return places


class _Log:
    """The log by company, to find the no that a row of a sheet speaks of."""

    def __init__(self, store: Store) -> None:
        self._lines: defaultdict[str, list[Rejection]] = defaultdict(list)
        for logged in store.all(Rejection):
            self._lines[trackers.plain(logged.company or "")].append(logged)

    def has(self, found: trackers.Entry, row: Judged) -> bool:
        """Whether that no is logged, most likely from the mail itself: same company and role, about that time."""
        role = trackers.plain(found.role)
        return any(
            logged.key != row.key
            and (not logged.role or not role or trackers.plain(logged.role) == role)
            and abs(logged.received - found.received) <= _SAME_TIME
            for logged in self._lines.get(trackers.plain(found.company), ())
        )


def _why(values: Mapping[str, str]) -> str:
    if not trackers.line(values.get("company", "")):
        return _("it names no company")
    return _("it names no day that can be read")


def _filled(value: str) -> str:
    if not value:
        raise ValueError(value)
    return value


def _line(number: int) -> str:
    return _("line %(number)d") % {"number": number}
