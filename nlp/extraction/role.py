"""Proposes names of jobs: stretches after the words that lead to one, with clues from around them."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.extraction.clues import mail_clue, shape
from nlp.extraction.lexicon import FIRM, GIVEN, JOB, NOUN, TEAM
from nlp.extraction.role_clues import words_clues
from nlp.extraction.tails import fuller_clues, tail_clues
from nlp.extraction.titles import spans_of
from nlp.extraction.tokens import SENDER, SUBJECT, Part

_MOST_LETTERS = 90
_TOLD = NOUN | TEAM | JOB | GIVEN


class Roles:
    """Stretches of one mail that may name the role, and the clues in them."""

    def __init__(self, parts: list[Part], company: str | None) -> None:
        self.parts = [part for part in parts if part.place != SENDER]
        self._whole = "\n".join([part.text for part in self.parts]).lower()
        self._subject = next((part.text.lower() for part in self.parts if part.place == SUBJECT), "")
        self._has_title = any(map(_has_title, self.parts))
        self._company = (company or "").lower()
        self._mail = mail_clue(self.parts, f"{len(parts) - len(self.parts)}{bool(self._subject):d}")

    def spans(self, part: Part) -> Iterator[tuple[int, int]]:
        """Stretches that may be a title."""
        return spans_of(part)

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
        found = words_clues(part, first, last)
        if part.words[first] == part.lower[first]:  # "the other two fitters", where the mail names a Site Fitter
            found.append(f"small {self._has_title} {part.kinds[first] & NOUN}")
        found.extend((self._mail, f"{self._mail} {part.place}"))
        found.extend(tail_clues(part, first, last))
        if last + 1 < len(part.lower):  # an adjective behind it, told by its ending, would belong to it
            found.append(f"nend {part.lower[last + 1][-2:]}")
        found.extend(set(fuller_clues(self._whole, low)))
        found.append(f"times {min(self._whole.count(low), 3)}")
        found.append(f"where {'s' if low in self._subject else '-'}{part.place}")
        if last == len(part.words) - 1 and first == 0:
            found.append(f"all {part.spot}")
        return found


def _has_title(part: Part) -> bool:
    """Whether a job is named with a capital within a line that is nobody's signature."""
    return part.spot[0] != "c" and any(
        kind & NOUN and word != low
        for word, low, kind in zip(part.words[1:], part.lower[1:], part.kinds[1:], strict=True)
    )
