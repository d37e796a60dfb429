"""Invitations to meetings inside mails: the few fields of iCalendar (RFC 5545) and iTIP (RFC 5546) that tell who met.

Strict where it matters and deaf to the rest: a property that is not well formed is passed over, and nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from server.domain.particulars import Invite

MAX_INVITES = 20  # meetings of one mail
MAX_ATTENDEES = 50  # people of one meeting
_MAX_TEXT = 256 * 1024  # characters of one part
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):(.*)")
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(\"[^\"]*\"|[^\";:]*)")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_ADDRESS = re.compile(r"mailto:\s*([^\s<>@,;:\"()\[\]\\]+@[\w.-]+\w)", re.IGNORECASE)
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\u200b\u2028-\u202e\u2060-\u2069\ufeff]")
_ROOMS = frozenset({"ROOM", "RESOURCE"})  # CUTYPE, RFC 5545 §3.2.3
_PASSED_OVER = frozenset({"REPLY", "REFRESH", "DECLINECOUNTER"})  # METHOD: answers of others, no invitations


def invites_of(texts: Iterable[str]) -> tuple[Invite, ...]:
    """The meetings that calendar parts of a mail ask to, or call off; at most MAX_INVITES."""
    found: list[Invite] = []
    for text in texts:
        lines = list(_properties(text[:_MAX_TEXT]))
        method = next((value.strip().upper() for name, _parameters, value in lines if name == "METHOD"), "")
        if method not in _PASSED_OVER:
            found += (_invite(event, method) for event in _events(lines))
    return tuple(found[:MAX_INVITES])


Property = tuple[str, dict[str, str], str]


def _properties(text: str) -> Iterator[Property]:
    """Name, parameters, value of each content line that is one (RFC 5545 §3.1); folds are undone first."""
    for line in re.sub(r"\r?\n[ \t]", "", text.replace("\r\r\n", "\r\n")).splitlines():
        match = _LINE.fullmatch(line)
        if match:
            parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(match[2])}
            yield match[1].upper(), parameters, match[3]


def _events(lines: list[Property]) -> Iterator[list[Property]]:
    """The properties of each VEVENT, without those of what is nested in it, such as alarms."""
    inside: list[str] = []
    event: list[Property] = []
    for name, parameters, value in lines:
        if name == "BEGIN":
            inside.append(value.strip().upper())
            event = [] if inside[-1] == "VEVENT" else event
        elif name == "END":
            if inside and inside.pop() == "VEVENT":
                yield event
        elif inside and inside[-1] == "VEVENT":
            event.append((name, parameters, value))


def _invite(event: list[Property], method: str) -> Invite:
    starts = next((_moment(parameters, value) for name, parameters, value in event if name == "DTSTART"), None)
    people = [(name, parameters, person) for name, parameters, value in event if (person := _person(parameters, value))]
    status = next((value.strip().upper() for name, _parameters, value in event if name == "STATUS"), "")
    guests = [
        person for name, asked, person in people if name == "ATTENDEE" and asked.get("CUTYPE", "").upper() not in _ROOMS
    ]
    return Invite(
        starts=starts,
        organizer=next((person for name, _asked, person in people if name == "ORGANIZER"), None),
        attendees=tuple(dict.fromkeys(guests))[:MAX_ATTENDEES],
        cancelled=method == "CANCEL" or status == "CANCELLED",
    )


def _person(parameters: dict[str, str], value: str) -> tuple[str, str] | None:
    """Name and address of a CAL-ADDRESS, if it is a mailbox; a name that is only the address is none."""
    match = _ADDRESS.fullmatch(value.strip())
    if not match:
        return None
    address = match[1].lower()
    name = " ".join(_NO_NAME.sub("", parameters.get("CN", "").replace("^'", '"')).split()).strip("'\" ")  # RFC 6868
    return ("" if "@" in name else name), address


def _moment(parameters: dict[str, str], value: str) -> datetime | None:
    """A DATE or DATE-TIME in UTC; a time without a zone counts as UTC, a zone that nobody knows makes it None."""
    match = _MOMENT.fullmatch(value.strip())
    if not match:
        return None
    try:
        whole = datetime(*(int(part or 0) for part in match.groups()[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]
        zone = parameters.get("TZID", "")
        if match[7] or not zone:
            return whole
        known = _zone(zone)
        return whole.replace(tzinfo=known).astimezone(UTC) if known else None
    except (ValueError, OverflowError):  # a 31st of February, an hour 25, a year 0
        return None


# Windows names of the commonest zones, as Outlook writes them (Unicode CLDR, windowsZones.xml).
_WINDOWS = {
    "GMT Standard Time": "Europe/London", "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris", "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw", "E. Europe Standard Time": "Europe/Chisinau",
    "FLE Standard Time": "Europe/Kyiv", "GTB Standard Time": "Europe/Bucharest",
    "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver", "Pacific Standard Time": "America/Los_Angeles",
    "E. South America Standard Time": "America/Sao_Paulo", "India Standard Time": "Asia/Kolkata",
    "AUS Eastern Standard Time": "Australia/Sydney", "UTC": "UTC",
}  # fmt: skip


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    plain = _WINDOWS.get(name, name).removeprefix("/")
    if not re.fullmatch(r"[A-Za-z_]+(?:[/+-][A-Za-z0-9_+-]+){0,2}", plain):
        return None
    try:
        return ZoneInfo(plain)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None
