"""One intent, one letter, whatever comes between: other tabs and computers, sleep, edits by hand, a Gmail that errs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.model import Contact, Kind, Letter, OutboxItem, OutboxState
from server.errors import HomeNotWritable, Offline, RateLimited, Refused, SendInDoubt
from server.services.drafts import intent_id
from tests.services.desk_ground import Ground
from tests.services.letters_ground import ADA, by_hand


def state(ground: Ground, item: OutboxItem) -> OutboxState:
    return ground.item(item).state


# -- a second intent


@pytest.mark.parametrize("seconds", [0, 10])
def test_the_same_letter_once_more_answers_the_first_one(ground, drafted, seconds):
    held = ground.send(drafted)
    ground.wait(seconds)
    again = ground.draft(drafted.message_id)
    assert again == ground.item(held)
    ground.send(again)
    ground.wait(10)
    assert len(ground.mailbox.sent) == 1


def test_after_a_restart_the_same_letter_still_answers_the_first_one(ground, drafted):
    ground.send(drafted)
    ground.restart()
    again = ground.draft(drafted.message_id)
    assert (again.id, again.state, again.undo_until) == (drafted.id, OutboxState.HELD, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@harbour.example", "Ada@Harbour.example "),
        ("ada@harbour.example", "ada+jobs@harbour.example"),
        ("a.da.lee@gmail.com", "adalee@googlemail.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
    ],
)
def test_one_person_is_one_intent_however_the_address_is_written(one, other):
    assert intent_id("m", "1", Kind.THANK_YOU, one) == intent_id("m", "1", Kind.THANK_YOU, other)


@pytest.mark.parametrize("other", ["ada.b@harbour.example", "ada@harbour2.example", "a.d.a@harbour.example"])
def test_other_people_are_other_intents(other):
    assert intent_id("m", "1", Kind.THANK_YOU, "ada@harbour.example") != intent_id("m", "1", Kind.THANK_YOU, other)


def test_a_letter_that_another_computer_has_sent_is_not_sent_from_here(ground, drafted):
    ground.send(drafted)
    ground.wait(10)
    ground.store.delete(OutboxItem, drafted.id)  # this computer has never heard of it
    with pytest.raises(Refused, match="on its way or sent"):
        ground.draft(drafted.message_id, body="Thank you.")
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_letter_sent_from_gmail_by_hand_counts_as_sent_and_is_not_written_again(ground, drafted):
    ground.mailbox.send_draft(drafted.draft_id)
    assert ground.send(drafted).state is OutboxState.SENT
    ground.wait(10)
    assert len(ground.mailbox.sent) == 1


def test_a_letter_sent_by_hand_inside_the_window_is_not_sent_again(ground, drafted):
    ground.send(drafted)
    ground.mailbox.send_draft(drafted.draft_id)
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_draft_that_was_lost_and_then_edited_by_hand_is_not_overwritten(ground):
    message_id, really_put = ground.rejection(), ground.mailbox.put_draft

    def lose_the_answer(*arguments: object) -> None:
        really_put(*arguments)
        raise Offline("reset")

    ground.mailbox.put_draft = lose_the_answer
    with pytest.raises(Offline):
        ground.draft(message_id)
    ground.mailbox.put_draft = really_put
    (left,) = ground.mailbox._drafts
    item = next(iter(ground.store.all(OutboxItem)))
    letter = Letter(item.id, Contact("", ""), Contact("", ADA), item.subject, "My own words.", item.thread_id)
    really_put(letter, left)
    with pytest.raises(Refused, match="changed in the mailbox"):
        ground.draft(message_id)


# -- the thread moves on


def test_an_answer_by_hand_inside_the_window_stops_the_letter(ground, drafted):
    ground.send(drafted)
    by_hand(ground)
    ground.wait(10)
    stopped = ground.item(drafted)
    assert (stopped.state, len(ground.mailbox.sent)) == (OutboxState.FAILED, 1)  # the one by hand
    assert "already answered" in stopped.problem


def test_new_mail_in_the_thread_is_asked_about(ground, drafted):
    by_hand(ground, sender="ada.lovell@harbour.example", labels=("INBOX",), body="We were wrong: please come.")
    with pytest.raises(Refused) as refused:
        ground.send(drafted)
    assert refused.value.code == "answered"


def test_new_mail_inside_the_window_stops_the_letter(ground, drafted):
    ground.send(drafted)
    by_hand(ground, sender="ada.lovell@harbour.example", labels=("INBOX",), body="We were wrong: please come.")
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.FAILED, 0)


def test_news_that_the_seeker_overruled_does_not_stop_the_letter(ground, drafted):
    by_hand(ground, sender="ada.lovell@harbour.example", labels=("INBOX",), body="Out of office.")
    ground.desk.outbox.send(drafted.draft_id, drafted.revision, confirmed=True)
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_letter_of_another_kind_from_here_is_no_answer_by_hand(ground, drafted):
    ground.send(drafted)
    ground.wait(10)
    feedback = ground.draft(drafted.message_id, "May I ask what was missing?", Kind.FEEDBACK)
    assert ground.send(feedback).state is OutboxState.HELD


# -- Gmail errs


def test_a_refusal_after_the_letter_went_is_found_out(ground, drafted):
    """Gmail says 429 although it sent: the draft is gone, so the refusal is not believed."""
    really_send = ground.mailbox.send_draft

    def send_and_refuse(draft_id: str) -> str:
        really_send(draft_id)
        raise RateLimited

    ground.mailbox.send_draft = send_and_refuse
    ground.send(drafted)
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_sent_copy_without_our_header_is_known_by_its_words(ground, drafted):
    def send_bare(draft_id: str) -> str:
        draft = ground.mailbox.draft(draft_id)
        ground.mailbox.remove(draft.message_id)
        by_hand(ground, body="Thank you, Ada.")
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = send_bare
    ground.send(drafted)
    ground.wait(10)
    assert state(ground, drafted) is OutboxState.SENT


def test_another_mail_by_hand_is_not_taken_for_the_letter(ground, drafted):
    def delete_the_draft(draft_id: str) -> str:
        ground.mailbox.remove(ground.mailbox.draft(draft_id).message_id)
        by_hand(ground, body="Please delete my data.")
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = delete_the_draft
    ground.send(drafted)
    ground.wait(10)
    ground.wait(90)
    assert state(ground, drafted) is OutboxState.UNKNOWN


def test_an_unforeseen_failure_in_the_send_leaves_a_doubt_and_no_letter_that_sends_for_ever(ground, drafted):
    def break_down(_draft_id: str) -> str:
        raise ZeroDivisionError

    ground.mailbox.send_draft = break_down
    ground.send(drafted)
    with pytest.raises(ZeroDivisionError):
        ground.wait(10)
    assert state(ground, drafted) is OutboxState.UNKNOWN
    ground.wait(61)
    assert state(ground, drafted) is OutboxState.FAILED


def test_a_send_whose_end_could_not_be_written_is_looked_up(ground, drafted):
    """The disk is full in the moment in which the letter went."""
    really_send, really_update = ground.mailbox.send_draft, ground.store.update

    def refuse(*_arguments: object) -> None:
        raise HomeNotWritable("home", "full")

    def send_and_fill_the_disk(draft_id: str) -> str:
        ground.store.update = refuse
        return really_send(draft_id)

    ground.mailbox.send_draft = send_and_fill_the_disk
    ground.send(drafted)
    with pytest.raises(HomeNotWritable):
        ground.wait(10)
    ground.store.update = really_update
    assert state(ground, drafted) is OutboxState.SENDING
    ground.wait(181)
    ground.wait(1)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_one_letter_that_breaks_does_not_hold_the_others_back(ground, drafted):
    other = ground.draft(drafted.message_id, "May I ask?", Kind.FEEDBACK)
    really_send = ground.mailbox.send_draft

    def break_on_the_first(draft_id: str) -> str:
        if draft_id == drafted.draft_id:
            raise ZeroDivisionError
        return really_send(draft_id)

    ground.mailbox.send_draft = break_on_the_first
    ground.send(drafted)
    ground.send(other)
    ground.clock.advance(10)
    for outbox_id in ground.desk.outbox.due():
        try:
            ground.desk.outbox.step(outbox_id)
        except ZeroDivisionError:
            continue
    assert state(ground, other) is OutboxState.SENT


# -- time


def test_a_computer_that_slept_through_the_window_asks_again(ground, drafted):
    ground.send(drafted)
    ground.wait(8 * 3600)
    slept = ground.item(drafted)
    assert (slept.state, slept.undo_until, len(ground.mailbox.sent)) == (OutboxState.HELD, None, 0)
    assert slept.problem
    ground.send(drafted)
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_a_clock_that_is_set_back_opens_no_endless_window(ground, drafted):
    ground.send(drafted)
    ground.clock.time -= timedelta(hours=1)
    ground.wait(0)
    waiting = ground.item(drafted)
    assert (waiting.state, waiting.undo_until) == (OutboxState.HELD, None)


def test_a_waiting_letter_whose_draft_was_deleted_can_be_written_again(ground, drafted):
    ground.send(drafted)
    ground.restart()
    ground.mailbox.remove(ground.mailbox.draft(drafted.draft_id).message_id)
    with pytest.raises(Refused, match="no longer there"):
        ground.send(drafted)
    again = ground.draft(drafted.message_id)
    ground.send(again)
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.SENT, 1)


def test_undo_stands_while_the_last_look_is_taken(ground, drafted):
    """The window has passed, Gmail is slow to show the draft, and the seeker presses Undo: nothing goes."""
    held = ground.send(drafted)
    really_look = ground.mailbox.draft

    def undo_meanwhile(draft_id: str) -> object:
        ground.desk.outbox.undo(held.id)
        return really_look(draft_id)

    ground.mailbox.draft = undo_meanwhile
    ground.wait(10)
    assert (state(ground, drafted), len(ground.mailbox.sent)) == (OutboxState.UNDONE, 0)


def test_no_network_at_the_last_look_leaves_the_letter_and_says_why(ground, drafted):
    ground.send(drafted)

    def offline(_draft_id: str) -> None:
        raise Offline("no network")

    ground.mailbox.draft = offline
    ground.wait(10)
    failed = ground.item(drafted)
    assert (failed.state, len(ground.mailbox.sent)) == (OutboxState.FAILED, 0)
    assert "no network" in failed.problem


def test_a_row_of_an_older_version_is_sent_as_ever(ground, drafted):
    ground.store.put(replace(drafted, seen=()))
    ground.send(drafted)
    ground.wait(10)
    assert state(ground, drafted) is OutboxState.SENT
