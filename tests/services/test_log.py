"""The log shows where each rejection stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nlp.verdict import Band
from server.domain import judging
from server.domain.model import Correction, LetterState, OutboxState
from server.services.log import log, log_all, review, state_of, unread
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, a_judged, a_rejection, an_outbox_item

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    store.put(a_judged(), a_rejection())
    return store


def state(store: MemoryStore) -> LetterState:
    (line,) = log(store)
    assert line.state == state_of(store, a_rejection())
    return line.state


def test_a_line_says_what_was_logged(store: MemoryStore) -> None:
    (line,) = log(store)
    assert (line.message_id, line.company, line.role, line.band) == (
        "18c0ffee00000001",
        "Brightwater",
        "Gardener",
        Band.AUTO,
    )
    assert (line.received, line.logged, line.evidence) == (NOON, a_rejection().logged, a_rejection().evidence)


def test_the_newest_stands_first(store: MemoryStore) -> None:
    store.put(a_rejection(message_id="2", received=LATER), a_rejection(message_id="3", received=NOON - timedelta(1)))
    assert [line.message_id for line in log(store)] == ["2", "18c0ffee00000001", "3"]


def test_other_mailboxes_can_be_left_out(store: MemoryStore) -> None:
    store.put(a_rejection(mailbox="sample"), a_judged(mailbox="sample", message_id="9", band=Band.REVIEW))
    mine = MAILBOX.__eq__
    assert {line.mailbox for line in log(store, mine) + log_all(store, mine)} == {MAILBOX}
    assert review(store, mine) == []


def test_the_whole_log_adds_roles_on_hold_reviews_and_what_was_dismissed(store: MemoryStore) -> None:
    store.put(
        a_judged(message_id="hold", band=Band.NO, hold=True),
        a_judged(message_id="review", band=Band.REVIEW),
        a_judged(message_id="overruled", band=Band.NO),
        Correction(MAILBOX, "overruled", NOON, is_rejection=False),
        a_judged(message_id="news", band=Band.NO),
        a_judged(message_id="broken", band=judging.UNREADABLE, error="it is empty"),
    )
    assert {line.message_id for line in log_all(store)} == {"18c0ffee00000001", "hold", "review", "overruled"}
    assert [row.message_id for row in review(store)] == ["review"]
    assert [row.message_id for row in unread(store)] == ["broken"]


def test_a_fresh_rejection_is_new(store: MemoryStore) -> None:
    assert state(store) == LetterState.NEW


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ([OutboxState.DRAFTED], LetterState.DRAFTED),
        ([OutboxState.UNDONE], LetterState.DRAFTED),
        ([OutboxState.HELD], LetterState.HELD),
        ([OutboxState.SENDING], LetterState.SENDING),
        ([OutboxState.SENT], LetterState.SENT),
        ([OutboxState.FAILED], LetterState.FAILED),
        ([OutboxState.UNKNOWN], LetterState.UNKNOWN),
        ([OutboxState.SENT, OutboxState.HELD], LetterState.HELD),
        ([OutboxState.SENT, OutboxState.DRAFTED], LetterState.SENT),
        ([OutboxState.SENT, OutboxState.FAILED], LetterState.FAILED),
        ([OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.FAILED], LetterState.UNKNOWN),
    ],
)
def test_the_letters_tell_where_it_stands(
    store: MemoryStore, letters: list[OutboxState], expected: LetterState
) -> None:
    store.put(*[an_outbox_item(id=str(i), state=letter, draft_id="d") for i, letter in enumerate(letters)])
    assert state(store) == expected


def test_letters_of_other_messages_and_mailboxes_do_not_count(store: MemoryStore) -> None:
    store.put(
        an_outbox_item(id="1", message_id="other", state=OutboxState.SENT, draft_id="d"),
        an_outbox_item(id="2", mailbox="other", state=OutboxState.SENT, draft_id="d"),
    )
    assert state(store) == LetterState.NEW


def own(**fields: object) -> object:
    return a_judged(**({"message_id": "own", "own": True, "band": Band.NO, "received": LATER} | fields))


def test_an_answer_by_hand_after_it_makes_it_answered(store: MemoryStore) -> None:
    store.put(own())
    assert state(store) == LetterState.ANSWERED


@pytest.mark.parametrize(
    "fields", [{"received": NOON - timedelta(1)}, {"thread_id": "other"}, {"mailbox": "other"}, {"own": False}]
)
def test_other_mail_is_no_answer_by_hand(store: MemoryStore, fields: dict[str, object]) -> None:
    store.put(own(**fields))
    assert state(store) == LetterState.NEW


def test_a_letter_we_sent_counts_more_than_an_answer_by_hand(store: MemoryStore) -> None:
    store.put(own(), an_outbox_item(state=OutboxState.SENT, draft_id="d"))
    assert state(store) == LetterState.SENT


def test_an_answer_by_hand_counts_more_than_a_draft(store: MemoryStore) -> None:
    store.put(own(), an_outbox_item(state=OutboxState.DRAFTED, draft_id="d"))
    assert state(store) == LetterState.ANSWERED
