"""Numbers that stand for a mail: what its sentences, its words and the rules say, for the last step of the model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import itemgetter

from nlp.gate import Gate
from nlp.labelled import SENTENCE_LABELS
from nlp.reading import Reading
from nlp.verdict import Label, Reason

REJECTIONS = tuple(f"rejection:{reason.value}" for reason in Reason)
CLASSES = (*REJECTIONS, *SENTENCE_LABELS[1:])  # what the sentence model tells apart
MAIL_CLASSES = tuple(label.value for label in Label)

_STAGES = len(CLASSES) - len(REJECTIONS)
_CORE = (0, 1, 2, *range(3 + _STAGES + len(MAIL_CLASSES), 3 + _STAGES + len(MAIL_CLASSES) + 5), -4, -3, -2, -1)
_BEST = 1
_ON_HOLD = _CORE[5]
_STRONG_AND_OPEN = _CORE[7]

_rejections = itemgetter(*REJECTIONS)
_stages = itemgetter(*CLASSES[len(REJECTIONS) :])

Scores = dict[str, float]

_FLOOR = 0.002


def rejection_score(scores: Scores) -> float:
    """The sentence model's probability that a sentence says no, for whatever reason."""
    found: float = sum(_rejections(scores))
    return found


def features(reading: Reading, sentence_scores: Sequence[Scores], mail_scores: Scores) -> list[float]:
    """The mail as a row of numbers, in a fixed order; every entry is finite."""
    rejection = sorted(map(rejection_score, sentence_scores), reverse=True)
    stages = list(map(max, zip(*map(_stages, sentence_scores), strict=True))) or [0.0] * _STAGES
    subject = reading.subject
    strong = any(hit.strong for hit in reading.hits if hit)
    weak = any(not hit.strong for hit in reading.hits if hit)
    hold = any(reading.holds)
    lean = max(-3, min(3, subject.elsewhere - subject.job))
    best = logit(rejection[0] if rejection else 0.0)
    return [
        1.0,
        best,
        logit(rejection[1] if len(rejection) > 1 else 0.0),
        *(logit(stage) for stage in stages),
        *(logit(mail_scores[name]) for name in MAIL_CLASSES),
        float(strong),
        float(weak),
        float(hold),
        float(strong and hold),
        float(strong and subject.gate is Gate.OPEN),
        math.log1p(subject.job),
        math.log1p(subject.elsewhere),
        float(lean > 0),
        float(lean > 0) * max(best, 0.0),
        float(lean > 0) * strong,
        math.log1p(len(sentence_scores)) - 2,
    ]


def agreed(row: Sequence[float]) -> bool:
    """Whether a strong phrase, the sentence model and the gate say the same, and nothing is on hold."""
    return bool(row[_BEST] >= 0 and row[_STRONG_AND_OPEN] and not row[_ON_HOLD])


def core(row: Sequence[float]) -> list[float]:
    """The part of `features` that looks at decisive sentences, phrases and subject matter only, not at style."""
    return [row[place] for place in _CORE]


def logit(probability: float, floor: float = _FLOOR) -> float:
    """Log odds, a third of them, so that most are within -1..1; probabilities are cut at `floor` and 1 - `floor`."""
    probability = min(1 - floor, max(floor, probability))
    return math.log(probability / (1 - probability)) / 3
