"""Tells that the seeker withdrew: from their own letter, or from the company's answer to it. That is no refusal.

In doubt it says no: "should you wish to withdraw your application" stands under half of all receipts, and "the role has
been withdrawn" is the company's doing.
"""

from __future__ import annotations

import re

_READ = 3000  # characters; who withdraws says so early

# The seeker's own words, first person: withdraw + my application, in either order.
_OWN = re.compile(
    r"""
    \bwithdraw(?:ing|n)?\b[^.!?\n]{0,30}\b(?:my\ (?:application|candidacy)|myself
        | from\ (?:the|your|this)\ (?:process|\w+\ process|role|search))
    | \b(?:remove|take)\ me\ (?:from|out\ of)\ (?:the|your)\ (?:process|running|consideration|list)
    | \b(?:my\ (?:application|candidacy))\b[^.!?\n]{0,30}\b(?:be\ )?withdrawn\b
    | \bziehe\b[^.!?\n]{0,60}\bbewerbung\b[^.!?\n]{0,60}\bzurück\b
    | \bmeine\ bewerbung\b[^.!?\n]{0,60}\bzurück(?:zu)?zieh\w*
    | \bretir(?:e|er|ons)\b[^.!?\n]{0,20}\bma\ candidature\b
    | \bretir(?:o|ar|aré)\b[^.!?\n]{0,20}\bmi\ candidatura\b
    | \bretir(?:o|ar)\b[^.!?\n]{0,20}\ba\ minha\ candidatura\b
    | \britir(?:o|are)\b[^.!?\n]{0,20}\bla\ mia\ candidatura\b
    | \b(?:mijn\ sollicitatie)\b[^.!?\n]{0,60}\b(?:in(?:\ te\ )?trek\w*|terug(?:\ te\ )?trek\w*|in\b)
    | \btrek\b[^.!?\n]{0,30}\bmijn\ sollicitatie\b
    | \btrek\ (?:ik\ )?mij\ terug\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The company says that the seeker has: only in the past, never as an offer to do so.
_CONFIRMED = re.compile(
    r"""
    \byou(?:\ have|'ve|’ve)?\ (?:now\ |since\ |decided\ to\ )?withdr(?:awn|ew|aw)\b[^.!?\n]{0,40}
        \b(?:application|candidacy|process|yourself)
    | \byour\ (?:application|candidacy)\b[^.!?\n]{0,80}\b(?:has|have)\ (?:now\ )?been\ withdrawn\b
    | \b(?:as\ (?:you\ )?(?:requested|asked|wished)|at\ your\ request)\b[^.!?\n]{0,60}\bwithdrawn\b
    | \b(?:confirm\w*|received|noted|sorry|for)\b[^.!?\n]{0,40}
        \b(?:your\ withdrawal|withdrawal\ of\ your\ (?:application|candidacy))
    | \bsie\b[^.!?\n]{0,60}\bihre\ bewerbung\b[^.!?\n]{0,40}\bzurückgezogen\b
    | \bihre\ bewerbung\b[^.!?\n]{0,40}\b(?:wurde|ist|haben\ sie)\b[^.!?\n]{0,40}\bzurückgezogen\b
    | \bvous\ avez\ (?:souhaité\ |choisi\ de\ |décidé\ de\ )?retir(?:é|er)\b[^.!?\n]{0,20}\bcandidature\b
    | \bvotre\ candidature\ (?:a\ (?:bien\ )?été\ retirée|est\ retirée)\b
    | \b(?:ha|has)\ retirado\b[^.!?\n]{0,20}\bcandidatura\b
    | \b(?:su|tu)\ candidatura\ ha\ sido\ retirada\b
    | \bretirou\b[^.!?\n]{0,20}\bcandidatura\b
    | \b(?:ha\ ritirato|hai\ ritirato)\b[^.!?\n]{0,20}\bcandidatura\b
    | \b(?:u|je)\b[^.!?\n]{0,30}\bsollicitatie\b[^.!?\n]{0,30}\b(?:ingetrokken|teruggetrokken)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What makes it a maybe, or a no: "if you withdraw", "I do not want to withdraw".
_MAYBE = re.compile(
    r"\b(?:if|should|unless|whether|in case|may|might|would you|could you|can you|please let us know|wenn|falls|"
    r"sollten|si|se|caso|indien|als u|mocht|not|never|nicht|ne|no|non|não|niet)\b",
    re.IGNORECASE,
)
_NOT_MAYBE = re.compile(
    r"(?i)\bno longer\b|\bnot (?:go|going|move|moving|continue|proceed|able)\b|\bthat (?:if|should)\b"
)


def seeker_withdraws(text: str) -> bool:
    """Whether the seeker's own letter withdraws the application."""
    return _says(_OWN, text)


def company_confirms(text: str) -> bool:
    """Whether the company's mail says that the seeker has withdrawn."""
    return _says(_CONFIRMED, text)


def _says(what: re.Pattern[str], text: str) -> bool:
    joined = re.sub(
        r"[ \t]*\n(?!\s*\n)[ \t]*", " ", text[:_READ]
    )  # a sentence runs over line ends, not over blank lines
    for found in what.finditer(joined):
        start = max(joined.rfind(mark, 0, found.start()) for mark in ".!?\n") + 1
        before = _NOT_MAYBE.sub(" ", joined[start : found.start()])
        if not _MAYBE.search(before):
            return True
    return False
