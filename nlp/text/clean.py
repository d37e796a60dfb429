"""One spelling for the characters mail programs vary, and the classifier's input from a mail's fields."""

from __future__ import annotations

import re

from nlp.text.html import html_to_text
from nlp.text.quoting import newest_part
from nlp.verdict import MailText

MAX_TEXT = 64 * 1024  # characters; a longer mail is judged on its beginning
MAX_HEADER = 1000  # characters; RFC 5322 allows 998 in one line

_SPELLINGS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u0060\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2002\u2003\u2009\u200a\u3000\u1680\u205f", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u200e\u200f\u061c", ""),
        **dict.fromkeys([*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))], ""),
        **dict.fromkeys([*map(chr, range(9)), *map(chr, range(0x0E, 0x20)), *map(chr, range(0x7F, 0xA0))], ""),
        "\t": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
        "\v": "\n",
        "\f": "\n",
        "\u2026": "...",
    }
)
_LINE_END = re.compile(r"\r\n?")
_BLANKS = re.compile(r" {2,}")
_TRAILING = re.compile(r" *\n *")
_GAPS = re.compile(r"\n{3,}")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"<([^<>\s]{1,320})>\s*$")
_BARE = re.compile(r"^\s*([^\s<>\"]{1,64}@[^\s<>\"]{1,255})\s*$")


def normalise(text: str) -> str:
    """Plain apostrophes, quotes, dashes and spaces; no control or zero-width characters; at most one blank line."""
    text = _SURROGATES.sub("\ufffd", _LINE_END.sub("\n", text[: 4 * MAX_TEXT])).translate(_SPELLINGS)
    text = _TRAILING.sub("\n", _BLANKS.sub(" ", text))
    return _GAPS.sub("\n\n", text).strip()[:MAX_TEXT].rstrip()


def split_address(header: str) -> tuple[str, str]:
    """Name and bare address of a raw From header; either may be empty. Never raises, whatever the header holds.

    Only the last `<...>` counts as the address, because display names may hold commas, quotes and even addresses.
    """
    header = _SURROGATES.sub("\ufffd", header[:MAX_HEADER]).replace("\r", " ").replace("\n", " ")
    if found := _ADDRESS.search(header):
        return _unquoted(header[: found.start()]), found.group(1)
    if found := _BARE.match(header):
        return "", found.group(1)
    return _unquoted(header), ""


def mail_text(
    subject: str | None = "", sender: str | None = "", body: str | None = "", html: str | None = ""
) -> MailText:
    """The classifier's input from one mail's fields, any of which may be missing.

    `sender` is the raw From header; `html` is read when `body` is blank. Quoted history is cut, characters normalised.
    """
    text = body if body and body.strip() else html_to_text(html or "")
    name, address = split_address(sender or "")
    return MailText(
        subject=normalise((subject or "")[:MAX_HEADER]).replace("\n", " "),
        sender_name=normalise(name).replace("\n", " "),
        sender_address=address,
        body=newest_part(normalise(text)),
    )


def _unquoted(name: str) -> str:
    """A display name without its quotes and escapes."""
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    return re.sub(r"\\(.)", r"\1", name).strip()
