"""The newest part of a mail: quoted history cut, in the words of the usual mail programs and languages."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re
from functools import cache

from mailparser_reply import EmailReplyParser

LANGUAGES = ("en", "de", "fr", "es", "it", "nl")  # the library's; Portuguese is ours
_WINDOW = 4  # lines a "... wrote:" header may wrap over
_HEADER = 400  # characters of a wrapped header; the library's patterns are quadratic in it
_LINE = 300  # characters of a line that are looked at
_DEPTH = 3  # forwards of forwards that are opened

_WROTE_START = re.compile(r"^[>\s]*(?:on|am|le|el|em|il|op|den|a las)\b", re.IGNORECASE)
_WROTE = re.compile(
    r"^\s*(?:on\s.{6,200}\swrote|am\s.{4,200}\sschrieb(?:\s.{1,120})?|le\s.{4,200}\sa\s+[ée]crit|el\s.{4,200}\sescribi[óo]"
    r"|em\s.{4,200}\sescreveu|(?:il|in data)\s.{4,200}\sha\s+scritto|op\s.{4,200}\s(?:schreef|heeft)(?:\s.{1,120})?"
    r"|.{2,80}<[^<>\s]+@[^<>\s]+>\s(?:wrote|schrieb(?:\sam\s.{1,60})?|a\s+[ée]crit|escribi[óo]|escreveu|ha\s+scritto|schreef))\s?:\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d|@")
_ORIGINAL = re.compile(
    r"^\s*[-_]{3,}\s*(?:original message|urspr[üu]ngliche nachricht|message d'origine|mensaje original|mensagem original"
    r"|messaggio originale|oorspronkelijk bericht)\s*[-_]*\s*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^\s*(?:[-_]{3,}\s*(?:forwarded message|weitergeleitete nachricht|message transf[ée]r[ée]|mensaje reenviado"
    r"|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht)\s*[-_]*"
    r"|(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])|inicio del mensaje reenviado"
    r"|in[íi]cio da mensagem (?:re)?encaminhada|inizio messaggio inoltrato|begin doorgestuurd bericht)\s*:?)\s*$",
    re.IGNORECASE,
)
_FROM_LINE = re.compile(r"^\s*\*?(?:from|von|de|da|van)\s?\*?:\s*\*?\s*\S", re.IGNORECASE)
_OTHER_KEY = re.compile(
    r"^\s*\*?(?:sent|date|gesendet|datum|envoy[ée]|enviad[oa](?: el| em)?|fecha|data|inviato|verzonden|to|an|[àa]|para|aan"
    r"|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|cc|kopie|reply-to|antwort an)\s?\*?:",
    re.IGNORECASE,
)
_TELLING_KEY = re.compile(
    r"^\s*\*?(?:sent|date|gesendet|datum|envoy[ée]|enviad[oa](?: el| em)?|fecha|data|inviato|verzonden|subject|betreff|objet"
    r"|asunto|assunto|oggetto|onderwerp)\s?\*?:",
    re.IGNORECASE,
)
_RULE_LINE = re.compile(r"^\s*[_-]{10,}\s*$")
_QUOTED_LINE = re.compile(r"^\s*>")
_QUOTE_MARKS = re.compile(r"^(?:\s*>)+ ?")
_SENT_FROM = re.compile(
    r"^\s*(?:sent from (?:my|outlook|mail|yahoo|proton)|get outlook for|von meinem .{1,30} gesendet|gesendet von|envoy[ée] de"
    r"|enviado (?:desde|do|de) mi?|inviato da|verzonden (?:vanaf|met)).{0,80}$",
    re.IGNORECASE | re.MULTILINE,
)
_POINTER = re.compile(
    r"(?:fyi|f\.y\.i\.?|fwd?|see below|below|as below|forwarded|zur info|zk|z\.k\.|pour info|pvi|para tu informaci[óo]n|ptvi"
    r"|per conoscenza|ter info(?:rmatie)?|hi|hello|hallo|bonjour|hola|ciao)?[\s,.:!-]*",
    re.IGNORECASE,
)


def newest_part(text: str) -> str:
    """What the sender of this mail wrote, without the older mails below or between it.

    A forward with nothing of its own above it is the message: then the forwarded text is returned. Words above a
    quotation, however few, stand alone. Never raises; lines are only dropped, never changed.
    """
    return _newest(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), _DEPTH)


def _newest(lines: list[str], depth: int) -> str:
    for number, line in enumerate(lines):
        skip = _header_length(lines, number)
        if not skip:
            continue
        top, rest = _unquoted(lines[:number]), lines[number + skip :]
        if not _is_message_header(line):
            return _around_reply(top, rest, depth)
        if not _is_pointer(top):
            return top
        return _newest(_without_header_lines(rest), depth - 1) if depth else "\n".join(rest).strip()
    return _unquoted(lines) or "\n".join(_QUOTE_MARKS.sub("", line) for line in lines).strip()


def _around_reply(top: str, rest: list[str], depth: int) -> str:
    """The reply around a "... wrote:" line: above it, below the quoted lines, or between them."""
    marked = any(_QUOTED_LINE.match(line) for line in rest[:4])
    own = _newest([line for line in rest if not _QUOTED_LINE.match(line)], depth - 1) if marked and depth else ""
    both = f"{top}\n\n{own}".strip() if own else top
    return both or "\n".join(_QUOTE_MARKS.sub("", line) for line in rest).strip()


def _header_length(lines: list[str], number: int) -> int:
    """How many lines the header of an older mail takes here, 0 if none begins."""
    line = lines[number][:_LINE]
    if not line.strip():
        return 0
    if _ORIGINAL.match(line) or _FORWARD.match(line):
        return 1
    if _RULE_LINE.match(line) and number + 1 < len(lines) and _is_block(lines, number + 1):
        return 1
    if _FROM_LINE.match(line) and _is_block(lines, number):
        return 1
    return _wrote_length(lines, number)


def _wrote_length(lines: list[str], number: int) -> int:
    """Lines of a "... wrote:" header, which mail programs wrap: ours first, then the library's patterns."""
    line = lines[number][:_LINE]
    if _is_wrote(line):
        return 1
    if not _WROTE_START.match(line):
        return 0
    for count in range(1, _WINDOW + 1):
        window = [part[:_LINE].strip() for part in lines[number : number + count]]
        if not window[-1] or sum(map(len, window)) > _HEADER:
            return 0
        if not window[-1].endswith(":"):
            continue
        joined = " ".join(window)
        if _is_wrote(joined) or (_DATED.search(joined) and _library_header().match("\n".join(window))):
            return count
    return 0


