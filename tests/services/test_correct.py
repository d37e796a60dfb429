"""The seeker's word holds at once and for good."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from nlp.verdict import Band, Label
from server.domain.model import Correction, JournalEntry, Judged, LetterState, Rejection
from server.errors import UnknownMessage, UsageError
from server.ports import Keyed
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


def test_names_put_right_act_on_row_and_log_and_keep_the_verdict(store: MemoryStore, clock: FixedClock) -> None:
    clock.advance()
    after = correct(store, clock, MAILBOX, a_judged().message_id, company=" Harbour\r\n Works ", role="Baker")
    assert (after.label, after.band, after.company, after.role) == (
        Label.REJECTION,
        Band.AUTO,
        "Harbour Works",
        "Baker",
    )
    (line,) = log(store)
    assert (line.company, line.role, line.state) == ("Harbour Works", "Baker", LetterState.NEW)
    assert line.logged == a_rejection().logged
    assert [entry.what for entry in store.all(JournalEntry)] == ["renamed"]


def test_a_name_put_right_on_a_mail_under_review_leaves_the_question_open(
    store: MemoryStore, clock: FixedClock
) -> None:
    after = correct(store, clock, MAILBOX, "2", company="Harbour")
    assert (after.band, after.company) == (Band.REVIEW, "Harbour")
    assert [row.message_id for row in review(store)] == ["2"]
    assert {line.state for line in log_all(store)} == {LetterState.NEW}


def test_each_correction_keeps_what_the_earlier_ones_said_of_other_points(
    store: MemoryStore, clock: FixedClock
) -> None:
    for given in ({"is_rejection": True}, {"company": "Harbour"}, {"role": "Baker"}, {"company": "Harbour Works"}):
        clock.advance()
        correct(store, clock, MAILBOX, "2", **given)
    (kept,) = store.all(Correction)
    assert (kept.is_rejection, kept.company, kept.role) == (True, "Harbour Works", "Baker")


@pytest.mark.parametrize("given", [{}, {"company": ""}, {"role": " \n"}, {"company": "x" * 201}])
def test_a_correction_that_says_nothing_usable_is_refused(
    store: MemoryStore, clock: FixedClock, given: dict[str, str]
) -> None:
    with pytest.raises(UsageError):
        correct(store, clock, MAILBOX, "2", **given)
    assert store.all(Correction) == []


def test_the_rows_of_one_message_in_all_mailboxes_change_in_one_write(clock: FixedClock) -> None:
    class OneWrite(MemoryStore):
        writes = 0

        def put(self, *records: Keyed, gone: Iterable[Keyed] = ()) -> None:
            super().put(*records, gone=gone)
            self.writes += 1

    store = OneWrite()
    store.put(a_judged(), a_rejection(), a_judged(mailbox="mbox:x"), a_rejection(mailbox="mbox:x"))
    store.writes = 0
    correct(store, clock, MAILBOX, a_judged().message_id, is_rejection=False, elsewhere=["mbox:x", "mbox:y"])
    assert store.writes == 1
    assert log(store) == []
    assert {row.band for row in store.all(Judged)} == {Band.NO}
