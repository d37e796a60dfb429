"""How far a mailbox was looked through: setting it, and saying what was looked at and what was not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Final

from server.domain.candidates import DAYS, Coverage, Scope
from server.domain.model import Cursor
from server.errors import UsageError
from server.ports import Store
from server.services.first_scan import scope_of
from server.texts import _, ngettext

PER_MINUTE: Final = 280  # mails that Gmail's quota gives in a minute, about
_UNITS: Final = {"d": 1, "w": 7, "m": 30.44, "y": 365.25}
_SPAN: Final = re.compile(r"([0-9]{1,4})\s*([dwmy])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """How an account was looked through. `words` say it; `left_out`: mails that nobody looked at, `minutes` to do so.

    `wanted`: days back, None for all of it, as the seeker wants it; `pending`: the next scan has more to look at.
    """

    mailbox: str
    words: str
    wanted: int | None = DAYS
    everything: bool = False
    left_out: int = 0
    minutes: int = 0
    pending: bool = False


def want(store: Store, mailbox: str, *, days: int | None, everything: bool) -> Scope:
    """Set what is looked at; the next scan does it. What was looked at before stays in the log."""
    scope = Scope(mailbox, days, everything)
    store.put(scope)
    return scope


def days_of(text: str, today: date) -> int | None:
    """Days back: `90d`, `6m`, `2y`, a date such as 2025-01-31, or `all` (None). Raises UsageError for anything else."""
    if text.strip().casefold() == "all":
        return None
    span = _SPAN.fullmatch(text.strip())
    if span and int(span[1]):
        return ceil(int(span[1]) * _UNITS[span[2].lower()])
    try:
        days = (today - date.fromisoformat(text.strip())).days
    except ValueError:
        days = 0
    if days < 1:
        raise UsageError(
            _("“%(text)s” is no time to look back to.") % {"text": text},
            _("Write 90d, 6m or 2y, a day such as 2025-01-31, or all."),
        )
    return days


def reaches(store: Store, mailboxes: Iterable[str], now: datetime) -> list[Reach]:
    """How each of these accounts was looked through."""
    return [_reach(store, mailbox, now) for mailbox in mailboxes]


def _reach(store: Store, mailbox: str, now: datetime) -> Reach:
    scope, coverage = scope_of(store, mailbox), store.get(Coverage, mailbox)
    if coverage is None:
        followed = store.get(Cursor, mailbox) is not None
        words = _("Every mail there was has been looked at.") if followed else _("It has not been looked through yet.")
        return Reach(mailbox, words, scope.days, scope.everything, pending=not followed)
    return Reach(
        mailbox,
        _words(coverage),
        scope.days,
        scope.everything,
        coverage.left_out,
        ceil(coverage.left_out / PER_MINUTE),
        not coverage.covers(scope, now),
    )


def _words(coverage: Coverage) -> str:
    since = coverage.since
    looked = ngettext("%(num)s mail", "%(num)s mails", coverage.looked_at) % {"num": f"{coverage.looked_at:,}"}
    if since is None:
        said = _("Looked at %(mails)s from the beginning on.") % {"mails": looked}
    else:
        said = _("Looked at %(mails)s received since %(day)s.") % {"mails": looked, "day": f"{since:%Y-%m-%d}"}
    if not coverage.left_out:
        return f"{said} {_('None of that time was left out.')}"
    left = ngettext(
        "%(num)s other was left out: no person wrote it, and nothing in it speaks of an application.",
        "%(num)s others were left out: no person wrote them, and nothing in them speaks of an application.",
        coverage.left_out,
    ) % {"num": f"{coverage.left_out:,}"}
    return f"{said} {left}"
