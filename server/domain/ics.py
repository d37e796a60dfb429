"""Reminders as a calendar file that any calendar reads: RFC 5545, one event each, no mail text in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from server.domain.reminders import Reminder, What
from server.texts import _

LINE: Final = 75  # octets of a line without its end (RFC 5545 §3.1)
# A calendar without any component is none (§3.6), and some programs refuse it: one with no event names its time zone.
_NOTHING: Final = ("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                   "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "TZNAME:UTC", "END:STANDARD",
                   "END:VTIMEZONE")  # fmt: skip
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# §3.1: CONTROL may not stand in text; the line ends have become \n by then, and TAB may stay. Lone surrogates are none.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_MEANS_SOMETHING = re.compile(r"([\\;,])")  # §3.3.11


def ics_of(reminders: Iterable[Reminder], now: datetime) -> str:
    """The open reminders as a calendar, soonest first; lines end in CRLF. `now` becomes DTSTAMP.

    The same reminder has the same UID each time, so that importing again moves an event and doubles none.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Class Act//Reminders//EN", "CALSCALE:GREGORIAN"]
    waiting = sorted((one for one in reminders if not one.done), key=lambda one: (one.due, one.key))
    for reminder in waiting:
        lines += _event(reminder, now)
    lines += [] if waiting else _NOTHING
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def uid_of(reminder: Reminder) -> str:
    """Stable and telling nothing: the key holds an address."""
    return f"{reminder.id}@reminders.classact"


def _event(reminder: Reminder, now: datetime) -> list[str]:
    note = (
        _("You put this letter off until now. Class Act sends nothing by itself.")
        if reminder.what == What.LETTER
        else _("Only if you feel like it. Class Act sends nothing by itself.")
    )
    return [
        "BEGIN:VEVENT",
        f"UID:{uid_of(reminder)}",
        f"DTSTAMP:{_stamp(now)}",
        f"DTSTART:{_stamp(reminder.due)}",
        "DURATION:PT15M",
        f"SUMMARY:{_text(reminder.sentence)}",
        f"DESCRIPTION:{_text(note)}",
        "TRANSP:TRANSPARENT",  # it blocks no time in the calendar
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(reminder.sentence)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
    ]


def _stamp(moment: datetime) -> str:
    """Form 2 of §3.3.5: UTC."""
    utc = moment.astimezone(UTC)
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}"  # %Y alone has fewer digits before the year 1000


def _text(value: str) -> str:
    """A TEXT value: what means something is escaped, line breaks are written as a backslash and an n."""
    escaped = _MEANS_SOMETHING.sub(r"\\\1", value)
    return _CONTROL.sub("", _BREAK.sub(r"\\n", escaped))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never cut inside a character; each further piece begins with a space."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece])
