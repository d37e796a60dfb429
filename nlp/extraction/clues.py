"""What stands around a stretch of words: clues that company and role share, told word by word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from nlp.extraction.lexicon import FIRM, GIVEN, JOB, LINK, NOUN, OPEN, STOP, TEAM, VERB
from nlp.extraction.tokens import BODY, Part

BEFORE, AFTER = 6, 4  # words around a stretch that are heard in any order
_FEW = 5  # lines of a short letter
EDGE = "^"  # stands for the word before the first and after the last
_ALL = TEAM | JOB | FIRM | GIVEN | NOUN | LINK | OPEN | STOP
TOLD = TEAM | JOB | FIRM | GIVEN | NOUN


def place_clues(spot: str, near: str) -> tuple[str, ...]:
    """Clues in the part of the mail and, for its first word, in standing at its head."""
    return (f"at {spot} ^", f"at {spot}") if near == EDGE else (f"at {spot}",)


def before_clues(place: str, near: str, plain: str, kind: int) -> tuple[str, ...]:
    """Clues in the word in front of the stretch; `plain` is the word in English, `kind` what the lists know of it."""
    low = near.lower()
    own = f"p1 {low}", f"p1 {place} {low}", f"p {shape(near)} {kind & TOLD}"
    return own if plain == low else (*own, f"p1 {plain}", f"p1 {place} {plain}")


def before_pair(far: str, near: str, kind: int) -> tuple[str, ...]:
    """Clues in the two words in front of it, in English, `kind` being the farther one's; none at its part's head."""
    return () if near == EDGE else (f"p2 {far} {near}", f"pk {kind & TOLD} {near}")


def after_clues(place: str, near: str, plain: str, kind: int) -> tuple[str, ...]:
    """Clues in the word behind the stretch."""
    low = near.lower()
    own = f"n1 {low}", f"n1 {place} {low}", f"n {shape(near)} {kind & _ALL}"
    return own if plain == low else (*own, f"n1 {plain}", f"n1 {place} {plain}")


def after_pair(near: str, far: str) -> tuple[str, ...]:
    """Clue in the two words behind it, in English."""
    return (f"n2 {near} {far}",)


def around_clues(plain: Sequence[str], first: int, last: int) -> list[str]:
    """The English words some way before and behind it, whatever their order."""
    before = [f"b {word}" for word in plain[max(0, first - BEFORE) : first]]
    return before + [f"a {word}" for word in plain[last + 1 : last + 1 + AFTER]]


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


def bound(part: Part, place: int) -> str:
    """What bounds a stretch at that place: the end of the line, a mark, a small word in English, a verb, or a shape."""
    if not 0 <= place < len(part.words):
        return EDGE
    word, kind = part.words[place], part.kinds[place]
    if not word[0].isalnum():
        return word
    if kind & (LINK | OPEN | STOP):
        return part.plain[place]
    return "verb" if kind & VERB else shape(word)


def mail_clue(parts: Sequence[Part], headers: str) -> str:
    """What sort of mail it is, the same for all its stretches: it moves how sure any of them can be."""
    lines = sum([part.place == BODY for part in parts])
    return f"mail {headers} {'1' if lines == 1 else 'few' if lines <= _FEW else 'many'}"
