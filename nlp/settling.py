"""Which mails the fast part settles alone: plainly about no job, so that the network need not read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.head import regression
from nlp.reading import Reading
from nlp.verdict import Label

_LOST = 0.004  # share of the corpus's rejections that may be settled by mistake: one in 250
_NEVER = 1e9
_STEPS = 800
_DEAR = 2.0  # weight of rejections against other mails
_FEW = 4  # sentences; a shorter mail says little


@dataclass(frozen=True)
class Settler:
    """A regression over the fast part's features; mails whose odds of being about no job reach `limit` are settled."""

    weights: tuple[float, ...]
    limit: float

    def settles(self, reading: Reading, row: Sequence[float]) -> bool:
        """Whether the mail needs no second reader; never when any phrase speaks."""
        return not _speaks(reading) and self.odds(reading, row) >= self.limit

    def odds(self, reading: Reading, row: Sequence[float]) -> float:
        """How plainly the mail is about no job."""
        return sum(weight * value for weight, value in zip(self.weights, _seen(reading, row), strict=True))


def fit(readings: Sequence[Reading], rows: Sequence[Sequence[float]], labels: Sequence[str]) -> Settler:
    """Learned from features that pipelines gave which had not seen the mail's writer."""
    truths = [(float(label == Label.NOT_JOB), float(label != Label.NOT_JOB)) for label in labels]
    weights = [_DEAR if label == Label.REJECTION else 1.0 for label in labels]
    seen = [_seen(reading, row) for reading, row in zip(readings, rows, strict=True)]
    fitted = regression(seen, truths, weights, _STEPS)
    settler = Settler(tuple(round(float(value), 5) for value in fitted[:, 0] - fitted[:, 1]), _NEVER)
    refused = sorted(
        (
            settler.odds(reading, row)
            for reading, row, label in zip(readings, rows, labels, strict=True)
            if label == Label.REJECTION and not _speaks(reading)
        ),
        reverse=True,
    )
    allowed = int(_LOST * sum(label == Label.REJECTION for label in labels))
    return Settler(settler.weights, round(refused[allowed], 5) + 1e-5 if len(refused) > allowed else _NEVER)


def _seen(reading: Reading, row: Sequence[float]) -> list[float]:
    return [*row, float(reading.subject.job == 0), float(len(reading.sentences) < _FEW)]


def _speaks(reading: Reading) -> bool:
    return any(reading.hits) or any(reading.holds)
