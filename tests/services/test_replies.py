"""Replies are found in the threads of letters, read once, and kept with their rejection."""

from __future__ import annotations

import pytest

from nlp.verdict import Label
from server.domain.model import JournalEntry, Judged, Kind, OutboxState, record_key
from server.domain.replies import Reply, ReplyKind
from server.errors import Offline
from server.services.after import draft_thanks
from server.services.replies import recognise
from tests.services.after_ground import ADA, FEEDBACK, AfterGround
from tests.services.desk_ground import SEEKER, patched


@pytest.fixture
def ground() -> AfterGround:
    return AfterGround()


def test_a_reply_with_feedback_is_kept_with_the_sentence_that_holds_it(ground):
    message_id = ground.arrives(FEEDBACK)
    (reply,) = ground.replies()
    assert (reply.message_id, reply.answers, reply.kind) == (message_id, ground.no, ReplyKind.FEEDBACK)
    assert [span.text for span in reply.sentences] == ["Your chart work was fine, but you lacked time at sea."]


def test_a_reply_is_read_once_however_often_one_scans(ground):
    ground.arrives(FEEDBACK)
    ground.scan()
    assert recognise(ground.mailbox, ground.store, ground.clock, ground.desk.mails) == []
    assert len(ground.replies()) == 1
    assert [entry.what for entry in ground.store.all(JournalEntry)].count("replied") == 1


def test_quoted_mail_below_the_answer_is_not_the_answer(ground):
    body = (
        "Thank you, Kim!\n\nOn Mon, 31 Aug 2026 at 11:00, Kim Doyle wrote:\n> I would suggest that you work on this.\n"
    )
    ground.arrives(body)
    (reply,) = ground.replies()
    assert (reply.kind, reply.sentences) == (ReplyKind.THANKS, ())


def test_mail_in_a_thread_without_a_letter_is_no_reply():
    ground = AfterGround(thanked=False)
    ground.arrives(FEEDBACK)
    assert ground.replies() == []


def test_mail_in_another_thread_is_no_reply(ground):
    ground.arrives(FEEDBACK, thread=False)
    assert ground.replies() == []


def test_an_automatic_answer_is_told_by_its_header(ground):
    ground.arrives("Thank you for your mail.", headers="Auto-Submitted: auto-replied\n", days=0)
    assert [reply.kind for reply in ground.replies()] == [ReplyKind.AUTOMATIC]


def test_a_letter_that_the_seeker_wrote_by_hand_has_replies_too():
    ground = AfterGround(thanked=False)
    mail = (
        f"From: Kim <{SEEKER}>\nTo: {ADA}\nSubject: Re: Your application\nIn-Reply-To: <no-1@harbour.example>\n"
        "Message-ID: <mine@seeker.example>\nDate: Tue, 01 Sep 2026 10:00:00 +0000\n\nThank you, Ada.\n"
    )
    ground.mailbox.deliver(mail.encode(), labels=["SENT"])
    ground.arrives(FEEDBACK)
    assert [reply.answers for reply in ground.replies()] == [ground.no]


def test_a_mailbox_that_fails_costs_no_reply(ground):
    whole = type(ground.mailbox).fetch
    asked: list[int] = []

    def fetch(ids):
        asked.append(1)
        if len(asked) == 2:  # the scan has its message; the reading of replies comes second
            raise Offline("no network")
        return whole(ground.mailbox, ids)

    patched(ground.mailbox, fetch=fetch)
    ground.arrives(FEEDBACK)
    assert ground.replies() == []
    ground.scan()
    assert [reply.kind for reply in ground.replies()] == [ReplyKind.FEEDBACK]


def test_a_reply_that_was_deleted_is_not_asked_for_again(ground):
    message_id = ground.arrives(FEEDBACK)
    ground.store.delete(Reply, record_key(SEEKER, message_id))
    ground.mailbox.remove(message_id)
    ground.scan()
    assert ground.replies() == []
    assert ground.store.get(Reply, record_key(SEEKER, message_id)).kind == "gone"


def test_what_the_classifier_calls_an_interview_is_news(ground):
    message_id = ground.arrives("Shall we say Thursday at three?")
    row = ground.store.get(Judged, record_key(SEEKER, message_id))
    ground.store.delete(Reply, row.key)
    ground.store.put(
        type(row)(**{name: getattr(row, name) for name in row.__dataclass_fields__} | {"label": Label.INTERVIEW})
    )
    ground.scan()
    assert [reply.kind for reply in ground.replies()] == [ReplyKind.NEWS]


class TestThanksForFeedback:
    def test_answer_the_reply_and_lie_in_the_drafts(self, ground):
        reply = ground.arrives(FEEDBACK)
        item = draft_thanks(ground.desk, ground.no)
        assert (item.message_id, item.kind, item.to) == (reply, Kind.THANKS_FOR_FEEDBACK, ADA)
        assert item.state is OutboxState.DRAFTED
        (draft,) = [m for m in ground.mailbox.fetch_thread(item.thread_id) if "DRAFT" in m.labels]
        assert b"In-Reply-To: <2@harbour.example>" in draft.content

    def test_are_advised_against_where_there_is_no_feedback(self, ground):
        ground.arrives("Thank you, Kim!")
        assert "No feedback" in ground.desk.suggest(ground.no, Kind.THANKS_FOR_FEEDBACK).advice

    def test_leave_other_letters_about_the_rejection_alone(self, ground):
        ground.arrives(FEEDBACK)
        assert (
            ground.desk.draft(ground.no, Kind.FEEDBACK, ADA, "Re: Your application", "Dear Ada,").message_id
            == ground.no
        )
