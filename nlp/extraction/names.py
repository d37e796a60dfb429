"""Spellings of a name: what two of them have in common, and what a domain makes of one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NO_LETTER = re.compile(r"[\W_]+")
_LEGAL = re.compile(
    r",? (?:inc|ltd|llc|gmbh|plc|corp|s\.?a|b\.?v|n\.?v|ag|limited|lda|s\.?r\.?l|s\.?p\.?a)\.?$", re.IGNORECASE
)

_LAST_OF_LEGAL = frozenset(".cdhpagvlniCDHPAGVLNI")  # last letters of those forms: all others are spared the search


def key_of(name: str) -> str:
    """Letters and digits, lower case: names with the same key are spelled alike."""
    low = name.lower()
    return low if low.isalnum() else _NO_LETTER.sub("", low)


def without_legal_form(name: str) -> str:
    """The name without "Ltd", "GmbH" and the like; the name itself if nothing else would be left."""
    return (_LEGAL.sub("", name) or name) if name[-1:] in _LAST_OF_LEGAL else name


@lru_cache(8192)  # names, a few MB: those of one mail are compared again and again
def folded(name: str) -> str:
    """A name as domains spell it: letters and digits only, umlauts written out, accents dropped."""
    name = name.lower()
    if name.isascii():
        return name if name.isalnum() else _NO_LETTER.sub("", name)
    spelled = name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", spelled))
