"""Google Takeout's .mbox: the form Gmail exports, with ids and labels in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.gmail.mime import Mail

# "From 1234567890123456789@xxx Mon Jan 05 10:00:00 +0000 2026": the decimal is the API's hex id.
_FROM_LINE = re.compile(rb"^From (\d+)@xxx\b[^\n]*\n", re.MULTILINE)
_LABELS = {
    "inbox": "INBOX",
    "sent": "SENT",
    "draft": "DRAFT",
    "drafts": "DRAFT",
    "spam": "SPAM",
    "trash": "TRASH",
    "starred": "STARRED",
    "important": "IMPORTANT",
    "unread": "UNREAD",
    "opened": "",
    "archived": "",
    "chat": "CHAT",
}


@dataclass
class Exported:
    """One message of the file."""

    id: str
    thread_id: str
    labels: tuple[str, ...]
    raw: bytes


def messages(path: Path) -> Iterator[Exported]:
    """Every message, in file order; the X-GM- headers are the export's and are taken out again."""
    content = path.read_bytes()
    starts = list(_FROM_LINE.finditer(content))
    ends = [match.start() for match in starts[1:]] + [len(content)]
    for match, end in zip(starts, ends, strict=True):
        raw = re.sub(rb"^>(>*From )", rb"\1", content[match.end() : end], flags=re.MULTILINE)
        yield _exported(int(match[1]), raw.rstrip(b"\r\n") + b"\r\n")


def _exported(number: int, raw: bytes) -> Exported:
    mail = Mail(raw)
    thread = mail.header("X-GM-THRID")
    labels = [name.strip() for name in mail.header("X-Gmail-Labels").split(",") if name.strip()]
    known = tuple(label for name in labels if (label := _LABELS.get(name.lower(), name)))
    head, _, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
    kept = [line for line in re.split(rb"\r?\n(?![ \t])", head) if not line.lower().startswith((b"x-gm-", b"x-gmail-"))]
    return Exported(
        f"{number:016x}", f"{int(thread) if thread else number:016x}", known, b"\r\n".join(kept) + b"\r\n\r\n" + body
    )
