"""Proposes names of employers: runs of capitalised words, with clues from around them and from the sender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.extraction.clues import bound, mail_clue, shape
from nlp.extraction.company_clues import context_clues, domain_clue, words_clues
from nlp.extraction.described import ARTICLES, describes
from nlp.extraction.firms import spans_of
from nlp.extraction.lexicon import DAY, FIRM, GIVEN, JOB, LINK, NOUN, STOP, TEAM
from nlp.extraction.names import folded, without_legal_form
from nlp.extraction.persons import Persons
from nlp.extraction.sender import Sender
from nlp.extraction.tokens import BODY, SUBJECT, Part
from nlp.senders import is_relay_name

_MOST_LETTERS = 60
_FULL_NAME = range(2, 5)  # words
_LEAST_STEM = 4  # letters of a domain that can back a name
_TOLD = TEAM | JOB | NOUN | GIVEN | STOP | LINK
_PAIR = 3  # words behind the first of "Anselm and Dorcas Flint"
_AND = frozenset("and & und et y e en".split())
_BEHALF = re.compile(
    r"\b(?:on behalf of|im (?:auftrag|namen) (?:von|der|des)|(?:pour le compte|au nom) d[eu]|namens|in opdracht van"
    r"|(?:en|a) nombre de|por cuenta de|(?:per conto|a nome) d[ei]\w*|(?:em nome|por conta) d[aeo]s?)"
    r" (?:the )?(.{2,60})"
)


class Companies:
    """Stretches of one mail that may name the employer, and the clues in them."""

    def __init__(self, parts: list[Part], sender: Sender, persons: Persons) -> None:
        self.parts = parts
        self._sender = sender
        self._persons = persons
        self._whole = "\n".join([part.text for part in parts]).lower()
        self._subject = next((part.text.lower() for part in parts if part.place == SUBJECT), "")
        self._mail = mail_clue(parts, f"{sender.kind} {bool(sender.name):d}{bool(self._subject):d}")
        found = _BEHALF.search(self._whole)
        self._behalf = found[1] if found else ""  # whom somebody else writes for, and what follows

    def spans(self, part: Part) -> Iterator[tuple[int, int]]:
        """Runs of name words."""
        return spans_of(part, self._sender)

    @staticmethod
    def first_word(word: str, plain: str, kind: int) -> tuple[str, ...]:
        """Clues in a name's first word."""
        low = word.lower()
        clues = [f"first {shape(word)}", f"w1 {low}", f"k1 {kind & _TOLD}"]
        if plain != low:
            clues.append(f"w1 {plain}")
        if low in ARTICLES:
            clues.append("article")
        return tuple(clues)

    @staticmethod
    def last_word(word: str, plain: str, kind: int) -> tuple[str, ...]:
        """Clues in a name's last word."""
        low = word.lower()
        clues = (f"last {shape(word)}", f"w9 {low}", f"k9 {kind & _TOLD}")
        return clues if plain == low else (*clues, f"w9 {plain}")

    def text(self, part: Part, first: int, last: int) -> str:
        """The name without its legal form; "" for a relay's, day's, team's or person's, a description, one too long."""
        if (first == last and part.kinds[first] & DAY) or part.lower[last] == "team":
            return ""
        bare = without_legal_form(part.span(first, last))
        if not 1 < len(bare) <= _MOST_LETTERS or is_relay_name(bare):
            return ""
        if describes(part, first, last, self._sender.stem) and not self._sender.writes_small(bare):
            return ""
        return "" if self._is_person(part, first, last) else bare

    def _is_person(self, part: Part, first: int, last: int) -> bool:
        """Whether somebody in the mail is called so, with no word of firms beside it: Lockhart, not Lockhart Ltd."""
        words = part.words[first : last + 1]
        if self._persons.are_agent(words):
            return True
        if any(kind & FIRM for kind in part.kinds[first : last + 2]):
            return False
        if _is_pair(part, first, last) and folded(words[-1]) not in self._sender.stem:
            return True
        before = part.words[first - 1] if first else ""
        return self._persons.hold(words, before) or (before == "," and self._may_be_town(part, first, last))

    def _may_be_town(self, part: Part, first: int, last: int) -> bool:
        """Whether one word ends a line behind the writer's full name, and is found nowhere else: "Ada Lee, Annecy"."""
        if part.place != BODY or not first == last == len(part.words) - 1 or first - 1 not in _FULL_NAME:
            return False
        word, names = part.lower[first], part.words[: first - 1]
        known = self._sender.own and word[:_LEAST_STEM] in self._sender.stem
        return not known and self._whole.count(word) == 1 and self._persons.hold(names)

    def own_clues(self, text: str, part: Part, first: int, last: int) -> list[str]:
        """What the name itself says: its words, how it fills its line, how it stands to sender and domain."""
        low, sender = text.lower(), self._sender
        found = words_clues(part, first, last)
        found.extend(context_clues(part, first, last, sender))
        found.append(domain := domain_clue(text, part.lower[first : last + 1], sender))
        found.append(f"between {bound(part, first - 1)} {bound(part, last + 1)} {part.place}")
        found.extend((self._mail, f"{self._mail} {part.place}"))
        if part.kinds[first] & GIVEN:
            found.append(f"named {min(last - first, 2)} {part.place} {domain}")
        if sender.linked and len(plain := folded(text)) > 2 and plain in sender.linked:  # noqa: PLR2004
            found.append("linked domain")
        if self._behalf:
            found.append("behalf of" if self._behalf.startswith(low) else "behalf other")
        if sender.core:
            found.append("core =" if low == sender.core else "core part" if low in sender.core else "core other")
        found.append(f"times {min(self._whole.count(low), 3)}")
        found.append(f"where {'f' if low in sender.low else '-'}{'s' if low in self._subject else '-'}{part.place}")
        return found


def _is_pair(part: Part, first: int, last: int) -> bool:
    """Whether two people share a family name: "Anselm and Dorcas Flint"."""
    if last - first != _PAIR or part.lower[first + 1] not in _AND:
        return False
    return bool((part.kinds[first] | part.kinds[first + 2]) & GIVEN)
