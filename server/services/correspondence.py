"""The judged mails by thread, by sender, and those that the seeker wrote: kept up with the store, not read anew."""

from __future__ import annotations

import threading
from collections import defaultdict

from server.domain.model import Judged
from server.ports import Mark, Store

Place = tuple[str, str]  # a mailbox and a thread of it
_Address = tuple[str, str]  # a mailbox and who writes there


class Correspondence:
    """What a store has of mails, ready to be looked up. Safe for threads.

    Every look takes in what changed since the one before: in a log of 20,000 mails, reading all of them after each scan
    took a quarter of a second.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._mark: Mark | None = None
        self._begin()

    def own(self) -> list[Judged]:
        """What the seeker wrote, in all mailboxes."""
        with self._lock:
            self._follow()
            return list(self._own.values())

    def in_thread(self, place: Place) -> list[Judged]:
        """The mails of that thread."""
        with self._lock:
            self._follow()
            return list(self._threads.get(place, ()))

    def by(self, mailbox: str, address: str) -> list[Judged]:
        """The mails that came from that address."""
        with self._lock:
            self._follow()
            return list(self._senders.get((mailbox, address), ()))

    def _begin(self) -> None:
        self._rows: dict[str, Judged] = {}
        self._own: dict[str, Judged] = {}
        # Most threads and many senders have one mail: lists take less room than dicts.
        self._threads: defaultdict[Place, list[Judged]] = defaultdict(list)
        self._senders: defaultdict[_Address, list[Judged]] = defaultdict(list)

    def _follow(self) -> None:
        news = self._store.since(self._mark, (Judged,))
        if news.whole:
            self._begin()
        for key in (*(key for _kind, key in news.gone), *(record.key for record in news.records)):
            if (before := self._rows.pop(key, None)) is not None:
                self._forget(before)
        for record in news.records:
            if isinstance(record, Judged):
                self._take_in(record)
        self._mark = news.mark

    def _take_in(self, row: Judged) -> None:
        self._rows[row.key] = row
        self._threads[row.mailbox, row.thread_id].append(row)
        self._senders[row.mailbox, row.sender.address].append(row)
        if row.own:
            self._own[row.key] = row

    def _forget(self, row: Judged) -> None:
        self._own.pop(row.key, None)
        _leave(self._threads, (row.mailbox, row.thread_id), row)
        _leave(self._senders, (row.mailbox, row.sender.address), row)


def _leave(index: defaultdict[tuple[str, str], list[Judged]], at: tuple[str, str], row: Judged) -> None:
    index[at] = [one for one in index[at] if one is not row]
    if not index[at]:
        del index[at]
