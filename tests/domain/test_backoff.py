"""Pauses grow with failures, never beyond the cap, and chance spreads them over the whole range."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.domain.backoff import at_least, full_jitter

SHARE = st.floats(0, 1, exclude_max=True)


@given(failures=st.integers(0, 10**9), share=SHARE)
def test_a_pause_is_never_negative_and_never_beyond_the_cap(failures: int, share: float) -> None:
    assert 0 <= full_jitter(failures, lambda: share, base=2.0, most=32.0) <= 32.0


@given(failures=st.integers(1, 200), share=SHARE)
def test_the_same_luck_never_waits_less_after_one_more_failure(failures: int, share: float) -> None:
    def pause(count: int) -> float:
        return full_jitter(count, lambda: share, base=1.0, most=60.0)

    assert pause(failures) <= pause(failures + 1)


def test_the_most_doubles_until_the_cap() -> None:
    assert [full_jitter(n, lambda: 0.5, base=2.0, most=16.0) for n in (1, 2, 3, 4, 5)] == [1, 2, 4, 8, 8]


def test_what_was_asked_for_is_the_least() -> None:
    assert (at_least(30.0, 2.0), at_least(1.0, 2.0), at_least(None, 2.0)) == (30.0, 2.0, 2.0)
