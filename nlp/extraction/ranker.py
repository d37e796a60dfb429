"""Weighs stretches of words and picks a name, or none: a softmax over them and "nothing", with fitted weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, repeat
from operator import itemgetter

from nlp.extraction.clues import AFTER, BEFORE, EDGE, TOLD, after_clues, before_clues, place_clues
from nlp.extraction.names import key_of
from nlp.extraction.proposer import Proposer
from nlp.extraction.tables import by_pairs, heard
from nlp.extraction.tokens import Part

_BEHIND = 5.0  # a stretch whose neighbours say this much less than the best one's is not looked at closer
_FEW = 8  # stretches that are looked at closer at most
_LONGEST = 14  # words of a stretch, and one
_KEPT = 8192  # sums kept for words met again; a few MB
_score = itemgetter(0)


class Ranker:
    """Fitted weights of one kind of name. `proposer` is the class whose clues they weigh."""

    def __init__(self, table: dict[str, float], proposer: type[Proposer]) -> None:
        self._weight = table.get
        keep = lru_cache(maxsize=_KEPT)
        self._before_pairs = by_pairs(table, "p2")
        self._before_kinds = by_pairs(table, "pk")
        self._after_pairs = by_pairs(table, "n2")
        self._place = keep(lambda spot, near: self._sum(place_clues(spot, near)))
        self._before = keep(lambda *seen: self._sum(before_clues(*seen)))
        self._after = keep(lambda *seen: self._sum(after_clues(*seen)))
        self._first = keep(lambda *seen: self._sum(proposer.first_word(*seen)))
        self._last = keep(lambda *seen: self._sum(proposer.last_word(*seen)))
        self._heard_before, self._heard_after = heard(table, "b"), heard(table, "a")
        self._size = [table.get(f"size {words}", 0.0) for words in range(_LONGEST)]

    def best(self, proposer: Proposer) -> tuple[str, float] | None:
        """The likeliest name in its best spelling; None if nothing may be one.

        With the probability, 0 to 1, that it is the name, or a part of it, or holds it.
        """
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
        # "Engineer" and "Data Engineer" do not speak against each other: that there is a name, both of them say.
        agreed = sum([mass[key] for key in mass if key in likeliest or likeliest in key])
        return spelling[likeliest][1], agreed / (1.0 + sum(mass.values()))  # 1: "no name" has score 0

    def _rough(self, proposer: Proposer) -> Iterator[tuple[float, Part, int, int]]:
        """Every stretch with what its ends, its length and its neighbours say."""
        size = self._size
        for part in proposer.parts:
            left: dict[int, float] = {}
            right: dict[int, float] = {}
            for first, last in proposer.spans(part):
                if not left:
                    before_sums = _sums(part.plain, self._heard_before)
                    after_sums = _sums(part.plain, self._heard_after)
                if (before := left.get(first)) is None:
                    before = left[first] = (
                        self._in_front(part, first) + before_sums[first] - before_sums[max(0, first - BEFORE)]
                    )
                if (after := right.get(last)) is None:
                    after = right[last] = (
                        self._behind(part, last)
                        + after_sums[min(last + 1 + AFTER, len(part.words))]
                        - after_sums[last + 1]
                    )
                yield before + after + size[last - first + 1], part, first, last

    def _in_front(self, part: Part, first: int) -> float:
        """What the first word and those before it weigh."""
        plain, kinds = part.plain, part.kinds
        found = self._first(part.words[first], plain[first], kinds[first])
        if not first:
            return found + self._place(part.spot, EDGE) + self._before(part.place, EDGE, EDGE, 0)
        word, near, kind = part.words[first - 1], plain[first - 1], kinds[first - 1]
        found += self._place(part.spot, word) + self._before(part.place, word, near, kind)
        far, kind = (plain[first - 2], kinds[first - 2]) if first > 1 else (EDGE, 0)
        if row := self._before_pairs.get(near):
            found += row.get(far, 0.0)
        if row := self._before_kinds.get(near):
            found += row.get(str(kind & TOLD), 0.0)
        return found

    def _behind(self, part: Part, last: int) -> float:
        """What the last word and those behind it weigh."""
        plain, kinds, size = part.plain, part.kinds, len(part.words)
        found = self._last(part.words[last], plain[last], kinds[last])
        if last + 1 == size:
            near = EDGE
            found += self._after(part.place, EDGE, EDGE, 0)
        else:
            near = plain[last + 1]
            found += self._after(part.place, part.words[last + 1], near, kinds[last + 1])
        if row := self._after_pairs.get(near):
            found += row.get(plain[last + 2] if last + 2 < size else EDGE, 0.0)
        return found

    def _sum(self, clues: Iterable[str]) -> float:
        weight = self._weight
        return sum([weight(clue, 0.0) for clue in clues])


def _sums(words: Iterable[str], weight: dict[str, float]) -> list[float]:
    """Sums of the words' weights up to each of them."""
    return list(accumulate(map(weight.get, words, repeat(0.0)), initial=0.0))