def _is_wrote(line: str) -> bool:
    """Whether the line says who wrote and when: "On Monday we wrote:" has neither a number nor an address."""
    return bool(_WROTE.match(line) and _DATED.search(line))


def _is_message_header(line: str) -> bool:
    """Whether the line starts a header block or separator, which forwards and Outlook replies share."""
    line = line[:_LINE]
    return bool(_ORIGINAL.match(line) or _FORWARD.match(line) or _FROM_LINE.match(line) or _RULE_LINE.match(line))


def _is_block(lines: list[str], number: int) -> bool:
    """Whether a From: line starts a header block: two more keys right below, one of them a date or subject."""
    if not _FROM_LINE.match(lines[number][:_LINE]):
        return False
    below = [line[:_LINE] for line in lines[number + 1 : number + 6] if line.strip()][:4]
    keys = [line for line in below if _OTHER_KEY.match(line)]
    return len(keys) > 1 and any(_TELLING_KEY.match(line) for line in keys)


def _without_header_lines(lines: list[str]) -> list[str]:
    """The forwarded text below its From/Date/Subject/To lines and blank lines."""
    number = 0
    while number < len(lines) and number < 12:  # noqa: PLR2004 - no program writes more header lines
        line = lines[number][:_LINE]
        if line.strip() and not (_FROM_LINE.match(line) or _OTHER_KEY.match(line)):
            break
        number += 1
    return [_QUOTE_MARKS.sub("", line) for line in lines[number:]]


def _unquoted(lines: list[str]) -> str:
    """The lines that are not marked as quoted."""
    return "\n".join(line for line in lines if not _QUOTED_LINE.match(line)).strip()


def _is_pointer(top: str) -> bool:
    """Whether the words above a forward only point at it."""
    return bool(_POINTER.fullmatch(_SENT_FROM.sub("", top).strip()))


@cache
def _library_header() -> re.Pattern[str]:
    """mail-parser-reply's pattern for reply headers, applied by us to a few short lines at a time.

    On whole mails its patterns take minutes on hostile input, and it also cuts signatures, which name the contact.
    """
    message = EmailReplyParser(languages=list(LANGUAGES)).read("")
    pattern: re.Pattern[str] = message.HEADER_REGEX
    return pattern
