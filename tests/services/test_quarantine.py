"""One broken message blocks no other: it is kept with its reason, shown, and tried again ever more seldom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from server.domain import judging
from server.domain.connection import NothingFetched
from server.domain.model import Cursor, Judged, RawMessage, Rejection, ScanReport
from server.domain.quarantine import AFTER, is_quarantined
from server.errors import MailboxError, Offline
from server.mailboxes.memory import MemoryMailbox
from server.ports import Keyed, Unfetched
from server.services.log import unread
from server.services.scan import CHUNK, Scanner
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, FixedClock, StubClassifier, raw_mail


class PoisonedMailbox(MemoryMailbox):
    """Holds messages that it never gives, or that it says are gone; a fetch of nothing else fails as Gmail's does."""

    def __init__(self) -> None:
        super().__init__(MAILBOX)
        self.poison: set[str] = set()
        self.hidden: set[str] = set()
        self.asked: list[str] = []

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        self.asked += message_ids
        if len(message_ids) > 1 and self.poison.issuperset(message_ids):
            raise NothingFetched(Offline("error 500"), dict.fromkeys(message_ids, "error 500"))
        for item in super().fetch(message_ids):
            if item.id in self.hidden:
                yield Unfetched(item.id, "gone", gone=True)
            else:
                yield Unfetched(item.id, "error 500") if item.id in self.poison else item


@dataclass
class Ground:
    mailbox: PoisonedMailbox = field(default_factory=PoisonedMailbox)
    store: MemoryStore = field(default_factory=MemoryStore)
    classifier: StubClassifier = field(default_factory=StubClassifier)
    clock: FixedClock = field(default_factory=FixedClock)
    _number: int = 0

    def scan(self) -> ScanReport:
        return Scanner(self.mailbox, self.store, self.classifier, self.clock).scan()

    def arrive(self, count: int = 1) -> list[str]:
        first, self._number = self._number, self._number + count
        return [self.mailbox.deliver(raw_mail(number=number)) for number in range(first, self._number)]

    def poisoned(self, count: int = 1) -> list[str]:
        ids = self.arrive(count)
        self.mailbox.poison.update(ids)
        return ids

    def row(self, message_id: str) -> Judged | None:
        return self.store.get(Judged, f"{MAILBOX}\n{message_id}")

    def logged(self) -> set[str]:
        return {row.message_id for row in self.store.all(Rejection)}


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_two_messages_that_can_never_be_had_do_not_block_what_comes_later(ground: Ground) -> None:
    for _ in range(2):
        ground.poisoned()
        ground.scan()
    later = ground.arrive(3)
    ground.clock.advance(3600)
    ground.scan()
    assert ground.logged() == set(later)


def test_a_whole_fetch_that_fails_leaves_the_cursor_and_keeps_each_message_with_its_reason(ground: Ground) -> None:
    bad = ground.poisoned(CHUNK)
    with pytest.raises(NothingFetched):
        ground.scan()
    assert ground.store.get(Cursor, MAILBOX) is None
    assert [row.error for row in unread(ground.store)] == ["error 500"] * len(bad)


def test_messages_that_failed_before_do_not_hold_the_cursor_when_they_alone_are_due(ground: Ground) -> None:
    bad = ground.poisoned(2)
    with pytest.raises(NothingFetched):
        ground.scan()
    ground.clock.advance(24 * 3600)
    ground.scan()
    assert ground.store.get(Cursor, MAILBOX) is not None
    assert {row.message_id for row in unread(ground.store)} == set(bad)


