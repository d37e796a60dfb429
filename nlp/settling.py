"""Which mails the words alone settle: plainly about no job, so that neither sentences nor network need be read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.features import MAIL_CLASSES, Scores, logit
from nlp.head import regression
from nlp.reading import Reading
from nlp.verdict import Label

_LOST = 0.006  # share of the corpus's rejections that may be settled by mistake; most of them are hard on purpose
_NEVER = 1e9
_STEPS = 800
_DEAR = 2.0  # weight of rejections against other mails
_FEW = 4  # sentences; a shorter mail says little
_CERTAIN = 1e-4


@dataclass(frozen=True)
class Settler:
    """A regression over what the words and the subject matter say; mails whose odds reach `limit` are settled."""

    weights: tuple[float, ...]
    limit: float

    def settles(self, reading: Reading, words: Scores) -> bool:
        """Whether the mail needs no second reader; never when any phrase speaks."""
        return not _speaks(reading) and self.odds(reading, words) >= self.limit

    def odds(self, reading: Reading, words: Scores) -> float:
        """How plainly the mail is about no job."""
        return sum(weight * value for weight, value in zip(self.weights, _seen(reading, words), strict=True))


def fit(readings: Sequence[Reading], words: Sequence[Scores], labels: Sequence[Label]) -> Settler:
    """Learned from what word weights said that had not seen the mail's writer."""
    truths = [(float(label is Label.NOT_JOB), float(label is not Label.NOT_JOB)) for label in labels]
    weights = [_DEAR if label is Label.REJECTION else 1.0 for label in labels]
    seen = [_seen(reading, own) for reading, own in zip(readings, words, strict=True)]
    fitted = regression(seen, truths, weights, _STEPS)
    settler = Settler(tuple(round(float(value), 5) for value in fitted[:, 0] - fitted[:, 1]), _NEVER)
    refused = sorted(
        (
            settler.odds(reading, own)
            for reading, own, label in zip(readings, words, labels, strict=True)
            if label is Label.REJECTION and not _speaks(reading)
        ),
        reverse=True,
    )
    allowed = int(_LOST * sum(label is Label.REJECTION for label in labels))
    return Settler(settler.weights, round(refused[allowed], 5) + 1e-5 if len(refused) > allowed else _NEVER)


def _seen(reading: Reading, words: Scores) -> list[float]:
    jobs, elsewhere = reading.subject.job, reading.subject.elsewhere
    return [
        1.0,
        *(logit(words[name], _CERTAIN) for name in MAIL_CLASSES),
        float(jobs == 0),
        math.log1p(jobs),
        math.log1p(elsewhere),
        float(len(reading.sentences) < _FEW),
        math.log1p(len(reading.sentences)) - 2,
    ]


def _speaks(reading: Reading) -> bool:
    return any(reading.hits) or any(reading.holds)
