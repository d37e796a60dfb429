"""Which mails the fast part settles: the network, ten times as slow as all the rest, need not read them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.features import MAIL_CLASSES, Scores, logit
from nlp.head import dot, regression
from nlp.reading import Reading
from nlp.verdict import Label

_LOST = 0.006  # share of the corpus's rejections that may be settled by mistake; most of them are hard on purpose
_NEVER = 1e9
_STEPS = 800
_DEAR = 2.0  # weight of rejections against other mails
_FEW = 4  # sentences; a shorter mail says little
_CERTAIN = 1e-4
_TOLD = 0.75  # of the likeliest label; below, the network tells the nine apart better (kept-back mails)
_AGREES = 0.5  # the words alone, too, hold it for a no: a quoted one is stated as strongly
_LEAST_YES, _LEAST_SAMPLE = 0.85, 20


@dataclass(frozen=True)
class Settler:
    """A regression over what the words and the subject matter say; mails whose odds reach `limit` are settled.

    `no` and `yes` are limits on the whole fast part's probability of a rejection: a mail without any phrase below
    `no`, and one with a strong phrase and nothing against it from `yes` on, need no second reader either.
    """

    weights: tuple[float, ...]
    limit: float
    no: float = 0.0
    yes: float = _NEVER

    def settles(self, reading: Reading, words: Scores) -> bool:
        """Whether the mail needs no second reader; never when any phrase speaks."""
        return not reading.speaks and self.odds(reading, words) >= self.limit

    def closes(self, reading: Reading, words: Scores, labels: Scores) -> bool:
        """Whether the fast part's own word will do: a no that a strong phrase states, or plainly something else."""
        if reading.speaks:
            return _all_agree(reading, words) and labels[Label.REJECTION] >= self.yes
        return labels[Label.REJECTION] < self.no and is_told(labels, has_job=reading.subject.job > 0)

    def odds(self, reading: Reading, words: Scores) -> float:
        """How plainly the mail is about no job."""
        return dot(self.weights, _seen(reading, words))


@dataclass(frozen=True, slots=True)
class Unread:
    """A whole mail of the corpus, and what parts that had not seen its writer say of it."""

    reading: Reading
    words: Scores
    labels: Scores
    label: Label

    @property
    def is_rejection(self) -> bool:
        """Whether it is one."""
        return self.label is Label.REJECTION


def fit(mails: Sequence[Unread]) -> Settler:
    """Weights and limits from whole mails."""
    truths = [(float(mail.label is Label.NOT_JOB), float(mail.label is not Label.NOT_JOB)) for mail in mails]
    weights = [_DEAR if mail.is_rejection else 1.0 for mail in mails]
    fitted = regression([_seen(mail.reading, mail.words) for mail in mails], truths, weights, _STEPS)
    settler = Settler(tuple(round(float(value), 5) for value in fitted[:, 0] - fitted[:, 1]), _NEVER)
    silent = [mail for mail in mails if mail.is_rejection and not mail.reading.speaks]
    allowed = int(_LOST * sum(mail.is_rejection for mail in mails))
    odds = sorted((settler.odds(mail.reading, mail.words) for mail in silent), reverse=True)
    scores = sorted(mail.labels[Label.REJECTION] for mail in silent)
    return Settler(
        settler.weights,
        limit=round(odds[allowed], 5) + 1e-5 if len(odds) > allowed else _NEVER,
        no=round(scores[allowed], 5) if len(scores) > allowed else 0.0,
        yes=_surest([mail for mail in mails if _all_agree(mail.reading, mail.words)]),
    )


def _surest(mails: Sequence[Unread]) -> float:
    """The lowest limit from which on all of the mails are rejections."""
    for step in range(round(_LEAST_YES * 100), 100):
        above = [mail.is_rejection for mail in mails if mail.labels[Label.REJECTION] >= step / 100]
        if len(above) >= _LEAST_SAMPLE and all(above):
            return step / 100
    return _NEVER


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


def is_told(labels: Scores, *, has_job: bool) -> bool:
    """Whether one of the nine labels is likely enough to read no further.

    Without a word of hiring that label has to be "about no job": of any other one the whole network knows better.
    """
    best = max(labels, key=lambda name: labels[name])
    return labels[best] >= _TOLD and (has_job or best == Label.NOT_JOB)


def is_backed(reading: Reading) -> bool:
    """Whether a strong phrase says no and nothing in the mail speaks against it."""
    return reading.is_plain and any(hit is not None and hit.strong for hit in reading.hits)


def _all_agree(reading: Reading, words: Scores) -> bool:
    return is_backed(reading) and words[Label.REJECTION] >= _AGREES
