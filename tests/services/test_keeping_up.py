"""Whose turn it is to be looked at: every minute, later after failures, at once after the computer slept."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.connection import Interrupted
from server.errors import ClassActError, MailboxError, Offline, RateLimited, ReconnectNeeded
from server.services.keeping_up import ASKED_MOST, LOOK_UP, Rota

ONE, TWO = "kim@seeker.example", "kim@other.example"


@dataclass
class Ground:
    """A rota, and the two clocks that it goes by."""

    steady: float = 5_000.0
    wall: float = 1_790_000_000.0
    share: float = 0.5
    rota: Rota = field(init=False)

    def __post_init__(self) -> None:
        self.rota = Rota(60.0, steady=lambda: self.steady, wall=lambda: self.wall, chance=lambda: self.share)

    def later(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds

    def ended(self, error: ClassActError | None = None, name: str = ONE) -> None:
        self.rota.take([name])
        self.rota.done(name, error)

    def pause(self) -> float:
        """Seconds, in steps of half a second, until it is the mailbox's turn again; then it is busy."""
        waited = 0.0
        while not self.rota.take([ONE]):
            self.later(0.5)
            waited += 0.5
            assert waited < 30 * 3600
        return waited


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_a_new_mailbox_is_due_at_once_and_then_every_minute(ground: Ground) -> None:
    assert ground.rota.take([ONE]) == [ONE]
    ground.rota.done(ONE)
    assert ground.rota.take([ONE]) == []
    assert ground.pause() == 60.0


def test_a_mailbox_that_is_busy_gets_no_second_turn_and_keeps_no_other_waiting(ground: Ground) -> None:
    assert ground.rota.take([ONE, TWO]) == [ONE, TWO]
    ground.rota.done(TWO)
    ground.later(3600)
    assert ground.rota.take([ONE, TWO]) == [TWO]


def test_a_mailbox_that_is_offline_is_tried_again_soon_and_then_more_seldom(ground: Ground) -> None:
    pauses = []
    ground.rota.take([ONE])
    for _ in range(6):
        ground.rota.done(ONE, Offline("x"))
        pauses.append(ground.pause())
    assert pauses == [75.0, 90.0, 120.0, 180.0, 210.0, 210.0]
    ground.rota.done(ONE)
    assert ground.pause() == 60.0


def test_chance_spreads_the_tries(ground: Ground) -> None:
    found = set()
    for share in (0.0, 0.25, 0.75):
        ground.share = share
        ground.rota.take([ONE])
        ground.rota.done(ONE, RateLimited())
        found.add(ground.pause())
        ground.rota.done(ONE)
        ground.later(60)
    assert len(found) == 3


def test_google_is_never_asked_before_the_time_it_named(ground: Ground) -> None:
    ground.share = 0.0
    ground.ended(RateLimited(1800.0))
    assert ground.pause() == 1800.0


def test_a_wait_beyond_all_reason_is_asked_about_after_some_hours(ground: Ground) -> None:
    ground.share = 0.0
    ground.ended(RateLimited(10.0**9))
    assert ground.pause() == ASKED_MOST


def test_what_needs_the_seeker_is_left_alone_until_the_seeker_has_done_it(ground: Ground) -> None:
    ground.ended(ReconnectNeeded(ONE))
    ground.later(100)
    assert ground.rota.take([ONE]) == []
    ground.rota.hurry()
    assert ground.rota.take([ONE]) == [ONE]


def test_a_click_while_a_look_is_under_way_asks_for_another(ground: Ground) -> None:
    ground.rota.take([ONE])
    ground.rota.hurry()
    assert ground.rota.take([ONE]) == []
    ground.rota.done(ONE)
    assert ground.rota.take([ONE]) == [ONE]
    ground.rota.done(ONE)
    assert ground.rota.take([ONE]) == []


@pytest.mark.parametrize("error", [None, Offline("x"), RateLimited(7200.0), ReconnectNeeded(ONE)])
def test_after_a_night_asleep_everybody_is_looked_at(ground: Ground, error: ClassActError | None) -> None:
    ground.ended(error)
    ground.later(5)
    ground.rota.take([ONE])
    ground.wall += 8 * 3600  # the steady clock stood still
    assert ground.rota.take([ONE]) == [ONE]


def test_a_clock_that_is_set_back_stops_nothing_and_hurries_nothing(ground: Ground) -> None:
    ground.ended()
    ground.wall -= 400 * 86400
    assert ground.rota.take([ONE]) == []
    assert ground.pause() == 60.0


def test_a_clock_that_is_put_right_little_by_little_is_no_sleep(ground: Ground) -> None:
    ground.ended()
    for _ in range(50):
        ground.later(1)
        ground.wall += 1
        assert ground.rota.take([ONE]) == []


def test_a_mailbox_that_was_disconnected_and_comes_back_is_due_at_once(ground: Ground) -> None:
    ground.ended(ReconnectNeeded(ONE))
    assert ground.rota.take([]) == []
    assert ground.rota.take([ONE]) == [ONE]


def test_the_clocks_are_compared_often_enough_to_notice_the_computer_waking(ground: Ground) -> None:
    ground.ended(RateLimited(7200.0))
    assert ground.rota.seconds() == LOOK_UP


ERRORS = st.sampled_from([None, Offline("x"), RateLimited(), RateLimited(90.0), ReconnectNeeded(ONE), Interrupted(),
                          MailboxError("x"), ClassActError("x")])  # fmt: skip


@given(errors=st.lists(ERRORS, min_size=1, max_size=30), share=st.floats(0, 1, exclude_max=True))
def test_nobody_is_hammered_and_nobody_is_forgotten(errors: list[ClassActError | None], share: float) -> None:
    ground = Ground(share=share)
    assert ground.rota.take([ONE])
    for error in errors:
        ground.rota.done(ONE, error)
        ground.later(59.9)
        assert ground.rota.take([ONE]) == []
        ground.later(3660)
        assert ground.rota.take([ONE]) == [ONE]
        assert 0 <= ground.rota.seconds() <= LOOK_UP
