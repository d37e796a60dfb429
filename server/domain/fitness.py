"""Whether a record from a file is one that the program itself could have made: types alone do not tell.

It must let pass whatever a mail can bring, or a backup of ours would be refused for one odd mail.
"""

from __future__ import annotations

import math
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, Final

from server.domain.headers import YEARS
from server.texts import _

_MESSAGE_ID: Final = re.compile(r"[0-9a-f]{10,20}")  # ports.Mailbox
_THREAD_ID: Final = re.compile(r"[^\s<>\"'&]{0,200}")
_MAILBOX: Final = re.compile(r"[^\r\n\0]*\S[^\r\n\0]*")  # a line feed stands between mailbox and message id in keys


def unfit(record: Any) -> str:
    """What is wrong with the record: part of a sentence, "" when nothing is."""
    for field in fields(record):
        value = getattr(record, field.name)
        why = _unfit_name(field.name, value) if isinstance(value, str) else _unfit_value(value)
        if why:
            return why
    return ""


def _unfit_name(name: str, value: str) -> str:
    if name == "message_id" and value and not _MESSAGE_ID.fullmatch(value):
        return _("its message id is none of ours")
    if name == "thread_id" and not _THREAD_ID.fullmatch(value):
        return _("its thread id is none of ours")
    if name == "mailbox" and not _MAILBOX.fullmatch(value):
        return _("its mailbox is none of ours")
    return ""


def _unfit_value(value: object) -> str:
    if isinstance(value, tuple):
        return next((why for item in value if (why := _unfit_value(item))), "")
    if is_dataclass(value) and not isinstance(value, type):
        return unfit(value)
    if isinstance(value, datetime) and (value.tzinfo is None or value.year not in YEARS):
        return _("a time in it has no time zone, or is out of bounds")
    if isinstance(value, float) and not math.isfinite(value):
        return _("a number in it is none")
    return ""
