"""Which part of a MIME tree is the text of the mail, within fixed limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Mail
from itertools import islice

from server.domain.charsets import decode

MAX_BYTES = 10 * 1024 * 1024  # of a message
MAX_PARTS = 200
MAX_DEPTH = 32
_MAX_HEADERS = 128 * 1024  # bytes of the first header block
_MAX_TYPE = 2000  # bytes of a Content- field; reading 2.5 MB of parameters took 59 s

# Where the mail ends for us. The stdlib tries each line against every open boundary: 3 MB took up to 23 s.
_ENOUGH = (
    (re.compile(rb"\n"), 60_000),  # lines, 4.5 MB at the usual 76 characters; text stands before attachments
    (re.compile(rb"\n--"), 1000),  # lines that may be boundaries
    (re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE), MAX_DEPTH),
)
_CONTENT_FIELD = re.compile(rb"^content-[a-z-]+:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page names its charset
_INLINE_IMAGE = re.compile(rb"data:image/[^\s\"'<>]{100,}")  # may stand before the words and fill all that is looked at
MAX_TEXT = 1024 * 1024  # bytes looked at of one part; the text kept of a mail is 64 KB at most (nlp.text)

_LOOKS_LIKE_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html|<body|<table|<div|<p[\s>])", re.IGNORECASE)
_ENOUGH_WORDS = 8  # a plain part shorter than this beside an HTML one is a stub ("view this mail online")


def within_limits(raw: bytes) -> bytes:
    """The message up to the point where it stops being mail that a person could have meant; line ends are LF."""
    head, gap, rest = raw[:MAX_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n").partition(b"\n\n")
    data = head[:_MAX_HEADERS] + gap + rest
    for pattern, most in _ENOUGH:
        too_many = next(islice(pattern.finditer(data), most, None), None)
        data = data[: too_many.start()] if too_many else data
    return _CONTENT_FIELD.sub(lambda field: field.group()[:_MAX_TYPE], data)


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


def calendar_texts(mail: Mail) -> list[str]:
    """The texts of the mail's calendar parts, each once: invitations come inline, attached, or both (RFC 6047)."""
    found = [
        _text(part)
        for part, inside_forward in _parts(mail)
        if not inside_forward and part.get_content_type() in ("text/calendar", "application/ics")
    ]
    return list(dict.fromkeys(found))


def _parts(mail: Mail) -> Iterator[tuple[Mail, bool]]:
    """Leaves of the tree, outermost first, each with whether it lies inside a forwarded message."""
    stack: list[tuple[Mail, int, bool]] = [(mail, 0, False)]
    seen = 0
    while stack and seen < MAX_PARTS:
        part, depth, inside = stack.pop()
        seen += 1
        children = part.get_payload() if part.is_multipart() else None  # on a leaf it fails with RFC 2231 charsets
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
    text = _INLINE_IMAGE.sub(b"", payload)[:MAX_TEXT]
    if not name and (meta := _META_CHARSET.search(text[:_HEAD])):
        name = meta.group(1).decode("ascii")
    return decode(text, name).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
