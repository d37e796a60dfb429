"""The figures of a labelled set: rejection, bands, calibration, nine labels; plain functions over judged rows."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nlp.labelled import LabelledMail
from nlp.verdict import Band, Label

RESAMPLES = 1000
_SEED = 25277
_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold row with what was answered. A language that is not judged counts as "not a rejection"."""

    gold: LabelledMail
    label: Label | None
    score: float
    band: Band

    @property
    def is_rejection(self) -> bool:
        """What the gold says."""
        return self.gold.label is Label.REJECTION

    @property
    def is_called(self) -> bool:
        """What the classifier says."""
        return self.label is Label.REJECTION


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 of the rejection label; None where nothing can be counted."""

    precision: float | None
    recall: float | None
    f1: float | None


def rates(rows: Iterable[Judged]) -> Rates:
    """Precision, recall, F1 over the rows."""
    counts = Counter((row.is_rejection, row.is_called) for row in rows)
    return _rates(counts[True, True], counts[False, True], counts[True, False])


def intervals(rows: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """95 % percentile intervals of precision, recall and F1; near-duplicates are drawn together."""
    clusters: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        clusters[row.gold.cluster or row.gold.id].append(row)
    counts = [
        (sum(r.is_rejection and r.is_called for r in group), sum(r.is_called and not r.is_rejection for r in group),
         sum(r.is_rejection and not r.is_called for r in group))
        for group in clusters.values()
    ]  # fmt: skip
    draw = random.Random(_SEED)  # noqa: S311 - resampling
    drawn: dict[str, list[float]] = {"precision": [], "recall": [], "f1": []}
    for _ in range(RESAMPLES if counts else 0):
        sample = draw.choices(counts, k=len(counts))
        rate = _rates(*(sum(column) for column in zip(*sample, strict=True)))
        for name, values in drawn.items():
            value = getattr(rate, name)
            if value is not None:
                values.append(value)
    return {name: (_quantile(v, 0.025), _quantile(v, 0.975)) for name, v in drawn.items() if v}


def average_precision(rows: Iterable[Judged]) -> float | None:
    """Area under the precision-recall curve by steps; rows with one score enter together."""
    groups: dict[float, list[bool]] = defaultdict(list)
    for row in rows:
        groups[row.score].append(row.is_rejection)
    wanted = sum(map(sum, groups.values()))
    if not wanted:
        return None
    area, seen, found = 0.0, 0, 0
    for value in sorted(groups, reverse=True):
        new = sum(groups[value])
        seen, found = seen + len(groups[value]), found + new
        area += new / wanted * found / seen
    return area


def calibration_error(rows: Sequence[Judged]) -> float | None:
    """Mean gap between the stated and the true share of rejections, over ten equal bins of the score."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for row in rows:
        bins[min(int(row.score * _BINS), _BINS - 1)].append(row)
    gap = sum(abs(sum(r.is_rejection for r in part) - sum(r.score for r in part)) for part in bins.values())
    return gap / len(rows) if rows else None


@dataclass(frozen=True, slots=True)
class Bands:
    """Mails and rejections in each band."""

    mails: dict[Band, int]
    rejections: dict[Band, int]

    def precision(self, band: Band) -> float | None:
        """Share of rejections in the band."""
        return self.rejections[band] / self.mails[band] if self.mails[band] else None


def bands(rows: Sequence[Judged]) -> Bands:
    """Counts for every band."""
    return Bands(
        {band: sum(row.band is band for row in rows) for band in Band},
        {band: sum(row.band is band and row.is_rejection for row in rows) for band in Band},
    )


def accuracy(rows: Sequence[Judged]) -> float | None:
    """Share of rows whose label of nine is right."""
    return sum(row.label is row.gold.label for row in rows) / len(rows) if rows else None


def confusion(rows: Iterable[Judged]) -> dict[Label, Counter[Label | None]]:
    """Counts of answers for each gold label."""
    table: dict[Label, Counter[Label | None]] = {label: Counter() for label in Label}
    for row in rows:
        table[row.gold.label][row.label] += 1
    return table


def grouped(rows: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    """Rows by group, groups sorted by name."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(sorted(groups.items()))


def _rates(hits: int, false: int, missed: int) -> Rates:
    return Rates(
        hits / (hits + false) if hits + false else None,
        hits / (hits + missed) if hits + missed else None,
        2 * hits / (2 * hits + false + missed) if hits + false + missed else None,
    )


def _quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies, linear between neighbours."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
