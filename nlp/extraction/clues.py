"""What stands around a stretch of words: clues that company and role share, told word by word."""

from __future__ import annotations

from functools import lru_cache

from nlp.extraction.lexicon import FIRM, GIVEN, JOB, LINK, NOUN, OPEN, STOP, TEAM, word_facts

EDGE = "^"  # stands for the word before the first and after the last
_ALL = TEAM | JOB | FIRM | GIVEN | NOUN | LINK | OPEN | STOP
TOLD = TEAM | JOB | FIRM | GIVEN | NOUN


def place_clues(spot: str, near: str) -> tuple[str, ...]:
    """Clues in the part of the mail and, for its first word, in standing at its head."""
    return (f"at {spot} ^", f"at {spot}") if near == EDGE else (f"at {spot}",)


def before_clues(place: str, near: str) -> tuple[str, ...]:
    """Clues in the word in front of the stretch."""
    low, kind = word_facts(near)
    return f"p1 {low}", f"p1 {place} {low}", f"p {shape(near)} {kind & TOLD}"


def before_pair(far: str, near: str) -> tuple[str, ...]:
    """Clues in the two words in front of it; none at the head of its part."""
    if near == EDGE:
        return ()
    (far, kind), low = word_facts(far), word_facts(near)[0]
    return f"p2 {far} {low}", f"pk {kind & TOLD} {low}"


def after_clues(place: str, near: str) -> tuple[str, ...]:
    """Clues in the word behind the stretch."""
    low, kind = word_facts(near)
    return f"n1 {low}", f"n1 {place} {low}", f"n {shape(near)} {kind & _ALL}"


def after_pair(near: str, far: str) -> tuple[str, ...]:
    """Clues in the two words behind it."""
    return (f"n2 {word_facts(near)[0]} {word_facts(far)[0]}",)


@lru_cache(maxsize=8192)
def shape(word: str) -> str:
    """C capital, A all capitals, a lower case, m mixed, 9 with a digit, or the mark itself."""
    if word[0].isalpha():
        if word.islower():
            return "a"
        if len(word) > 1 and word.isupper():
            return "A"
        if any(letter.isdigit() for letter in word):
            return "9"
        return "C" if word[0].isupper() else "m"
    return "9" if word[0].isdigit() else word
