"""A letter whose draft was deleted in Gmail: the seeker is told once, then one press makes a new draft and sends it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.domain.model import OutboxItem, OutboxState
from server.errors import Offline, RateLimited, Refused, SendInDoubt
from server.services.settling import settle
from server.stores.rows import from_row, to_row
from tests.services.desk_ground import SEEKER, Ground
from tests.services.letters_ground import ADA, by_hand


def delete_draft(ground: Ground, item: OutboxItem) -> None:
    ground.mailbox.remove(ground.mailbox.draft(item.draft_id).message_id)


def press(ground: Ground, item: OutboxItem, *, confirmed: bool = False) -> OutboxItem:
    """Send, as card and dashboard ask for it: by the draft that they know."""
    return ground.desk.send(item.draft_id, item.revision, confirmed=confirmed)


def hear_of_it(ground: Ground, item: OutboxItem) -> OutboxItem:
    """The first press on a letter whose draft is gone."""
    with pytest.raises(Refused) as refused:
        press(ground, item)
    assert refused.value.code == "draft_gone"
    return ground.item(item)


def drafts(ground: Ground, item: OutboxItem) -> int:
    return sum("DRAFT" in raw.labels for raw in ground.mailbox.fetch_thread(item.thread_id))


@pytest.mark.parametrize("restarted", [False, True])
def test_whoever_was_told_that_the_draft_is_gone_sends_the_letter_with_one_press(ground, drafted, restarted):
    press(ground, drafted)
    if restarted:  # it waits for the seeker's word, and the press on it is the first to find the draft gone
        ground.restart()
        delete_draft(ground, drafted)
        told = hear_of_it(ground, drafted)
    else:
        delete_draft(ground, drafted)
        ground.wait(10)
        told = ground.item(drafted)
    assert told.state is OutboxState.FAILED
    assert "no longer there" in told.problem
    held = press(ground, told)
    assert (held.state, held.draft_id != drafted.draft_id) == (OutboxState.HELD, True)
    ground.wait(10)
    assert (ground.item(drafted).state, len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


@pytest.mark.parametrize("undone", [False, True])
def test_a_draft_that_waits_for_nothing_is_made_anew_after_it_was_told_too(ground, drafted, undone):
    if undone:
        ground.desk.outbox.undo(press(ground, drafted).id)
    delete_draft(ground, drafted)
    told = hear_of_it(ground, drafted)
    assert told.state is OutboxState.FAILED
    press(ground, told)
    ground.wait(10)
    assert (ground.item(drafted).state, len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_letter_that_failed_for_another_reason_is_told_of_first(ground, drafted):
    kept = ground.mailbox.send_draft

    def slow_down(_draft_id: str) -> str:
        raise RateLimited

    ground.mailbox.send_draft = slow_down
    press(ground, drafted)
    ground.wait(10)
    ground.mailbox.send_draft = kept
    delete_draft(ground, drafted)
    hear_of_it(ground, drafted)
    ground.wait(60)
    assert not ground.mailbox.sent


def test_the_new_draft_has_a_window_of_its_own_and_can_be_taken_back(ground, drafted):
    delete_draft(ground, drafted)
    held = press(ground, hear_of_it(ground, drafted))
    ground.clock.advance(9)
    assert ground.desk.outbox.undo(held.id).state is OutboxState.UNDONE
    ground.wait(60)
    assert not ground.mailbox.sent


def test_a_second_press_with_the_lost_draft_answers_the_letter_that_is_on_its_way(ground, drafted):
    delete_draft(ground, drafted)
    told = hear_of_it(ground, drafted)
    first, second = press(ground, told), press(ground, told)
    ground.wait(10)
    assert (second.id, second.undo_until) == (first.id, first.undo_until)
    assert len(ground.mailbox.sent) == 1


def test_a_copy_that_has_left_meanwhile_is_found_and_none_is_written(ground, drafted):
    delete_draft(ground, drafted)
    told = hear_of_it(ground, drafted)
    copy = f"From: {SEEKER}\nTo: {ADA}\nSubject: Re: Your application\nX-ClassAct-Id: {drafted.id}\n"
    threaded = "In-Reply-To: <no-1@harbour.example>\nReferences: <no-1@harbour.example>\nMessage-ID: <late@x.example>\n"
    dated = f"Date: {ground.clock.now():%a, %d %b %Y %H:%M:%S} +0000\n\nThank you, Ada.\n"
    ground.mailbox.deliver((copy + threaded + dated).encode(), labels=("SENT",))
    assert press(ground, told).state is OutboxState.SENT
    assert (len(ground.mailbox.sent), drafts(ground, drafted)) == (1, 0)


def test_where_the_seeker_may_have_sent_it_from_gmail_they_are_asked_each_time(ground, drafted):
    delete_draft(ground, drafted)
    told = hear_of_it(ground, drafted)
    by_hand(ground)  # Gmail may have dropped our header when the draft was edited there
    with pytest.raises(Refused) as refused:
        press(ground, told)
    assert (refused.value.code, drafts(ground, drafted)) == ("answered", 0)
    press(ground, told, confirmed=True)
    ground.wait(10)
    assert ground.item(drafted).state is OutboxState.SENT


def test_an_answer_by_hand_is_told_of_before_the_lost_draft(ground, drafted):
    delete_draft(ground, drafted)
    by_hand(ground)
    with pytest.raises(Refused) as refused:
        press(ground, drafted)
    assert refused.value.code == "answered"


def test_after_the_word_that_it_did_not_go_one_press_sends_it(ground, drafted):
    kept = ground.mailbox.send_draft

    def vanish(_draft_id: str) -> str:
        delete_draft(ground, drafted)
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = vanish
    press(ground, drafted)
    ground.wait(10)
    ground.mailbox.send_draft = kept
    ground.wait(61)
    press(ground, settle(ground.desk.outbox, drafted.id, went=False))
    ground.wait(10)
    assert (ground.item(drafted).state, len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_new_draft_whose_answer_was_lost_is_found_again_and_made_once(ground, drafted):
    delete_draft(ground, drafted)
    told = hear_of_it(ground, drafted)
    really_put = ground.mailbox.put_draft

    def lose_the_answer(*arguments: object) -> None:
        really_put(*arguments)
        raise Offline("reset")

    ground.mailbox.put_draft = lose_the_answer
    with pytest.raises(Offline):
        press(ground, told)
    ground.mailbox.put_draft = really_put
    press(ground, ground.item(told))
    assert drafts(ground, drafted) == 1
    ground.wait(10)
    assert (ground.item(drafted).state, len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_letter_of_an_older_log_is_told_of_first(ground, drafted):
    row = to_row(replace(drafted, state=OutboxState.FAILED))
    row.pop("lost_draft")
    ground.store.put(from_row(OutboxItem, row))
    delete_draft(ground, drafted)
    hear_of_it(ground, drafted)
