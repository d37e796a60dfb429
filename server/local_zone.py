"""The time zone that this computer is set to, with its rules for summer time."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LINK = Path("/etc/localtime")  # Debian, macOS: a link into the zone database
_NAME = Path("/etc/timezone")  # Debian also writes the name alone


def local_zone() -> tzinfo:
    """The zone as it is set now: the variable TZ, else the system's; raises nothing.

    Where no name is found (Windows), the system's own clock is asked for each moment.
    """
    for name in (os.environ.get("TZ", ""), _linked(), _named()):
        try:
            if name:
                return ZoneInfo(name.removeprefix(":"))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return SystemZone()


class SystemZone(tzinfo):
    """The rules of the computer's C library, without a name for them."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """See tzinfo.utcoffset."""
        return when.replace(tzinfo=None).astimezone().utcoffset() if when else None

    def dst(self, _when: datetime | None) -> timedelta | None:
        """Not known apart from the offset."""
        return None

    def tzname(self, when: datetime | None) -> str | None:
        """See tzinfo.tzname."""
        return when.replace(tzinfo=None).astimezone().tzname() if when else None

    def fromutc(self, when: datetime) -> datetime:
        """See tzinfo.fromutc."""
        local = when.replace(tzinfo=UTC).astimezone()
        return local.replace(tzinfo=self)


def _linked() -> str:
    try:
        _before, found, name = str(_LINK.resolve()).partition("/zoneinfo/")
    except OSError:
        return ""
    return name if found else ""


def _named() -> str:
    try:
        return _NAME.read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""
