"""Bytes to text whatever their label says: mail lies about its charset."""

from __future__ import annotations

import codecs
import re

# What mail calls ISO-8859-1 or US-ASCII is Windows-1252 in practice (WHATWG Encoding Standard §4.2 does the same).
_WESTERN = "cp1252"
_REALLY_CP1252 = frozenset({"iso8859-1", "latin-1"})
_LONGEST_NAME = 40  # characters; no charset that IANA lists under a name in use is longer
_UNSAFE_CODECS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, charset: str | None) -> str:
    """The text; bytes that fit no charset become U+FFFD, a character cut off at the end is dropped. Never raises.

    UTF-8 under a Western label is read as UTF-8: by chance, other text hardly ever fits it.
    """
    known = _known(charset)
    for name in ("utf-8", known) if known in (None, _WESTERN, "utf-8") else (known, "utf-8"):
        if name is not None and (text := _whole(data, name)) is not None:
            return text
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if sum(character > "\x7f" for character in text) - wrong >= wrong and known != _WESTERN:
        return text  # UTF-8 with a few broken places
    return data.decode(_WESTERN, "replace")


def _whole(data: bytes, name: str) -> str | None:
    """The text when every byte fits, but for a character that is cut off at the end; else None."""
    decoder = codecs.lookup(name).incrementaldecoder
    try:
        text = data.decode(name) if decoder is None else decoder("strict").decode(data)
    except (UnicodeError, ValueError):
        return None
    return _SURROGATES.sub("\ufffd", text)  # UTF-7 can spell lone surrogates


def _known(charset: str | None) -> str | None:
    """Python's name of a text charset it can decode, else None."""
    if not charset or len(charset) > _LONGEST_NAME or "\0" in charset:
        return None
    try:
        info = codecs.lookup(charset.strip().strip("'\""))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name in _UNSAFE_CODECS:  # noqa: SLF001 - the only way the stdlib tells
        return None
    if info.name == "ascii":  # says nothing about the bytes that are none: UTF-8 before Windows-1252
        return None
    return _WESTERN if info.name in _REALLY_CP1252 else info.name
