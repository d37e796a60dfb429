"""The seeker's word holds at once and for good."""

from __future__ import annotations

import pytest

from nlp.verdict import Band, Label
from server.domain.model import Correction, JournalEntry, Judged, LetterState, Rejection
from server.errors import UnknownMessage
from server.services.correct import correct
from server.services.log import log, log_all, review
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, FixedClock, a_judged, a_rejection


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    store.put(a_judged(), a_rejection(), a_judged(message_id="2", label=Label.OTHER_JOB, band=Band.REVIEW))
    return store


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


def test_what_is_no_rejection_leaves_the_log_and_stands_around_it_as_dismissed(
    store: MemoryStore, clock: FixedClock
) -> None:
    after = correct(store, clock, MAILBOX, a_judged().message_id, is_rejection=False)
    assert after.band == Band.NO
    assert log(store) == []
    assert {line.message_id: line.state for line in log_all(store)}[after.message_id] == LetterState.DISMISSED


def test_what_is_a_rejection_after_all_enters_the_log_and_leaves_the_review(
    store: MemoryStore, clock: FixedClock
) -> None:
    after = correct(store, clock, MAILBOX, "2", is_rejection=True, company="Harbour", role="Baker")
    assert (after.label, after.company, after.role) == (Label.REJECTION, "Harbour", "Baker")
    assert {line.message_id for line in log(store)} == {a_judged().message_id, "2"}
    assert review(store) == []


def test_the_last_correction_wins(store: MemoryStore, clock: FixedClock) -> None:
    for is_rejection in (False, True, False, True):
        clock.advance()
        correct(store, clock, MAILBOX, a_judged().message_id, is_rejection=is_rejection)
    assert [line.state for line in log(store)] == [LetterState.NEW]
    assert [correction.is_rejection for correction in store.all(Correction)] == [True]
    assert [entry.what for entry in store.all(JournalEntry)] == ["overruled", "confirmed", "overruled", "confirmed"]


def test_correcting_twice_the_same_changes_nothing_more(store: MemoryStore, clock: FixedClock) -> None:
    first = correct(store, clock, MAILBOX, "2", is_rejection=True)
    assert correct(store, clock, MAILBOX, "2", is_rejection=True) == first
    assert len(store.all(Rejection)) == 2


def test_an_unknown_message_is_said_and_nothing_is_stored(store: MemoryStore, clock: FixedClock) -> None:
    with pytest.raises(UnknownMessage):
        correct(store, clock, MAILBOX, "nothing", is_rejection=True)
    assert store.all(Correction) == []


def test_the_same_id_of_another_mailbox_is_left_alone(store: MemoryStore, clock: FixedClock) -> None:
    store.put(a_judged(mailbox="other"), a_rejection(mailbox="other"))
    correct(store, clock, MAILBOX, a_judged().message_id, is_rejection=False)
    assert [line.mailbox for line in log(store)] == ["other"]
    assert store.get(Judged, a_judged(mailbox="other").key) == a_judged(mailbox="other")
