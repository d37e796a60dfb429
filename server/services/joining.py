"""A mail that lies in a Takeout file and in a connected account is one mail: one line in the log, and nothing is lost.

Takeout names Gmail's own ids, so the same mail has the same id in both; a file without them is joined by the mails'
Message-ID and sender. The account's record stands for both from then on. What the seeker said about the file's mail
counts for it, and letters written from the file are its letters. The file's own records stay, and are not shown.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from nlp.verdict import Band
from server.domain import judging
from server.domain.model import Correction, Judged, OutboxItem, OutboxState, Rejection, record_key
from server.errors import MailboxError
from server.ports import Clock, Keyed, Mark, Store
from server.services.drafts import intent_id

_Sign = tuple[str, ...]

_UNSENT = (OutboxState.DRAFTED, OutboxState.UNDONE, OutboxState.FAILED)
_MOVING = (OutboxState.HELD, OutboxState.SENDING, OutboxState.UNKNOWN)


def join(store: Store, clock: Clock, accounts: Iterable[str]) -> int:
    """Join what has come to lie in both; how many mails were joined. As often as one likes: it changes nothing more."""
    return Joining(store, clock).join(accounts)


class Joining:
    """Joins what has come to lie in both, each time by what came since the time before. Safe for threads."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock, self._lock = store, clock, threading.Lock()
        self._mark: Mark | None = None  # how far the store is known
        self._accounts: frozenset[str] = frozenset()
        self._begin()

    def join(self, accounts: Iterable[str]) -> int:
        """How many mails were joined. A mail whose letter is just on its way waits for the next time."""
        with self._lock:
            wanted = frozenset(accounts)
            news, self._mark = self._store.since(self._mark, (Judged,)), None
            if news.whole:
                self._begin()
            for _kind, key in news.gone:
                self._forget(key)
            for record in news.records:
                if isinstance(record, Judged):
                    self._take_in(record)
            if wanted != self._accounts:
                self._accounts = wanted
                self._anew.update(dict.fromkeys(self._lone))
            rows = [self._lone[key] for key in sorted(self._anew) if key in self._lone]
            self._anew.clear()
            joined = self._join(rows) if rows else 0
            self._mark = news.mark  # not before: what broke off half-way is begun anew
            return joined

    def _begin(self) -> None:
        self._lone: dict[str, Judged] = {}  # a file's mails that no account's record stands for
        self._alike: defaultdict[_Sign, dict[str, None]] = defaultdict(dict)  # their keys
        self._homes: defaultdict[_Sign, dict[str, Judged]] = defaultdict(dict)  # everybody else's, by key
        self._signs: dict[str, tuple[_Sign, ...]] = {}  # of all of them
        self._anew: dict[str, None] = {}  # keys of the file's mails that may have found a home

    def _take_in(self, row: Judged) -> None:
        signs = tuple(_signs(row))
        if signs != self._signs.get(row.key) or row.key in self._lone:
            self._forget(row.key)
        if is_of_file(row.mailbox):
            if row.twin:
                return
            self._lone[row.key], self._anew[row.key] = row, None
            for sign in signs:
                self._alike[sign][row.key] = None
        else:
            for sign in signs:
                self._homes[sign][row.key] = row
                self._anew.update(self._alike.get(sign, ()))
        self._signs[row.key] = signs

    def _forget(self, key: str) -> None:
        self._lone.pop(key, None)
        for sign in self._signs.pop(key, ()):
            for index in (self._alike, self._homes):
                if sign in index:
                    index[sign].pop(key, None)
                    if not index[sign]:
                        del index[sign]

    def _home(self, row: Judged) -> Judged | None:
        """The account's record of the same mail; of several the same one, in whatever order they came."""
        for sign in _signs(row):
            found = [home for home in self._homes.get(sign, {}).values() if home.mailbox in self._accounts]
            if found:
                return min(found, key=lambda home: home.key)
        return None

    def _join(self, rows: Iterable[Judged]) -> int:
        store, letters, joined = self._store, defaultdict[tuple[str, str], list[OutboxItem]](list), 0
        for item in store.all(OutboxItem):
            letters[item.mailbox, item.message_id].append(item)
        for row in rows:
            home, items = self._home(row), letters.get((row.mailbox, row.message_id), [])
            if home is None:
                continue
            if any(item.state in _MOVING for item in items):
                self._anew[row.key] = None
                continue
            moved = [_moved(item, home) for item in items if store.get(OutboxItem, _intent(item, home)) is None]
            changed, gone = _said(store, self._clock, row, home)
            left = [item for item in items if any(one.id == _intent(item, home) for one in moved)]
            store.put(replace(row, twin=home.key), *changed, *moved, gone=[*gone, *left])
            joined += 1
        return joined


