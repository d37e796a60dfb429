"""Chooses the limits of the bands on kept-back scores of our own corpus."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.features import agreed
from nlp.model import Thresholds
from nlp.reading import Reading
from nlp.verdict import Label

_AUTO_PRECISION = 0.99  # a wrong entry in the log costs more than a question
_LEAST_AUTO = 0.8
_MISSED = 0.08  # share of rejections that may end in band no; the review limit is the highest that keeps to it
_REVIEW = (0.2, 0.4)  # below, the queue fills with everything; above, the label would be rejection anyway


def chosen(
    readings: Sequence[Reading],
    rows: Sequence[Sequence[float]],
    scores: Sequence[float],
    labels: Sequence[str],
    weights: Sequence[float],
) -> Thresholds:
    """The lowest auto limit with the wanted precision, and the highest review limit that misses few enough.

    Only whole mails (weight 1) are counted: they are what a mailbox holds.
    """
    whole = [i for i, weight in enumerate(weights) if weight == 1.0]
    phrases = [
        (scores[i], labels[i] == Label.REJECTION)
        for i in whole
        if (hit := readings[i].hit) and hit.strong and readings[i].is_plain
    ]
    rejections = sorted(scores[i] for i in whole if labels[i] == Label.REJECTION)
    allowed = rejections[int(len(rejections) * _MISSED)] if rejections else _REVIEW[0]
    said = [labels[i] == Label.REJECTION for i in whole if agreed(rows[i])]
    return Thresholds(
        auto=_auto(phrases),
        agreed=round((sum(said) + 1) / (len(said) + 2), 3),  # with one made-up case of each kind: the sample is small
        review=round(min(_REVIEW[1], max(_REVIEW[0], allowed)), 3),
    )


def _auto(agreed: Sequence[tuple[float, bool]]) -> float:
    """The lowest limit above which enough of the mails are rejections."""
    for step in range(int(_LEAST_AUTO * 100), 100):
        above = [truth for score, truth in agreed if score >= step / 100]
        if above and sum(above) / len(above) >= _AUTO_PRECISION:
            return step / 100
    return 0.99
