"""Batches halve when Gmail refuses, and grow back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.mailboxes.gmail_pace import CALM, MOST, Pace


def test_a_refusal_halves_the_batch_down_to_single_requests() -> None:
    pace = Pace()
    sizes = []
    for _ in range(6):
        sizes.append(pace.size)
        pace.note(refused=True)
    assert sizes == [20, 10, 5, 2, 1, 1]


def test_calm_batches_grow_it_back_to_where_it_was() -> None:
    pace = Pace()
    for _ in range(6):
        pace.note(refused=True)
    sizes = []
    for _ in range(8 * CALM):
        pace.note(refused=False)
        sizes.append(pace.size)
    assert sizes[CALM - 2] == 1
    assert sizes[CALM - 1] == 2
    assert sizes == sorted(sizes)
    assert sizes[-1] == MOST


def test_a_refusal_ends_the_calm() -> None:
    pace = Pace()
    pace.note(refused=True)
    for _ in range(CALM - 1):
        pace.note(refused=False)
    pace.note(refused=True)
    pace.note(refused=False)
    assert pace.size == 5


@settings(deadline=None)
@given(st.lists(st.booleans()))
def test_it_never_leaves_its_bounds(refusals: list[bool]) -> None:
    pace = Pace(7)
    for refused in refusals:
        pace.note(refused=refused)
        assert 1 <= pace.size <= 7
