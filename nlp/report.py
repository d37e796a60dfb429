"""Lays the figures out as one page of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from nlp.figures import (
    Judged,
    accuracy,
    average_precision,
    bands,
    calibration_error,
    confusion,
    grouped,
    intervals,
    rates,
)
from nlp.verdict import Band, Label

_SHORT = ("rej", "recv", "intv", "asmt", "offer", "alert", "outr", "other", "none")  # in the order of Label
_LEAST = 5  # rows; a smaller group gets no line


def page(title: str, rows: Sequence[Judged], keys: dict[str, Callable[[Judged], str]]) -> str:
    """Everything on one set of judged rows, with a line per group of each key."""
    spans = intervals(rows)
    rate = rates(rows)
    head = "   ".join(
        f"{name} {_number(getattr(rate, name))}" + (f" [{span[0]:.3f}, {span[1]:.3f}]" if span else "")
        for name in ("precision", "recall", "f1")
        for span in [spans.get(name)]
    )
    groups = {"all": list(rows)}
    for name, key in keys.items():
        groups |= {f"{name} {group}": part for group, part in grouped(rows, key).items() if len(part) >= _LEAST}
    return "\n\n".join(
        [
            f"## {title}: {len(rows)} mails, {sum(row.is_rejection for row in rows)} rejections",
            f"rejection, 95 % interval over clusters: {head}",
            (
                f"PR-AUC {_number(average_precision(rows))}   calibration error {_number(calibration_error(rows))}   "
                f"nine-label accuracy {_number(accuracy(rows))}"
            ),
            _table([_HEADINGS, *([name, *_line(part)] for name, part in groups.items())]),
            _confusion(rows),
            _errors(rows),
        ]
    )


def comparison(systems: Mapping[str, Sequence[Judged]], keys: dict[str, Callable[[Judged], str]]) -> str:
    """One line per system and group: rejection precision, recall, F1, PR-AUC."""
    lines = [["", "mails", "P", "R", "F1", "PR-AUC"]]
    for system, rows in systems.items():
        groups = {"all": list(rows)}
        for name, key in keys.items():
            groups |= {f"{name} {group}": part for group, part in grouped(rows, key).items() if len(part) >= _LEAST}
        for group, part in groups.items():
            rate = rates(part)
            figures = (rate.precision, rate.recall, rate.f1, average_precision(part))
            lines.append([f"{system}, {group}", str(len(part)), *map(_number, figures)])
    return _table(lines)


_HEADINGS = ["", "mails", "rej", "P", "R", "F1", "PR-AUC", "auto", "auto P", "review", "missed", "acc9"]


def _line(rows: Sequence[Judged]) -> list[str]:
    rate, band = rates(rows), bands(rows)
    return [
        str(len(rows)),
        str(sum(row.is_rejection for row in rows)),
        *map(_number, (rate.precision, rate.recall, rate.f1, average_precision(rows))),
        str(band.mails[Band.AUTO]),
        _number(band.precision(Band.AUTO)),
        str(band.mails[Band.REVIEW]),
        str(band.rejections[Band.NO] + band.rejections[Band.NOT_JUDGED]),
        _number(accuracy(rows)),
    ]


def _confusion(rows: Sequence[Judged]) -> str:
    table = confusion(rows)
    lines = [["gold \\ answer", *_SHORT, "-"]]
    lines += [[gold.value, *(str(table[gold][answer]) for answer in (*Label, None))] for gold in Label]
    return _table(lines)


def _errors(rows: Sequence[Judged]) -> str:
    kinds: dict[str, Callable[[Judged], bool]] = {
        "called rejection, are none": lambda row: row.is_called and not row.is_rejection,
        "rejections not called": lambda row: row.is_rejection and not row.is_called,
        "rejections in band no": lambda row: row.is_rejection and row.band is Band.NO,
        "wrong in band auto": lambda row: row.band is Band.AUTO and not row.is_rejection,
    }
    return "\n".join(f"{name}: {_ids(row.gold.id for row in rows if test(row))}" for name, test in kinds.items())


def _ids(ids: Iterable[str]) -> str:
    found = list(ids)
    return f"({len(found)}) {' '.join(found)}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _table(lines: Sequence[Sequence[str]]) -> str:
    """Columns aligned, the first to the left."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
