"""Header fields of any mail as text: unfolded, decoded, capped; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime

from server.domain.charsets import decode
from server.domain.model import Contact

MAX_HEADER = 10_000  # characters kept of one header; the limit mime4j uses
# Years of a mail's date. What lies outside is no date: a calendar ends with 9999, and weeks, months and time zones must
# still fit before and behind it.
YEARS = range(2, 9999)
_FOLD = re.compile(r"\r?\n(?=[ \t])|[\r\n]+")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# The look-behind keeps it linear: 10,000 characters without an @ took 0.6 s.
_ADDRESS = re.compile(r"(?<![^\s<>@,;:\"()\[\]])[^\s<>@,;:\"()\[\]]+@[^\s<>@,;:\"()\[\]]+")

_ONE_MAILBOX = re.compile(r"([^<>]*)<([^<>\s]+@[^<>\s@]+)>\s*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_QUOTE_MARKS = re.compile(r'\\(.)|"')

# Headers of automatic mail (RFC 3834 §5, RFC 2919, RFC 2369). A hint, never a proof: business mail has them too.
_MACHINE_HEADERS: dict[str, Callable[[str], bool]] = {
    "auto-submitted": lambda value: value.strip().lower() not in ("", "no"),
    "return-path": lambda value: value.strip() == "<>",
    "precedence": lambda value: value.strip().lower() in ("bulk", "junk", "list"),
    "list-id": bool,
    "list-unsubscribe": bool,
    "x-auto-response-suppress": bool,
}


def header(mail: Mail, name: str) -> str:
    """The first field of that name as readable text, "" when there is none."""
    return _NO_TEXT.sub("", " ".join(decoded(raw_header(mail, name)).split()))


def raw_header(mail: Mail, name: str) -> str:
    """The first field of that name, unfolded but with its encoded words as they are; 8-bit bytes decoded."""
    wanted = name.lower()
    for key, value in mail.raw_items():
        if key.lower() == wanted:
            text = str(value)[:MAX_HEADER]
            if not text.isascii():
                text = decode(text.encode("utf-8", "surrogateescape"), None)
            return _FOLD.sub("", text)
    return ""


def contacts(raw: str) -> tuple[Contact, ...]:
    """Names and addresses of a raw address field. A comma in an unquoted name does not split it."""
    one = _ONE_MAILBOX.fullmatch(raw.strip())
    if one and not {"@", ","} <= set(_QUOTED.sub("", one.group(1))):
        # Only what stands in < > is the address: "ceo@bank.example <x@evil.example>" comes from the latter.
        return (_contact(_QUOTE_MARKS.sub(r"\1", one.group(1)), one.group(2)),)
    try:
        pairs = getaddresses([raw])
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
        # A hostile field: fall back to what looks like an address.
        pairs = [("", address) for address in _ADDRESS.findall(raw)]
    found: list[Contact] = []
    pending = ""
    for name, address in pairs:
        local, _at, domain = _contact("", address).address.rpartition("@")
        if not (local and domain):
            pending = f"{pending} {name or address},".strip()
            continue
        found.append(_contact(f"{pending} {name}", address))
        pending = ""
    if not found and (match := _ADDRESS.search(raw)):
        found.append(_contact("", match.group()))
    return tuple(found)


def _contact(name: str, address: str) -> Contact:
    label = _NO_TEXT.sub("", " ".join(decoded(name.strip()).split()))
    return Contact(label.strip("'\", "), "".join(_NO_TEXT.sub("", address).split()).lower())


def raw_headers(mail: Mail, name: str) -> list[str]:
    """Every field of that name, the topmost first, as `raw_header` gives one."""
    wanted = name.lower()
    values = [str(value)[:MAX_HEADER] for key, value in mail.raw_items() if key.lower() == wanted]
    return [_FOLD.sub("", value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")) for value in values]


def date_of(mail: Mail) -> datetime | None:
    """The Date field in UTC, or None when it is absent or not a date."""
    try:
        date = parsedate_to_datetime(header(mail, "Date"))
        moment = (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


def machine_hints(mail: Mail) -> tuple[str, ...]:
    """Names of the headers that hint at an automatic sender."""
    return tuple(name for name, says in _MACHINE_HEADERS.items() if says(header(mail, name)))


def decoded(text: str) -> str:
    """Encoded words (RFC 2047) decoded; text that is none is returned as it is. Never raises."""
    if "=?" not in text:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError, LookupError):
        return text
    return "".join(decode(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
