"""Tells what stands behind a title's comma, dash or bracket: its field ("Storage"), or a place, hours, a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.extraction.clues import shape
from nlp.extraction.lexicon import FIELD, LINK, NOUN, REGION, TERM, kinds
from nlp.extraction.tokens import Part

BREAKS = frozenset('.!?;:|"=<>{}@#*_~)]')  # no title goes on over them
_MARKS = frozenset(", - – — ( [ /".split())  # before what may or may not be part of the title
_SORTS = FIELD | TERM | REGION | NOUN
_NUMBER = re.compile(r"\d|^(?:I{1,3}|IV|VI{0,3}|I/II)$")  # "2", "GS-11", "II"
_MOST_NUMBER = 8  # letters
_BEHIND = re.compile(r" ?([-,(/–]) ?([^\W_][\w/+.-]*)")
_TAIL = 4  # words behind a mark that are looked at


def tail_clues(part: Part, first: int, last: int) -> Iterator[str]:
    """What stands behind a comma, dash, bracket or "in", within the title and outside: a field ("Trade") or a place."""
    words = part.words
    mark = next((n for n in range(last, first, -1) if words[n] in _MARKS), 0)
    if mark:
        yield from _sorts("ts", words[mark], part, mark + 1, last)
        for word in part.lower[mark + 1 : last + 1]:
            yield f"t {word}"
            yield f"te {words[mark]} {word[-3:]}"
    else:
        yield from _sorts("ls", "", part, last, last)
    link = next((n for n in range(last - 1, first, -1) if part.kinds[n] & LINK), 0)
    if link > mark:
        yield from _sorts("lk", part.plain[link], part, link + 1, last)
    if last + 2 >= len(words):
        if last + 1 < len(words):
            yield from _sorts("ns", "", part, last + 1, last + 1)
        return
    if words[last + 1] in _MARKS:
        word = part.lower[last + 2]
        yield f"o {word}"
        yield f"oe {words[last + 1]} {word[-3:]}"
        yield from _sorts("os", words[last + 1], part, last + 2, _cut(part, last + 2))
    elif part.kinds[last + 1] & LINK:
        yield from _sorts("nk", part.plain[last + 1], part, last + 2, last + 2)
    else:
        yield from _sorts("ns", "", part, last + 1, last + 1)


def _cut(part: Part, first: int) -> int:
    """The last word before the next mark, of four at most."""
    end = min(first + _TAIL, len(part.words))
    return next((n for n in range(first, end) if part.words[n] in _MARKS or part.words[n] in BREAKS), end) - 1


def _sorts(family: str, mark: str, part: Part, first: int, last: int) -> list[str]:
    """Clues in what sort of words stand behind a mark, each on its own, and whether all are of that sort."""
    sorts = {
        _sort(part.words[n], part.lower[n], part.plain[n]) for n in range(first, last + 1) if part.words[n][0].isalnum()
    }
    found = [f"{family} {sort}" for sort in sorts]
    if mark:
        found += [f"{family} {mark} {sort}" for sort in sorts]
    return [*found, f"{family} {mark} only {sorts.pop()}"] if len(sorts) == 1 else found


@lru_cache(maxsize=8192)
def _sort(word: str, low: str, plain: str) -> str:
    """A number and its form, or a field of work, terms of a contract, a place, a job, a word that is known, a name."""
    known = about(low, plain)
    if _NUMBER.search(word):
        form = re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", word)) if len(word) <= _MOST_NUMBER else "long"
        return f"{form} {known}"
    return str(known) if known else shape(word) if plain == low else "known"


@lru_cache(maxsize=8192)
def about(word: str, plain: str) -> int:
    """FIELD, TERM, REGION and NOUN as the lists have them of a word or its gloss, or of both halves of "Med/Surg"."""
    some = 0
    for one in {word, *plain.split("_"), *word.replace("/", "-").split("-")}:
        some |= kinds(one)
    return some & _SORTS


def fuller_clues(whole: str, title: str) -> Iterator[str]:
    """What stands behind the title's mark anywhere in the mail: "Engineer" may be "Engineer, Storage" elsewhere."""
    place = whole.find(title)
    while place >= 0:
        if found := _BEHIND.match(whole, place + len(title)):
            yield f"fuller {found[1]} {_sort(found[2], found[2], found[2])}"
        place = whole.find(title, place + len(title))
