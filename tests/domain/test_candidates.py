"""The searches of a first scan: what they ask for, how long they get, and what a coverage covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.candidate_senders import candidate_senders
from server.domain.candidate_words import WORDS
from server.domain.candidates import DAYS, LONGEST, Coverage, Scope, searches
from tests.fakes.gmail import search
from tests.fakes.gmail.mailbox import Mailbox

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WHOLE = Coverage("a@x.example", None, everything=True, ended=NOW, looked_at=9, left_out=0)


def test_every_language_that_is_judged_has_words() -> None:
    assert set(WORDS) == {"en", "de", "fr", "es", "it", "pt", "nl"}


@pytest.mark.parametrize("since", [None, NOW])
def test_no_search_is_longer_than_gmail_reads_and_all_of_them_are_understood(since: datetime | None) -> None:
    asked = searches(candidate_senders(), since)
    for query in (*asked.first, *asked.then, asked.every):
        assert len(query) <= LONGEST
        search.parse(query, Mailbox("robin@example.com"))
        assert ("after:" in query) is (since is not None)


def test_every_word_and_every_sender_is_asked_for_once() -> None:
    asked = " ".join(searches(candidate_senders(), None).first)
    for word in (*candidate_senders(), *(word for words in WORDS.values() for word in words)):
        assert word in asked


def test_the_list_of_tracking_systems_names_no_board_and_no_mail_provider() -> None:
    senders = candidate_senders()
    assert "greenhouse-mail.io" in senders
    assert len(senders) > 30
    assert not {"linkedin.com", "gmail.com"} & set(senders)


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{1,30}\.example", fullmatch=True), max_size=300))
def test_any_number_of_senders_is_packed_into_searches_that_are_not_too_long(senders: list[str]) -> None:
    asked = searches(senders, NOW)
    assert all(len(query) <= LONGEST for query in asked.first)
    found = [word.strip('"') for query in asked.first for word in query.replace("{", " ").replace("}", " ").split()]
    assert set(senders) <= set(found)


def test_a_scope_reaches_a_year_back_unless_the_seeker_says_otherwise() -> None:
    assert Scope("a@x.example").since(NOW) == NOW - timedelta(days=DAYS)
    assert Scope("a@x.example", days=None).since(NOW) is None
    assert Scope("a@x.example", days=10**9).since(NOW) is None


@pytest.mark.parametrize(
    ("since", "everything", "left_out", "scope", "expected"),
    [
        (None, True, 0, Scope("m", None, everything=True), True),
        (None, False, 5, Scope("m", None, everything=True), False),
        (None, False, 0, Scope("m", None, everything=True), True),
        (NOW - timedelta(days=365), False, 5, Scope("m", 365), True),
        (NOW - timedelta(days=365), False, 5, Scope("m", 366), False),
        (NOW - timedelta(days=365), False, 5, Scope("m", None), False),
        (NOW - timedelta(days=365), False, 5, Scope("m", 30, everything=True), False),
        (NOW - timedelta(days=365), True, 0, Scope("m", 30), True),
    ],
)
def test_what_a_coverage_covers(
    since: datetime | None, everything: bool, left_out: int, scope: Scope, expected: bool
) -> None:
    row = replace(WHOLE, since=since, everything=everything, left_out=left_out)
    assert row.covers(scope, NOW) is expected


@settings(deadline=None)
@given(st.integers(1, 4000), st.integers(0, 4000), st.floats(0, 1000))
def test_what_was_covered_stays_covered_as_time_passes(days: int, fewer: int, later: float) -> None:
    row = replace(WHOLE, since=NOW - timedelta(days=days))
    scope = Scope("m", max(1, days - fewer))
    assert row.covers(scope, NOW + timedelta(days=later))
