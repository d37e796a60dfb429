"""Sentences of a mail with their places, paragraph by paragraph, so that a greeting never sticks to the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nlp.rules import rejection_hit
from nlp.text.signatures import is_small_print, signed
from nlp.verdict import MailText

MAX_SENTENCES = 300  # a newsletter's tail decides nothing
MAX_LENGTH = 700  # characters; longer runs are cut at a space
_MIN_WRAP = 40  # columns; text is never hard-wrapped narrower than this

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_BULLET = re.compile(r"\s*(?:[-*\u2022\u00b7>]|\d{1,2}[.)])\s")
# Never begun inside a run of stops and never given back: 64 K of question marks took 69 s otherwise (measured).
_STOP = re.compile(r"(?<![.!?])(?:[.!?]++|\u2026)[\"')\]]*+(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|mx|dr|prof|st|no|vs|etc|e\.g|i\.e|inc|ltd|co|corp|dept|approx|ext|tel|jr|sr|sra|dra|mme|mlle|"
    r"z\.b|d\.h|u\.a|bzw|nr|usw|str|hr|fr|abt|evtl|inkl|ca|p\.ej|ud|uds|av|vd|sig|dott|ing|dhr|mevr|o\.a|bijv|ph|u\.s|u\.k)"
    r"|\b[a-z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `start` and `end` are characters in `MailText.cleaned`, and `text` is exactly what stands there."""

    text: str
    start: int
    end: int
    in_subject: bool = False


def sentences(mail: MailText) -> list[Sentence]:
    """The sentences of subject and body, in order, at most 300. Each span holds no blank line and no outer space.

    Signatures and legal small print are left out, unless that would leave nothing of the body.
    """
    text, border = mail.cleaned, len(mail.subject)
    found: list[Sentence] = []
    for start, end in _units(text, border):
        for first, last in _split(text, start, end):
            found.append(Sentence(text[first:last], first, last, last <= border))
            if len(found) == MAX_SENTENCES:
                return _own(found, mail.body, border)
    return _own(found, mail.body, border)


def _own(found: list[Sentence], body: str, border: int) -> list[Sentence]:
    """The sentences without signature and small print; what a phrase calls a no always stays."""
    places = [(start + border + 2, end + border + 2) for start, end in signed(body)]
    own = [
        one
        for one in found
        if one.in_subject
        or rejection_hit(one.text)
        or not (is_small_print(one.text) or any(start <= one.start and one.end <= end for start, end in places))
    ]
    return own if any(not one.in_subject for one in own) else found


def _units(text: str, border: int) -> Iterator[tuple[int, int]]:
    """Runs that belong together: the subject, and per paragraph the lines that were only wrapped."""
    if text[:border].strip():
        yield 0, border
    for paragraph in _PARAGRAPH.finditer(text, border):
        lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", paragraph.group())]
        width = max(end - start for start, end in lines)
        begin = lines[0][0]
        for (start, end), (following, _) in pairwise(lines):
            if not _is_wrapped(paragraph.group(), start, end, following, width):
                yield paragraph.start() + begin, paragraph.start() + end
                begin = following
        yield paragraph.start() + begin, paragraph.end()


def _is_wrapped(text: str, start: int, end: int, following: int, width: int) -> bool:
    """Whether a line ended only because the next word did not fit."""
    if width < _MIN_WRAP or _BULLET.match(text, following):
        return False
    word = re.compile(r"\s*\S+").match(text, following)
    return word is not None and end - start + 1 + len(word.group().strip()) > width - 2


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in one run."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ABBREVIATION.search(text, max(begin, stop.start() - 12), stop.start() + 1) and stop.group() == ".":
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without outer space, in pieces if it is too long; nothing if there is no letter or digit in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_LENGTH:
        cut = text.rfind(" ", start + 1, start + MAX_LENGTH)
        cut = cut if cut > start else start + MAX_LENGTH
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if any(character.isalnum() for character in text[start:end]):
        yield start, end