class Judge(Protocol):
    """Judges single messages of a mailbox."""

    def judge(self, message_id: str) -> Judged | None:
        """What is kept of the message, judged now if it was not met yet; None if the mailbox has no such id."""


def at_home(
    row: Judged, store: Store, joining: Joining, accounts: Sequence[str], judge_of: Callable[[str], Judge]
) -> Judged:
    """The account's record of a mail that was met in a file first, so that letters go through the account.

    A mail that no account holds, or that cannot be asked for now, stays the file's.
    """
    if is_of_file(row.mailbox) and not row.twin and accounts:
        for name in accounts:
            with suppress(MailboxError):  # what is known from the file still stands
                judge_of(name).judge(row.message_id)
        joining.join(accounts)
        row = store.get(Judged, row.key) or row
    return (store.get(Judged, row.twin) if row.twin.partition("\n")[0] in accounts else None) or row


def is_at_home(store: Store, mailboxes: Iterable[str], message_id: str) -> bool:
    """Whether one of these has the message's record already, so that nothing has to be asked for it."""
    return any(store.get(Judged, record_key(name, message_id)) is not None for name in mailboxes)


def is_of_file(mailbox: str) -> bool:
    """Whether the mailbox is a file of the seeker's."""
    return mailbox.startswith("mbox:")


def _signs(row: Judged) -> Iterator[_Sign]:
    """By what two records of one mail are known: by their id before anything else."""
    yield "id", row.message_id
    if row.mark:
        yield "mark", row.mark, row.sender.address


def _said(store: Store, clock: Clock, row: Judged, home: Judged) -> tuple[list[Keyed], list[Keyed]]:
    """What changes at home by what was said of the file's mail: records to write, and records to remove."""
    said = store.get(Correction, row.key)
    if said is None:
        return [], []
    before = store.get(Correction, home.key)
    first, last = (before, said) if before is None or before.made <= said.made else (said, before)
    correction = replace(
        said,
        mailbox=home.mailbox,
        message_id=home.message_id,
        made=last.made,
        is_rejection=_last(last.is_rejection, first.is_rejection if first else None),
        company=last.company or (first.company if first else None),
        role=last.role or (first.role if first else None),
        writer=before.writer if before else said.writer,
        sketch=before.sketch if before else said.sketch,
    )
    after, logged = judging.corrected(home, correction), store.get(Rejection, home.key)
    if after.band == Band.AUTO:
        return [correction, after, judging.rejection(after, logged.logged if logged else clock.now())], []
    return [correction, after], [logged] if logged else []


def _last(last: bool | None, first: bool | None) -> bool | None:
    return first if last is None else last


def _moved(item: OutboxItem, home: Judged) -> OutboxItem:
    """The letter as one of the account's. One that was not sent has no draft there yet: its text is kept for it."""
    there = replace(
        item, id=_intent(item, home), mailbox=home.mailbox, message_id=home.message_id, thread_id=home.thread_id
    )
    if item.state not in _UNSENT:
        return there
    return replace(there, state=OutboxState.DRAFTED, draft_id="", revision="", problem="", undo_until=None)


def _intent(item: OutboxItem, home: Judged) -> str:
    return intent_id(home.mailbox, home.message_id, item.kind, item.to)
