"""The questions of the review page: the likeliest no first, and why each is asked, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from server.domain.model import Judged
from server.services.desk import Desk
from server.texts import _
from server.web import entries, phrases

_ALMOST: Final = _("It reads like a no, but not clearly enough to be logged without asking.")
_BY_LABEL: Final = {
    "rejection": _ALMOST,
    "application_received": _("It reads like a receipt, but this sentence could be a no."),
    "interview": _("It reads like an invitation, but this sentence could be a no."),
    "assessment": _("It reads like a task for you, but this sentence could be a no."),
    "offer": _("It reads like good news, but this sentence could be a no."),
}
_ELSE: Final = _("It may be about something else, but this sentence could be a no.")


def questions(desk: Desk) -> tuple[entries.Entry, ...]:
    """The mails that wait for a yes or no, the likeliest no first; those that are as likely stay newest first."""
    rows = sorted(desk.review(), key=lambda row: row.score or 0.0, reverse=True)
    return tuple(_question(row) for row in rows)


def _question(row: Judged) -> entries.Entry:
    entry = entries.judged(row)
    return replace(entry, day=phrases.date_of(entry.received), why=why_asked(row))


def why_asked(row: Judged) -> str:
    """What made the classifier unsure, the most telling first."""
    if row.like:
        return _("It is like a mail that you corrected.")
    if row.doubts:
        return _("It may be a no, but its sender may be another than it says.")
    if not row.evidence:
        return _("It may be a no, but no single sentence stands out.")
    if row.withdrawn:
        return _("It may be a no, or say only that you withdrew.")
    return _BY_LABEL.get(row.label or "", _ELSE)
