"""How fast a scan goes and how long it will take, in words."""

from __future__ import annotations

from math import floor
from typing import Final

from server.domain.model import ScanReport
from server.texts import _, ngettext

_ENOUGH: Final = 16  # messages before a pace can be told


def per_minute(report: ScanReport) -> float | None:
    """Messages read in a minute so far; None while it is too early to tell."""
    done = report.judged + report.failed
    return done * 60 / report.seconds if done >= _ENOUGH and report.seconds > 0 else None


def seconds_left(report: ScanReport, total: int | None, most: float = 0.0) -> float | None:
    """How long the rest will take at the pace so far; None while it is too early to tell.

    `most`: how many messages the mailbox gives in a minute, 0 for no limit. It gives a minute's worth at once and then
    nothing, so that the pace at the beginning says too little.
    """
    pace, left = per_minute(report), (total or 0) - report.seen
    if pace is None or left <= 0:
        return None
    end = floor((report.judged + report.failed + left - 1) / most) * 60.0 if most else 0.0
    return max(left * 60 / pace, end - report.seconds)


def pace_words(report: ScanReport, total: int | None, most: float = 0.0) -> str:
    """`270 a minute, about 2 minutes left`, or "" while it is too early to tell."""
    pace, left = per_minute(report), seconds_left(report, total, most)
    if pace is None or left is None:
        return ""
    return _("%(pace)s a minute, %(left)s") % {"pace": f"{min(pace, most or pace):,.0f}", "left": _left(left)}


def _left(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("less than a minute left")
    if minutes < 90:  # noqa: PLR2004 - an hour and a half
        return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)d hour left", "about %(count)d hours left", hours) % {"count": hours}
