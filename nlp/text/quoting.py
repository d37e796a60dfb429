"""The newest part of a mail: quoted history cut, in the words of the usual mail programs and languages."""

from __future__ import annotations

import re
from functools import cache

from mailparser_reply import EmailReplyParser

from nlp.text.programs import (
    CLOSING,
    DATED,
    FORWARD,
    FROM_LINE,
    GREETING,
    ORIGINAL,
    OTHER_KEY,
    POINTER,
    SENT_FROM,
    TELLING_KEY,
    THANKS,
    WROTE,
    WROTE_START,
)

LANGUAGES = ("en", "de", "fr", "es", "it", "nl")  # the library's; Portuguese is ours
_WINDOW = 4  # lines a "... wrote:" header may wrap over
_HEADER = 400  # characters of a wrapped header; the library's patterns are quadratic in it
_LINE = 300  # characters of a line that are looked at
_DEPTH = 3  # forwards of forwards that are opened

_RULE_LINE = re.compile(r"^\s*[_-]{10,}\s*$")
_QUOTED_LINE = re.compile(r"^\s*>")
_QUOTE_MARKS = re.compile(r"^(?:\s*>)+ ?")
_BREAKS = re.compile(r"[\n,.:;!]+")
_POINTER = 400  # characters; what only points at a forward is shorter
_SIGNED = 60  # characters of a line under a closing word


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
        if not is_pointer(top, forwarded=bool(FORWARD.match(line[:_LINE]))):
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
    if ORIGINAL.match(line) or FORWARD.match(line):
        return 1
    if _RULE_LINE.match(line) and number + 1 < len(lines) and _is_block(lines, number + 1):
        return 1
    if _is_block(lines, number):
        return 1
    return _wrote_length(lines, number)


def _wrote_length(lines: list[str], number: int) -> int:
    """Lines of a "... wrote:" header, which mail programs wrap: ours first, then the library's patterns."""
    line = lines[number][:_LINE]
    if _is_wrote(line):
        return 1
    if not WROTE_START.match(line):
        return 0
    for count in range(1, _WINDOW + 1):
        window = [part[:_LINE].strip() for part in lines[number : number + count]]
        if not window[-1] or sum(map(len, window)) > _HEADER:
            return 0
        if not window[-1].endswith(":"):
            continue
        joined = " ".join(window)
        if _is_wrote(joined) or (DATED.search(joined) and _library_header().match("\n".join(window))):
            return count
    return 0


def _is_wrote(line: str) -> bool:
    """Whether the line says who wrote and when: "On Monday we wrote:" has neither a number nor an address."""
    return bool(WROTE.match(line) and (DATED.search(line) or line.lstrip().startswith("---")))


def _is_message_header(line: str) -> bool:
    """Whether the line starts a header block or separator, which forwards and Outlook replies share."""
    line = line[:_LINE]
    return any(pattern.match(line) for pattern in (ORIGINAL, FORWARD, FROM_LINE, TELLING_KEY, OTHER_KEY, _RULE_LINE))


def _is_block(lines: list[str], number: int) -> bool:
    """Whether a header block starts here: a sender and two more keys in a few lines, one of them a date or subject."""
    if not _is_key(lines[number][:_LINE]):
        return False
    block = [line for part in lines[number : number + 6] if (line := part[:_LINE]).strip()][:5]
    keys = [line for line in block if _is_key(line)]
    others = [line for line in keys if OTHER_KEY.match(line)]
    return len(keys) > len(others) > 1 and any(TELLING_KEY.match(line) for line in others)


def _is_key(line: str) -> bool:
    return bool(FROM_LINE.match(line) or OTHER_KEY.match(line))


def _without_header_lines(lines: list[str]) -> list[str]:
    """The forwarded text below its From/Date/Subject/To lines and blank lines."""
    number = 0
    while number < len(lines) and number < 12:  # noqa: PLR2004 - no program writes more header lines
        line = lines[number][:_LINE]
        if line.strip() and not _is_key(line):
            break
        number += 1
    return [_QUOTE_MARKS.sub("", line) for line in lines[number:]]


def _unquoted(lines: list[str]) -> str:
    """The lines that are not marked as quoted."""
    return "\n".join(line for line in lines if not _QUOTED_LINE.match(line)).strip()


def is_pointer(top: str, *, forwarded: bool = False) -> bool:
    """Whether the words above an older mail only point at it: a greeting, "see below", a closing and a name.

    `forwarded`: the older mail is marked as forwarded; above others, "Thanks" is an answer.
    """
    if len(top) > _POINTER:
        return False
    lines = [line.strip() for line in top.split("\n") if line.strip() and not SENT_FROM.match(line) and line != "--"]
    for number, line in enumerate(lines):
        below = lines[number + 1 :]
        if CLOSING.fullmatch(line.rstrip(" ,.!")) and len(below) < _WINDOW and all(len(one) < _SIGNED for one in below):
            lines = lines[:number]
            break
    words = [part.strip(" -*_/()") for part in _BREAKS.split("\n".join(lines))]
    return all(
        len(part) < 2  # noqa: PLR2004 - what is left of "z. K."
        or GREETING.fullmatch(part)
        or POINTER.fullmatch(part)
        or (forwarded and THANKS.fullmatch(part))
        for part in words
    )


@cache
def _library_header() -> re.Pattern[str]:
    """mail-parser-reply's pattern for reply headers, applied by us to a few short lines at a time.

    On whole mails its patterns take minutes on hostile input, and it also cuts signatures, which name the contact.
    """
    message = EmailReplyParser(languages=list(LANGUAGES)).read("")
    pattern: re.Pattern[str] = message.HEADER_REGEX
    return pattern
