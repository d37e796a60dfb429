"""The log as people read it: rejections with where each one stands, and what waits for a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from nlp.verdict import Band
from server.domain.model import (
    Correction,
    Judged,
    LetterState,
    OutboxItem,
    OutboxState,
    Rejection,
    Span,
    record_key,
)
from server.ports import Store

# The state a person should see first, when a rejection has several letters.
_WEIGHT = (
    OutboxState.SENDING,
    OutboxState.HELD,
    OutboxState.UNKNOWN,
    OutboxState.FAILED,
    OutboxState.SENT,
    OutboxState.DRAFTED,
)

Visible = Callable[[str], bool]  # whether the records of a mailbox are to be shown


def everywhere(_mailbox: str) -> bool:
    """Shows the records of every mailbox."""
    return True


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log; the fields of `classact log --json`, plus sender and subject for the dashboard."""

    message_id: str
    thread_id: str
    mailbox: str
    company: str | None
    role: str | None
    reason: str | None
    hold: bool
    received: datetime
    logged: datetime
    score: float | None
    band: str
    evidence: tuple[Span, ...]
    state: LetterState
    like: str = ""  # id of the like mail that the seeker spoke of, when this follows that word


def log(store: Store, visible: Visible = everywhere) -> list[LogLine]:
    """The rejections that are logged: sure ones and those the seeker confirmed. Newest first."""
    look = _Look(store)
    shown = shown_once(store, visible)
    lines = [look.line(row, row.logged) for row in store.all(Rejection) if shown(row)]
    return _newest_first(lines)


def log_all(store: Store, visible: Visible = everywhere) -> list[LogLine]:
    """The log with everything around it: roles on hold, mails under review, and what was corrected away."""
    look, logged = _Look(store), {row.key for row in store.all(Rejection)}
    shown = shown_once(store, visible)
    others = [
        look.line(row, logged=row.judged)
        for row in store.all(Judged)
        if shown(row) and row.key not in logged and look.belongs(row)
    ]
    return _newest_first([*log(store, visible), *others])


def review(store: Store, visible: Visible = everywhere) -> list[Judged]:
    """Mails that may be a rejection and wait for the seeker's yes or no, newest first."""
    shown = shown_once(store, visible)
    rows = [row for row in store.all(Judged) if row.band == Band.REVIEW and shown(row)]
    return sorted(rows, key=lambda row: row.received, reverse=True)


def unread(store: Store, visible: Visible = everywhere) -> list[Judged]:
    """Messages nobody judged: they could not be read or fetched, or are in a language that is not judged."""
    unjudged = (row for row in store.all(Judged) if row.error or row.band == Band.NOT_JUDGED)
    return list(filter(shown_once(store, visible), unjudged))


def shown_once(store: Store, visible: Visible) -> Callable[[Judged | Rejection], bool]:
    """Whether a record is to be shown: a mail that lies in a file and in an account is shown once, as the account's."""
    twins = {row.key for row in store.all(Judged) if row.twin and visible(row.twin.partition("\n")[0])}
    if not twins:
        return lambda row: visible(row.mailbox)
    return lambda row: visible(row.mailbox) and row.key not in twins


def is_shown(row: Judged, visible: Visible) -> bool:
    """Whether a row is to be shown: one that an account's record stands for is shown as that."""
    return visible(row.mailbox) and not (row.twin and visible(row.twin.partition("\n")[0]))


def state_of(store: Store, row: Rejection | Judged) -> LetterState:
    """Where one message stands."""
    return _Look(store).state(row)


class _Look:
    """Letters, own answers and corrections, looked up once for a whole list."""

    def __init__(self, store: Store) -> None:
        self._letters: dict[tuple[str, str], list[OutboxItem]] = defaultdict(list)
        for item in store.all(OutboxItem):
            self._letters[item.mailbox, item.message_id].append(item)
        self._answers: dict[tuple[str, str], datetime] = {}
        self._likes: dict[str, str] = {}
        for row in store.all(Judged):
            if row.like:
                self._likes[row.key] = row.like
            if row.own:
                place = (row.mailbox, row.thread_id)
                self._answers[place] = max(row.received, self._answers.get(place, row.received))
        self._overruled = {c.key for c in store.all(Correction) if c.is_rejection is False}

    def belongs(self, row: Judged) -> bool:
        """Whether a row that is not in the log stands around it: on hold, under review, corrected away.

        What was set aside because a like mail was corrected away can be found there too, and taken back.
        """
        return row.hold or row.band == Band.REVIEW or self._is_dismissed(row)

    def _is_dismissed(self, row: Rejection | Judged) -> bool:
        if row.key in self._overruled:
            return True
        like = self._likes.get(row.key)
        return row.band == Band.NO and like is not None and record_key(row.mailbox, like) in self._overruled

    def state(self, row: Rejection | Judged) -> LetterState:
        if self._is_dismissed(row):
            return LetterState.DISMISSED
        states = {item.state for item in self._letters[row.mailbox, row.message_id] if item.draft_id}
        for state in _WEIGHT:
            if state in states and state is not OutboxState.DRAFTED:
                return LetterState(state)
        answer = self._answers.get((row.mailbox, row.thread_id))
        if answer is not None and answer > row.received:
            return LetterState.ANSWERED
        drafted = states & {OutboxState.DRAFTED, OutboxState.UNDONE}
        return LetterState.DRAFTED if drafted else LetterState.NEW

    def line(self, row: Rejection | Judged, logged: datetime) -> LogLine:
        return LogLine(
            message_id=row.message_id,
            thread_id=row.thread_id,
            mailbox=row.mailbox,
            company=row.company,
            role=row.role,
            reason=row.reason,
            hold=row.hold,
            received=row.received,
            logged=logged,
            score=row.score,
            band=row.band,
            evidence=row.evidence,
            state=self.state(row),
            like=self._likes.get(row.key, ""),
        )


def _newest_first(lines: Iterable[LogLine]) -> list[LogLine]:
    return sorted(lines, key=lambda line: line.received, reverse=True)
