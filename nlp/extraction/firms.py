"""Finds the stretches of a line that may name an employer: runs of words with a capital, and what may stand inside."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.extraction.described import ARTICLES, SMALL_FIRMS
from nlp.extraction.lexicon import DAY, FIRM, GIVEN, NOUN, STOP, VERB
from nlp.extraction.sender import Sender
from nlp.extraction.tokens import SENDER, Part

_MOST_WORDS = 7
_SORTED = 3  # words behind "Hospital" that may say of what sort it is
_LEAST_STEM = 4  # letters of a domain that can back a name
INSIDE = frozenset(
    "& + / 's of the and for de du des d' la le les l' van von der del di della dei degli delle dell' da do dos das "
    "e y et en für zu zur am im aan bij op i et und para à al sul sulla per voor in nel nella au aux alle allo "
    "agli ai".split()
)
_BEFORE = frozenset("in at by with from to in_the at_the of_the".split())  # begin a sentence, no name
_AND = frozenset("& and et y e und en".split())
_SERIES = frozenset("& and und et y e en llp ltd inc inc. ltd. llc plc gmbh".split())


def spans_of(part: Part, sender: Sender) -> Iterator[tuple[int, int]]:
    """First and last word of each run of name words; small words, "&" and "A, B & C" may stand inside."""
    lower, kind = part.lower, part.kinds
    size = len(lower)
    named = _name_words(part, sender)
    is_english = part.plain is lower
    for first in range(size):
        if not named[first]:
            continue
        begins = first == 0 or not lower[first - 1].isalpha()
        if begins and ((kind[first] & STOP and lower[first] not in ARTICLES) or part.plain[first] in _BEFORE):
            continue
        for last in range(first, min(size, first + _MOST_WORDS)):
            if named[last]:
                if not kind[last] & STOP or lower[last - 1] in _AND:  # "Thorne & Son": "son" is a small word in French
                    yield first, last
            elif lower[last] == "'s" and last > first and not kind[last - 1] & (DAY | GIVEN):  # "St Botolph's"
                yield first, last
            elif (
                lower[last] not in INSIDE
                and not _may_be_cut(part, last, named)
                and (is_english or not _is_sort(part, first, last))
            ):
                break


def _is_sort(part: Part, first: int, place: int) -> bool:
    """Whether a lower-case word says of what sort the place is: "Hôpital régional du Jorat", "Centre de gestion"."""
    kind = part.kinds
    if not kind[first] & FIRM or place > first + _SORTED or kind[place] & (STOP | VERB | NOUN):
        return False
    return part.words[place].isalpha()


def _may_be_cut(part: Part, place: int, named: list[bool]) -> bool:
    """Whether a comma or dash may stand inside a name: "Pryor, Stanhope & Wicks", "GC Jobs - Emplois GC" in From."""
    word = part.words[place]
    if word == "," and place + 1 < len(named) and named[place + 1]:
        return any(later in _SERIES for later in part.lower[place + 1 : place + 4])
    if word == "'":  # "Transport Workers' Federation"
        return place + 1 < len(named) and named[place + 1] and part.lower[place - 1].endswith("s")
    return word == "-" and part.place == SENDER


def _name_words(part: Part, sender: Sender) -> list[bool]:
    """Which words may be in a name: a capital, a digit, or a lower-case word of the domain too (tinyferry.example).

    Or one of a sender's name that is in lower case: "dotlake <no-reply@relay>".
    """
    stem = sender.stem if sender.own else ""
    return [
        word[0].isalnum()
        if word != low
        else low in SMALL_FIRMS
        or low[0].isdigit()
        or (len(low) >= _LEAST_STEM and (low in stem or sender.writes_small(word)))
        for word, low in zip(part.words, part.lower, strict=True)
    ]
