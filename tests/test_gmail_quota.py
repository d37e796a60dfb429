"""The quota keeps scans below Gmail's limit and lets clicks through."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.errors import RateLimited
from server.mailboxes.gmail_quota import CLICKS, SCANS, UNITS, WINDOW, Quota, units
from tests.fakes.gmail import methods
from tests.fakes.gmail.quota import NEW, OLD, Units
from tests.gmail_ground import opened


class Watch:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def quota(self) -> Quota:
        return Quota(clock=lambda: self.now, sleep=self.sleep)


def test_a_scan_gets_285_messages_in_the_first_minute_and_then_waits() -> None:
    watch = Watch()
    quota = watch.quota()
    for _ in range(SCANS // 20):
        quota.take(20, scan=True)
    assert watch.slept == []
    quota.take(20, scan=True)
    assert watch.slept == [WINDOW]


def test_a_click_does_not_wait_for_a_scan() -> None:
    watch = Watch()
    quota = watch.quota()
    for _ in range(SCANS // 20):
        quota.take(20, scan=True)
    for method in ("drafts.create", "drafts.get", "threads.get", "drafts.send"):
        quota.take(units(f"gmail.users.{method}"), scan=False)
    assert watch.slept == []


def test_a_long_scan_reaches_95_percent_of_the_ceiling() -> None:
    watch = Watch()
    quota = watch.quota()
    for _ in range(3_000):
        quota.take(20, scan=True)
    assert 3_000 * 20 / (watch.now + WINDOW) * WINDOW >= 0.95 * SCANS


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(UNITS.values())), st.booleans(), st.floats(0, 30)), max_size=200))
def test_no_minute_ever_holds_more_than_the_limit(steps: list[tuple[int, bool, float]]) -> None:
    watch = Watch()
    quota = watch.quota()
    taken: list[tuple[float, int]] = []
    for cost, scan, pause in steps:
        watch.now += pause
        quota.take(cost * 7, scan=scan)
        taken.append((watch.now, cost * 7))
        assert sum(amount for when, amount in taken if when > watch.now - WINDOW) <= CLICKS


def test_threads_share_one_limit() -> None:
    watch = Watch()
    quota = watch.quota()

    def spend() -> None:
        for _ in range(50):
            quota.take(20, scan=True)

    threads = [threading.Thread(target=spend) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert watch.slept == []
    for _ in range(85):
        quota.take(20, scan=True)
    assert watch.slept == []
    quota.take(20, scan=True)
    assert watch.slept


def test_the_fake_counts_the_same_units() -> None:
    assert {name: methods.UNITS[name.removeprefix("gmail.users.")] for name in UNITS} == UNITS


def test_a_scan_steps_back_while_a_click_waits() -> None:
    watch = Watch()
    quota = watch.quota()
    for _ in range(CLICKS // 20):
        quota.take(20, scan=False)
    began, scanned = threading.Event(), threading.Event()

    def sleep(seconds: float) -> None:
        thread = threading.Thread(target=lambda: (began.set(), quota.take(20, scan=True), scanned.set()))
        if not began.is_set():
            thread.start()
            began.wait(5)
        watch.now += seconds

    quota._sleep = sleep
    quota.take(100, scan=False)
    assert scanned.wait(5)
    assert [amount for _when, amount in quota._spent][-2:] == [100, 20]


@pytest.mark.parametrize("limit", [NEW, OLD])
def test_the_fake_refuses_what_is_too_much_for_a_minute_and_forgets_it_after_one(limit: int) -> None:
    units_ = Units(limit)
    assert all(units_.spend(20, 0.5) for _ in range(limit // 20))
    assert not units_.spend(1, 60.4)
    assert units_.spend(1, 60.5)
    assert (units_.refused, units_.most) == (1, limit)


def test_the_fake_answers_403_once_the_quota_is_spent(tmp_path: Path) -> None:
    with opened(tmp_path) as ground:
        ground.fake.quota.limit = 100
        ids = [ground.fake.deliver(b"Subject: x\r\n\r\n") for _ in range(6)]
        with pytest.raises(RateLimited):
            list(ground.mailbox().fetch(ids))
        assert ground.fake.quota.refused > 0
        assert ground.fake.units == 100