def test_what_came_before_the_failure_in_one_fetch_is_logged(ground: Ground) -> None:
    good, bad = ground.arrive(3), ground.poisoned(2)
    fetch = ground.mailbox.fetch

    def in_parts(ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        yield from fetch([i for i in ids if i in good])
        yield from fetch([i for i in ids if i in bad])

    ground.mailbox.fetch = in_parts  # type: ignore[method-assign]
    with pytest.raises(NothingFetched):
        ground.scan()
    assert ground.logged() == set(good)


def test_a_message_that_goes_on_failing_is_tried_ever_more_seldom_and_kept(ground: Ground) -> None:
    (bad,) = ground.poisoned()
    tries: list[int] = []
    for minute in range(6 * 60):
        ground.mailbox.asked.clear()
        ground.scan()
        if ground.mailbox.asked:
            tries.append(minute)
        ground.clock.advance(60)
    assert tries == [0, 1, 5, 21, 85, 341]
    row = ground.row(bad)
    assert row is not None
    assert (row.tries, row.error, is_quarantined(row)) == (6, "error 500", True)
    assert [row.message_id for row in unread(ground.store)] == [bad]


def test_a_message_is_quarantined_after_three_failures_and_logged_when_it_can_be_had(ground: Ground) -> None:
    (bad,) = ground.poisoned()
    for _ in range(AFTER):
        assert not any(is_quarantined(row) for row in ground.store.all(Judged))
        assert ground.scan().failed == 1
        ground.clock.advance(3600)
    assert [is_quarantined(row) for row in ground.store.all(Judged)] == [True]
    ground.mailbox.poison.clear()
    assert ground.scan().rejections == 1
    row = ground.row(bad)
    assert row is not None
    assert (row.tries, row.next_try, row.error) == (0, None, "")


def test_new_mail_is_read_and_the_cursor_saved_before_old_failures_are_tried_again(ground: Ground) -> None:
    bad = []
    for _ in range(2):
        bad += ground.poisoned()
        ground.scan()
    ground.clock.advance(60)
    (new,) = ground.arrive()
    ground.mailbox.asked.clear()
    cursors: list[Cursor | None] = []
    fetch = ground.mailbox.fetch

    def noted(ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        cursors.append(ground.store.get(Cursor, MAILBOX))
        return fetch(ids)

    ground.mailbox.fetch = noted  # type: ignore[method-assign]
    report = ground.scan()
    assert ground.mailbox.asked == [new, *bad]
    assert cursors[0] != cursors[-1] == ground.store.get(Cursor, MAILBOX)
    assert (report.judged, report.failed) == (1, 2)


def test_a_message_whose_parsing_fails_harms_no_other(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    first, bad, third = ground.arrive(3)
    real = judging.judged

    def broken(message: object, *rest: object) -> Judged:
        if getattr(message, "id", "") == bad:
            raise ValueError("a fault of ours")
        return real(message, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(judging, "judged", broken)
        report = ground.scan()
    assert (report.judged, report.failed) == (2, 1)
    assert ground.logged() == {first, third}
    row = ground.row(bad)
    assert row is not None
    assert (row.band, row.tries) == (judging.UNFETCHED, 1)
    ground.clock.advance(60)
    assert ground.scan().rejections == 1


def test_a_message_that_gmail_does_not_find_yet_is_looked_for_again_and_not_shown(ground: Ground) -> None:
    (late,) = ground.arrive()
    ground.mailbox.hidden = {late}
    report = ground.scan()
    assert (report.seen, unread(ground.store)) == (0, [])
    for pause in (60, 240):
        ground.clock.advance(pause)
        assert (ground.scan().seen, unread(ground.store)) == (0, [])
    ground.mailbox.hidden = set()
    assert ground.scan().judged == 0
    ground.clock.advance(960)
    assert ground.scan().rejections == 1


def test_a_message_that_is_not_there_four_times_was_deleted_and_leaves_no_row(ground: Ground) -> None:
    ground.mailbox.hidden = set(ground.arrive())
    ground.scan()
    for pause in (60, 240, 960):
        assert len(ground.store.all(Judged)) == 1
        ground.clock.advance(pause)
        assert ground.scan().seen == 0
    assert ground.store.all(Judged) == []
    ground.mailbox.asked.clear()
    ground.clock.advance(86400)
    ground.scan()
    assert ground.mailbox.asked == []


def test_the_cursor_comes_with_the_last_results_in_one_write(ground: Ground) -> None:
    ground.arrive(CHUNK + 3)
    writes: list[list[str]] = []
    put = ground.store.put

    def noted(*records: Keyed, **more: object) -> None:
        writes.append([type(record).__name__ for record in records])
        put(*records, **more)  # type: ignore[arg-type]

    ground.store.put = noted  # type: ignore[method-assign]
    ground.scan()
    assert [write.count("Cursor") for write in writes] == [0, 1]
    assert writes[-1].count("Judged") == 3
    assert writes[-1][-1] == "Cursor"


def test_a_cursor_that_is_not_written_takes_the_last_results_with_it(ground: Ground) -> None:
    ground.arrive(2)

    def full(*_records: Keyed, **_more: object) -> None:
        raise MailboxError("full")

    put, ground.store.put = ground.store.put, full  # type: ignore[method-assign]
    with pytest.raises(MailboxError):
        ground.scan()
    ground.store.put = put  # type: ignore[method-assign]
    assert ground.store.all(Judged) == []
    assert ground.scan().rejections == 2


def test_a_click_on_a_message_that_failed_tries_at_once(ground: Ground) -> None:
    (bad,) = ground.poisoned()
    ground.scan()
    ground.mailbox.poison.clear()
    row = Scanner(ground.mailbox, ground.store, ground.classifier, ground.clock).judge(bad)
    assert row is not None
    assert (row.error, row.label) == ("", "rejection")


def test_time_alone_brings_no_message_back_that_was_judged(ground: Ground) -> None:
    ground.arrive(2)
    ground.scan()
    ground.mailbox.asked.clear()
    ground.clock.time += timedelta(days=400)
    ground.scan()
    assert ground.mailbox.asked == []
