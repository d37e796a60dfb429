"""A no that is said again, and feedback that has come: neither starts anything over."""

from __future__ import annotations

import pytest

from server.domain.model import Kind, Rejection
from server.errors import Offline
from server.services import again
from tests.services.after_ground import FEEDBACK, AfterGround
from tests.services.desk_ground import SEEKER

NO_AGAIN = "Dear Kim,\n\nThank you for your kind note. As I said, NO: it stays with the other captain.\n\nAda Lovell\n"


@pytest.fixture
def ground() -> AfterGround:
    return AfterGround()


def logged(ground: AfterGround) -> list[str]:
    return [line.message_id for line in ground.desk.log()]


def test_a_reply_that_says_no_again_is_no_second_rejection(ground):
    ground.arrives(NO_AGAIN)
    assert logged(ground) == [ground.no]
    ground.scan()
    assert logged(ground) == [ground.no]


def test_a_scan_that_brings_nothing_new_looks_for_no_repetitions(ground, monkeypatch):
    asked: list[str] = []
    really = again.settle
    monkeypatch.setattr(again, "settle", lambda store, mailbox: asked.append(mailbox) or really(store, mailbox))
    ground.scan()
    assert not asked
    ground.arrives(NO_AGAIN)
    assert asked == [SEEKER]


def test_a_line_whose_scan_was_cut_off_before_it_was_looked_at_is_looked_at_after_the_next_start(ground, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(again, "settle", lambda *_: 0)
        ground.arrives(NO_AGAIN)
    assert len(logged(ground)) == 2
    ground.restart()
    ground.scan()
    assert logged(ground) == [ground.no]


def test_a_line_whose_scan_failed_is_looked_at_after_the_next_one(ground, monkeypatch):
    really = ground.mailbox.changes

    def breaks_off(cursor):
        yield from really(cursor)
        raise Offline("reset")

    ground.mailbox.changes = breaks_off
    with pytest.raises(Offline):
        ground.arrives(NO_AGAIN)
    assert len(logged(ground)) == 2
    ground.mailbox.changes = really
    ground.scan()
    assert logged(ground) == [ground.no]


def test_another_no_in_another_thread_is_one_of_its_own(ground):
    other = ground.arrives(NO_AGAIN, thread=False)
    assert set(logged(ground)) == {ground.no, other}


def test_a_second_no_that_the_seeker_never_answered_stays():
    ground = AfterGround(thanked=False)
    other = ground.arrives(NO_AGAIN)
    assert set(logged(ground)) == {ground.no, other}


def test_what_the_seeker_confirms_stays_in_the_log(ground):
    other = ground.arrives(NO_AGAIN)
    ground.desk.correct(other, is_rejection=True)
    ground.scan()
    assert {line.message_id for line in ground.store.all(Rejection)} == {ground.no, other}


def test_once_feedback_has_come_thanks_are_offered_and_no_second_question(ground):
    assert ground.desk.suggest(ground.no, Kind.FEEDBACK).advice_code != "feedback_came"
    ground.arrives(FEEDBACK)
    ground.clock.advance(7200)
    assert ground.desk.suggest(ground.no, Kind.FEEDBACK).advice_code == "feedback_came"
    assert ground.desk.suggest(ground.no, Kind.THANKS_FOR_FEEDBACK).advice == ""
