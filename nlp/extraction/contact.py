"""Finds the person behind a mail: who signs it, as what, and whether the address can be written to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.extraction.letter import CLOSING
from nlp.extraction.lexicon import FIRM, GIVEN, JOB, LINK, NOUN, TEAM, kinds
from nlp.verdict import MailText

_LINES = 4  # lines under the closing in which people sign
_MOST_NAMES = 4  # words of a name
_MOST_TITLE = 60  # characters
_NO_REPLY = re.compile(
    r"no[-_.]?reply|do[-_.]?not[-_.]?reply|nao-responda|notif|mailer|bounce|alerts?@|auto(?:mated)?[-_.@]",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"^(?:(?:i\. ?[AV]\.|p\.p\.|for|the|your|dein|deine|ihr|ihre|mr|mrs|ms|miss|dr|prof|frau|herr|mme|m|sr|sra|dott|"
    r"dott\.ssa|avv|ing|mevr|dhr)\.? )+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r" ?\((?:mrs?|ms|miss|dr|she|he|they|sie|er|elle|lei)[^()]*\)$|,? (?:cphr|m?cipd|phd|mba|sphr|obe|mbe)$",
    re.IGNORECASE,
)
_LAST_AFTER_NAME = frozenset(")rdaeRDAE\n")  # last characters of what may stand there: all others are spared the search
_BETWEEN = re.compile(r",? (?:from|at|von|bei|de chez|chez|via|@|\||-|for) |[,|(@]| - ", re.IGNORECASE)
_WORD = re.compile(
    r"(?:[A-Z\u00c0-\u00de][\w'.-]*|(?:de|da|di|do|van|von|der|den|le|la|el|al|bin|y|e|dos|du|ten|zu)(?= ))(?: |$)"
)
_ENDS = re.compile(r"[.!?] +(?=[A-Z\u00c0-\u00de][^.!?]{1,60}$)")


@dataclass(frozen=True, slots=True)
class Contact:
    """A person: the full name as written, what they are ("" if untold), and their address ("" if nobody reads it)."""

    name: str
    title: str
    address: str


def contact_of(mail: MailText) -> Contact | None:
    """Who wrote the mail, from signature and From header; None when only a team or a machine speaks.

    The address is always the sender's own: one found in the text is never taken.
    """
    shown = name_in(_BETWEEN.split(mail.sender_name)[0]) if mail.sender_name else ""
    signature, title = signed(mail.body)
    if " " not in shown and not _same_person(shown, signature):
        shown = ""  # a relay that calls itself by one word
    name = max((shown, signature), key=len) if _same_person(shown, signature) else shown or signature
    if not name:
        return None
    if name != signature and not _same_person(shown, signature):
        title = ""
    address = "" if is_unread(mail.sender_address) else mail.sender_address
    return Contact(name, title, address)


def is_unread(address: str) -> bool:
    """Whether a machine's address says that nobody reads what is sent to it."""
    return bool(_NO_REPLY.search(address))


def _same_person(one: str, other: str) -> bool:
    """Whether two spellings share the first name, or one is missing."""
    return not one or not other or one.split(maxsplit=1)[0].lower() == other.split(maxsplit=1)[0].lower()


def signed(body: str) -> tuple[str, str]:
    """Name and title under the closing words, else in the last line; "" for what is not there."""
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    under = _under_closing(lines)
    for number, line in enumerate(under):
        head, rest = _split(line)
        if name := name_in(head):
            return name, _title_in([rest, *under[number + 1 : number + 3]])
    if lines and not under:
        tail = _ENDS.split(lines[-1])[-1]  # short mails end "... Good luck. Gwen, Theatr y Bont"
        head, rest = _split(tail)
        if (name := name_in(head)) and (rest or kinds(name.split()[0].lower()) & GIVEN):
            return name, _title_in([rest])
    return "", ""


def _under_closing(lines: list[str]) -> list[str]:
    """Up to four lines after the last closing line ("Kind regards,")."""
    for number in range(len(lines) - 1, 0, -1):
        if CLOSING.match(lines[number]):
            return lines[number + 1 : number + 1 + _LINES]
    return []


def _split(line: str) -> tuple[str, str]:
    """What stands before the first comma, bar or "at", and what after it."""
    parts = _BETWEEN.split(_without_degree(line), maxsplit=1)
    return parts[0].strip(), parts[1].strip(" )") if len(parts) > 1 else ""


def _without_degree(text: str) -> str:
    """The text without "(she/her)" or ", PhD" at its end."""
    return _AFTER_NAME.sub("", text) if text[-1:] in _LAST_AFTER_NAME else text


def name_in(text: str) -> str:
    """The person's name the text consists of, without "Mr" or "Dr"; "" if it is no name, or a team's or firm's."""
    text = _without_degree(_HONOURS.sub("", text.strip(" ,.!*-"))).strip(" ,")
    words = text.split()
    if not 0 < len(words) <= _MOST_NAMES or "".join(_WORD.findall(text)) != text or not text[0].isupper():
        return ""
    told = [kinds(word.lower().strip(".")) for word in words]
    if any(kind & (TEAM | JOB | NOUN | FIRM) and not kind & (GIVEN | LINK) for kind in told):
        return ""
    return "" if len(text) < 2 or (text.isupper() and len(words) == 1) else text  # noqa: PLR2004 - "J" alone is no name


def _title_in(lines: list[str]) -> str:
    """The first of the lines, or its part before a comma, that says what somebody does."""
    for line in lines:
        for piece in (re.split(r" \| | - |, (?=[A-Z])", line)[0], line):
            told = [kinds(word.lower().strip(".,")) for word in piece.split()]
            if any(kind & NOUN for kind in told) and len(piece) <= _MOST_TITLE:
                return piece.strip(" ,.|")
            if told and all(kind & (TEAM | LINK | JOB) for kind in told):
                return piece.strip(" ,.|")
    return ""
