"""Decisive phrases, sentence by sentence, each silenced by guards that look at its own clause only.

The phrases are general ways of saying no, kept in `phrases_en.py` and `phrases_other.py`; no single word counts.
"""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.beginnings import Sieve, beginnings
from nlp.gate import is_elsewhere
from nlp.phrases import Phrase
from nlp.phrases_en import ENGLISH, HOLDS
from nlp.phrases_other import OTHER_HOLDS, OTHERS
from nlp.text.clean import normalise
from nlp.verdict import Reason

# A condition governs the main clause after a comma when it opens the sentence, and only its own clause elsewhere.
_OPENING_CONDITION = re.compile(
    r"^\W*(?:but |and |however,? |please note that |note that )?(?:if|should (?:you|we|your|this|the|it|there)|unless|whether|in case|in the event|"
    r"were (?:you|we) to|had (?:you|we)|assuming|suppose|falls|sollte[n]?|wenn|si |se |caso|als |indien|mocht)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|in case|in the event|until|before|once|when|whenever|as soon as|or not|either way|regardless"
    r"|falls|ob|sobald|bevor|wenn|should (?:you|your|we)|lest)\b"
)
_IF = re.compile(
    r"\b(?:if|unless|whether|in case|in the event|falls|ob)\b"
)  # a pause "until May" is a pause all the same
_UNCERTAIN = re.compile(
    r"\b(?:may|might|could|would|can|sometimes|often|usually|typically|normally|likely|possibly|perhaps|maybe|worried|afraid you|"
    r"in the past|previously|last year|years ago|k[öo]nnte|w[üu]rde)\b(?! (?:not )?(?:like|be able))"
)
_GENERAL = re.compile(
    r"\b(?:(?:candidates?|applicants?|applications?|those|people|anyone|everyone|persons?|individuals) (?:who|that|which|not|whose)"
    r"|any (?:candidate|applicant|application)s?|no news|possible values|they|members|colleagues|the last person|(?:no|only) (?:applications?|candidates?|applicants?)|only|most applicants|bewerber(?:innen)?,? die)\b[^,;]{0,80}$"
)
_OTHER_VOICE = re.compile(
    r"\b(?:i|i've|i'm|i was|he|she|he's|she's|my (?:friend|brother|sister|son|daughter|husband|wife|partner|mate|colleague|cousin)"
    r"|the (?:email|letter|note|mail|message) (?:said|says|read)|(?:told|tell|telling) (?:me|him|her|them|us)|someone (?:told|said))\b[^,;.]{0,60}$"
)
_OWN_VOICE = re.compile(r"\b(?:i|i've|i'm|i have|i am)\b[^,;.]{0,40}$")
_TO_READER = re.compile(r"\byou(?:r|'ve|'re|'ll)?\b")
_DENIAL = re.compile(
    r"\b(?:does(?:n't| not) mean|do(?:n't| not) mean|is(?:n't| not) (?:a|because|that)|not (?:yet|a|because|to say)|(?:has|have)n't (?:yet )?|never|rather than"
    r"|nobody|no one|without|instead of|(?:has|have|had|is|are|was|were) not yet|(?:has|have) not\b|yet to|no decision)\b[^,;.]{0,30}$"
)
_CLAUSE_END = re.compile(
    r"[;:]|,? (?:but|however|yet|though|although|and so|so) | - |\.\.\.|, (?=and |we |the |your |this |you )"
)
_QUOTED = re.compile(r'"[^"]{0,300}"|\u00ab[^\u00bb]{0,300}\u00bb')
# A phrase counts only in a sentence with one of these words: `_TRIGGER` for the English ones, `_FOREIGN` for others.
_TRIGGER = re.compile(
    r"n't|\b(?:not?|never|neither|cannot|unable|regret\w*|unsuccessful|reject\w*|declin\w*|turn\w*|pass\w*|favou?r|other|another|others|"
    r"different|someone|somebody|candidates?|applicants?|appl\w+|person|people|individuals?|finalists?|filled|taken|gone|closed|conclud\w+|cancel\w*|withdrawn|scrapped|"
    r"discontinued|pulled|axed|dropped|abandoned|eliminated|removed|released|close|closing|scrap|stop|cut|fill|hire|contenders?|colleagues?|profiles?|"
    r"snapped|experience|background|skills|qualifications|route|way|those|elect\w*|decid\w*|decision)\b"
)
_FOREIGN = re.compile(
    r"[\u00e0-\u00ff]|\b(?:absage\w*|abzusagen|nicht|f[uü]r|besetzt|vergeben|stelle|position|gestrichen|pas|n'\w+|ne|autres?|poste|recrutement|otr[oa]s?|no|"
    r"puesto|vacante|plaza|proceso|outr[oa]s?|vaga|nao|non|altr\w+|posizione|posto|ruolo|niet|andere?|vacature|functie|plek|anderweitig|entscheidung)\b"
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
        not _IF.search(_clause_before(text, found.start()))
        and not _OPENING_CONDITION.match(text)
        and _HOLD_TRIGGER.search(text)
        for pattern in _holds().left(begins)
        for found in pattern.finditer(text)
    )


