"""Which part of a MIME tree is the text of the mail, within fixed limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Mail

from server.domain.charsets import decode

MAX_PARTS = 200
MAX_DEPTH = 32
MAX_TEXT = 1024 * 1024  # bytes looked at of one part; the text kept of a mail is 64 KB at most (nlp.text)

_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html|<body|<table|<div|<p[\s>])", re.IGNORECASE)
_ENOUGH_WORDS = 8  # a plain part shorter than this beside an HTML one is a stub ("view this mail online")


def body_of(mail: Mail) -> tuple[str, str]:
    """The mail's plain text and its HTML; one of the two is empty. Attachments never count.

    Plain text wins when it says anything, since senders write it for reading; a forwarded message counts when
    nothing else does.
    """
    plain, html, forwarded = "", "", ""
    for part, inside_forward in _parts(mail):
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or _is_attachment(part):
            continue
        text = _text(part)
        is_html = kind == "text/html" or bool(_LOOKS_LIKE_HTML.match(text))
        if inside_forward:
            forwarded = forwarded or text
        elif is_html:
            html = html or text
        else:
            plain = plain or text
    if html and len(plain.split()) < _ENOUGH_WORDS:
        return "", html
    if forwarded and not html and len(plain.split()) < _ENOUGH_WORDS:
        is_html = bool(_LOOKS_LIKE_HTML.match(forwarded))
        return ("", forwarded) if is_html else (f"{plain}\n\n{forwarded}".strip(), "")
    return plain, "" if plain else html


def _parts(mail: Mail) -> Iterator[tuple[Mail, bool]]:
    """Leaves of the tree, outermost first, each with whether it lies inside a forwarded message."""
    stack: list[tuple[Mail, int, bool]] = [(mail, 0, False)]
    seen = 0
    while stack and seen < MAX_PARTS:
        part, depth, inside = stack.pop()
        seen += 1
        children = part.get_payload()
        if isinstance(children, list) and depth < MAX_DEPTH:
            inside = inside or part.get_content_type() == "message/rfc822"
            stack.extend((child, depth + 1, inside) for child in reversed(children) if isinstance(child, Mail))
        elif not isinstance(children, list):
            yield part, inside


def _is_attachment(part: Mail) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _text(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset", failobj=None)
    name = charset[2] if isinstance(charset, tuple) else charset  # RFC 2231 form: (charset, language, value)
    return decode(payload[:MAX_TEXT], name).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
