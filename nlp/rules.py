"""Decisive phrases, sentence by sentence, each silenced by guards that look at its own clause only (nlp/guards.py).

The phrases are general ways of saying no, kept in `phrases_en.py` and `phrases_other.py`; no single word counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.beginnings import Sieve, beginnings
from nlp.guards import is_conditional, is_silenced
from nlp.phrases import Phrase
from nlp.phrases_en import ENGLISH, HOLDS
from nlp.phrases_other import OTHER_HOLDS, OTHERS
from nlp.text.clean import normalise
from nlp.verdict import Reason

# An English phrase counts only in a sentence with one of these words.
_TRIGGER = re.compile(
    r"n't|\b(?:not?|never|neither|cannot|unable|regret\w*|unsuccessful|reject\w*|declin\w*|turn\w*|pass\w*|favou?r|other|another|others|"
    r"different|someone|somebody|candidates?|applicants?|appl\w+|person|people|individuals?|finalists?|filled|taken|gone|closed|conclud\w+|cancel\w*|withdrawn|scrapped|"
    r"discontinued|pulled|axed|dropped|abandoned|eliminated|removed|released|close|closing|scrap|stop|cut|fill|hire|contenders?|colleagues?|profiles?|"
    r"snapped|experience|background|skills|qualifications|route|way|those|elect\w*|decid\w*|decision)\b"
)
_HOLD_TRIGGER = re.compile(
    r"\b(?:hold|ice|paus\w*|freez\w*|froze\w*|suspen\w*|limbo|back|parked|shelved|held|moratorium|postpon\w*|delay\w*|einstellungsstopp|eis|"
    r"ausgesetzt|gestoppt|pausiert|gel|gel[ée]|mis|pausa|congelad\w+|paralizad\w+|sospeso|congelat\w+|wacht|vacaturestop|opgeschort)\b"
)
_MAX = 700


@dataclass(frozen=True, slots=True)
class Hit:
    """A decisive phrase that no guard silenced: its name, place in the normalised sentence, and reason."""

    name: str
    start: int
    end: int
    reason: Reason
    strong: bool


def rejection_hit(sentence: str) -> Hit | None:
    """The first decisive phrase of a sentence that speaks to the reader, or None.

    Silenced: questions, quotations, conditions before the phrase in its clause, general rules about candidates,
    other people's stories, possibilities, denials.
    """
    return _first(sentence)


def hold_hit(sentence: str) -> bool:
    """Whether the sentence says that the role is paused, frozen or on hold (not gone)."""
    text, begins = _plain(sentence)
    return any(
        not is_conditional(text, found.start()) and _HOLD_TRIGGER.search(text)
        for pattern in _holds().left(begins)
        for found in pattern.finditer(text)
    )


@cache  # made when first asked for: it takes a tenth of a second
def _phrases() -> Sieve[tuple[Phrase, re.Pattern[str] | None]]:
    """All phrases, each with the words of which its sentence must hold one, if any."""
    every = ((one, trigger) for phrases, trigger in ((ENGLISH, _TRIGGER), (OTHERS, None)) for one in phrases)
    return Sieve((phrase.pattern.pattern, (phrase, trigger)) for phrase, trigger in every)


@cache
def _holds() -> Sieve[re.Pattern[str]]:
    return Sieve((pattern.pattern, pattern) for pattern in (*HOLDS, *OTHER_HOLDS))


@lru_cache(maxsize=4096)
def _first(sentence: str) -> Hit | None:
    text, begins = _plain(sentence)
    if text.endswith("?") or len(text) < 4:  # noqa: PLR2004 - "no." is too short to tell
        return None
    hits = [
        hit
        for phrase, trigger in _phrases().left(begins)
        if phrase.pattern.search(text) and (trigger is None or trigger.search(text))
        for hit in _matches(phrase, text)
    ]
    return min(hits, key=lambda hit: (not hit.strong, hit.start), default=None)


def _matches(phrase: Phrase, text: str) -> Iterator[Hit]:
    """Places where the phrase stands and no guard objects."""
    for found in phrase.pattern.finditer(text):
        start, end = found.span()
        if not is_silenced(phrase, text, start, end):
            yield Hit(phrase.name, start, end, phrase.reason, phrase.strong)


@lru_cache(maxsize=512)  # a mail's sentences are looked at for phrases and for pauses
def _plain(sentence: str) -> tuple[str, set[str]]:
    """Lower case, one spelling of apostrophes and dashes, single spaces; and how its words begin."""
    sentence = sentence[:_MAX].replace("\n", " ")
    if not (sentence.isascii() and sentence.isprintable()) or "`" in sentence:
        sentence = normalise(sentence)  # changes nothing else in other texts
    text = " ".join(sentence.lower().split())
    return text, beginnings(text)
