"""The last step: logistic regressions from a mail's features to the nine labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nlp.features import MAIL_CLASSES, Scores, core

STEPS = 1000
_RATE = 0.1
_DECAY = 0.002
SHARE = 0.2  # rejections among the mails a scan judges; the corpus holds far more of them
_REJECTION = "rejection"
_TINY = 1e-9
_FAR = 30.0  # log odds beyond this overflow nothing and mean the same

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Head:
    """Two regressions whose log odds of a rejection are averaged.

    `labels` weighs all features, one row of weights per label in the order of `Label`. `decisive` weighs the core
    features only. The first knows how rejections read as a whole, the second asks for a sentence that says no; kept-
    back average precision: .77 and .73 alone, .80 together.
    """

    labels: tuple[tuple[float, ...], ...]
    decisive: tuple[float, ...]

    def probabilities(self, row: Sequence[float]) -> Scores:
        """The probability of each label; they sum to 1."""
        sums = [dot(weights, row) for weights in self.labels]
        top = max(sums)
        powers = dict(zip(MAIL_CLASSES, (math.exp(value - top) for value in sums), strict=True))
        rest = sum(powers.values()) - powers[_REJECTION]
        odds = math.log(max(powers[_REJECTION], _TINY) / max(rest, _TINY))
        score = 1 / (1 + math.exp(-max(-_FAR, min(_FAR, (odds + dot(self.decisive, core(row))) / 2))))
        return {name: score if name == _REJECTION else power / rest * (1 - score) for name, power in powers.items()}


def fit(
    rows: Sequence[Sequence[float]], labels: Sequence[str], weights: Sequence[float], *, steps: int = STEPS
) -> Head:
    """The head that makes the labels likely; the same input gives the same weights.

    Rejections are weighed down to their share in a mailbox, so that the score is a probability there.
    """
    rejections = sum(weight for weight, label in zip(weights, labels, strict=True) if label == _REJECTION)
    others = sum(weights) - rejections
    factor = min(1.0, SHARE / (1 - SHARE) * others / rejections) if rejections else 1.0
    scaled = [weight * (factor if label == _REJECTION else 1) for weight, label in zip(weights, labels, strict=True)]
    truth = np.asarray([[float(name == label) for name in MAIL_CLASSES] for label in labels])
    said_no = truth[:, [MAIL_CLASSES.index(_REJECTION)]]
    every = regression(rows, truth, scaled, steps)
    decisive = regression([core(row) for row in rows], np.hstack([said_no, 1 - said_no]), scaled, steps)
    return Head(
        tuple(tuple(round(float(value), 5) for value in column) for column in every.T),
        tuple(round(float(value), 5) for value in decisive[:, 0] - decisive[:, 1]),
    )


def regression(rows: ArrayLike, truths: ArrayLike, weights: ArrayLike, steps: int) -> Array:
    """Weights (features x classes) of a softmax regression with a small decay, by Adam in full batches."""
    x, y = np.asarray(rows, dtype=np.float64), np.asarray(truths, dtype=np.float64)
    share = np.asarray(weights, dtype=np.float64)[:, None] / np.sum(weights)
    w = np.zeros((x.shape[1], y.shape[1]))
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        z = x @ w
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        gradient = x.T @ ((p - y) * share) + _DECAY * w
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return w


def dot(weights: Sequence[float], row: Sequence[float]) -> float:
    """The weighted sum; raises ValueError when a weight or a value is missing."""
    if len(weights) != len(row):
        raise ValueError(f"{len(weights)} weights for {len(row)} values")
    found: float = sum(map(mul, weights, row))
    return found
