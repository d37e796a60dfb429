"""Where in a mail a job may be named: stretches after the words that lead to one, up to a verb or a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.extraction.lexicon import FIELD, JOB, LINK, NOUN, OPEN, STOP, VERB
from nlp.extraction.tails import BREAKS, about
from nlp.extraction.tokens import SUBJECT, Part

_MOST_WORDS = 12
_REFERENCE = re.compile(r"(?!20\d\d$|\d\d/\d\d$)(?:\D*\d){4}|[a-z]{1,4}-?\d{3,}$", re.IGNORECASE)
_COUNT = 2  # characters: "3 posts" is a count, "2nd" a rank
_LEADS = frozenset("as als comme como come de d' di voor of for para per für pour functie poste puesto".split())
_NEW = frozenset("new neue nieuwe nouveau nouvelle nuevo nueva nuovo nuova novo nova".split())  # may begin a title
_STOPS = STOP | VERB
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


def spans_of(part: Part) -> Iterator[tuple[int, int]]:
    """First and last word of each stretch that no verb, pronoun or full stop cuts."""
    words, lower, kind = part.words, part.lower, part.kinds
    for first in range(len(words)):
        if kind[first] & STOP or not _may_start(part, first):
            continue
        before = lower[first - 1] if first else ""
        capital = words[first] != lower[first]
        led = before in _LEADS or (capital and (not before.isalpha() or bool(kind[first - 1] & (OPEN | JOB))))
        for last in _ends(part, first, needs_noun=not led):
            yield first, last


def _ends(part: Part, first: int, *, needs_noun: bool) -> Iterator[int]:
    """Every word at which a title that begins at `first` may end; brackets are taken whole."""
    words, kind = part.words, part.kinds
    limit = min(len(words), first + _MOST_WORDS)
    place = first
    while place < limit:
        word = words[place]
        if word in _OPENING:
            place = next((n for n in range(place, limit) if words[n] in _CLOSING), limit)
            if any(map(_is_reference, words[first:place])):
                return
            if place < limit and not needs_noun:
                yield place
        elif not word[0].isalnum():
            if word in BREAKS or (word == "," and not _goes_on(part, place)):
                return
        elif (kind[place] & _STOPS and _is_stop(part, first, place)) or (word[-1].isdigit() and _is_reference(word)):
            return
        else:
            needs_noun = needs_noun and not kind[place] & NOUN
            if _may_end(part, place, needs_noun=needs_noun):
                yield place
        place += 1


def _may_end(part: Part, last: int, *, needs_noun: bool) -> bool:
    """Whether a title may end here: not on "of", nor without a job's name if it needs one."""
    word, kind = part.words[last], part.kinds
    if kind[last] & LINK and word == part.lower[last]:
        return False
    return not needs_noun or (last + 1 < len(kind) and bool(kind[last + 1] & JOB))


def _is_reference(word: str) -> bool:
    """Whether a word is the number of a vacancy."""
    return word[-1].isdigit() and bool(_REFERENCE.match(word))


def _is_stop(part: Part, first: int, place: int) -> bool:
    """Whether no title goes on over a small word or verb: not over "still", but over "Still" and "Adjuster I"."""
    if part.words[place] == "I":
        return place == first or not part.kinds[place - 1] & NOUN
    return bool(part.kinds[place] & STOP) or part.words[place] == part.lower[place]


def _may_start(part: Part, first: int) -> bool:
    """Whether a title may begin here: with a capital, with the name of a job, or after a word that leads to one."""
    word, low, kind = part.words[first], part.lower[first], part.kinds[first]
    if word[-1].isdigit() and _is_reference(word):
        return False
    if word != low:
        return word[0].isalnum() and (not kind & OPEN or low in _NEW)
    if kind & NOUN:
        return True
    if kind & (OPEN | LINK) or not word[0].isalnum() or (word[0].isdigit() and len(word) <= _COUNT):
        return False
    return _is_led(part, first)


def _is_led(part: Part, first: int) -> bool:
    """Whether what stands around a lower-case word tells that a title begins there."""
    if first == 0:
        return part.place == SUBJECT
    if any(one & NOUN for one in part.kinds[first + 1 : first + 3]):  # "depot supervisor"
        return True
    return bool(part.kinds[first - 1] & (OPEN | JOB)) or not part.words[first - 1][0].isalnum()


def _goes_on(part: Part, comma: int) -> bool:
    """Whether a title goes on after the comma: "Clerk, Night Shift", "Technician, 3rd Shift"."""
    if comma + 1 == len(part.words):
        return False
    word = part.words[comma + 1]
    return not (word.islower() and word[0].isalpha()) or bool(about(word, part.plain[comma + 1]) & FIELD)
