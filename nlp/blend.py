"""Puts the fast part and the network together: nine calibrated probabilities for a mail, and scores per sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.features import CLASSES, MAIL_CLASSES, REJECTIONS, Scores, logit
from nlp.head import dot, regression
from nlp.judgement import Judgement
from nlp.network.kept_back import EVERYDAY
from nlp.network.network import Opinion
from nlp.reading import Reading
from nlp.verdict import Label, Reason

_ORDINARY = 3.0  # weight of everyday mail against the corpus's hard kinds: a mailbox holds mostly that
_STEPS = 1000
_CERTAIN = 1e-3  # the network's odds are cut here; nearer to 0 or 1 it is only louder, not surer
_TINY = 1e-300
_FAR = 30.0  # log odds beyond this overflow nothing and mean the same


def decisive_signals(reading: Reading, words: Scores, network: Scores) -> list[float]:
    """What tells a no from everything else. More signals than these fit the kept-back mails and no others."""
    return [
        1.0,
        logit(network[Label.REJECTION], _CERTAIN),
        logit(network[Label.NOT_JOB], _CERTAIN),
        logit(words[Label.REJECTION]),
        logit(words[Label.NOT_JOB]),
        float(any(hit.strong for hit in reading.hits if hit)),
        float(any(reading.holds)),
    ]


def label_signals(fast: Scores, network: Scores) -> list[float]:
    """What tells the other labels apart: what both parts say of each."""
    return [
        1.0,
        *(logit(network[name], _CERTAIN) for name in MAIL_CLASSES),
        *(logit(fast[name]) for name in MAIL_CLASSES),
    ]


@dataclass(frozen=True)
class Seen:
    """A mail as the blend sees it."""

    decisive: list[float]
    labels: list[float]


def seen(reading: Reading, words: Scores, fast: Scores, network: Scores) -> Seen:
    """All signals of a mail; `fast` is the fast part's joint word, `words` that of its word weights alone."""
    return Seen(decisive_signals(reading, words, network), label_signals(fast, network))


@dataclass(frozen=True)
class Blend:
    """Two regressions: `decisive` gives the odds of a rejection, `labels` (a row each) shares out the rest.

    Learned from mails whose writers neither part had seen: only there does either say how far it can be trusted.
    """

    decisive: tuple[float, ...]
    labels: tuple[tuple[float, ...], ...]

    def judge(self, reading: Reading, judgement: Judgement, opinion: Opinion) -> Judgement:
        """The joint judgement; `floor` is gone, since the blend knows what agreement is worth."""
        return replace(
            judgement,
            labels=self.probabilities(seen(reading, judgement.words, judgement.labels, opinion.labels)),
            sentences=tuple(
                fast if own is None else _classes(own, opinion.reasons)
                for fast, own in zip(judgement.sentences, opinion.sentences, strict=True)
            ),
            floor=0.0,
            opinion=opinion,
        )

    def probabilities(self, mail: Seen) -> Scores:
        """The probability of each label; they sum to 1."""
        odds = max(-_FAR, min(_FAR, dot(self.decisive, mail.decisive)))
        score = 1 / (1 + math.exp(-odds))
        sums = [dot(weights, mail.labels) for weights in self.labels]
        powers = {name: math.exp(one - max(sums)) for name, one in zip(MAIL_CLASSES, sums, strict=True)}
        rest = sum(powers.values()) - powers[Label.REJECTION]
        return {
            name: score if name == Label.REJECTION else power / max(rest, _TINY) * (1 - score)
            for name, power in powers.items()
        }


def weight_of(tags: frozenset[str]) -> float:
    """How much a mail counts when a blend is learned."""
    return _ORDINARY if EVERYDAY in tags else 1.0


def fit(mails: Sequence[Seen], labels: Sequence[str], weights: Sequence[float]) -> Blend:
    """The blend that makes the labels likely; the same input gives the same weights."""
    said_no = [(float(label == Label.REJECTION), float(label != Label.REJECTION)) for label in labels]
    decisive = regression([mail.decisive for mail in mails], said_no, weights, _STEPS)
    truths = [[float(name == label) for name in MAIL_CLASSES] for label in labels]
    every = regression([mail.labels for mail in mails], truths, weights, _STEPS)
    return Blend(
        tuple(round(float(value), 5) for value in decisive[:, 0] - decisive[:, 1]),
        tuple(tuple(round(float(value), 5) for value in column) for column in every.T),
    )


def likeliest_reason(reasons: Scores) -> Reason:
    """The reason the network holds for likeliest."""
    return Reason(max(reasons, key=lambda name: reasons[name]))


def _classes(own: Scores, reasons: Scores) -> Scores:
    """The network's sentence scores in the classes of the fast part: a no is split by the mail's reason."""
    parts = {name: own[Label.REJECTION] * reasons[name.partition(":")[2]] for name in REJECTIONS}
    return parts | {name: own[name] for name in CLASSES if name not in parts}
