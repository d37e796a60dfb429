"""A letter of which nobody knows whether it went: looked for first, then the seeker's word; never sent by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.model import JournalEntry, OutboxItem, OutboxState
from server.errors import NotFound, Offline, Refused, SendInDoubt
from server.services.outbox import Outbox
from server.services.settling import can_settle, settle, take_back
from server.stores.memory import MemoryStore
from server.stores.rows import from_row, to_row
from tests.services.desk_ground import Ground


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def lost(ground: Ground) -> OutboxItem:
    """A letter whose draft and copy are both gone: no look can tell."""
    drafted = ground.draft(ground.rejection())
    ground.clock.advance(3600)
    really_send = ground.mailbox.send_draft

    def vanish(draft_id: str) -> str:
        ground.mailbox.remove(ground.mailbox.draft(draft_id).message_id)
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = vanish
    ground.send(drafted)
    ground.wait(10)
    ground.mailbox.send_draft = really_send
    return ground.item(drafted)


def box(ground: Ground) -> Outbox:
    return ground.desk.outbox


def noted(ground: Ground) -> list[str]:
    return [entry.what for entry in ground.store.all(JournalEntry)]


def test_the_seeker_is_not_asked_while_the_letter_may_still_be_on_its_way(ground, lost):
    assert (lost.state, can_settle(lost)) == (OutboxState.UNKNOWN, False)
    ground.wait(30)
    assert not can_settle(ground.item(lost))
    with pytest.raises(Refused, match="still looking"):
        settle(box(ground), lost.id, went=False)


def test_a_look_that_told_nothing_after_that_minute_leaves_it_to_the_seeker(ground, lost):
    ground.wait(61)
    assert can_settle(ground.item(lost))


def test_a_letter_that_nobody_can_look_for_is_left_to_the_seeker_too(ground, lost):
    def offline(*_args: object) -> None:
        raise Offline("no network")

    ground.mailbox.fetch_thread = offline
    ground.wait(61)
    assert can_settle(ground.item(lost))


def test_a_row_of_an_older_store_that_is_no_longer_looked_for_is_left_to_the_seeker(ground, lost):
    row = {name: value for name, value in to_row(lost).items() if name not in ("told", "doubted", "next_look")}
    assert can_settle(from_row(OutboxItem, row))


@pytest.mark.parametrize("state", [s for s in OutboxState if s is not OutboxState.UNKNOWN])
def test_only_a_letter_in_doubt_is_asked_about(ground, lost, state):
    ground.wait(61)
    row = to_row(ground.item(lost)) | {"state": state.value}
    assert not can_settle(from_row(OutboxItem, row))


def test_it_went_counts_as_sent_and_nothing_is_sent(ground, lost):
    ground.wait(61)
    said = settle(box(ground), lost.id, went=True)
    assert (said.state, said.told, said.problem) == (OutboxState.SENT, True, "")
    assert ground.desk.view(lost.message_id).state == "sent"
    ground.wait(86_400)
    assert not ground.mailbox.sent
    assert "told_sent" in noted(ground)


def test_it_did_not_leaves_a_letter_that_failed_and_nothing_is_sent_until_somebody_asks(ground, lost):
    ground.wait(61)
    said = settle(box(ground), lost.id, went=False)
    assert (said.state, said.told) == (OutboxState.FAILED, True)
    assert "You said" in said.problem
    ground.wait(86_400)
    assert not ground.mailbox.sent
    again = ground.draft(lost.message_id)
    ground.send(again)
    ground.wait(10)
    assert (ground.item(lost).state, len(ground.mailbox.sent), ground.item(lost).told) == (OutboxState.SENT, 1, False)


def test_what_the_mailbox_shows_at_that_moment_stands_over_any_word(ground, lost):
    ground.wait(61)
    _arrives_after_all(ground, lost)
    said = settle(box(ground), lost.id, went=False)
    assert (said.state, said.told) == (OutboxState.SENT, False)
    assert said.sent_message_id


def test_a_letter_that_turns_up_after_it_did_not_is_not_sent_again(ground, lost):
    ground.wait(61)
    settle(box(ground), lost.id, went=False)
    _arrives_after_all(ground, lost)
    with pytest.raises(Refused):
        ground.draft(lost.message_id, body=lost.body)
    assert (ground.item(lost).state, len(ground.mailbox.sent)) == (OutboxState.SENT, 1)  # the one that turned up


class _Killed(BaseException):
    """Stands for the process ending: nothing after it runs."""


class EndsWithTheWord(MemoryStore):
    """The process ends right after the write that holds the seeker's word, or takes it back."""

    def update(self, kind, key, change, *also):
        before = self.get(kind, key)
        after = super().update(kind, key, change, *also)
        if kind is OutboxItem and before is not None and before.told != after.told:
            raise _Killed
        return after


