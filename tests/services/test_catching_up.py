"""When a mailbox has forgotten the cursor, what arrived since the last success is found, and old mail is let lie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from server.domain import judging
from server.domain.model import Cursor, Judged
from server.errors import CursorExpired
from server.mailboxes.memory import MemoryMailbox
from server.ports import Page
from server.services.catching_up import MARGIN, missing_since
from server.services.scan import Scanner
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, FixedClock, StubClassifier, a_judged, raw_mail

DAY = timedelta(days=1)


class Noted(MemoryMailbox):
    """Remembers since when it was asked to list, and how often it listed everything."""

    def __init__(self) -> None:
        super().__init__(MAILBOX)
        self.since: list[datetime] = []
        self.whole = 0

    def changes(self, cursor: str | None) -> Iterator[Page]:
        self.whole += cursor is None
        return super().changes(cursor)

    def relist(self, since: datetime) -> Iterator[Page]:
        self.since.append(since)
        yield from super().relist(since)
        self.whole -= 1  # the memory mailbox lists by listing all


@pytest.fixture
def mailbox() -> Noted:
    return Noted()


def test_only_what_came_since_the_last_success_is_listed_again(mailbox: Noted) -> None:
    store, clock = MemoryStore(), FixedClock()
    scanner = Scanner(mailbox, store, StubClassifier(), clock)
    mailbox.deliver(raw_mail(), received=NOON)
    scanner.scan()
    passed_over = mailbox.deliver(raw_mail(number=2), received=NOON - 30 * DAY)
    new = {mailbox.deliver(raw_mail(number=n), received=NOON + n * DAY) for n in (3, 12)}
    clock.time += 14 * DAY
    mailbox.expire_cursors()
    report = scanner.scan()
    assert (report.judged, report.known, mailbox.whole) == (2, 1, 1)
    assert mailbox.since == [NOON - MARGIN]
    assert {row.message_id for row in store.all(Judged)} >= new
    assert passed_over not in {row.message_id for row in store.all(Judged)}
    assert scanner.scan().seen == 0


def test_a_clock_that_ran_ahead_at_the_last_success_hides_no_mail() -> None:
    store = MemoryStore()
    store.put(a_judged(received=NOON))
    assert missing_since(store, Cursor(MAILBOX, "1", NOON + 300 * DAY)) == NOON - MARGIN


def test_a_clock_that_ran_behind_only_lists_more() -> None:
    store = MemoryStore()
    store.put(a_judged(received=NOON))
    assert missing_since(store, Cursor(MAILBOX, "1", NOON - 300 * DAY)) == NOON - 300 * DAY - MARGIN


def test_only_mail_of_that_mailbox_that_was_read_tells_the_time() -> None:
    store = MemoryStore()
    store.put(
        a_judged(mailbox="other@seeker.example", message_id="1", received=NOON - 50 * DAY),
        a_judged(message_id="2", received=NOON - 40 * DAY, band=judging.UNFETCHED, error="x"),
        a_judged(message_id="3", received=NOON - 3 * DAY),
    )
    assert missing_since(store, Cursor(MAILBOX, "1", NOON)) == NOON - 3 * DAY - MARGIN


def test_a_mailbox_without_any_mail_goes_by_the_last_success() -> None:
    assert missing_since(MemoryStore(), Cursor(MAILBOX, "1", NOON)) == NOON - MARGIN


def test_a_mailbox_that_forgets_what_was_never_given_says_so(mailbox: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets(_cursor: object) -> Iterator[Page]:
        raise CursorExpired

    monkeypatch.setattr(mailbox, "changes", forgets)
    with pytest.raises(CursorExpired):
        Scanner(mailbox, MemoryStore(), StubClassifier(), FixedClock()).scan()
