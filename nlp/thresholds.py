"""Chooses the limits of the bands on kept-back scores of our own corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

_AUTO_PRECISION = 0.98  # on mails that are mostly written to mislead; a wrong entry costs more than a question
_LEAST_AUTO = 0.85
_LEAST_ALONE = 0.985  # without a known phrase the score alone must carry the verdict; a wrong entry costs trust
_LEAST_SAMPLE = 20  # mails above a limit, fewer prove nothing
_NEVER = 1.01
# Share of rejections, most of them hard, that may end in band no; the review limit is the highest that keeps to it.
# On kept-back writers .05 asks about 1 everyday mail in 15 that is none, .07 about 1 in 19.
_MISSED = 0.05
_REVIEW = (0.04, 0.4)  # below, the queue fills with everything; above, the label would be rejection anyway
_NAMED = (0.35, 0.8)
# A mail is called a rejection by F0.5 (van Rijsbergen 1979): to be right counts twice as much as to find them all. What
# is not called one is still asked about; an interview that is called one is the worst this program can do.
_BETA = 0.5
# Of F0.5: less is chance. Of limits so close the middle one is taken, since mails of new writers score lower than
# kept-back ones; without a word of hiring the highest, since a mailbox holds little else.
_ABOUT = 0.005
# Weights of everyday mail among mails without a word of hiring. A mailbox holds hardly anything else; how much more
# than the corpus nobody knows, and at each weight a mail or two set the limit: the mean of the limits is taken.
_BARE = (1.0, 2.0, 3.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits on the score, a probability of rejection.

    `auto`: logged without asking, when a strong phrase backs the score; `alone`: the same without a phrase. `named`:
    called a rejection; `bare`: the same for a mail without any word of hiring. `review`: asked about. `agreed` is the
    least score of a mail in which phrase, sentence model and gate agree, for models without the network. `no_job`: how
    many times likelier than in the corpus a mail without any word of hiring is about no job; assumed, not learned: 19
    of 20 in a mailbox, 6 of 7 in the corpus.
    """

    auto: float
    review: float
    agreed: float = 0.5
    alone: float = _NEVER
    named: float = 0.55
    bare: float = 0.55
    no_job: float = 3.0


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A kept-back mail: its score, the truth, whether a strong phrase backs it, whether nothing speaks against."""

    score: float
    is_rejection: bool
    has_phrase: bool
    is_clear: bool
    is_everyday: bool = False
    has_job: bool = True  # any word of hiring


def chosen(mails: Sequence[KeptMail], agreed: Sequence[bool], *, with_network: bool) -> Thresholds:
    """The limits for whole mails; `agreed` says of each mail in which all fast parts agree whether they are right."""
    rejections = sorted(mail.score for mail in mails if mail.is_rejection)
    allowed = rejections[int(len(rejections) * _MISSED)] if rejections else _REVIEW[0]
    phrases = [mail for mail in mails if mail.has_phrase and mail.is_clear]
    others = [mail for mail in mails if not mail.has_phrase and mail.is_clear]
    return Thresholds(
        auto=_limit(phrases, _LEAST_AUTO, 1) or 0.99,
        alone=(_limit(others, _LEAST_ALONE, _LEAST_SAMPLE) or _NEVER) if with_network else _NEVER,
        agreed=round((sum(agreed) + 1) / (len(agreed) + 2), 3),  # one made-up case of each kind: the sample is small
        review=round(min(_REVIEW[1], max(_REVIEW[0], allowed)), 3),
        named=median_low(_best([mail for mail in mails if mail.has_job], 1)) if with_network else 0.55,
        bare=_mean([mail for mail in mails if not mail.has_job]) if with_network else 0.55,
    )


def _limit(mails: Sequence[KeptMail], least: float, sample: int) -> float | None:
    """The lowest limit above which enough of the mails are rejections; None when no limit is good enough."""
    for step in range(round(least * 1000), 1000, 2):
        above = [mail.is_rejection for mail in mails if mail.score >= step / 1000]
        if len(above) >= sample and sum(above) / len(above) >= _AUTO_PRECISION:
            return step / 1000
    return None


def _best(mails: Sequence[KeptMail], everyday: float) -> list[float]:
    """The limits with about the best F0.5; `everyday` is the weight of everyday mail."""
    steps = [step / 100 for step in range(round(_NAMED[0] * 100), round(_NAMED[1] * 100) + 1)]
    weights = [everyday if mail.is_everyday else 1.0 for mail in mails]
    values = [_f_half(mails, weights, step) for step in steps]
    return [step for step, value in zip(steps, values, strict=True) if value >= max(values) - _ABOUT]


def _mean(mails: Sequence[KeptMail]) -> float:
    return round(sum(max(_best(mails, everyday)) for everyday in _BARE) / len(_BARE), 2)


def _f_half(mails: Sequence[KeptMail], weights: Sequence[float], limit: float) -> float:
    pairs = list(zip(mails, weights, strict=True))
    hits = sum(weight for mail, weight in pairs if mail.is_rejection and mail.score >= limit)
    called = sum(weight for mail, weight in pairs if mail.score >= limit)
    there = sum(weight for mail, weight in pairs if mail.is_rejection)
    return (1 + _BETA**2) * hits / max(1.0, called + _BETA**2 * there)
