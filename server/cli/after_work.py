"""Reminders and the journal as commands: what they do at the desk, and what they print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from server.console import Console
from server.domain.journal import Day
from server.domain.model import Judged
from server.domain.reminders import Reminder
from server.services.desk import Desk
from server.services.journal import journal as kept_journal
from server.texts import _
from server.web.after_shapes import DayAnswer, ReminderAnswer


def reminders(
    desk: Desk, console: Console, *, action: str = "", about: str = "", days: int = 1, as_json: bool = False
) -> int:
    """List the open reminders, or change one and show it."""
    if not action:
        desk.reminders.refresh()
        waiting = desk.reminders.waiting()
        desk.reminders.note_shown(waiting)
        if as_json:
            console.out(_json([_answer(desk, one) for one in waiting]))
        for line in () if as_json else _lines(waiting, desk.clock.now(), desk):
            console.out(line)
        return 0
    changed = _changed(desk, action, about, days)
    console.out(_json(_answer(desk, changed)) if as_json else _after(desk, changed))
    return 0


def journal(desk: Desk, console: Console, *, days: int | None = None, as_json: bool = False) -> int:
    """What was done, newest day first."""
    applications = desk.applications.board().applications
    kept = kept_journal(desk.store, desk.visible, desk.reminders.zone(), applications)[:days]
    if as_json:
        console.out(_json([DayAnswer.of(day).model_dump(mode="json") for day in kept]))
    for line in () if as_json else _days(kept, desk):
        console.out(line)
    return 0


def _changed(desk: Desk, action: str, about: str, days: int) -> Reminder:
    if action == "add":
        row: Judged = desk.view(about).row
        return desk.reminders.remind(row, days)
    if action == "snooze":
        return desk.reminders.snooze(about, days)
    return desk.reminders.done(about) if action == "done" else desk.reminders.remove(about)


def _lines(waiting: Sequence[Reminder], now: datetime, desk: Desk) -> Iterator[str]:
    if not waiting:
        yield _("No reminders. After a letter, one comes by itself some weeks later.")
    for one in waiting:
        due = one.due.astimezone(desk.reminders.zone())
        mark = "*" if one.is_due(now) else " "
        yield f"{mark} {due:%Y-%m-%d %H:%M}  {one.id}  {one.sentence}"


def _after(desk: Desk, one: Reminder) -> str:
    if one.done:
        return _("Taken off the list: %(what)s.") % {"what": one.sentence}
    due = one.due.astimezone(desk.reminders.zone())
    return f"{due:%Y-%m-%d %H:%M}  {one.id}  {one.sentence}"


def _days(kept: Sequence[Day], desk: Desk) -> Iterator[str]:
    if not kept:
        yield _("Nothing was done yet.")
    for day in kept:
        yield f"{day.date:%Y-%m-%d}"
        for line in day.lines:
            yield f"  {line.at.astimezone(desk.reminders.zone()):%H:%M}  {line.text}"


def _answer(desk: Desk, one: Reminder) -> dict[str, object]:
    return ReminderAnswer.of(one, desk.clock.now()).model_dump(mode="json")


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)
