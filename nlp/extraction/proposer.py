"""What proposes stretches of a mail for one kind of name, and every clue that speaks for or against one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from nlp.extraction.clues import EDGE, after_clues, after_pair, around_clues, before_clues, before_pair, place_clues
from nlp.extraction.names import key_of
from nlp.extraction.tokens import Part


class Proposer(Protocol):
    """Proposes stretches of one mail for one kind of name, and tells the clues in them."""

    parts: list[Part]

    def spans(self, part: Part) -> Iterable[tuple[int, int]]:
        """First and last word of each stretch of the part that may be the name."""

    @staticmethod
    def first_word(word: str, plain: str, kind: int) -> tuple[str, ...]:
        """Clues in the stretch's first word."""

    @staticmethod
    def last_word(word: str, plain: str, kind: int) -> tuple[str, ...]:
        """Clues in its last word."""

    def text(self, part: Part, first: int, last: int) -> str:
        """The name as it would be told; "" if it cannot be one."""

    def own_clues(self, text: str, part: Part, first: int, last: int) -> list[str]:
        """Clues in the stretch as a whole."""


def all_clues(proposer: Proposer) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The key of each stretch and every clue around and in it, as they are weighed; for fitting."""
    for part in proposer.parts:
        words = [EDGE, EDGE, *part.words, EDGE, EDGE]  # word n of the part stands at n + 2
        plain = [EDGE, EDGE, *part.plain, EDGE, EDGE]
        known = [0, 0, *part.kinds, 0, 0]
        facts = list(zip(words, plain, known, strict=True))
        for first, last in proposer.spans(part):
            text = proposer.text(part, first, last)
            if not text:
                continue
            left = (*place_clues(part.spot, words[first + 1]), *before_clues(part.place, *facts[first + 1]))
            left += (
                *before_pair(plain[first], plain[first + 1], known[first]),
                *proposer.first_word(*facts[first + 2]),
            )
            right = (*after_clues(part.place, *facts[last + 3]), *after_pair(plain[last + 3], plain[last + 4]))
            right += (*proposer.last_word(*facts[last + 2]), f"size {last - first + 1}")
            around = around_clues(part.plain, first, last)
            yield key_of(text), (*left, *right, *around, *proposer.own_clues(text, part, first, last))
