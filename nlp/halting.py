"""Which mails need no reading to the end: half way up the network they are plainly no rejection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.features import Scores
from nlp.settling import is_told
from nlp.verdict import Label

_LOST = 0.002  # share of kept-back rejections that reading on would have saved
_ASKED = 0.1  # what is asked about at the end: near the limit of the band
_MOST, _STEPS = 0.3, 150  # the highest limit that is tried, and in how many steps


@dataclass(frozen=True, slots=True)
class HalfWay:
    """A kept-back mail: what is said of it half way, its score at the end, the truth, and if hiring is named."""

    labels: Scores
    score: float
    is_rejection: bool
    has_job: bool


@dataclass(frozen=True)
class Halt:
    """A limit on the probability of a rejection, half way: below it the mail is plainly none.

    What sounds like a no is always read to the end: half way up, other people's refusals sound like one as well.
    """

    limit: float

    def halts(self, labels: Scores, *, has_job: bool) -> bool:
        """Whether what the lower half says will do; where it is not sure which of the labels it is, it will not."""
        return labels[Label.REJECTION] < self.limit and is_told(labels, has_job=has_job)


def fit(mails: Sequence[HalfWay]) -> Halt:
    """The highest limit below which hardly any rejection lies that the end would have asked about."""
    rejections = [mail for mail in mails if mail.is_rejection]
    for step in range(_STEPS, 0, -1):
        halt = Halt(round(_MOST * step / _STEPS, 3))
        lost = sum(halt.halts(mail.labels, has_job=mail.has_job) for mail in rejections if mail.score >= _ASKED)
        if lost <= _LOST * len(rejections):
            return halt
    return Halt(0.0)
