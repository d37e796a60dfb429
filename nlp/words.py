"""Weighs the words of a whole mail, and its pairs of words, towards nine labels: TF-IDF and a logistic regression.

scikit-learn learns the weights (`learned`, training only); judging is a look-up and a sum and needs none of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.features import MAIL_CLASSES, Scores
from nlp.masking import marked, words_of

_TERMS, _WEIGHTS = "terms.txt", "weights.npy"
_RARE = 2  # mails; a term in fewer is a name or a slip
_FEW = 50  # mails; so few share hardly a word
_FREEDOM = 10.0  # scikit-learn's C: kept-back average precision .815 at 3, .835 at 10, .839 at 30
_MOST_STEPS = 500
_NEVER = -30.0  # offset of a label that no training text has

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Words:
    """A weight for each term and label. `terms` gives a term's row; `weights` is terms + 1 x labels, offsets last.

    `rarity` is each term's inverse document frequency.
    """

    terms: dict[str, int]
    rarity: Array
    weights: Array

    def judge(self, words: list[str]) -> Scores:
        """The probability of each label for a mail's words; they sum to 1."""
        rows_of_words = list(map(self.terms.get, marked(words)))
        counts = Counter(rows_of_words)
        counts.update(map(self._pairs.get, pairwise(rows_of_words)))
        counts.pop(None, None)  # terms nobody has learned
        sums = self.weights[-1]
        if counts:
            rows = np.fromiter(counts, dtype=np.int32, count=len(counts))
            often = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
            values = often * self.rarity[rows]
            sums = sums + (values / np.sqrt(values @ values)) @ self.weights[rows]
        powers = np.exp(sums - sums.max())
        return dict(zip(MAIL_CLASSES, (powers / powers.sum()).tolist(), strict=True))

    @cached_property
    def _pairs(self) -> dict[tuple[int | None, int | None], int]:
        """The rows of terms of two words, by the rows of both: spelling out every pair of a mail takes twice as long.

        Both words are terms themselves, since no pair is met in more mails than its words are.
        """
        every = ((term.partition(" "), row) for term, row in self.terms.items())
        return {(self.terms[first], self.terms[second]): row for (first, space, second), row in every if space}

    def save(self, folder: Path) -> None:
        """Write terms and weights; the same weights write the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _TERMS).write_text("".join(f"{term}\n" for term in self.terms), "utf-8")
        table = np.column_stack([self.weights, np.append(self.rarity, np.float32(0))])
        np.save(folder / _WEIGHTS, table.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> Words:
        """What `save` wrote; raises OSError or ValueError when it is absent or damaged."""
        terms = (folder / _TERMS).read_text("utf-8").split("\n")[:-1]
        table = np.load(folder / _WEIGHTS, allow_pickle=False).astype(np.float32)
        if table.shape != (len(terms) + 1, len(MAIL_CLASSES) + 1):
            raise ValueError(f"{folder}: {table.shape[0]} rows of weights for {len(terms)} terms")
        return cls({term: row for row, term in enumerate(terms)}, table[:-1, -1].copy(), table[:, :-1].copy())


def terms_of(words: list[str]) -> list[str]:
    """The marked words, and every two that stand together."""
    every = marked(words)
    return every + [f"{before} {word}" for before, word in pairwise(every)]


def _terms(text: str) -> list[str]:
    return terms_of(words_of(text))


def learned(texts: Iterable[str], labels: Sequence[str]) -> Words:
    """The weights that tell the labels of the texts apart; the same rows in the same order give the same weights.

    Labels are weighed as if each were equally common; a label that no text has gets no weight.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - training only: it takes a second
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    table = TfidfVectorizer(analyzer=_terms, min_df=_RARE if len(labels) > _FEW else 1, sublinear_tf=True)
    rows = table.fit_transform(texts)
    if len(set(labels)) == 1:  # a regression needs two
        return Words({}, np.zeros(0, np.float32), _offsets(set(labels))[None])
    fitted = LogisticRegression(C=_FREEDOM, class_weight="balanced", max_iter=_MOST_STEPS).fit(rows, list(labels))
    terms = table.get_feature_names_out()
    weights = np.zeros((len(terms) + 1, len(MAIL_CLASSES)), dtype=np.float32)
    weights[-1] = _offsets(fitted.classes_)
    coefficients, intercepts = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:  # noqa: PLR2004 - of two labels scikit-learn keeps the second's weights only
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.append(-intercepts, intercepts) / 2
    for place, label in enumerate(fitted.classes_):
        column = MAIL_CLASSES.index(label)
        weights[:-1, column], weights[-1, column] = coefficients[place], intercepts[place]
    return Words({term: row for row, term in enumerate(terms)}, _short(table.idf_), _short(weights))


def _short(values: Array) -> Array:
    """Rounded to what the file holds, so that a saved model judges exactly as the one that was saved."""
    return values.astype(np.float16).astype(np.float32)


def _offsets(labels: Iterable[str]) -> Array:
    """0 for the labels that occur, far below for the others."""
    known = set(labels)
    return np.asarray([0.0 if name in known else _NEVER for name in MAIL_CLASSES], dtype=np.float32)
