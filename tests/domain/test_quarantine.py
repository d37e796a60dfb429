"""A message that fails is tried again after pauses that grow, whatever the computer's clock does."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.domain.judging import unfetched
from server.domain.quarantine import AFTER, failed_again, is_due, is_quarantined, pause
from tests.builders import MAILBOX, NOON

ROW = unfetched(MAILBOX, "18c0ffee00000001", "error 500", NOON)


@given(tries=st.integers(1, 10**6))
def test_pauses_grow_to_a_day_and_no_further(tries: int) -> None:
    assert timedelta(minutes=1) <= pause(tries) <= pause(tries + 1) <= timedelta(days=1)


def test_a_message_that_failed_waits_for_its_pause() -> None:
    row = failed_again(ROW, None, NOON)
    assert not is_due(row, NOON)
    assert not is_due(row, NOON + timedelta(seconds=59))
    assert is_due(row, NOON + timedelta(seconds=60))


def test_each_failure_counts_and_the_third_is_a_quarantine() -> None:
    row = None
    for number in range(1, AFTER + 1):
        assert row is None or not is_quarantined(row)
        row = failed_again(ROW, row, NOON)
        assert row.tries == number
    assert row is not None
    assert is_quarantined(row)


def test_a_clock_that_was_set_back_makes_nobody_wait_longer() -> None:
    row = failed_again(ROW, None, NOON)
    assert is_due(row, NOON - timedelta(days=365))


def test_a_row_of_an_older_version_is_due() -> None:
    assert is_due(ROW, NOON)
