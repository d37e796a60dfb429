"""How far back to look, as people write it, and what was looked at, as they read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.candidates import Coverage, Scope
from server.domain.model import Cursor
from server.errors import UsageError
from server.services.first_scan import scope_of
from server.services.reach import days_of, reaches, want
from server.stores.memory import MemoryStore
from server.stores.rows import from_row, to_row
from tests.builders import MAILBOX, NOON

DONE = Coverage(MAILBOX, NOON.replace(year=2025), everything=False, ended=NOON, looked_at=607, left_out=19_393)


@pytest.mark.parametrize(
    ("text", "days"),
    [("90d", 90), ("2w", 14), ("6m", 183), ("2Y", 731), (" 12 m ", 366), ("2026-03-01", 1), ("all", None)],
)
def test_a_time_to_look_back_to_can_be_written_in_many_ways(text: str, days: int | None) -> None:
    assert days_of(text, NOON.date()) == days


@pytest.mark.parametrize("text", ["", "0d", "soon", "-3m", "3", "2026-03-02", "2027-01-01", "12 months", "٣d", "1.5y"])
def test_what_is_no_time_to_look_back_to_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        days_of(text, NOON.date())
    assert "90d" in caught.value.hint


@settings(deadline=None)
@given(st.text(max_size=12), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_anything_written_gives_days_or_a_refusal(text: str, today: date) -> None:
    try:
        days = days_of(text, today)
    except UsageError:
        return
    assert days is None or days >= 1


def test_before_the_first_scan_nothing_has_been_looked_through() -> None:
    (reach,) = reaches(MemoryStore(), [MAILBOX], NOON)
    assert (reach.words, reach.pending) == ("It has not been looked through yet.", True)


def test_a_mailbox_followed_from_before_has_been_looked_through() -> None:
    store = MemoryStore()
    store.put(Cursor(MAILBOX, "7", NOON))
    (reach,) = reaches(store, [MAILBOX], NOON)
    assert (reach.words, reach.pending) == ("Every mail there was has been looked at.", False)


def test_what_was_left_out_is_said_with_what_it_would_take_to_look_at_it() -> None:
    store = MemoryStore()
    store.put(DONE, Cursor(MAILBOX, "7", NOON))
    (reach,) = reaches(store, [MAILBOX], NOON)
    assert reach.words.startswith("Looked at 607 mails received since 2025-03-02. 19,393 others were left out:")
    assert (reach.left_out, reach.minutes, reach.pending) == (19_393, 70, False)


def test_one_mail_is_one_mail_and_none_left_out_is_said() -> None:
    store = MemoryStore()
    store.put(replace(DONE, looked_at=1, left_out=0, since=None), Cursor(MAILBOX, "7", NOON))
    (reach,) = reaches(store, [MAILBOX], NOON)
    assert reach.words == "Looked at 1 mail from the beginning on. None of that time was left out."


def test_wanting_more_is_kept_and_pending_until_it_is_done() -> None:
    store = MemoryStore()
    store.put(DONE, Cursor(MAILBOX, "7", NOON))
    want(store, MAILBOX, days=None, everything=True)
    assert scope_of(store, MAILBOX) == Scope(MAILBOX, None, everything=True)
    (reach,) = reaches(store, [MAILBOX], NOON)
    assert (reach.pending, reach.wanted, reach.everything) == (True, None, True)


@pytest.mark.parametrize("record", [DONE, Scope(MAILBOX), Scope(MAILBOX, None, everything=True)])
def test_the_records_survive_the_store(record: Coverage | Scope) -> None:
    assert from_row(type(record), to_row(record)) == record