@pytest.mark.parametrize(("went", "what"), [(True, "told_sent"), (False, "told_failed"), (None, "told_nothing")])
def test_the_journal_has_the_word_even_when_the_program_ends_right_after_it(went, what):
    ground = Ground(store=EndsWithTheWord())
    drafted = replace(ground.draft(ground.rejection()), draft_id="gone")
    if went is None:
        ground.store.put(replace(drafted, state=OutboxState.SENT, told=True))
    else:
        long_ago = ground.clock.now() - timedelta(hours=1)
        ground.store.put(replace(drafted, state=OutboxState.UNKNOWN, doubted=long_ago))
    with pytest.raises(_Killed):
        take_back(box(ground), drafted.id) if went is None else settle(box(ground), drafted.id, went=went)
    assert what in noted(ground)


@pytest.mark.parametrize("went", [True, False])
def test_the_word_can_be_taken_back_and_the_letter_is_looked_for_again(ground, lost, went):
    ground.wait(61)
    settle(box(ground), lost.id, went=went)
    back = take_back(box(ground), lost.id)
    assert (back.state, back.told, can_settle(back)) == (OutboxState.UNKNOWN, False, True)
    assert "told_nothing" in noted(ground)


def test_what_was_seen_in_the_mailbox_is_not_taken_back(ground):
    drafted = ground.draft(ground.rejection())
    ground.send(drafted)
    ground.wait(10)
    assert take_back(box(ground), drafted.id).state is OutboxState.SENT


def test_a_new_try_ends_the_word(ground):
    drafted = ground.draft(ground.rejection())
    since = ground.clock.now()
    ground.store.put(replace(drafted, state=OutboxState.FAILED, told=True, doubted=since))  # its draft is still there
    assert not ground.send(ground.item(drafted)).told


def test_a_letter_that_failed_by_itself_is_not_put_in_doubt(ground):
    drafted = ground.draft(ground.rejection())
    ground.mailbox.remove(ground.mailbox.draft(drafted.draft_id).message_id)
    with pytest.raises(Refused):
        ground.send(drafted)
    ground.store.put(replace(ground.item(drafted), state=OutboxState.FAILED))
    assert take_back(box(ground), drafted.id).state is OutboxState.FAILED


def test_the_word_stands_after_a_restart(ground, lost):
    ground.wait(61)
    settle(box(ground), lost.id, went=True)
    ground.restart()
    ground.wait(3600)
    assert ground.item(lost).state is OutboxState.SENT


def test_a_letter_that_nobody_knows_is_not_found(ground):
    for ask in (lambda: settle(box(ground), "0" * 32, went=True), lambda: take_back(box(ground), "0" * 32)):
        with pytest.raises(NotFound):
            _ask(ask)


def _ask(ask: Callable[[], object]) -> None:
    ask()


def _arrives_after_all(ground: Ground, letter: OutboxItem) -> None:
    """Gmail shows the copy at last."""
    ground.mailbox.deliver(
        f"From: kim.doyle@seeker.example\nTo: {letter.to}\nSubject: {letter.subject}\nX-ClassAct-Id: {letter.id}\n"
        "In-Reply-To: <no-1@harbour.example>\nReferences: <no-1@harbour.example>\nMessage-ID: <late@x.example>\n"
        f"Date: {ground.clock.now():%a, %d %b %Y %H:%M:%S} +0000\n\n{letter.body}\n".encode(),
        labels=("SENT",),
    )
