"""Weighs stretches of words and picks a name, or none: a softmax over them and "nothing", with fitted weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from nlp.extraction.clues import EDGE, TOLD, after_clues, after_pair, before_clues, before_pair, place_clues
from nlp.extraction.names import key_of
from nlp.extraction.tokens import Part

_FOLDER = Path(__file__).parent / "weights"
_BEHIND = 5.0  # a stretch whose neighbours say this much less than the best one's is not looked at closer
_FEW = 8  # stretches that are looked at closer at most
_KEPT = 8192  # sums kept for words met again; a few MB
_score = itemgetter(0)


class Proposer(Protocol):
    """Proposes stretches of one mail for one kind of name, and tells the clues in them."""

    parts: list[Part]

    def spans(self, part: Part) -> Iterable[tuple[int, int]]:
        """First and last word of each stretch of the part that may be the name."""

    @staticmethod
    def first_word(word: str) -> tuple[str, ...]:
        """Clues in the stretch's first word."""

    @staticmethod
    def last_word(word: str) -> tuple[str, ...]:
        """Clues in its last word."""

    def text(self, part: Part, first: int, last: int) -> str:
        """The name as it would be told; "" if it cannot be one."""

    def own_clues(self, text: str, part: Part, first: int, last: int) -> list[str]:
        """Clues in the stretch as a whole."""


class Ranker:
    """Fitted weights of one kind of name. `proposer` is the class whose clues they weigh."""

    def __init__(self, table: dict[str, float], proposer: type[Proposer]) -> None:
        self._weight = table.get
        keep = lru_cache(maxsize=_KEPT)
        self._before_pairs = _rows(table, "p2")
        self._before_kinds = _rows(table, "pk")
        self._after_pairs = _rows(table, "n2")
        self._place = keep(lambda spot, near: self._sum(place_clues(spot, near)))
        self._before = keep(lambda place, near: self._sum(before_clues(place, near)))
        self._after = keep(lambda place, near: self._sum(after_clues(place, near)))
        self._first = keep(lambda word: self._sum(proposer.first_word(word)))
        self._last = keep(lambda word: self._sum(proposer.last_word(word)))

    def best(self, proposer: Proposer) -> tuple[str, float] | None:
        """The likeliest name in its best spelling and its probability, 0 to 1; None if nothing may be one."""
        rough = sorted(self._rough(proposer), key=_score, reverse=True)
        mass: dict[str, float] = {}
        spelling: dict[str, tuple[float, str]] = {}
        looked_at = 0
        for score, part, first, last in rough:
            if looked_at == _FEW or score < rough[0][0] - _BEHIND:
                break
            text = proposer.text(part, first, last)
            if not text:
                continue
            looked_at += 1
            odds = math.exp(min(score + self._sum(proposer.own_clues(text, part, first, last)), 30.0))
            key = key_of(text)
            mass[key] = mass.get(key, 0.0) + odds
            if key not in spelling or odds > spelling[key][0]:
                spelling[key] = (odds, text)
        if not mass:
            return None
        likeliest = max(mass, key=lambda key: (mass[key], key))
        return spelling[likeliest][1], mass[likeliest] / (1.0 + sum(mass.values()))  # 1: "no name" has score 0

    def _rough(self, proposer: Proposer) -> Iterator[tuple[float, Part, int, int]]:
        """Every stretch with what its ends and neighbours say."""
        for part in proposer.parts:
            words = [EDGE, EDGE, *part.words, EDGE, EDGE]  # word n of the part stands at n + 2
            left: dict[int, float] = {}
            right: dict[int, float] = {}
            for first, last in proposer.spans(part):
                if (before := left.get(first)) is None:
                    _, near, word = words[first : first + 3]
                    before = self._place(part.spot, near) + self._before(part.place, near) + self._first(word)
                    if first:
                        before += self._before_pair(part, first)
                    left[first] = before
                if (after := right.get(last)) is None:
                    word, near = words[last + 2 : last + 4]
                    after = self._after(part.place, near) + self._last(word)
                    if row := self._after_pairs.get(near if near is EDGE else part.lower[last + 1]):
                        after += row.get(words[last + 4].lower(), 0.0)
                    right[last] = after
                yield before + after, part, first, last

    def _before_pair(self, part: Part, first: int) -> float:
        """What `before_pair` weighs, looked up without spelling the clues out."""
        near = part.lower[first - 1]
        far, kind = (part.lower[first - 2], part.kinds[first - 2]) if first > 1 else (EDGE, 0)
        found = 0.0
        if row := self._before_pairs.get(near):
            found = row.get(far, 0.0)
        if row := self._before_kinds.get(near):
            found += row.get(str(kind & TOLD), 0.0)
        return found

    def _sum(self, clues: Iterable[str]) -> float:
        weight = self._weight
        return sum([weight(clue, 0.0) for clue in clues])


def _rows(table: dict[str, float], family: str) -> dict[str, dict[str, float]]:
    """Weights of clues on two words, by the nearer word and then the farther one."""
    rows: dict[str, dict[str, float]] = {}
    for clue, weight in table.items():
        head, *pair = clue.split(" ")
        if head == family:
            near, far = pair if family == "n2" else reversed(pair)
            rows.setdefault(near, {})[far] = weight
    return rows


def all_clues(proposer: Proposer) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The key of each stretch and every clue around and in it, as they are weighed; for fitting."""
    for part in proposer.parts:
        words = [EDGE, EDGE, *part.words, EDGE, EDGE]
        for first, last in proposer.spans(part):
            text = proposer.text(part, first, last)
            if not text:
                continue
            far, near, word = words[first : first + 3]
            left = (*place_clues(part.spot, near), *before_clues(part.place, near), *before_pair(far, near))
            left += proposer.first_word(word)
            word, near, far = words[last + 2 : last + 5]
            right = (*after_clues(part.place, near), *after_pair(near, far), *proposer.last_word(word))
            yield key_of(text), (*left, *right, *proposer.own_clues(text, part, first, last))


@cache
def weights(name: str) -> dict[str, float]:
    """The fitted weight of each clue, from weights/NAME.tsv; `python -m nlp.extraction.fit` writes it."""
    rows = (line.split("\t") for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines())
    return {clue: float(weight) for clue, weight in rows}
