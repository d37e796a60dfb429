"""Reminders: what the seeker put off until a morning, and a hello some weeks after the last word. Nothing is sent.

A reminder follows from what was said (`Word`) and from what the seeker did about it (`Act`), and from nothing else, so
that it does not matter when or how often it is worked out. `server.domain.ics.ics_of` makes a calendar of reminders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from server.texts import _

CHECK_IN: Final = timedelta(weeks=6)  # after the last word; a check-in in the first month reads as a second try
FADE: Final = timedelta(weeks=4)  # a reminder that was seen and left alone goes away by itself
MORNING: Final = 9  # o'clock where the seeker is
_NIGHT_ENDS: Final = 4  # o'clock: whoever says "tomorrow morning" before that has not slept yet


class What(StrEnum):
    """What a reminder is about."""

    LETTER = "letter"  # a letter that the seeker wants to write later
    CHECK_IN = "check_in"  # a hello to somebody who was written to


class How(StrEnum):
    """What the seeker did about a reminder, or how it ended by itself."""

    SHOWN = "shown"
    SNOOZED = "snoozed"
    DONE = "done"
    REMOVED = "removed"  # never again
    FADED = "faded"
    WRITTEN = "written"  # there was word meanwhile, so nothing is left to do
    VOID = "void"  # what it was about is no longer in the log


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the seeker did, or saw, and when. `until`: the new date of a snoozed one."""

    how: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: a letter about one message, or a hello to one person. `due` is UTC.

    `done`: there is nothing to do any more; `how` says why. `who` and `company` are for the sentence, and may be "".
    """

    key: str
    mailbox: str
    message_id: str
    due: datetime
    what: str
    done: bool = False
    who: str = ""
    company: str = ""
    how: str = ""
    acts: tuple[Act, ...] = ()
    made: datetime | None = None
    was: datetime | None = None  # the date that the last putting off replaced, to go back to

    @property
    def id(self) -> str:
        """A short name for the key, which holds an address: 16 hex digits."""
        return hashlib.blake2b(self.key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    @property
    def sentence(self) -> str:
        """What it reminds of, for a person to read."""
        names = {"who": self.who, "company": self.company}
        if self.what == What.LETTER:
            return _("The letter to %(company)s that you put off") % names if self.company else _("A letter put off")
        if self.who and self.company:
            return _("A hello to %(who)s, %(company)s, if you feel like it") % names
        return _("A hello to %(who)s, if you feel like it") % {"who": self.who or self.company}

    def is_due(self, now: datetime) -> bool:
        """Whether it is time, or was while nobody looked."""
        return not self.done and self.due <= now


@dataclass(frozen=True, slots=True)
class Word:
    """One time that the seeker and a person were in touch. `hello`: our check-in letter; `news`: things are moving."""

    at: datetime
    theirs: bool = False
    hello: bool = False
    news: bool = False


def key_of(what: What, mailbox: str, about: str) -> str:
    """The store's key; `about` is a message id, or a person's address for a check-in."""
    return f"{what}\n{mailbox}\n{about}"


def morning_of(moment: datetime, zone: tzinfo) -> datetime:
    """Nine o'clock of that day where the seeker is, in UTC, whatever summer time does on the way."""
    local = moment.astimezone(zone).replace(hour=MORNING, minute=0, second=0, microsecond=0, fold=0)
    return local.astimezone(UTC)


def tomorrow_morning(now: datetime, zone: tzinfo, days: int = 1) -> datetime:
    """Nine o'clock tomorrow, or so many days on; in the small hours, tomorrow is what comes after sleep. In UTC."""
    local = now.astimezone(zone)
    day = local - timedelta(days=1) if local.hour < _NIGHT_ENDS else local
    return morning_of(day.replace(hour=12, fold=0) + timedelta(days=days), zone)


def acted(reminder: Reminder, how: How, at: datetime, until: datetime | None = None) -> Reminder:
    """The reminder after the seeker did something about it; seeing it counts once for each date."""
    if how is How.SHOWN and _seen(reminder.acts, reminder.due):
        return reminder
    kept = replace(reminder, acts=(*reminder.acts, Act(how, at, until)))
    if how in (How.DONE, How.REMOVED, How.WRITTEN, How.VOID):
        return replace(kept, done=True, how=how)
    return replace(kept, due=until) if how is How.SNOOZED and until else kept


def faded(reminder: Reminder, now: datetime) -> Reminder:
    """The reminder, ended if it was seen weeks ago and left alone. One that nobody has seen yet never fades."""
    seen = _seen(reminder.acts, reminder.due)
    if reminder.done or seen is None or now - seen < FADE:
        return reminder
    return replace(reminder, done=True, how=How.FADED)


def check_in(reminder: Reminder, words: Iterable[Word], now: datetime, zone: tzinfo) -> Reminder | None:
    """The check-in with a person as it stands after these words; None when none is called for and none was before.

    Weeks after the last word it is due, once. Every word before that moves it on. A word of the seeker's after it was
    due, a check-in letter, Done, or weeks of looking away end it, and then only word from them begins it anew. It is
    quiet while there is news. Removed is removed for good.
    """
    state = _State()
    steps: list[tuple[datetime, Word | Act]] = [(w.at, w) for w in words]
    steps += [(act.at, act) for act in reminder.acts]
    if not any(isinstance(step, Word) for _at, step in steps):
        return None
    for at, step in sorted(steps, key=lambda pair: (pair[0], isinstance(pair[1], Act))):
        state = _after_word(_rested(state, at), step, zone) if isinstance(step, Word) else _after_act(state, step)
    state = _rested(state, now)
    if state.due is None:
        return replace(reminder, done=True, how=state.how) if state.how else None
    return replace(reminder, due=state.due, done=False, how="")


@dataclass(frozen=True, slots=True)
class _State:
    """Where a check-in stands: its date while it is open, whether the seeker has written, how it ended."""

    due: datetime | None = None
    wrote: bool = False
    how: str = ""
    seen: datetime | None = None


def _rested(state: _State, at: datetime) -> _State:
    """The state at that time if nobody did anything: what was seen fades."""
    if state.due is not None and state.seen is not None and at - state.seen >= FADE:
        return replace(state, due=None, how=How.FADED, seen=None)
    return state


def _after_word(state: _State, word: Word, zone: tzinfo) -> _State:
    if state.how == How.REMOVED:
        return state
    later = _State(morning_of(word.at + CHECK_IN, zone), wrote=True)
    if word.theirs:
        if word.news:
            return replace(state, due=None, how=How.WRITTEN if state.wrote else "", seen=None)
        return later if state.wrote else state
    was_due = state.due is not None and word.at >= state.due
    if word.hello or was_due or (state.how and state.due is None):
        return _State(wrote=True, how=state.how if state.how and state.due is None else How.WRITTEN)
    return later


def _after_act(state: _State, act: Act) -> _State:
    if act.how == How.REMOVED:
        return _State(wrote=state.wrote, how=How.REMOVED)
    state = _rested(state, act.at)
    if state.due is None:
        return state
    if act.how == How.SNOOZED and act.until:
        return replace(state, due=act.until, seen=None)
    if act.how == How.SHOWN:
        return replace(state, seen=state.seen or act.at) if act.at >= state.due else state
    return replace(state, due=None, how=act.how, seen=None)


def _seen(acts: Iterable[Act], due: datetime) -> datetime | None:
    """When it was first seen at or after its date."""
    return min((act.at for act in acts if act.how == How.SHOWN and act.at >= due), default=None)
