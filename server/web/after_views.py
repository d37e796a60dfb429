"""What the pages show of replies, reminders and the journal, as plain values with every sentence made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from server.domain.journal import Line
from server.domain.model import Judged, record_key
from server.domain.reminders import Reminder, What
from server.domain.replies import Reply, ReplyKind
from server.services.desk import Desk
from server.services.journal import journal
from server.services.replies import by_rejection
from server.texts import _
from server.web import phrases
from server.web.entries import link_of, link_to, shown

SHOWN_DAYS: Final = 60  # of the journal; `classact journal` shows all
_MANY: Final = 3  # lines of one kind in a row that are folded into one
REPLIES: Final = {
    ReplyKind.FEEDBACK: _("They wrote back with feedback."),
    ReplyKind.THANKS: _("They thanked you for your letter."),
    ReplyKind.AUTOMATIC: _("An automatic answer came."),
    ReplyKind.INVITATION: _("They would like to stay in touch, or hear from you again."),
    ReplyKind.NEWS: _("They wrote back with news: have a look."),
    ReplyKind.DECLINED: _("They wrote back that they give no feedback."),
    ReplyKind.UNSURE: _("This looks like a reply: read it."),
}


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A reply beside the rejection that it is about."""

    id: str
    words: str
    sender: str
    day: str
    received: datetime
    sentences: tuple[str, ...]
    language: str
    link: str
    can_thank: bool


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """An open reminder. `later` is how many days "later" means for it."""

    id: str
    text: str
    day: str
    due: datetime
    is_due: bool
    link: str
    later: int
    later_words: str


@dataclass(frozen=True, slots=True)
class JournalDay:
    """A day of the journal; `key` names it on the page."""

    key: str
    name: str
    lines: tuple[JournalLine, ...]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line, or what stands for several of a kind: then `more` holds them."""

    time: str
    at: datetime
    text: str
    link: str
    more: tuple[str, ...] = ()


def replies(desk: Desk) -> dict[str, tuple[ReplyLine, ...]]:
    """The replies by the id of the rejection that they are about, oldest first."""
    visible = desk.visible
    kept = [found for found in by_rejection(desk.store).values() if visible(found[0].mailbox)]
    return {found[0].answers: tuple(_reply(reply) for reply in found) for found in kept}


def reminders(desk: Desk) -> tuple[ReminderLine, ...]:
    """The open reminders, soonest first."""
    now = desk.clock.now()
    return tuple(_reminder(desk, one, now) for one in desk.reminders.waiting())


def due(desk: Desk) -> tuple[ReminderLine, ...]:
    """Those whose time has come; from now on the seeker has seen them."""
    found = desk.reminders.due()
    desk.reminders.note_shown(found)
    now = desk.clock.now()
    return tuple(_reminder(desk, one, now) for one in found)


def journal_days(desk: Desk) -> tuple[tuple[JournalDay, ...], bool]:
    """The latest days of the journal, and whether there are earlier ones."""
    zone = desk.reminders.zone()
    kept = journal(desk.store, desk.visible, zone, desk.applications.board().applications)
    shown = tuple(
        JournalDay(
            day.date.isoformat(),
            f"{phrases.day_of(datetime.combine(day.date, datetime.min.time()))} {day.date.year}",
            tuple(_lines(day.lines, desk)),
        )
        for day in kept[:SHOWN_DAYS]
    )
    return shown, len(kept) > SHOWN_DAYS


def stamp(desk: Desk) -> list[Any]:
    """What the pages show of all this; it changes when they would."""
    now = desk.clock.now()
    waiting = [(one.id, one.due, one.is_due(now)) for one in desk.reminders.waiting()]
    return [*waiting, *sorted(by_rejection(desk.store)), sum(1 for _reply in desk.store.all(Reply))]


def _reply(reply: Reply) -> ReplyLine:
    words = REPLIES[ReplyKind(reply.kind)]
    return ReplyLine(id=reply.message_id, words=words, can_thank=bool(reply.sentences), **shown(reply))


def _reminder(desk: Desk, one: Reminder, now: datetime) -> ReminderLine:
    local = one.due.astimezone(desk.reminders.zone())
    is_letter = one.what == What.LETTER
    row = desk.store.get(Judged, record_key(one.mailbox, one.message_id))
    return ReminderLine(
        id=one.id,
        text=one.sentence,
        day=_day(local, now.astimezone(desk.reminders.zone())),
        due=local,
        is_due=one.is_due(now),
        link=link_of(row) if row else link_to(one.mailbox, one.message_id),
        later=1 if is_letter else 14,
        later_words=_("Tomorrow") if is_letter else _("In two weeks"),
    )


def _day(local: datetime, now: datetime) -> str:
    """How one speaks of that day: today and tomorrow by name, what is past without a date to feel bad about."""
    if local <= now:
        return _("now")
    if local.date() == now.date():
        return _("today")
    if local.date() == (now + timedelta(days=1)).date():
        return _("tomorrow")
    return phrases.day_of(local)


def _lines(lines: Iterable[Line], desk: Desk) -> Iterable[JournalLine]:
    """The lines; many of one kind, as after a first scan, are folded under the first of them."""
    for _what, group in groupby(lines, key=lambda line: line.what):
        same = list(group)
        shown, folded = (same, []) if len(same) <= _MANY else (same[:1], same[1:])
        for line in shown:
            local = line.at.astimezone(desk.reminders.zone())
            link = link_to(line.mailbox, line.message_id) if line.message_id else ""
            yield JournalLine(f"{local:%H:%M}", local, line.text, link, tuple(other.text for other in folded))
