"""Cuts a mail into words that know their place: the sender's name, the subject, or a line of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.extraction.letter import CLOSING
from nlp.extraction.lexicon import word_facts
from nlp.verdict import MailText

READ = 5000  # characters of the body; what follows in longer mails is legal text
SENDER, SUBJECT, BODY = "f", "s", "b"
_LATE = 3  # lines from the end that are told apart
_SHORT = 50  # characters; a longer line closes no letter
_SIGNED = 3  # lines after the closing that are told apart
_TOKEN = re.compile(
    r"""
      [^\W\d_]+(?=[\s,;:!?)]|$)                       # most words, found fast
    | (?:[^\W\d_]\.){2,}                              # S.A.  a.m.  J.R.
    | \b[A-Z]\.(?=\ ?[A-Z])                           # L. Hobbs
    | \b(?:St|Ste|Dr|Mr|Mrs|Ms|Sr|Sra|Avv|Ing|Prof|Bros|Co|Ltd|Inc|Rev)\.
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
    `kinds` holds what the word lists know of each word.
    """

    place: str
    text: str
    words: list[str]
    lower: Sequence[str]
    kinds: Sequence[int]
    spot: str
    back: int = 0
    starts: list[int] = field(default_factory=list)  # filled when first asked for: most parts hold no name

    def span(self, first: int, last: int) -> str:
        """The text from the first to the last word, both included."""
        if not self.starts:
            place = 0
            for word in self.words:
                place = self.text.index(word, place)
                self.starts.append(place)
                place += len(word)
        return self.text[self.starts[first] : self.starts[last] + len(self.words[last])]


def parts_of(mail: MailText) -> list[Part]:
    """The mail's parts in order; empty ones are left out."""
    found = [_part(SENDER, mail.sender_name, SENDER), _part(SUBJECT, mail.subject, SUBJECT)]
    lines = [line for line in mail.body[:READ].split("\n") if line.strip()]
    closed = 0
    for number, line in enumerate(lines):
        back = len(lines) - 1 - number
        if closed:
            closed += 1
        elif number and len(line) <= _SHORT and CLOSING.match(line):
            closed = 1
        found.append(_part(BODY, line, _spot(number, back, closed - 1), back))
    return [part for part in found if part.words]


def _part(place: str, text: str, spot: str, back: int = 0) -> Part:
    words = _TOKEN.findall(text)
    lower, known = zip(*map(word_facts, words), strict=True) if words else ((), ())
    return Part(place, text, words, lower, known, spot, back)


def _spot(number: int, back: int, signed: int) -> str:
    """A body line's place: lines under the closing first, then late lines, counted from the end, then early ones."""
    if 0 < signed <= _SIGNED:
        return f"c{signed}{'.' if not back else ''}"
    if back < _LATE:
        return f"b-{back}" if number else f"b0-{back}"
    return "b0" if number == 0 else "b1" if number == 1 else "b"
