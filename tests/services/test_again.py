"""A no that is said again, and feedback that has come: neither starts anything over."""

from __future__ import annotations

import pytest

from server.domain.model import Kind, Rejection
from tests.services.after_ground import FEEDBACK, AfterGround

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
