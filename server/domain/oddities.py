"""What is wrong with the headers of a mail where senders hide: two authors, disguised fields, bytes that readers cut.

Mail programs differ in what they show of such headers, and forgers choose what ours would show. The kinds are those of
Chen, Paxson, Jiang: Composition Kills (USENIX Security 2020) and its tool espoofer. Ordinary mail has none of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from server.domain.headers import MAX_HEADER, decoded

TWO_FROM = "two-from"  # several From fields
TWO_AUTHORS = "two-authors"  # several addresses in one From
TWICE = "twice"  # another field that may stand once (RFC 5322 §3.6) stands twice
DISGUISED = "disguised"  # a From that is written so that some programs overlook it
CONTROL = "control"  # NUL, other control characters, or characters that turn the writing around
BROKEN = "broken"  # an author that no two programs read alike
ROUTE = "route"  # a route before the address (RFC 5322 §4.4, obsolete)
ENCODED = "encoded"  # the address itself is an encoded word (RFC 2047 §5 forbids it)
ADDED = "added"  # the signature covers a part of the text only (DKIM l=, RFC 6376 §8.2)

_MOST = 128 * 1024  # bytes of the header block
_NO_NAME = re.compile(rb"[^!-~]")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_HEAD = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_ONCE = ("subject", "sender", "reply-to")
_AUTHORS = ("from", "sender", "reply-to")
_LISTS_FIELDS = ("dkim-signature", "arc-message-signature", "x-google-dkim-signature")  # their h= names fields
_INNER_FROM = re.compile(rb"\s+from\s*:[^@]*@", re.IGNORECASE)
# Marks for right-to-left writing and joiners (U+200C to U+200F) belong to honest names; these do not.
_TRICK = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u0085\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
_JOINERS = re.compile("[\u200c-\u200f\u00ad]")
_ASIDES = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)')
_WORD = re.compile(r"=\?[^?\s]*\?[bq]\?[^?]*\?=", re.IGNORECASE)
_PLAIN = re.compile(r"[^\s<>@,;:\"()\[\]\\'](?:[^\s<>@,;:\"()\[\]\\]*[^\s<>@,;:\"()\[\]\\'])?@[\w.-]+\w")
_ADDRESS = re.compile(r"(?<![^\s<>@,;])[^\s<>@,;]+@[^\s<>@,;]+")  # the look-behind keeps it linear
_LENGTH_TAG = re.compile(rb"(?:^|;)\s*l\s*=\s*(\d+)")
_SLACK = 80  # characters that a server on the way may add without anybody's intent


def oddities(raw: bytes) -> tuple[str, ...]:
    """What is odd, as the codes above, each once; raw: the whole mail. Never raises."""
    end = _HEAD.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    fields = list(_fields(head[:_MOST]))
    count = Counter(name for name, _raw_name, _value in fields)
    found = [TWO_FROM] if count["from"] > 1 else []
    found += [TWICE for name in _ONCE if count[name] > 1]
    for name, raw_name, value in fields:
        if name in _AUTHORS and raw_name.lower() != name.encode():
            found.append(DISGUISED)
        if name in _AUTHORS:
            found += [odd for odd in _in_author(value) if name == "from" or odd != TWO_AUTHORS]
        elif name not in _LISTS_FIELDS and any(_INNER_FROM.match(line) for line in value.splitlines()[1:]):
            found.append(DISGUISED)
        if name == "dkim-signature" and _covers_less(value, body):
            found.append(ADDED)
    return tuple(dict.fromkeys(found))


def _fields(head: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Name as one would take it, name as it stands, value with its folds, of every line that could be a field."""
    name, value = b"", b""
    for number, line in enumerate(_LINE_END.split(head)):
        if number == 0 and line.startswith((b"From ", b">From ")):  # the separator of a mailbox file
            continue
        if line[:1] in (b" ", b"\t") and name:
            value += b"\n" + line
            continue
        if name:
            yield _plain_name(name), name, value
        name, colon, value = line.partition(b":")
        name = name if colon else b""
    if name:
        yield _plain_name(name), name, value


def _plain_name(name: bytes) -> str:
    """Without the characters that some programs pass over."""
    return _NO_NAME.sub(b"", name).decode("ascii").lower()


def _in_author(value: bytes) -> Iterator[str]:
    """What is odd in a field that names people."""
    text = value[:MAX_HEADER].decode("utf-8", "replace").replace("\n", "")
    plain = decoded(text)
    if _TRICK.search(text.replace("\t", " ")) or _TRICK.search(plain.replace("\t", " ")):
        yield CONTROL
    bare = _ASIDES.sub(" ", text).strip().rstrip(",;")
    without_words = _WORD.sub("word", bare)
    inside = re.findall(r"<([^<>]*)>", bare)
    if any("=?" in part for part in inside) or ("@" not in without_words and "@" in plain):
        yield ENCODED
    if any(part.lstrip().startswith("@") for part in inside):
        yield ROUTE
    elif not _is_plain(without_words, inside):
        yield BROKEN
    if without_words.count("@") > 1 and len(_addresses(without_words)) > 1:
        yield TWO_AUTHORS
    if any(_JOINERS.search(part) for part in _addresses(decoded(bare))):
        yield CONTROL


def _is_plain(bare: str, inside: list[str]) -> bool:
    """Whether it is `name <address>` or `address`, one or several, and nothing about that can be read in two ways."""
    if not bare or "@" not in bare:
        return not bare or "<" not in bare
    if bare.count("<") != bare.count(">") or bare.count("<") != len(inside):
        return False
    if any(not _PLAIN.fullmatch(part.strip()) for part in inside):
        return False
    if inside:
        return not bare.rpartition(">")[2].strip() and not re.search(r">[^,;]*[^,;\s][^,;]*<", bare)
    return all(_PLAIN.fullmatch(part.strip()) for part in re.split(r"[,;]", bare) if "@" in part)


def _addresses(text: str) -> set[str]:
    return {found.lower() for found in _ADDRESS.findall(text)}


def _covers_less(signature: bytes, body: bytes) -> bool:
    """Whether a signature leaves out the end of the text: whoever passes the mail on can have written that."""
    tag = _LENGTH_TAG.search(re.sub(rb"\s+", b" ", signature))
    if not tag:
        return False
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip() for line in _LINE_END.split(body)]
    text = b"\r\n".join(lines).rstrip(b"\r\n")  # RFC 6376 §3.4.4, "relaxed": the shorter of the two forms
    return int(tag[1][:12]) + _SLACK < len(text)
