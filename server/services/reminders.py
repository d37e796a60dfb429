"""The seeker's reminders: worked out from letters and replies, kept with what was done about them. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from server.domain.model import Correction, JournalEntry, Judged, OutboxItem, OutboxState, record_key
from server.domain.reminders import (
    How,
    Reminder,
    What,
    acted,
    check_in,
    faded,
    key_of,
    tomorrow_morning,
)
from server.errors import NotFound, UsageError
from server.ports import Clock, Store
from server.services.correspondence import Correspondence
from server.services.log import Visible
from server.services.ties import Tie, ties_of
from server.texts import _

_LATEST = 365  # days; whoever wants to be reminded later wants a calendar


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders over one store. `zone` tells where the seeker is now; a laptop travels."""

    store: Store
    clock: Clock
    zone: Callable[[], tzinfo]
    visible: Callable[[], Visible]
    mails: Correspondence

    def refresh(self) -> None:
        """Bring all reminders up to what has been written and received. As often as one likes: it changes nothing."""
        now, zone = self.clock.now(), self.zone()
        ties = ties_of(self.store, self.mails)
        known = {one.key: one for one in self.store.all(Reminder)}
        for key, tie in ties.items():
            self._follow(key, tie, now, zone)
        for key, reminder in known.items():
            if reminder.what == What.CHECK_IN and key not in ties and not reminder.done:
                self._settled(key, lambda one: replace(one, done=True, how=How.VOID))
            elif reminder.what == What.LETTER and not reminder.done:
                self._settle(reminder, now)

    def waiting(self) -> list[Reminder]:
        """The open reminders, soonest first, as they stood at the last refresh."""
        visible = self.visible()
        kept = [one for one in self.store.all(Reminder) if not one.done and visible(one.mailbox)]
        return sorted(kept, key=lambda one: (one.due, one.key))

    def due(self) -> list[Reminder]:
        """Those whose time has come, also while the computer slept."""
        now = self.clock.now()
        return [one for one in self.waiting() if one.is_due(now)]

    def note_shown(self, shown: Iterable[Reminder]) -> None:
        """The seeker has these before their eyes; the first time goes into the journal."""
        now = self.clock.now()
        for reminder in shown:
            if not reminder.is_due(now):
                continue
            after = self._change(reminder, lambda one: acted(one, How.SHOWN, now))
            if after.acts != reminder.acts:
                self._journal("reminded", after, now)

    def of(self, row: Judged) -> Reminder | None:
        """The open reminder of the letter about that message."""
        found = self.store.get(Reminder, key_of(What.LETTER, row.mailbox, row.message_id))
        return None if found is None or found.done else found

    def remind(self, row: Judged, days: int = 1) -> Reminder:
        """Put the letter about that message off until nine in the morning, tomorrow or so many days on."""
        now = self.clock.now()
        due = tomorrow_morning(now, self.zone(), _checked(days))
        before = self.of(row)
        if before is not None and before.due == due:
            return before  # pressed twice: what it replaced stays known
        reminder = Reminder(
            key=key_of(What.LETTER, row.mailbox, row.message_id),
            mailbox=row.mailbox,
            message_id=row.message_id,
            due=due,
            what=What.LETTER,
            who=row.sender.name,
            company=row.company or row.sender.name,
            made=now,
            was=before.due if before else None,
        )
        self.store.put(reminder)
        return reminder

    def take_back(self, row: Judged) -> Reminder | None:
        """Undo the last putting off of that letter: as it was reminded of before, or not at all."""
        before = self.of(row)
        if before is None:
            return None
        now = self.clock.now()

        def back(one: Reminder) -> Reminder:
            return replace(one, due=one.was, was=None) if one.was else acted(one, How.REMOVED, now)

        after = self._change(before, lambda one: one if one.done else back(one))
        return None if after.done else after

    def snooze(self, id_: str, days: int) -> Reminder:
        """Ask again on another morning; raises NotFound, UsageError for days that make no sense."""
        now = self.clock.now()
        until = tomorrow_morning(now, self.zone(), _checked(days))
        return self._open(id_, lambda one: acted(one, How.SNOOZED, now, until))

    def done(self, id_: str) -> Reminder:
        """The seeker has done it; raises NotFound."""
        now = self.clock.now()
        return self._open(id_, lambda one: acted(one, How.DONE, now))

    def remove(self, id_: str) -> Reminder:
        """The seeker wants no more of it; raises NotFound."""
        now = self.clock.now()
        return self._open(id_, lambda one: acted(one, How.REMOVED, now))

    def _open(self, id_: str, change: Callable[[Reminder], Reminder]) -> Reminder:
        """Change an open reminder; one that has ended meanwhile stays as it is."""
        visible = self.visible()
        found = next((one for one in self.store.all(Reminder) if one.id == id_ and visible(one.mailbox)), None)
        if found is None:
            raise NotFound(_("No reminder with that id is known here."), _("Run `classact reminders` to see them."))
        return self._change(found, lambda one: one if one.done else change(one))

    def _change(self, reminder: Reminder, change: Callable[[Reminder], Reminder]) -> Reminder:
        return self.store.update(Reminder, reminder.key, lambda one: change(one) if one else None) or reminder

    def _follow(self, key: str, tie: Tie, now: datetime, zone: tzinfo) -> None:
        """Work the check-in out anew from all words, and keep it if it changed."""

        def follow(before: Reminder | None) -> Reminder | None:
            one = before or Reminder(key, tie.mailbox, tie.message_id, now, What.CHECK_IN, made=now)
            named = replace(one, message_id=tie.message_id, who=tie.name or tie.address, company=tie.company)
            after = check_in(named, tie.words, now, zone)
            if before is None and after is not None and (after.done or (after.due <= now and not tie.by_letter)):
                return None
            return None if after == before else after

        self.store.update(Reminder, key, follow)

    def _settle(self, reminder: Reminder, now: datetime) -> None:
        """End a put-off letter that was written meanwhile, whose mail is no rejection, or that was left alone."""
        made, about = reminder.made or reminder.due, record_key(reminder.mailbox, reminder.message_id)
        row = self.store.get(Judged, about)
        thread = row.thread_id if row else ""
        items = [item for item in self.store.all(OutboxItem) if record_key(item.mailbox, item.message_id) == about]
        gone = any(item.state is OutboxState.SENT and item.changed > made for item in items)
        there = self.mails.in_thread((reminder.mailbox, thread)) if thread else []
        by_hand = any(one.own and one.received > made for one in there)
        correction = self.store.get(Correction, about)
        void = correction is not None and correction.is_rejection is False

        def settle(one: Reminder) -> Reminder:
            if gone or by_hand:
                return acted(one, How.WRITTEN, now)
            return acted(one, How.VOID, now) if void else faded(one, now)

        self._settled(reminder.key, settle)

    def _settled(self, key: str, settle: Callable[[Reminder], Reminder]) -> None:
        self.store.update(Reminder, key, lambda one: None if one is None or one.done else _if_new(settle(one), one))

    def _journal(self, what: str, reminder: Reminder, now: datetime) -> None:
        key = f"{now.isoformat()} {what} {reminder.key}"
        self.store.put(JournalEntry(key, reminder.mailbox, now, what, reminder.message_id, reminder.what))


def _if_new(after: Reminder, before: Reminder) -> Reminder | None:
    return None if after == before else after


def _checked(days: int) -> int:
    if not 1 <= days <= _LATEST:
        raise UsageError(_("A reminder comes 1 to %(most)d days from now.") % {"most": _LATEST}, _("Choose a day."))
    return days
