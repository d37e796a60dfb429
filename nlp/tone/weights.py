"""What was learned of tone: weights for words and for the encoder's states, whose log odds are averaged."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.masking import marked, words_of
from nlp.tone.labelled import LABELS

_TERMS, _WORDS, _STATES, _LIMITS = "terms.txt", "words.npy", "states.npy", "limits.json"

Array = NDArray[np.float32]


@dataclass(frozen=True)
class ToneWeights:
    """One column per label, in the order of LABELS; the last row of each table holds the offsets.

    `terms` gives a term's row in `words`, `rarity` its inverse document frequency. `limits`: by language, the
    likelihood of not being fine from which a sentence is worth pointing out.
    """

    terms: dict[str, int]
    rarity: Array
    words: Array
    states: Array
    limits: dict[str, float]

    def judge(self, text: str, state: Array) -> dict[str, float]:
        """The probability of each label for a sentence, in English or glossed, and its state; they sum to 1."""
        sums = (self._of_words(text) + state @ self.states[:-1] + self.states[-1]) / 2
        powers = np.exp(sums - sums.max())
        return dict(zip(LABELS, (powers / powers.sum()).tolist(), strict=True))

    def _of_words(self, text: str) -> Array:
        counts = Counter(map(self.terms.get, terms_of(text)))
        counts.pop(None, None)  # terms nobody has learned
        offsets: Array = self.words[-1]
        if not counts:
            return offsets
        rows = np.fromiter(counts, dtype=np.int32, count=len(counts))
        often = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        values = often * self.rarity[rows]
        found: Array = offsets + (values / np.sqrt(values @ values)) @ self.words[rows]
        return found

    def save(self, folder: Path) -> None:
        """Write the weights; the same weights write the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _TERMS).write_text("".join(f"{term}\n" for term in self.terms), "utf-8")
        table = np.column_stack([self.words, np.append(self.rarity, np.float32(0))])
        np.save(folder / _WORDS, table.astype(np.float16))
        np.save(folder / _STATES, self.states)
        (folder / _LIMITS).write_text(json.dumps(self.limits, indent=1, sort_keys=True) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Path) -> ToneWeights:
        """What `save` wrote; raises OSError or ValueError when it is absent or damaged."""
        terms = (folder / _TERMS).read_text("utf-8").split("\n")[:-1]
        table = np.load(folder / _WORDS, allow_pickle=False).astype(np.float32)
        states = np.load(folder / _STATES, allow_pickle=False)
        if table.shape != (len(terms) + 1, len(LABELS) + 1) or states.shape[1:] != (len(LABELS),):
            raise ValueError(f"{folder}: tables of {table.shape} and {states.shape} for {len(terms)} terms")
        limits = {str(name): float(value) for name, value in json.loads((folder / _LIMITS).read_text("utf-8")).items()}
        rows = {term: row for row, term in enumerate(terms)}
        return cls(rows, table[:-1, -1].copy(), table[:, :-1].copy(), states, limits)


def terms_of(text: str) -> list[str]:
    """The words of a sentence, marked, and every two that stand together."""
    words = words_of(text)
    return marked(words) + [f"{before} {word}" for before, word in pairwise(words)]
