"""News that no mailbox holds: a no by phone, an invitation through a portal. It stands in the log like any other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from nlp.verdict import Band, Label
from server.domain import judging
from server.domain.application import BY_HAND, ByHand, Stage, Way
from server.domain.matching_names import company_words, role_words
from server.domain.model import Contact, Judged, Rejection
from server.errors import UsageError
from server.texts import _


class What(StrEnum):
    """What the news is."""

    NO = "no"
    APPLIED = "applied"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    OFFER = "offer"
    WITHDREW = "withdrew"


_LABELS = {
    What.NO: Label.REJECTION,
    What.APPLIED: Label.APPLICATION_RECEIVED,
    What.ASSESSMENT: Label.ASSESSMENT,
    What.INTERVIEW: Label.INTERVIEW,
    What.OFFER: Label.OFFER,
    What.WITHDREW: Label.OTHER_JOB,
}
_NAME, _ADDRESS, _NOTE = 200, 320, 2000  # characters; RFC 5321 §4.5.3.1 for the address
_FIRST_YEAR = 1900  # nobody's search began earlier; what does is a typing error


@dataclass(frozen=True, slots=True)
class News:
    """What the seeker types in. `day`: when it came, None for today."""

    company: str
    role: str = ""
    what: What = What.NO
    way: Way = Way.OTHER
    day: date | None = None
    stage: Stage | None = None
    person: str = ""
    address: str = ""
    note: str = ""


def records(news: News, mailbox: str, now: datetime) -> tuple[Judged, ByHand]:
    """The row in the log's terms, and what only a person could tell. The same news has the same id.

    Raises UsageError when the company is missing, a day lies ahead or an address is none.
    """
    company, role = tidy(news.company, _NAME), tidy(news.role, _NAME)
    if not company:
        raise UsageError(_("The company is missing."), _("Say which company it was."))
    day = news.day or now.astimezone().date()
    if day > now.astimezone().date():
        raise UsageError(_("That day has not come yet."), _("Give the day on which you heard, as YYYY-MM-DD."))
    if day.year < _FIRST_YEAR:
        raise UsageError(_("That day is too long ago."), _("Give the day on which you heard, as YYYY-MM-DD."))
    person = Contact(tidy(news.person, _NAME), _address(news.address))
    names = ("".join(company_words(company)), " ".join(sorted(role_words(role))))
    signs = (*names, day.isoformat(), news.what, news.way)
    message_id = hashlib.sha256("\n".join(signs).encode("utf-8", "replace")).hexdigest()[:16]
    row = Judged(
        mailbox=mailbox,
        message_id=message_id,
        thread_id=message_id,
        received=min(datetime.combine(day, time(12), UTC), now),
        judged=now,
        label=_LABELS[news.what],
        score=None,
        band=Band.AUTO if news.what is What.NO else Band.NO,
        hold=False,
        language="",
        reason=None,
        evidence=(),
        company=company,
        role=role or None,
        model=BY_HAND,
        sender=person,
        withdrawn=news.what is What.WITHDREW,
    )
    return row, ByHand(mailbox, message_id, news.way, now, news.stage, tidy(news.note, _NOTE, lines=True))


def line(row: Judged, now: datetime) -> list[Rejection]:
    """The line in the log of rejections, if it is one."""
    return [judging.rejection(row, now)] if row.band == Band.AUTO else []


def tidy(text: str, longest: int, *, lines: bool = False) -> str:
    """What was typed, without what cannot be shown, on one line or several; raises UsageError if it is too long."""
    told = text.encode("utf-8", "replace").decode()
    kept = [" ".join(part.split()) for part in (told.splitlines() if lines else [told])]
    clean = "\n".join("".join(c for c in part if c.isprintable()) for part in kept).strip()
    if len(clean) > longest:
        raise UsageError(_("That is too long."), _("Use at most %(count)d characters.") % {"count": longest})
    return clean


def _address(text: str) -> str:
    address = tidy(text, _ADDRESS).lower()
    local, _at, domain = address.rpartition("@")
    if address and (not local or "." not in domain or set(address) & set(' <>,;:"()')):
        raise UsageError(
            _("“%(address)s” is no mail address.") % {"address": text},
            _("Give it like name@company.example, or leave it out."),
        )
    return address
