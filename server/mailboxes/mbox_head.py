"""What the headers of one mail in an mbox say: ids, labels, date, and whether the mail need be read at all.

Sixty thousand header blocks are looked at in seconds, so the usual form of a field is read by plain expressions; any
other form goes through server/domain/headers.py, which answers the same.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes
from email.policy import compat32
from typing import Final

from server.domain.bulk import NOBODY, is_marked, speaks_of_jobs
from server.domain.headers import YEARS, date_of, header
from server.mailboxes.mbox_split import TAKEOUT, Piece, block_of

_WANTED = (
    "X-GM-THRID|X-Gmail-Labels|Message-ID|Date|References|In-Reply-To|From|Subject|List-Id|List-Unsubscribe|Precedence"
)
_FIELD = re.compile(rf"\n({_WANTED})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)".encode(), re.IGNORECASE)
_THREAD = re.compile(r"[0-9]{1,20}")  # 64 bits, decimal
_REFERENCE = re.compile(r"<[^<>\s]+>")
_USUAL = 998  # bytes; a longer value is no usual one (RFC 5322 §2.1.1)
_USUAL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):([0-5]\d) ([+-])(\d\d)(\d\d)(?: \([A-Z]+\))?"
)
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
_YEARS = range(1000, YEARS.stop - 1)  # four digits that mean themselves, and room for any zone

# Takeout names Gmail's own labels in the account's language. Those of the seven languages, as Gmail's pages call them.
_NAMES = {
    name: ours
    for ours, names in {
        "INBOX": "inbox|posteingang|boîte de réception|recibidos|posta in arrivo|postvak in|caixa de entrada",
        "SENT": "sent|gesendet|messages envoyés|enviados|posta inviata|verzonden|enviado",
        "DRAFT": "draft|drafts|entwürfe|entwurf|brouillons|borradores|bozze|concepten|rascunhos",
        "SPAM": "spam",
        "TRASH": "trash|papierkorb|corbeille|papelera|cestino|prullenbak|lixeira",
    }.items()
    for name in names.split("|")
}


_NO_MAIL = frozenset({"DRAFT", "TRASH", "Chat"})


class Flags:
    """What is kept of a mail's labels and form: bits of a number."""

    NO_MAIL: Final = 1  # a draft, a chat, or in the bin
    LEFT_OUT: Final = 2  # bulk mail that speaks of no job
    SENT: Final = 4
    CUT: Final = 8  # the file ends in the middle of it
    NO_DATE: Final = 16


@dataclass(frozen=True, slots=True)
class Head:
    """A mail's ids, 16 hex digits each, its date in seconds since 1970 (0 when it has none), and its flags."""

    id: str
    thread_id: str
    received: int
    flags: int


def head(piece: Piece, systems: re.Pattern[str] = NOBODY) -> Head:
    """What the piece's headers say. Takeout's stamp and X-GM-THRID are Gmail's ids, in decimal.

    `systems` finds applicant tracking systems in a From field (domain/bulk.py).
    """
    fields = _fields(piece.block)
    message_id = next(iter(_REFERENCE.findall(_text(fields.get(b"message-id")))), "")
    dated = _text(fields.get(b"date"))
    stamp = TAKEOUT.match(piece.stamp)
    identity = f"{message_id}\n{dated}".encode() if message_id else piece.block
    thread = _text(fields.get(b"x-gm-thrid"))
    received = _seconds(dated)
    return Head(
        id=f"{int(stamp.group(1)):016x}" if stamp else hashed(identity),
        thread_id=f"{int(thread):016x}" if _THREAD.fullmatch(thread) else _root(fields, message_id, identity),
        received=received or 0,
        flags=_flags(fields, systems) | (Flags.NO_DATE if received is None else 0),
    )


def labels_in(content: bytes) -> frozenset[str]:
    """The labels of a whole mail."""
    return _labels(_text(_fields(block_of(content)).get(b"x-gmail-labels")))


def _labels(value: str) -> frozenset[str]:
    """Labels of an X-Gmail-Labels field; Gmail's own by the API's names."""
    return frozenset(_NAMES.get(label.casefold(), label) for part in value.split(",") if (label := part.strip()))


def hashed(data: bytes) -> str:
    """16 hex digits, the shape of Gmail's own ids."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _fields(block: bytes) -> dict[bytes, bytes]:
    """The first field of each name that is wanted, by its name in lower case."""
    fields: dict[bytes, bytes] = {}
    for name, value in _FIELD.findall(b"\n" + block):
        fields.setdefault(name.lower(), value)
    return fields


def _flags(fields: dict[bytes, bytes], systems: re.Pattern[str]) -> int:
    labels = _labels(_text(fields.get(b"x-gmail-labels")))
    flags = Flags.NO_MAIL if labels & _NO_MAIL else 0
    if "SENT" in labels:
        return flags | Flags.SENT
    list_id, precedence = _text(fields.get(b"list-id")), _text(fields.get(b"precedence"))
    unsubscribe = _text(fields.get(b"list-unsubscribe"))
    if not is_marked(labels=labels, list_id=list_id, precedence=precedence, unsubscribe=unsubscribe):
        return flags
    read = speaks_of_jobs(_text(fields.get(b"from")), _text(fields.get(b"subject")), systems)
    return flags if read else flags | Flags.LEFT_OUT


def _root(fields: dict[bytes, bytes], message_id: str, identity: bytes) -> str:
    """The thread of a mail that names none: that of the oldest mail it answers."""
    ancestors = _REFERENCE.findall(_text(fields.get(b"references")) or _text(fields.get(b"in-reply-to")))
    root = next(iter([*ancestors, message_id]), "") or identity.hex()
    return hashed(root.encode())


def _text(value: bytes | None) -> str:
    """A field's value as readable text, as server.domain.headers.header has it."""
    if value is None:
        return ""
    if len(value) < _USUAL and b"=?" not in value and value.isascii():
        text = " ".join(value.decode("ascii").split())
        if text.isprintable():
            return text
    return header(message_from_bytes(b"Subject:" + value + b"\n\n", policy=compat32), "Subject")


def _seconds(dated: str) -> int | None:
    """The date in seconds since 1970, None when it is no date."""
    usual = _USUAL_DATE.fullmatch(dated)
    month = _MONTHS.get(usual[2]) if usual else None
    if usual and month:
        day, year, hour, minute, second = (int(usual[i]) for i in (1, 3, 4, 5, 6))
        away = (int(usual[8]) * 60 + int(usual[9])) * 60 * (-1 if usual[7] == "-" else 1)
        try:
            days = date(year, month, day).toordinal() - _EPOCH
        except ValueError:
            return None
        if year in _YEARS and hour < 24 and minute < 60 and abs(away) < _DAY:  # noqa: PLR2004 - a clock's
            return days * _DAY + (hour * 60 + minute) * 60 + second - away
    mail = message_from_bytes(b"", policy=compat32)
    mail["Date"] = dated
    moment = date_of(mail)
    return int(moment.timestamp()) if moment else None
