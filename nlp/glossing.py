"""Word-by-word English for six languages, so that one model can carry what it learned in one language to another.

Not a translation: word order stays, and a word nobody glossed stays as it is. People never see it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "glosses"

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_STEM = 5  # letters that an inflected form must share with a known one
_MOST_ENDING = 4  # letters by which both may differ after them
_LEAST_PART = 4  # letters of each part of a compound
_COMPOUNDS = frozenset({"de", "nl"})  # languages that write compounds as one word
_LINKS = ("", "s", "es", "n", "en", "e")  # what stands between the parts


def glossed(text: str, language: str) -> str:
    """The text with every known word replaced by its gloss; unchanged in English and languages without a glossary."""
    glossary = glossary_of(language)
    return glossary.gloss(text) if glossary else text


class Glossary:
    """Glosses of one language; inflected forms and compounds are met through their nearest known relatives."""

    def __init__(self, rows: dict[str, str], *, compounds: bool) -> None:
        self._rows = rows
        self._forms = sorted(rows)
        self._compounds = compounds
        self._met: dict[str, str] = {}  # guesses, bounded below

    def gloss(self, text: str) -> str:
        """The text, word by word."""
        return _WORD.sub(lambda match: self.word(match.group()), text)

    def word(self, word: str) -> str:
        """The gloss of a word, its own or a relative's; the word itself when there is none."""
        form = word.lower()
        if form in self._rows:
            return self._rows[form]
        if form not in self._met:
            if len(self._met) > 20_000:  # noqa: PLR2004 - a few megabytes at most
                self._met.clear()
            self._met[form] = self._relative(form) or (self._parts(form) if self._compounds else "") or word
        return self._met[form]

    def _relative(self, form: str) -> str:
        """The gloss of the known form with the longest common beginning, if it differs in the ending only."""
        place = bisect_left(self._forms, form)
        best, shared = "", 0
        for known in self._forms[max(0, place - 1) : place + 1]:
            common = next(
                (i for i, (a, b) in enumerate(zip(form, known, strict=False)) if a != b), min(len(form), len(known))
            )
            ending = max(len(form), len(known)) - common
            if common >= _LEAST_STEM and ending <= _MOST_ENDING and common > shared:
                best, shared = known, common
        return self._rows.get(best, "")

    def _parts(self, form: str) -> str:
        """The glosses of a compound's two parts, the longest known beginning first."""
        for cut in range(len(form) - _LEAST_PART, _LEAST_PART - 1, -1):
            head, tail = form[:cut], form[cut:]
            second = self._rows.get(tail) or (self._relative(tail) if len(tail) > _LEAST_STEM else "")
            first = next((self._rows[part] for link in _LINKS if (part := head.removesuffix(link)) in self._rows), "")
            if first and second:
                return f"{first} {second}"
        return ""


@cache
def glossary_of(language: str) -> Glossary | None:
    """The glossary of a language, read once; None where there is none."""
    path = FOLDER / f"{language}.tsv"
    if not path.is_file():
        return None
    rows: dict[str, str] = {}
    for line in path.read_text("utf-8").split("\n"):
        form, tab, gloss = line.partition("\t")
        if tab and form and not form.startswith("#"):
            rows.setdefault(form, gloss.strip())
    return Glossary(rows, compounds=language in _COMPOUNDS)
