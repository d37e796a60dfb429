"""What takes a decisive phrase its meaning: conditions, general rules, other people's stories, denials, quotations."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re

from nlp.gate import is_elsewhere
from nlp.phrases import Phrase

# A condition governs the main clause after a comma when it opens the sentence, and only its own clause elsewhere.
_OPENING_CONDITION = re.compile(
    r"^\W*(?:but |and |however,? |please note that |note that )?(?:if|should (?:you|we|your|this|the|it|there)|unless|whether|in case|in the event|"
    r"were (?:you|we) to|had (?:you|we)|assuming|suppose|falls|sollte[n]?|wenn|si |se (?!han? |\w+ó )|caso|als (?=(?:je|jij|u|uw|jouw|we|wij|er)\b)|indien|mocht)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|in case|in the event|until|before|once|when|whenever|as soon as|or not|either way|regardless"
    r"|falls|ob|sobald|bevor|wenn|sofern|solange|should (?:you|your|we)|lest"
    r"|s'il|lorsque|quand|d[èe]s que|tant que|cuando|hasta que|mientras|quando|enquanto|qualora|finch[ée]|indien|zodra|wanneer|tenzij|mocht"
    r"|si (?:vous|votre|tu|ton|ta|le|la|el|no|su|se|te|antes|al|en)|se (?:non|il|lei|avete|hai|n[ãa]o|a sua|o seu|voc[êe])|als (?:je|jij|u|uw|jouw|we|wij))\b"
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
    r"|any (?:candidate|applicant|application)s?|no news|possible values|they|members|colleagues|the last person|(?:no|only) (?:applications?|candidates?|applicants?)|only|most applicants|bewerber(?:innen)?,? die|wer|nur|ceux|celles|seule?s?|uniquement|quien(?:es)?|s[óo]lo|[úu]nicamente|quem|apenas|somente|chi|soltanto|alleen|slechts)\b[^,;]{0,80}$"
)
# "If you hear nothing, take it that ...": a rule about silence, whoever reads it.
_SILENCE = re.compile(
    r"\b(?:davon aus(?:gehen)?,? dass|consid[ée]rer que|consid[ée]rer comme|considerar que|por (?:entendido|hecho) que|ritenere|ervan uit(?:gaan)?,? dat|assume that)\b[^.;!?]{0,60}$"
)
_OTHER_VOICE = re.compile(
    r"\b(?:i(?! \w+(?:i|ti|ri|li|ni)\b)|i've|i'm|i was|he(?! de )|she|he's|she's|my (?:friend|brother|sister|son|daughter|husband|wife|partner|mate|colleague|cousin)"
    r"|the (?:email|letter|note|mail|message) (?:said|says|read)|(?:told|tell|telling) (?:me|him|her|them|us)|someone (?:told|said))\b[^,;.]{0,60}$"
)
_OWN_VOICE = re.compile(r"\b(?:i|i've|i'm|i have|i am)\b[^,;.]{0,40}$")
_POLITE = re.compile(
    r"^\W*i(?:'m| am) (?:so |very |really |truly )?(?:sorry|afraid)\b(?: to (?:say|tell you|let you know|have to say))?(?: that)?"
)
_TO_READER = re.compile(r"\byou(?:r|'ve|'re|'ll)?\b")
_DENIAL = re.compile(
    r"\b(?:does(?:n't| not) mean|do(?:n't| not) mean|is(?:n't| not) (?:a|because|that)|not (?:yet|a|because|to say)|(?:has|have)n't (?:yet )?|never|rather than"
    r"|nobody|no one|without|instead of|(?:has|have|had|is|are|was|were) not yet|(?:has|have) not\b|yet to|no decision)\b[^,;.]{0,30}$"
)
_CLAUSE_END = re.compile(
    r"[;:]|,? (?:but|however|yet|though|although|and so|so|aber|mais|pero|mas|ma|maar) | - |\.\.\.|, (?=and |we |the |your |this |you )"
    r"| (?=(?:und|y|e|et|en) (?:wir |haben |hemos |nous |abbiamo |we ))"
)
_QUOTED = re.compile(r'"[^"]{0,300}"|\u00ab[^\u00bb]{0,300}\u00bb')


def is_conditional(text: str, start: int) -> bool:
    """Whether what begins at `start` holds only if something else does; "until May" is no such condition."""
    return bool(_OPENING_CONDITION.match(text) or _IF.search(_clause_before(text, start)))


def is_silenced(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether a guard objects to the phrase at this place."""
    clause = _POLITE.sub("", _clause_before(text, start))  # "I'm afraid it's a no": nobody's story
    return (
        bool(_OPENING_CONDITION.match(text) and not re.search(r";| but |\.\.\.", text[:start]))
        or bool(_CONDITION.search(clause + text[start:end]))
        or bool(_GENERAL.search(clause))
        or bool(_SILENCE.search(text, 0, start))
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
