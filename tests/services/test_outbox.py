"""A letter is sent once, after its window, or not at all; whatever is in doubt is looked up and never sent again."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from server.domain.model import Kind, OutboxItem, OutboxState
from server.errors import NotFound, Offline, RateLimited, Refused, SendInDoubt, UsageError
from server.mailboxes.memory import MemoryMailbox
from tests.services.desk_ground import START, Ground


def sent(ground: Ground) -> int:
    assert isinstance(ground.mailbox, MemoryMailbox)
    return len(ground.mailbox.sent)


def test_a_draft_alone_sends_nothing(ground, drafted):
    ground.wait(3600)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.DRAFTED, 0)


def test_send_holds_the_letter_for_the_undo_window(ground, drafted):
    held = ground.send(drafted)
    ground.wait(9.9)
    assert (held.state, (held.undo_until - START).total_seconds(), sent(ground)) == (OutboxState.HELD, 10.0, 0)


def test_the_letter_goes_when_the_window_has_passed(ground, drafted):
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_undo_inside_the_window_keeps_the_draft_and_sends_nothing(ground, drafted):
    held = ground.send(drafted)
    undone = ground.desk.outbox.undo(held.id)
    ground.wait(60)
    assert (undone.state, sent(ground)) == (OutboxState.UNDONE, 0)
    assert ground.mailbox.draft(drafted.draft_id) is not None


def test_undo_after_the_window_says_that_it_was_sent(ground, drafted):
    held = ground.send(drafted)
    ground.wait(10)
    assert ground.desk.outbox.undo(held.id).state is OutboxState.SENT


def test_an_undo_stands_when_an_earlier_click_on_send_is_still_being_checked(ground, drafted):
    read_thread = ground.mailbox.fetch_thread

    def send_and_undo_meanwhile(thread_id: str) -> object:
        ground.mailbox.fetch_thread = read_thread
        ground.desk.outbox.undo(ground.send(drafted).id)
        return read_thread(thread_id)

    ground.mailbox.fetch_thread = send_and_undo_meanwhile
    late = ground.send(drafted)
    ground.wait(10)
    assert (late.state, sent(ground)) == (OutboxState.UNDONE, 0)


def test_a_letter_taken_back_can_be_sent_later(ground, drafted):
    ground.desk.outbox.undo(ground.send(drafted).id)
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_a_double_click_sends_one_letter_with_one_window(ground, drafted):
    first = ground.send(drafted)
    ground.clock.advance(5)
    second = ground.send(drafted)
    ground.wait(5)
    assert (second.undo_until, sent(ground)) == (first.undo_until, 1)


def test_sending_again_what_was_sent_answers_sent_and_sends_nothing(ground, drafted):
    ground.send(drafted)
    ground.wait(10)
    assert (ground.send(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_many_threads_that_release_send_one_letter(ground, drafted):
    ground.send(drafted)
    ground.clock.advance(10)
    threads = [threading.Thread(target=ground.desk.outbox.release_due) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent(ground) == 1


def test_a_restart_closes_the_window_and_asks_again(ground, drafted):
    ground.send(drafted)
    ground.restart()
    ground.wait(3600)
    waiting = ground.item(drafted)
    assert (waiting.state, waiting.undo_until, sent(ground)) == (OutboxState.HELD, None, 0)


def test_a_letter_that_waited_over_a_restart_goes_when_asked_again(ground, drafted):
    ground.send(drafted)
    ground.restart()
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_undo_works_after_a_restart(ground, drafted):
    held = ground.send(drafted)
    ground.restart()
    assert ground.desk.outbox.undo(held.id).state is OutboxState.UNDONE


def test_a_letter_in_doubt_of_a_disconnected_account_holds_no_other_back(ground, drafted):
    lost = replace(
        drafted, id="lost", draft_id="lost", mailbox="gone@seeker.example", state=OutboxState.UNKNOWN, next_look=START
    )
    ground.store.delete(OutboxItem, drafted.id)
    ground.store.put(lost, drafted)  # the lost one comes first

    def open_mailbox(name: str) -> MemoryMailbox:
        if name == lost.mailbox:
            raise UsageError(name)
        return ground.mailbox

    ground.desk.outbox = replace(ground.desk.outbox, open_mailbox=open_mailbox)
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(lost).state, sent(ground)) == (OutboxState.UNKNOWN, 1)


def test_a_draft_edited_in_the_mailbox_is_not_sent(ground, drafted):
    ground.mailbox.put_draft(_letter_like(drafted), drafted.draft_id)
    with pytest.raises(Refused):
        ground.send(drafted)
    assert sent(ground) == 0


def test_a_draft_edited_inside_the_window_is_not_sent(ground, drafted):
    ground.send(drafted)
    ground.mailbox.put_draft(_letter_like(drafted), drafted.draft_id)
    ground.wait(10)
    failed = ground.item(drafted)
    assert (failed.state, sent(ground)) == (OutboxState.FAILED, 0)
    assert "changed in the mailbox" in failed.problem


def test_the_revision_the_seeker_saw_must_be_the_one_that_is_sent(ground, drafted):
    with pytest.raises(Refused):
        ground.desk.outbox.send(drafted.draft_id, "another")


def test_a_draft_deleted_in_the_mailbox_is_refused(ground, drafted):
    ground.mailbox.remove(ground.mailbox.draft(drafted.draft_id).message_id)
    with pytest.raises(Refused):
        ground.send(drafted)


def test_a_thread_answered_by_hand_asks_first(ground, drafted):
    _answer_by_hand(ground)
    with pytest.raises(Refused) as refused:
        ground.send(drafted)
    assert refused.value.code == "answered"


def test_a_thread_answered_by_hand_can_be_overruled(ground, drafted):
    _answer_by_hand(ground)
    ground.desk.outbox.send(drafted.draft_id, drafted.revision, confirmed=True)
    ground.wait(10)
    assert ground.item(drafted).state is OutboxState.SENT


def test_an_unknown_draft_is_not_found(ground):
    with pytest.raises(NotFound):
        ground.desk.outbox.send("nothing", "1")


def test_gmail_saying_no_leaves_the_draft_and_says_why(ground, drafted):
    _fail_sending(ground, RateLimited())
    ground.send(drafted)
    ground.wait(10)
    failed = ground.item(drafted)
    assert (failed.state, sent(ground)) == (OutboxState.FAILED, 0)
    assert "slow down" in failed.problem


def test_a_failed_letter_can_be_sent_again(ground, drafted):
    mend = _fail_sending(ground, RateLimited())
    ground.send(drafted)
    ground.wait(10)
    mend()
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_an_answer_lost_after_the_letter_went_is_found_out_and_not_repeated(ground, drafted):
    really_send = ground.mailbox.send_draft

    def lose_the_answer(draft_id: str) -> str:
        really_send(draft_id)
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = lose_the_answer
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_an_answer_lost_before_the_letter_went_stays_in_doubt_for_a_minute(ground, drafted):
    _fail_sending(ground, SendInDoubt("reset"))
    ground.send(drafted)
    ground.wait(10)
    for _ in range(5):
        ground.wait(10)
    assert ground.item(drafted).state is OutboxState.UNKNOWN


def test_after_that_minute_a_draft_that_is_still_there_may_be_sent_again(ground, drafted):
    mend = _fail_sending(ground, SendInDoubt("reset"))
    ground.send(drafted)
    ground.wait(10)
    ground.wait(61)
    assert ground.item(drafted).state is OutboxState.FAILED
    mend()
    ground.send(drafted)
    ground.wait(10)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_a_letter_whose_draft_and_copy_are_both_gone_stays_unknown_and_is_never_resent(ground, drafted):
    def vanish(draft_id: str) -> str:
        ground.mailbox.remove(ground.mailbox.draft(draft_id).message_id)
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = vanish
    ground.send(drafted)
    ground.wait(10)
    for _ in range(30):
        ground.wait(600)
    assert ground.item(drafted).state is OutboxState.UNKNOWN
    with pytest.raises(Refused):
        ground.send(drafted)


def test_looking_while_offline_keeps_the_doubt(ground, drafted):
    def offline(*_args: object) -> None:
        raise Offline("no network")

    def lose_the_network(_draft_id: str) -> str:
        ground.mailbox.fetch_thread = offline
        raise SendInDoubt("reset")

    ground.mailbox.send_draft = lose_the_network
    ground.send(drafted)
    ground.wait(10)
    ground.wait(120)
    assert ground.item(drafted).state is OutboxState.UNKNOWN


def test_a_stop_in_the_middle_of_a_send_that_went_ends_as_sent(ground, drafted):
    _stop_in_the_middle(ground, drafted, letter_went=True)
    ground.restart()
    ground.wait(1)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.SENT, 1)


def test_a_stop_in_the_middle_of_a_send_that_did_not_go_ends_as_failed(ground, drafted):
    _stop_in_the_middle(ground, drafted, letter_went=False)
    ground.restart()
    ground.wait(1)
    ground.wait(61)
    assert (ground.item(drafted).state, sent(ground)) == (OutboxState.FAILED, 0)


def test_there_is_one_letter_per_rejection_kind_and_person(ground, drafted):
    again = ground.draft(drafted.message_id, body="Thank you, dear Ada.")
    assert (again.id, again.draft_id) == (drafted.id, drafted.draft_id)
    other = ground.draft(drafted.message_id, kind=Kind.FEEDBACK)
    assert other.id != drafted.id


def test_a_letter_on_its_way_cannot_be_written_anew(ground, drafted):
    ground.send(drafted)
    with pytest.raises(Refused):
        ground.draft(drafted.message_id, body="Other words.")


def test_a_lost_answer_to_the_draft_makes_no_second_draft(ground):
    message_id = ground.rejection()
    really_put = ground.mailbox.put_draft

    def lose_the_answer(*arguments: object) -> None:
        really_put(*arguments)
        raise Offline("reset")

    ground.mailbox.put_draft = lose_the_answer
    with pytest.raises(Offline):
        ground.draft(message_id)
    ground.mailbox.put_draft = really_put
    item = ground.draft(message_id)
    drafts = [raw for raw in ground.mailbox.fetch_thread(item.thread_id) if "DRAFT" in raw.labels]
    assert len(drafts) == 1


def test_a_draft_edited_in_the_mailbox_is_not_overwritten(ground, drafted):
    ground.mailbox.put_draft(_letter_like(drafted), drafted.draft_id)
    with pytest.raises(Refused):
        ground.draft(drafted.message_id, body="Mine again.")


@pytest.mark.parametrize(
    "to", ["no-reply@harbour.example", "", "ada", "a@b@c.example", "ada@harbour.example\nBcc: x@y.example"]
)
def test_an_address_that_nobody_reads_or_that_is_none_gets_no_draft(ground, to):
    message_id = ground.rejection()
    with pytest.raises(Refused):
        ground.desk.draft(message_id, Kind.THANK_YOU, to, "Re: Your application", "Thank you.")
    assert not [
        raw for raw in ground.mailbox.fetch_thread(ground.mailbox.fetch_thread and message_id) if "DRAFT" in raw.labels
    ]


def test_the_draft_answers_the_rejection_in_its_thread(ground, drafted):
    (draft,) = [raw for raw in ground.mailbox.fetch_thread(drafted.thread_id) if "DRAFT" in raw.labels]
    assert b"In-Reply-To: <no-1@harbour.example>" in draft.content
    assert b"References: <no-1@harbour.example>" in draft.content
    assert b"Auto-Submitted" not in draft.content


def _letter_like(item: OutboxItem):
    from server.domain.model import Contact, Letter  # noqa: PLC0415

    return Letter(item.id, Contact("", item.to), Contact("", item.to), item.subject, "Edited by hand.", item.thread_id)


def _answer_by_hand(ground: Ground) -> None:
    ground.mailbox.deliver(
        b"From: kim.doyle@seeker.example\nTo: ada.lovell@harbour.example\nSubject: Re: Your application\n"
        b"In-Reply-To: <no-1@harbour.example>\nReferences: <no-1@harbour.example>\nMessage-ID: <mine@seeker.example>\n"
        b"Date: Tue, 01 Sep 2026 08:00:00 +0000\n\nThank you!\n",
        labels=("SENT",),
    )


def _fail_sending(ground: Ground, error: Exception):
    kept = ground.mailbox.send_draft

    def fail(_draft_id: str) -> str:
        raise error

    ground.mailbox.send_draft = fail

    def mend() -> None:
        ground.mailbox.send_draft = kept

    return mend


class _Killed(BaseException):
    """Stands for the process ending: nothing after it runs."""


def _stop_in_the_middle(ground: Ground, drafted: OutboxItem, *, letter_went: bool) -> None:
    kept = ground.mailbox.send_draft

    def die(draft_id: str) -> str:
        if letter_went:
            kept(draft_id)
        raise _Killed

    ground.mailbox.send_draft = die
    ground.send(drafted)
    with pytest.raises(_Killed):
        ground.wait(10)
    ground.mailbox.send_draft = kept
    assert ground.item(drafted).state is OutboxState.SENDING


def test_two_tabs_that_save_one_letter_leave_one_draft(ground):
    message_id = ground.rejection()
    threads = [threading.Thread(target=ground.draft, args=(message_id,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    thread_id = next(iter(ground.desk.outbox.of_message("kim.doyle@seeker.example", message_id))).thread_id
    assert len([raw for raw in ground.mailbox.fetch_thread(thread_id) if "DRAFT" in raw.labels]) == 1