@cache  # made when first asked for: it takes a tenth of a second
def _phrases() -> Sieve[tuple[Phrase, re.Pattern[str]]]:
    """All phrases, each with the words of which its sentence must hold one."""
    every = ((one, trigger) for phrases, trigger in ((ENGLISH, _TRIGGER), (OTHERS, _FOREIGN)) for one in phrases)
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
        if phrase.pattern.search(text) and trigger.search(text)
        for hit in _matches(phrase, text)
    ]
    return min(hits, key=lambda hit: (not hit.strong, hit.start), default=None)


def _matches(phrase: Phrase, text: str) -> Iterator[Hit]:
    """Places where the phrase stands and no guard objects."""
    for found in phrase.pattern.finditer(text):
        start, end = found.span()
        if not _silenced(phrase, text, start, end):
            yield Hit(phrase.name, start, end, phrase.reason, phrase.strong)


def _silenced(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether a guard objects to the phrase at this place."""
    clause = _clause_before(text, start)
    return (
        bool(_OPENING_CONDITION.match(text) and not re.search(r";| but |\.\.\.", text[:start]))
        or bool(_CONDITION.search(clause + text[start:end]))
        or bool(_GENERAL.search(clause))
        or bool(not _TO_READER.search(clause + text[start:end]) and _OTHER_VOICE.search(clause) and not phrase.ours)
        or bool(phrase.ours and _OWN_VOICE.search(clause))
        or bool(_UNCERTAIN.search(clause) and not phrase.ours)
        or bool(re.search(r"\b(?:may|might|could|would)\b[^,;]{0,25}$", clause))
        or bool(_DENIAL.search(clause))
        or is_elsewhere(text)
        or any(quote.start() < start and end <= quote.end() for quote in _QUOTED.finditer(text))
        or bool(phrase.unless and phrase.unless.search(text))
    )


def _clause_before(text: str, start: int) -> str:
    """The part of the phrase's clause that stands before it."""
    begin = 0
    for border in _CLAUSE_END.finditer(text, 0, start):
        begin = border.end()
    return text[begin:start]


@lru_cache(maxsize=512)  # a mail's sentences are looked at for phrases and for pauses
def _plain(sentence: str) -> tuple[str, set[str]]:
    """Lower case, one spelling of apostrophes and dashes, single spaces; and how its words begin."""
    sentence = sentence[:_MAX].replace("\n", " ")
    if not (sentence.isascii() and sentence.isprintable()) or "`" in sentence:
        sentence = normalise(sentence)  # changes nothing else in other texts
    text = " ".join(sentence.lower().split())
    return text, beginnings(text)
