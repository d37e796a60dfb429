"""The program can be stopped while Gmail keeps it waiting: in a pause, in the queue for quota, or in mid-request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.domain.connection import Interrupted
from server.errors import ClassActError, MailboxError, Offline, RateLimited
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_errors import READING
from server.mailboxes.gmail_patience import TRIES, Patience
from server.mailboxes.gmail_quota import Quota
from server.mailboxes.gmail_tokens import Endpoints
from tests.contracts.agreed import answer_to, walked
from tests.gmail_ground import Ground, opened

LONG = 20.0  # seconds; only a failing test waits so long


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with opened(tmp_path) as ground:
        yield ground


class Asking(threading.Thread):
    """Asks in a thread of its own and keeps the error that ended it."""

    def __init__(self, ask: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.ask, self.error = ask, None
        self.start()

    error: ClassActError | None

    def run(self) -> None:
        try:
            self.ask()
        except ClassActError as error:
            self.error = error

    def ended(self) -> ClassActError | None:
        self.join(LONG)
        assert not self.is_alive()
        return self.error


def until(true: Callable[[], bool]) -> None:
    """Wait for something that other threads do."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def waiting_mailbox(ground: Ground) -> GmailMailbox:
    """A mailbox whose pauses are real ones."""
    mailbox = GmailMailbox(ground.account(), ground.tokens, Endpoints.at(ground.fake.base), timeout=LONG * 2)
    ground.adopt(mailbox)
    return mailbox


@pytest.mark.parametrize("method", ["getProfile", "messages.list", "history.list"])
def test_a_read_that_hangs_ends_when_the_program_stops(ground: Ground, method: str) -> None:
    mailbox = waiting_mailbox(ground)
    ground.fake.faults.add(method, "hang_after_work", times=None)
    cursor = "1000" if method == "history.list" else None
    asking = Asking(lambda: list(mailbox.changes(cursor)))
    until(lambda: ground.fake.posts(method) > 0)
    mailbox.interrupt()
    assert isinstance(asking.ended(), Interrupted)


def test_a_batch_that_hangs_ends_when_the_program_stops(ground: Ground) -> None:
    mailbox = waiting_mailbox(ground)
    ids = walked(mailbox)
    ground.fake.faults.add("batch", "hang_after_work", times=None)
    asking = Asking(lambda: list(mailbox.fetch(ids)))
    until(lambda: ground.fake.posts("batch") > 0)
    mailbox.interrupt()
    assert isinstance(asking.ended(), Interrupted)


def test_a_pause_ends_when_the_program_stops(ground: Ground) -> None:
    mailbox = waiting_mailbox(ground)
    ground.fake.faults.add("getProfile", "status", status=429, reason="rateLimitExceeded", retry_after=59, times=None)
    asking = Asking(lambda: list(mailbox.changes(None)))
    until(lambda: ground.fake.posts("getProfile") == 1)
    mailbox.interrupt()
    assert isinstance(asking.ended(), Interrupted)
    assert ground.fake.posts("getProfile") == 1


def test_the_wait_for_quota_ends_when_the_program_stops() -> None:
    patience = Patience("kim@seeker.example")
    quota = Quota(sleep=patience.wait)
    quota.take(5_700, scan=True)
    asking = Asking(lambda: quota.take(20, scan=True))
    patience.interrupt()
    assert isinstance(asking.ended(), Interrupted)


def test_a_send_under_way_is_let_finish(ground: Ground) -> None:
    mailbox = waiting_mailbox(ground)
    draft = mailbox.put_draft(answer_to(mailbox))
    held = threading.Event()
    answer = ground.fake.answer

    def slow(verb: str, target: str, *rest: object, **more: object) -> object:
        if "drafts/send" in target:
            held.wait(LONG)
        return answer(verb, target, *rest, **more)  # type: ignore[arg-type]

    ground.fake._server.respond = slow  # type: ignore[assignment]
    sent: list[str] = []
    asking = Asking(lambda: sent.append(mailbox.send_draft(draft.id)))
    mailbox.interrupt()
    held.set()
    assert asking.ended() is None
    assert len(sent) == 1


def test_nothing_is_asked_after_the_program_was_stopped(ground: Ground) -> None:
    mailbox = waiting_mailbox(ground)
    mailbox.interrupt()
    before = len(ground.fake.requests)
    with pytest.raises(Interrupted):
        list(mailbox.changes(None))
    assert len(ground.fake.requests) == before


def test_what_goes_on_failing_is_tried_five_times_and_the_pauses_grow() -> None:
    waits: list[float] = []
    patience = Patience("kim@seeker.example", sleep=waits.append, chance=lambda: 0.5)
    calls: list[int] = []

    def call() -> None:
        calls.append(1)
        raise Offline("x")

    with pytest.raises(Offline):
        patience.repeat(call, READING)
    assert (len(calls), waits) == (TRIES, [1.0, 2.0, 4.0, 8.0])


@pytest.mark.parametrize("error", [TimeoutError(), ConnectionResetError(), OSError("no route")])
def test_a_broken_line_is_offline_and_tried_again(error: OSError) -> None:
    answers: list[object] = [error, error, 7]

    def call() -> object:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    assert Patience("kim@seeker.example", sleep=lambda _seconds: None).repeat(call, READING) == 7


def test_an_error_that_no_later_try_mends_is_raised_at_once() -> None:
    patience = Patience("kim@seeker.example", sleep=lambda _seconds: pytest.fail("it waited"))

    def call() -> None:
        raise MailboxError("x")

    with pytest.raises(MailboxError):
        patience.repeat(call, READING)


def test_the_wait_that_google_asks_for_is_kept_however_small_the_chance() -> None:
    waits: list[float] = []
    Patience("kim@seeker.example", sleep=waits.append, chance=lambda: 0.0).pause(1, RateLimited(40).retry_after or 0)
    assert waits == [40]
