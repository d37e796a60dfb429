"""Clues in what may be a job's title: its words, their case, and what bounds it."""

from __future__ import annotations

from nlp.extraction.clues import shape
from nlp.extraction.lexicon import FIRM, GIVEN, JOB, LINK, NOUN, OPEN, TEAM
from nlp.extraction.tokens import Part

_CAPITAL = frozenset("CA9")  # shapes


def _edge(part: Part, place: int) -> str:
    """What bounds a title: the end of the line, a mark, a small word, or some other word."""
    if not 0 <= place < len(part.words):
        return "^"
    word = part.lower[place]
    return word if not word[0].isalnum() or part.kinds[place] & (LINK | OPEN) else "w"


def words_clues(part: Part, first: int, last: int) -> list[str]:
    """Clues in the title's own words."""
    low, kind = part.lower[first : last + 1], part.kinds[first : last + 1]
    nouns = [bool(one & NOUN) for one in kind]
    some = 0
    for one in kind:
        some |= one
    head = shape(part.words[first])
    found = [
        f"nouns {min(sum(nouns), 3)} {nouns[0]} {nouns[-1]}",
        f"cased {head} {any(nouns)} {part.place}",
        f"kinds {some & (TEAM | JOB | GIVEN | FIRM)}",
    ]
    found.append(f"between {_edge(part, first - 1)} {_edge(part, last + 1)} {part.place}")
    found.extend(_case_clues(part, first, last))
    small = 0
    for place in range(first + 1, last + 1):
        word = part.lower[place]
        if not word[0].isalnum():
            found.append(f"mark {word} {part.place}")
        elif part.kinds[place] & LINK and place < last:
            found.append(f"link {word} {shape(part.words[place + 1])}")
    for word, plain in zip(part.words[first + 1 : last + 1], low[1:], strict=True):
        small += word == plain and word[0].isalpha()
    found.append(f"mixed {min(small, 4)} {head}")
    return found


def _case_clues(part: Part, first: int, last: int) -> list[str]:
    """Clues in ends without a capital where other words have one: "four Site Clerk", "of Site Clerk disappears"."""
    if last == first:
        return []
    shapes = [shape(word) for word in part.words[first : last + 1]]
    found = []
    if shapes[0] not in _CAPITAL and (shapes[1] in _CAPITAL or not shapes[1].isalnum()):
        known = part.plain[first] != part.lower[first]
        found.append(f"front {shapes[0]} {shapes[1]} {known} {part.kinds[first] & (NOUN | TEAM | JOB | FIRM)}")
    if shapes[-1] not in _CAPITAL:
        capitals = sum([one in _CAPITAL for one in shapes])
        found.append(f"falls {min(capitals, 3)} {shapes[-2]} {shapes[0]}")
    return found
