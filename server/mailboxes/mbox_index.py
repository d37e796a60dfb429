"""Where each message of an mbox file stands: one streaming pass over lines, headers only, nothing kept of bodies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path
from typing import BinaryIO

from server.domain.headers import date_of, header
from server.errors import MailboxUnreadable
from server.texts import _

# Google Takeout stamps each message `From <Gmail's message id, decimal>@xxx <date>`; others `From sender date`.
_SEPARATOR = re.compile(rb"From (?:(\d{10,20})@xxx|\S+) .*\d{4}\s*$|From (?:(\d{10,20})@xxx|\S+)\s*$")
_TAKEOUT = re.compile(rb"From (\d{10,20})@xxx\s")
_THREAD = re.compile(r"[0-9]{1,20}")  # 64 bits, decimal
_REFERENCE = re.compile(r"<[^<>\s]+>")
_MAX_HEADERS = 256 * 1024  # bytes of a header block that are looked at
_MAX_LINE = 1024 * 1024  # a longer line is read in pieces, so memory stays flat

_NAMES = {"Inbox": "INBOX", "Sent": "SENT", "Draft": "DRAFT", "Drafts": "DRAFT", "Spam": "SPAM", "Trash": "TRASH"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: its ids, the bytes `start` to `end` of the file, and its labels."""

    id: str
    thread_id: str
    start: int
    end: int
    labels: frozenset[str]
    received: datetime | None


def index(path: Path) -> Iterator[Entry]:
    """Every message of the file, in file order.

    Raises MailboxUnreadable when the file is missing, is no mbox, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            if path.is_dir() or not _starts_like_mbox(file):
                raise unreadable(path, _("it does not begin like an mbox file"))
            yield from _entries(file)
    except FileNotFoundError as error:
        raise unreadable(path, _("there is no such file")) from error
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from error


def content(file: BinaryIO, entry: Entry) -> bytes:
    """The message's RFC 822 bytes, without the separator line, with `>From ` turned back."""
    file.seek(entry.start)
    data = file.read(entry.end - entry.start)
    _separator, _newline, data = data.partition(b"\n")
    return re.sub(rb"^>(>*From )", rb"\1", data, flags=re.MULTILINE)


def unreadable(path: Path, why: str) -> MailboxUnreadable:
    """The error for a mailbox file that cannot be read, and why."""
    return MailboxUnreadable(
        _("The mailbox file %(path)s cannot be read: %(why)s.") % {"path": path, "why": why},
        _("Name the .mbox file from your Google Takeout archive, unpacked."),
    )


def _starts_like_mbox(file: BinaryIO) -> bool:
    """Whether the first line that is not blank is a separator; an empty file is an empty mailbox."""
    while line := file.readline(_MAX_LINE):
        if line.strip():
            file.seek(0)
            return line.startswith(b"From ")
    file.seek(0)
    return True


def _entries(file: BinaryIO) -> Iterator[Entry]:
    start: int | None = None
    stamp, block, in_headers, blank = b"", bytearray(), False, True
    place, separator = 0, None
    while line := file.readline(_MAX_LINE):
        if separator is None and line.strip():  # Takeout escapes no "From " in bodies: only its own stamp counts there
            separator = _TAKEOUT if _TAKEOUT.match(line) else _SEPARATOR
        if blank and separator and line.startswith(b"From ") and separator.match(line):
            if start is not None:
                yield _entry(stamp, bytes(block), start, place)
            start, stamp, in_headers = place, line, True
            block.clear()
        elif in_headers:
            in_headers = bool(line.strip()) and len(block) < _MAX_HEADERS
            block += line
        blank = not line.strip()
        place += len(line)
    if start is not None:
        yield _entry(stamp, bytes(block), start, place)


def _entry(stamp: bytes, block: bytes, start: int, end: int) -> Entry:
    mail = BytesHeaderParser(policy=compat32).parsebytes(block)
    takeout = _TAKEOUT.match(stamp)
    rfc_message_id = next(iter(_REFERENCE.findall(header(mail, "Message-ID"))), "")
    identity = block if not rfc_message_id else f"{rfc_message_id}\n{header(mail, 'Date')}".encode()
    thread = header(mail, "X-GM-THRID")
    ancestors = _REFERENCE.findall(header(mail, "References") or header(mail, "In-Reply-To"))
    root = next(iter([*ancestors, rfc_message_id]), "") or identity.hex()
    labels = (label.strip() for label in header(mail, "X-Gmail-Labels").split(","))
    return Entry(
        id=f"{int(takeout.group(1)):016x}" if takeout else _hash(identity),
        thread_id=f"{int(thread):016x}" if _THREAD.fullmatch(thread) else _hash(root.encode()),
        start=start,
        end=end,
        labels=frozenset(_NAMES.get(label, label) for label in labels if label),
        received=date_of(mail),
    )


def _hash(data: bytes) -> str:
    """16 hex digits, the shape of Gmail's own ids."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()
