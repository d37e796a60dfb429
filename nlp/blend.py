"""Puts the fast part and the network together: nine calibrated probabilities for a mail, and scores per sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.features import CLASSES, MAIL_CLASSES, REJECTIONS, Scores, logit
from nlp.head import regression
from nlp.judgement import Judgement
from nlp.network.network import Opinion
from nlp.reading import Reading
from nlp.verdict import Label, Reason

ORDINARY = 6.0  # weight of everyday mail against the corpus's hard kinds: a mailbox holds mostly that
_STEPS = 1000
_CERTAIN = 1e-3  # the network's odds are cut here; nearer to 0 or 1 it is only louder, not surer
_FEW = 4  # sentences, or words of hiring; fewer say little
_LONG = 1500  # characters; the network reads the likeliest part of longer mails


def signals(reading: Reading, fast: Scores, network: Scores) -> list[float]:
    """What the blend weighs: what both parts say of each label, what the rules say, and how much there is of jobs."""
    jobs, no = reading.subject.job, max(0.0, logit(network[Label.REJECTION], _CERTAIN))
    return [
        1.0,
        *(logit(network[name], _CERTAIN) for name in MAIL_CLASSES),
        *(logit(fast[name]) for name in MAIL_CLASSES),
        float(any(hit.strong for hit in reading.hits if hit)),
        float(any(reading.holds)),
        float(jobs == 0),
        math.log1p(jobs),
        float(jobs == 0) * no,  # a no in a mail without a word of hiring is worth less
        min(jobs, _FEW) / _FEW * no,
        float(len(reading.sentences) < _FEW),
        float(len(reading.mail.body) > _LONG),
        math.log1p(len(reading.mail.body)) - 6,
    ]


@dataclass(frozen=True)
class Blend:
    """A softmax regression over `signals`, one row of weights per label in the order of `Label`.

    Learned from mails whose writers neither part had seen: only there does either say how far it can be trusted.
    """

    weights: tuple[tuple[float, ...], ...]

    def judge(self, reading: Reading, judgement: Judgement, opinion: Opinion) -> Judgement:
        """The joint judgement; `floor` is gone, since the blend knows what agreement is worth."""
        return replace(
            judgement,
            labels=self.probabilities(signals(reading, judgement.labels, opinion.labels)),
            sentences=tuple(
                fast if own is None else _classes(own, opinion.reasons)
                for fast, own in zip(judgement.sentences, opinion.sentences, strict=True)
            ),
            floor=0.0,
            opinion=opinion,
        )

    def probabilities(self, row: Sequence[float]) -> Scores:
        """The probability of each label; they sum to 1."""
        sums = [sum(w * value for w, value in zip(weights, row, strict=True)) for weights in self.weights]
        powers = [math.exp(value - max(sums)) for value in sums]
        return {name: power / sum(powers) for name, power in zip(MAIL_CLASSES, powers, strict=True)}


def fit(rows: Sequence[Sequence[float]], labels: Sequence[str], weights: Sequence[float]) -> Blend:
    """The blend that makes the labels likely; the same input gives the same weights."""
    truths = [[float(name == label) for name in MAIL_CLASSES] for label in labels]
    fitted = regression(rows, truths, weights, _STEPS)
    return Blend(tuple(tuple(round(float(value), 5) for value in column) for column in fitted.T))


def likeliest_reason(reasons: Scores) -> Reason:
    """The reason the network holds for likeliest."""
    return Reason(max(reasons, key=lambda name: reasons[name]))


def _classes(own: Scores, reasons: Scores) -> Scores:
    """The network's sentence scores in the classes of the fast part: a no is split by the mail's reason."""
    parts = {name: own[Label.REJECTION] * reasons[name.partition(":")[2]] for name in REJECTIONS}
    return parts | {name: own[name] for name in CLASSES if name not in parts}
