"""Rules patterns out by how the words of a text begin, so that most texts are spared the search.

Where a pattern asks for "(not|never) (any word) hired", a text needs a word that begins with "hir". That is read off
the pattern itself, and looking all words up at once is far cheaper than searching a text for eighty patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import reduce
from re import _constants as ops  # type: ignore[attr-defined]  # a pattern's parts have no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

LETTERS = 3  # of a beginning; a shorter word is its own
# Words that stand in most sentences: beginnings that tell hardly anything.
_COMMON = frozenset(
    "a an and are as at be for has hav hea i in is it its job mor not of on one our pos rol tea tha the thi to was we "
    "wer wil wit yo you n t s".split()
)
_DEEPEST = 40  # steps into a pattern; only one that repeats what may be empty goes deeper
_WORD = re.compile(r"(\w{1,3})\w*")
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

Row = TypeVar("Row")
Part = tuple[Any, Any]  # what a pattern is made of, as the standard library has it


class Sieve(Generic[Row]):
    """Patterns on lower-case text, each for something; most are ruled out for a text by how its words begin."""

    def __init__(self, patterns: Iterable[tuple[str, Row]]) -> None:
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}  # a beginning's rows, as bits
        for place, (pattern, row) in enumerate(patterns):
            self._rows.append(row)
            for one in needed(pattern):
                self._places[one] = self._places.get(one, 0) | 1 << place
        self._known = frozenset(self._places)

    def left(self, seen: set[str]) -> list[Row]:
        """Those whose pattern may be found in a text with these beginnings, in order."""
        places = 0
        for one in self._known & seen:
            places |= self._places[one]
        return [row for place, row in enumerate(self._rows) if places >> place & 1] if places else []


class _Unknown(Exception):
    """The pattern does not tell how a word begins there."""


def beginnings(text: str) -> set[str]:
    """The first three characters of each word."""
    return set(_WORD.findall(text))


def needed(pattern: str) -> frozenset[str]:
    """Beginnings of which every text that the pattern is found in has one; raises ValueError when it does not tell."""
    found = _best(list(parser.parse(pattern)), fresh=False)
    if found is None:
        raise ValueError(f"no word of a match of {pattern!r} is sure to begin in a known way")
    return found


def _best(parts: Sequence[Part], *, fresh: bool) -> frozenset[str] | None:
    """The rarest of what the places in the sequence offer; `fresh`: a word can only begin here, not go on."""
    offers: list[frozenset[str]] = []
    for place, part in enumerate(parts):
        offers.extend(_offers(part, list(parts[place:]), fresh=fresh))
        fresh = _ends_fresh(part, fresh)
    return min(offers, key=_commonness, default=None)


def _offers(part: Part, rest: list[Part], *, fresh: bool) -> Iterator[frozenset[str]]:
    """How the word begins that begins with the part, and what the part offers further inside."""
    if fresh:
        with suppress(_Unknown):
            yield frozenset(_openings(rest, "", 0))
    op, value = part
    inside = _ways(part) if op not in _REPEATS or value[0] else []
    found = [_best(one, fresh=fresh) for one in inside]
    if found and None not in found:
        yield frozenset().union(*[one for one in found if one])


def _commonness(found: frozenset[str]) -> int:
    return sum(50 if one in _COMMON else 1 for one in found)


def _ways(part: Part) -> list[list[Part]]:
    """The sequences of which a part is one; none for a single character."""
    op, value = part
    if op is ops.SUBPATTERN:
        return [list(value[3])]
    if op is ops.BRANCH:
        return [list(one) for one in value[1]]
    return [list(value[2])] if op in _REPEATS else []


def _ends_fresh(part: Part, fresh: bool) -> bool:
    """Whether a word can only begin behind the part, and none go on."""
    op, value = part
    if op is ops.AT:
        return fresh or value in {ops.AT_BOUNDARY, ops.AT_BEGINNING}
    if op in {ops.ASSERT, ops.ASSERT_NOT}:
        return fresh
    if ways := _ways(part):
        ends = [reduce(lambda so_far, one: _ends_fresh(one, so_far), way, fresh) for way in ways]
        return all(ends) and (fresh or op not in _REPEATS or bool(value[0]))
    characters = _characters(part)
    return characters is not None and not any(map(_is_of_word, characters))


def _openings(parts: list[Part], so_far: str, depth: int) -> Iterator[str]:
    """Every way in which the word can begin that begins with the parts, `so_far` being the letters before them."""
    if len(so_far) == LETTERS:
        yield so_far
        return
    if not parts or depth > _DEEPEST:
        raise _Unknown
    part, rest = parts[0], parts[1:]
    op, value = part
    if op is ops.AT and so_far and value in {ops.AT_BOUNDARY, ops.AT_END}:
        yield so_far
    elif op in {ops.AT, ops.ASSERT, ops.ASSERT_NOT}:
        yield from _openings(rest, so_far, depth + 1)
    elif _ways(part):
        for unrolled in _unrolled(part):
            yield from _openings([*unrolled, *rest], so_far, depth + 1)
    elif (characters := _characters(part)) is None:
        raise _Unknown
    else:
        for one in characters:
            if so_far and not _is_of_word(one):
                yield so_far
            else:
                yield from _openings(rest, so_far + one if _is_of_word(one) else "", depth + 1)


def _unrolled(part: Part) -> Iterator[list[Part]]:
    """The ways of a part, a repetition taken apart by one round."""
    op, value = part
    more: list[Part] = []
    if op in _REPEATS:
        low, high, again = value
        if not low:
            yield []
        more = [(op, (max(low - 1, 0), high - 1, again))] if high > 1 else []
    for way in _ways(part):
        yield [*way, *more]


def _characters(part: Part) -> str | None:
    """The characters a part stands for; None when they are not listed one by one."""
    op, value = part
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.IN and all(one is ops.LITERAL for one, _value in value):
        return "".join(chr(code) for _one, code in value)
    return None


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
