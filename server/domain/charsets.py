"""Bytes to text whatever their label says: mail lies about its charset."""

from __future__ import annotations

import codecs
import re

# What mail calls ISO-8859-1 or US-ASCII is Windows-1252 in practice (WHATWG Encoding Standard §4.2 does the same).
_REALLY_CP1252 = frozenset({"iso8859-1", "latin-1"})
_LONGEST_NAME = 40  # characters; no charset that IANA lists under a name in use is longer
_UNSAFE_CODECS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, charset: str | None) -> str:
    """The text; bytes that fit no charset become U+FFFD. Never raises."""
    for name in (_known(charset), "utf-8"):
        if name is None:
            continue
        try:
            return _SURROGATES.sub("\ufffd", data.decode(name))  # UTF-7 can spell lone surrogates
        except (UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


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
    return "cp1252" if info.name in _REALLY_CP1252 else info.name
