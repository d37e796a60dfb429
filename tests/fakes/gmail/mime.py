"""Just enough MIME for the fake: headers, plain text, attachments, and Gmail's header rewriting on send."""

from __future__ import annotations

import email
import email.message
import re
from email.header import decode_header, make_header
from email.utils import formatdate, getaddresses
from functools import cached_property

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)


class Mail:
    """A parsed view of raw bytes."""

    def __init__(self, raw: bytes) -> None:
        self.parsed: email.message.Message = email.message_from_bytes(raw)
        self._words: dict[str, str] = {}
        self._word_sets: dict[str, frozenset[str]] = {}
        self.answers_by_words: dict[frozenset[tuple[str, str]], bool] = {}  # kept by the search

    def header(self, name: str) -> str:
        """The decoded value on one line, or ""."""
        return decoded(self.parsed.get(name, ""))

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @cached_property
    def message_id(self) -> str:
        return next(iter(_MESSAGE_ID.findall(self.header("Message-ID"))), "")

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Message-IDs of In-Reply-To and References."""
        return tuple(_MESSAGE_ID.findall(f"{self.header('In-Reply-To')} {self.header('References')}"))

    @property
    def recipients(self) -> list[str]:
        values = [decoded(value) for name in ("To", "Cc", "Bcc") for value in self.parsed.get_all(name, [])]
        return [address for _name, address in getaddresses(values) if "@" in address]

    @cached_property
    def text(self) -> str:
        """All readable text, for search and snippets."""
        parts = [part for part in self.parsed.walk() if part.get_content_maintype() == "text"]
        plain = [part for part in parts if part.get_content_subtype() == "plain"]
        return "\n".join(_part_text(part) for part in plain or parts)

    def words(self, header: str = "") -> str:
        """A header, or all that a search without an operator looks at: words in lower case, between single spaces."""
        if header not in self._words:
            every = [self.subject, self.header("From"), self.header("To"), self.header("Cc"), self.text]
            self._words[header] = words_of(self.header(header) if header else "\n".join(every))
        return self._words[header]

    def word_set(self, header: str = "") -> frozenset[str]:
        """The same words, each once."""
        if header not in self._word_sets:
            self._word_sets[header] = frozenset(self.words(header).split())
        return self._word_sets[header]

    @cached_property
    def has_attachment(self) -> bool:
        return any(part.get_filename() for part in self.parsed.walk())


def words_of(text: str) -> str:
    """The words in lower case, each between single spaces."""
    return " ".join(["", *_WORD.findall(text.casefold()), ""])


def decoded(value: object) -> str:
    """An RFC 2047 header as text; broken ones as they stand."""
    text = " ".join(str(value).split())
    if "=?" not in text and text.isascii():
        return text
    try:
        return str(make_header(decode_header(text)))
    except (LookupError, UnicodeDecodeError, ValueError):
        return text


def with_headers(raw: bytes, *, sender: str, message_id: str) -> bytes:
    """The bytes as Gmail sends them: its own Message-ID and Date, From when there was none; X- headers stay."""
    head, gap, body = _split(raw)
    lines = re.split(rb"\r?\n(?![ \t])", head)
    kept = [line for line in lines if not re.match(rb"(message-id|date|bcc):", line, re.IGNORECASE)]
    added = [f"Date: {formatdate(localtime=False)}".encode(), f"Message-ID: {message_id}".encode()]
    if not any(line.lower().startswith(b"from:") for line in kept):
        added.append(f"From: {sender}".encode())
    return b"\r\n".join(added + kept) + gap + body


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    match = re.search(rb"\r?\n\r?\n", raw)
    if match is None:
        return raw, b"\r\n\r\n", b""
    return raw[: match.start()], raw[match.start() : match.end()], raw[match.end() :]


def _part_text(part: email.message.Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return _TAG.sub(" ", text) if part.get_content_subtype() == "html" else text
