"""Cuts a mail into words that know their place: the sender's name, the subject, or a line of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import or_

from nlp.extraction.letter import CLOSING
from nlp.extraction.lexicon import NOUN, VERB, kinds, word_facts
from nlp.glossing import Glossary, glossary_of
from nlp.language import ENGLISH
from nlp.verdict import MailText

READ = 5000  # characters of the body; what follows in longer mails is legal text
SENDER, SUBJECT, BODY = "f", "s", "b"
_LATE = 3  # lines from the end that are told apart
_SHORT = 50  # characters; a longer line closes no letter
_FEW = 5  # words of a closing
_SIGNED = 3  # lines after the closing that are told apart
_TOKEN = re.compile(
    r"""
      [^\W\d_]+(?=[\s,;:!?)]|$)                       # most words, found fast
    | (?:[^\W\d_]\.){2,}                              # S.A.  a.m.  J.R.
    | \b[A-Z]\.(?=\ ?[A-Z])                           # L. Hobbs
    | \b(?:St|Ste|Dr|Mr|Mrs|Ms|Sr|Sra|Jr|Asst|Univ|Cía|Avv|Ing|Prof|Bros|Co|Ltd|Inc|Rev)\.
    | \b(?:[dlnsjcm]|qu|dell|all|nell|dall|sull|un)'(?=\w)   # d'horloger: the article stands alone
    | 's\b
    | [^\W_]+(?:(?:[-./&+_]|'(?!s\b)|[:*](?=in(?:nen)?\b))+[^\W_]+)*(?:\+\+|\#)?
    | [^\w\s]
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(slots=True)
class Part:
    """One piece of the mail that names never cross: the sender's name, the subject, or a line of the body.

    `place` is f, s or b; `back` counts body lines that hold text from the end; `spot` is the place with its line.
    `kinds` holds what the word lists know of each word, `plain` each word in English as far as the glossary knows it.
    """

    place: str
    text: str
    words: list[str]
    lower: Sequence[str]
    kinds: Sequence[int]
    plain: Sequence[str]
    spot: str
    back: int = 0
    starts: list[int] = field(default_factory=list)  # of the first words, as far as asked for: most parts hold no name

    def span(self, first: int, last: int) -> str:
        """The text from the first to the last word, both included."""
        known = len(self.starts)
        place = self.starts[-1] + len(self.words[known - 1]) if known else 0
        for word in self.words[known : last + 1]:
            place = self.text.index(word, place)
            self.starts.append(place)
            place += len(word)
        return self.text[self.starts[first] : self.starts[last] + len(self.words[last])]


def parts_of(mail: MailText, language: str = ENGLISH) -> list[Part]:
    """The mail's parts in order; empty ones are left out."""
    glossary = glossary_of(language)
    found = [_part(SENDER, mail.sender_name, SENDER, glossary), _part(SUBJECT, mail.subject, SUBJECT, glossary)]
    lines = [line for line in mail.body[:READ].split("\n") if line.strip()]
    closed = 0
    for number, line in enumerate(lines):
        back = len(lines) - 1 - number
        if closed:
            closed += 1
        elif number and len(line) <= _SHORT and (CLOSING.match(line) or _closes(line, back)):
            closed = 1
        found.append(_part(BODY, line, _spot(number, back, closed - 1), glossary, back))
    return [part for part in found if part.words]


def _closes(line: str, back: int) -> bool:
    """Whether a few words and a comma stand so late that they can only close the letter: "Ever,", "Break a leg,"."""
    return 0 < back <= _SIGNED and line.rstrip().endswith(",") and len(line.split()) <= _FEW


def _part(place: str, text: str, spot: str, glossary: Glossary | None, back: int = 0) -> Part:
    words = _TOKEN.findall(text)
    lower, known = zip(*map(word_facts, words), strict=True) if words else ((), ())
    if glossary is None or not words:
        return Part(place, text, words, lower, known, lower, spot, back)
    plain, nouns = zip(*[_glossed(glossary, word) for word in lower], strict=True)
    return Part(place, text, words, lower, list(map(or_, known, nouns)), plain, spot, back)


@lru_cache(maxsize=32768)
def _glossed(glossary: Glossary, word: str) -> tuple[str, int]:
    """The word in English, spaces closed up, and NOUN if that names a job, else VERB if it ends a name."""
    if not word[0].isalpha():
        return word, 0
    gloss = glossary.word(word).lower().replace(" ", "_")
    if named := kinds(gloss.rpartition("_")[2]) & NOUN:
        return gloss, named
    return gloss, 0 if kinds(word) & NOUN else kinds(gloss.partition("_")[0]) & VERB


def _spot(number: int, back: int, signed: int) -> str:
    """A body line's place: lines under the closing first, then late lines, counted from the end, then early ones."""
    if 0 < signed <= _SIGNED:
        return f"c{signed}{'.' if not back else ''}"
    if back < _LATE:
        return f"b-{back}" if number else f"b0-{back}"
    return "b0" if number == 0 else "b1" if number == 1 else "b"
