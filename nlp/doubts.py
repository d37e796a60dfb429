"""What makes a mail a question although a phrase and the model say no: talk of good news, of others, or of an error.

A doubt never hides a rejection; it only moves a mail from "log it" to "ask". Each kind is one in which a refusal's
own words stand in a mail that refuses nothing: an offer with bad news in it, a withdrawal confirmed, another person's
letter passed on, an apology for a letter sent by mistake, an essay.
"""

from __future__ import annotations

import re

from nlp.text.signatures import is_small_print
from nlp.verdict import MailText

_GOOD_NEWS = r"(?:pleased|happy|delighted|glad|thrilled|excited) to (?:offer|invite|confirm)\b"
_MISTAKE = (
    r"(?:sent|went out|mailed|e-?mailed)\b[^.!?]{0,40}\b(?:in error|by mistake)"
    r"|(?:disregard|ignore) (?:the|our|my|that) (?:\w+ ){0,2}(?:mail|e-?mail|message|letter)"
    r"|apolog\w+ for (?:the|our|my|that) (?:earlier|previous|last|wrong)"
)
_WITHDRAWN = r"withdr[ae]w(?:n|al|ing)?\b|pulled out of|at your (?:own )?request|as you (?:have )?(?:asked|requested)"
_PASSED_ON = r"begin forwarded message|forwarded message|forwarding (?:this|you)|see below what"
_ESSAY = r"(?<!un)subscribe|subscribers\b|newsletter|in this (?:issue|week's|episode)|read (?:more|the full)\b"

_DOUBTS = re.compile(rf"\b(?:{_GOOD_NEWS}|{_MISTAKE}|{_WITHDRAWN}|{_PASSED_ON})|{_ESSAY}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i)\s*:", re.IGNORECASE)


def is_doubtful(mail: MailText) -> bool:
    """Whether something in the mail speaks for asking before logging; absent headers never do.

    Small print does not: "if you have received this in error" is said of every mail.
    """
    if _FORWARD.match(mail.subject):
        return True
    return any(
        _DOUBTS.search(sentence) and not is_small_print(sentence)
        for sentence in _SENTENCE_END.split(mail.body[:8000].lower())
    )
