"""Proposes names of jobs: stretches after the words that lead to one, with clues from around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.extraction.clues import shape
from nlp.extraction.lexicon import FIELD, FIRM, GIVEN, JOB, LINK, NOUN, OPEN, STOP, TEAM, VERB
from nlp.extraction.tails import BREAKS, about, fuller_clues, tail_clues
from nlp.extraction.tokens import SENDER, SUBJECT, Part

_MOST_WORDS = 12
_MOST_LETTERS = 90
_REFERENCE = re.compile(r"(?!20\d\d$|\d\d/\d\d$)(?:\D*\d){4}|[a-z]{1,4}-?\d{3,}$", re.IGNORECASE)
_COUNT = 2  # characters: "3 posts" is a count, "2nd" a rank
_LEADS = frozenset("as als comme como come de d' di voor of for para per für pour functie poste puesto".split())
_NEW = frozenset("new neue nieuwe nouveau nouvelle nuevo nueva nuovo nuova novo nova".split())  # may begin a title
_STOPS = STOP | VERB
_TOLD = NOUN | TEAM | JOB | GIVEN
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


class Roles:
    """Stretches of one mail that may name the role, and the clues in them."""

    def __init__(self, parts: list[Part], company: str | None) -> None:
        self.parts = [part for part in parts if part.place != SENDER]
        self._whole = "\n".join([part.text for part in self.parts]).lower()
        self._subject = next((part.text.lower() for part in self.parts if part.place == SUBJECT), "")
        self._company = (company or "").lower()

    def spans(self, part: Part) -> Iterator[tuple[int, int]]:
        """Stretches that may be a title."""
        return _spans(part)

    @staticmethod
    def first_word(word: str, plain: str, kind: int) -> tuple[str, ...]:
        """Clues in a title's first word."""
        low = word.lower()
        clues = (f"first {shape(word)}", f"w1 {low}", f"start {low[-3:]}", f"k1 {kind & _TOLD}")
        return clues if plain == low else (*clues, f"w1 {plain}")

    @staticmethod
    def last_word(word: str, plain: str, kind: int) -> tuple[str, ...]:
        """Clues in a title's last word."""
        low = word.lower()
        clues = (
            f"w9 {low}",
            f"end {low[-3:]}",
            f"end {low[-2:]}",
            f"last {shape(word)}",
            f"k9 {kind & (_TOLD | FIRM)}",
        )
        return clues if plain == low else (*clues, f"w9 {plain}")

    def text(self, part: Part, first: int, last: int) -> str:
        """The title; "" for one that holds the company, is too short or too long."""
        text = part.span(first, last)
        if not 2 < len(text) <= _MOST_LETTERS:  # noqa: PLR2004 - what is shorter is mostly something else
            return ""
        return "" if self._company and self._company in text.lower() else text

    def own_clues(self, text: str, part: Part, first: int, last: int) -> list[str]:
        """What the title itself says: its words, what bounds it, and where else in the mail it stands."""
        low = text.lower()
        found = _words(part, first, last)
        found.extend(tail_clues(part, first, last))
        if last + 1 < len(part.lower):  # an adjective behind it, told by its ending, would belong to it
            found.append(f"nend {part.lower[last + 1][-2:]}")
        found.extend(set(fuller_clues(self._whole, low)))
        found.append(f"times {min(self._whole.count(low), 3)}")
        found.append(f"where {'s' if low in self._subject else '-'}{part.place}")
        if last == len(part.words) - 1 and first == 0:
            found.append(f"all {part.spot}")
        return found


def _spans(part: Part) -> Iterator[tuple[int, int]]:
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


def _edge(part: Part, place: int) -> str:
    """What bounds a title: the end of the line, a mark, a small word, or some other word."""
    if not 0 <= place < len(part.words):
        return "^"
    word = part.lower[place]
    return word if not word[0].isalnum() or part.kinds[place] & (LINK | OPEN) else "w"


def _words(part: Part, first: int, last: int) -> list[str]:
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
