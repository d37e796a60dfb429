"""The running server looks for mail by itself, and stops within moments whatever Gmail does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.domain.connection import ConnectionState, standing
from server.domain.model import Cursor, Judged, ScanReport
from server.errors import ClassActError, HomeNotWritable, Offline, RateLimited, ReconnectNeeded
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_tokens import Endpoints
from server.ports import Page
from server.services.background import Background
from server.services.keeping_up import Rota
from server.stores.tiny import TinyStore
from tests.gmail_ground import opened
from tests.services.desk_ground import REJECTION, SEEKER, Ground

LONG = 20.0  # seconds; only a failing test waits so long


def until(true: Callable[[], bool]) -> None:
    """Wait for something that other threads do."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def started() -> Iterator[Callable[..., Background]]:
    running: list[Background] = []

    def start(desk: Any, **how: Any) -> Background:
        running.append(Background(desk, lambda: None, 60.0, **how))
        running[-1].start()
        return running[-1]

    yield start
    for background in running:
        background.stop()


def test_mail_is_found_without_anybody_asking(ground: Ground, started: Callable[..., Background]) -> None:
    ground.mailbox.deliver(REJECTION)
    started(ground.desk)
    until(lambda: len(ground.desk.log()) == 1)


def test_the_next_look_comes_by_itself(ground: Ground, started: Callable[..., Background]) -> None:
    started(ground.desk, rota=Rota(0.02))
    until(lambda: ground.store.get(Cursor, SEEKER) is not None)
    ground.mailbox.deliver(REJECTION)
    until(lambda: len(ground.desk.log()) == 1)


def test_a_click_looks_at_once_even_after_a_failure(ground: Ground, started: Callable[..., Background]) -> None:
    real = ground.mailbox.changes
    asked = threading.Event()

    def down(_cursor: str | None) -> Iterator[Page]:
        asked.set()
        raise RateLimited(3600.0)

    ground.mailbox.changes = down
    background = started(ground.desk)
    assert asked.wait(LONG)
    until(lambda: not any(scan.running for scan in ground.desk.scans()))
    ground.mailbox.changes = real
    ground.mailbox.deliver(REJECTION)
    background.look_now()
    until(lambda: len(ground.desk.log()) == 1)


class TwoAccounts(Ground):
    """One account answers, the other one never does."""

    def __init__(self) -> None:
        super().__init__()
        self.never = threading.Event()
        self.done: list[str] = []
        self.desk.accounts = lambda: ["slow@seeker.example", SEEKER]
        self.desk.scan = self.scan  # type: ignore[method-assign]

    def scan(self, name: str, **_how: object) -> ScanReport:
        if name != SEEKER:
            self.never.wait(LONG)
        self.done.append(name)
        return ScanReport()


def test_one_slow_account_keeps_no_other_waiting(started: Callable[..., Background]) -> None:
    ground = TwoAccounts()
    started(ground.desk, rota=Rota(0.02), interrupt=ground.never.set)
    until(lambda: ground.done.count(SEEKER) > 2)
    assert set(ground.done) == {SEEKER}


@pytest.mark.parametrize("error", [ValueError("a fault of ours"), HomeNotWritable("/home", "full"), Offline("x")])
def test_the_loop_outlives_a_bad_pass(ground: Ground, started: Callable[..., Background], error: Exception) -> None:
    real, failed = ground.mailbox.changes, threading.Event()

    def bad(_cursor: str | None) -> Iterator[Page]:
        failed.set()
        raise error

    ground.mailbox.changes = bad
    background = started(ground.desk)
    assert failed.wait(LONG)
    ground.mailbox.changes = real
    ground.mailbox.deliver(REJECTION)
    background.look_now()
    until(lambda: len(ground.desk.log()) == 1)


@pytest.mark.parametrize("method", ["getProfile", "history.list", "batch"])
def test_a_stop_does_not_wait_for_a_gmail_that_hangs(tmp_path: Path, method: str) -> None:
    with opened(tmp_path) as gmail:
        mailbox = GmailMailbox(gmail.account(), gmail.tokens, Endpoints.at(gmail.fake.base), timeout=LONG * 2)
        store = TinyStore(tmp_path)
        ground = Ground(mailbox, store)
        if method == "history.list":
            ground.desk.scan(mailbox.name)
        gmail.fake.faults.add(method, "hang_after_work", times=None)
        background = Background(ground.desk, lambda: None, 60.0, interrupt=mailbox.interrupt)
        background.start()
        until(lambda: gmail.fake.posts(method) > 0)
        background.stop(patience=LONG)
        assert not any(scan.running for scan in ground.desk.scans())
        assert not gmail.fake.stopping.is_set()  # it hangs still
        before = len(store.all(Judged))
        store.close()
        mailbox.close()
    again = TinyStore(tmp_path)
    assert len(again.all(Judged)) == before
    again.close()


def test_a_store_that_was_closed_takes_nothing_more(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    store.close()
    other = (tmp_path / "other").open("wb")  # it may get the number of the journal's file
    with pytest.raises(HomeNotWritable):
        store.put(Cursor(SEEKER, "1", Ground().clock.now()))
    other.close()
    assert (tmp_path / "other").read_bytes() == b""


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Offline("x"), ConnectionState.OFFLINE),
        (RateLimited(5.0), ConnectionState.RATE_LIMITED),
        (ReconnectNeeded(SEEKER), ConnectionState.NEEDS_RECONNECT),
    ],
)
def test_a_failure_is_shown_until_a_scan_goes_through_and_not_only_between_tries(
    ground: Ground, error: Exception, state: ConnectionState
) -> None:
    shown: list[ConnectionState] = []
    real = ground.mailbox.changes

    def states(_cursor: str | None) -> Iterator[Page]:
        shown.append(standing(ground.desk.scans()[0].error).state)
        raise error

    ground.mailbox.changes = states
    for _ in range(2):
        with pytest.raises(type(error)):
            ground.desk.scan(SEEKER)
    assert shown == [ConnectionState.CONNECTED, state]
    ground.mailbox.changes = real
    ground.desk.scan(SEEKER)
    assert standing(ground.desk.scans()[0].error).state == ConnectionState.CONNECTED


def test_a_model_that_breaks_in_a_way_nobody_foresaw_is_said(ground: Ground) -> None:
    def broken() -> None:
        raise RuntimeError("a library's own words")

    heard: list[ClassActError] = []
    background = Background(ground.desk, broken, 60.0, complain=heard.append)
    background.start()
    until(lambda: heard)
    background.stop()
    assert "RuntimeError" in background.model_state()
    assert heard == [background.model_error()]
