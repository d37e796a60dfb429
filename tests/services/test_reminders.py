"""Reminders over a real desk: letters begin them, words move them, silence ends them, and nothing is ever sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from server.domain.model import JournalEntry, Judged, Kind, Rejection, record_key
from server.domain.reminders import How, Reminder, What
from server.errors import NotFound, UsageError
from tests.services.after_ground import AfterGround
from tests.services.desk_ground import SEEKER


@pytest.fixture
def ground() -> AfterGround:
    return AfterGround()


def only(ground: AfterGround) -> Reminder:
    (found,) = ground.waiting()
    return found


class TestACheckIn:
    def test_comes_six_weeks_after_a_letter_at_nine_where_the_seeker_is(self, ground):
        found = only(ground)
        assert (found.what, found.who) == (What.CHECK_IN, "Ada Lovell")
        assert found.due == datetime(2026, 10, 13, 7, 0, tzinfo=UTC)

    def test_moves_on_when_they_write(self, ground):
        before = only(ground).due
        ground.arrives("Thank you, Kim!", days=10)
        assert (only(ground).due - before).days == 10

    def test_moves_on_when_they_write_in_another_thread(self, ground):
        before = only(ground).due
        ground.arrives("Hello Kim, I thought of you.", days=10, thread=False)
        assert (only(ground).due - before).days == 10

    def test_does_not_move_for_a_machine(self, ground):
        before = only(ground)
        ground.arrives("I am out of the office.", headers="Auto-Submitted: auto-replied\n", days=3)
        assert only(ground) == before

    def test_is_no_more_when_there_is_news(self, ground):
        ground.arrives("Are you still interested? The other candidate has withdrawn.", days=3)
        assert ground.waiting() == []

    def test_ends_with_the_check_in_letter_and_silence_keeps_it_so(self, ground):
        ground.write(Kind.STAY_IN_TOUCH, days=43)
        ground.pass_days(400)
        assert ground.waiting() == []

    def test_begins_anew_when_they_answer_that(self, ground):
        ground.write(Kind.STAY_IN_TOUCH, days=43)
        ground.arrives("How nice to hear from you, Kim.", days=2)
        assert len(ground.waiting()) == 1

    def test_is_void_while_the_mail_counts_as_no_rejection(self, ground):
        ground.desk.correct(ground.no, is_rejection=False)
        ground.pass_days(1)
        assert ground.waiting() == []
        ground.desk.correct(ground.no, is_rejection=True)
        ground.pass_days(1)
        assert len(ground.waiting()) == 1

    def test_is_one_for_each_person(self, ground):
        ground.write(Kind.FEEDBACK, days=2)
        assert len(ground.waiting()) == 1

    def test_needs_a_letter(self):
        assert AfterGround(thanked=False).waiting() == []

    def test_does_not_come_up_for_answers_of_long_ago_that_a_first_scan_meets(self):
        ground = AfterGround(thanked=False)
        ground.clock.advance(200 * 86400)
        mail = (
            f"From: Kim <{SEEKER}>\nTo: ada.lovell@harbour.example\nSubject: Re: Your application\n"
            "In-Reply-To: <no-1@harbour.example>\nMessage-ID: <mine@seeker.example>\n"
            "Date: Tue, 01 Sep 2026 10:00:00 +0000\n\nThank you, Ada.\n"
        )
        ground.mailbox.deliver(mail.encode(), labels=["SENT"])
        ground.scan()
        assert ground.store.all(Reminder) == []

    def test_survives_a_long_sleep_and_is_journalled_once_when_it_is_seen(self, ground):
        ground.clock.advance(300 * 86400)
        for _look in range(3):
            ground.desk.reminders.note_shown(ground.desk.reminders.due())
        assert len(ground.desk.reminders.due()) == 1
        assert [entry.what for entry in ground.store.all(JournalEntry)].count("reminded") == 1

    def test_fades_four_weeks_after_it_was_seen(self, ground):
        ground.clock.advance(50 * 86400)
        ground.desk.reminders.note_shown(ground.desk.reminders.due())
        ground.pass_days(29)
        assert ground.waiting() == []

    def test_stays_after_a_restart_as_the_seeker_left_it(self, ground):
        moved = ground.desk.reminders.snooze(only(ground).id, 60)
        ground.restart()
        ground.desk.reminders.refresh()
        assert only(ground).due == moved.due


class TestRemindMeTomorrow:
    def test_means_nine_in_the_morning_where_the_seeker_is(self):
        ground = AfterGround(thanked=False)
        made = ground.desk.reminders.remind(ground.desk.view(ground.no).row)
        assert made.due == datetime(2026, 9, 2, 7, 0, tzinfo=UTC)

    def test_twice_is_one_reminder_with_the_later_wish(self):
        ground = AfterGround(thanked=False)
        row = ground.desk.view(ground.no).row
        ground.desk.reminders.remind(row)
        ground.desk.reminders.remind(row, 3)
        assert only(ground).due.day == 4

    def test_taken_back_is_no_reminder(self):
        ground = AfterGround(thanked=False)
        row = ground.desk.view(ground.no).row
        ground.desk.reminders.remind(row)
        assert ground.desk.reminders.take_back(row) is None
        assert (ground.waiting(), ground.desk.reminders.of(row)) == ([], None)

    def test_taken_back_goes_back_to_the_date_that_it_replaced_also_after_a_restart(self):
        ground = AfterGround(thanked=False)
        row = ground.desk.view(ground.no).row
        first = ground.desk.reminders.remind(row, 14)
        for _press in range(2):
            ground.desk.reminders.remind(row)
        ground.restart()
        back = ground.desk.reminders.take_back(row)
        assert (back.due, ground.waiting()) == (first.due, [back])

    def test_ends_when_the_letter_is_written(self):
        ground = AfterGround(thanked=False)
        ground.desk.reminders.remind(ground.desk.view(ground.no).row)
        ground.write(Kind.THANK_YOU, days=0.5)
        assert [one.what for one in ground.waiting()] == [What.CHECK_IN]
        letter = next(one for one in ground.store.all(Reminder) if one.what == What.LETTER)
        assert letter.how == How.WRITTEN

    def test_holds_although_another_letter_went_before(self, ground):
        ground.desk.reminders.remind(ground.desk.view(ground.no).row)
        ground.pass_days(0.1)
        assert What.LETTER in [one.what for one in ground.waiting()]

    def test_ends_when_the_mail_is_said_to_be_no_rejection(self):
        ground = AfterGround(thanked=False)
        ground.desk.reminders.remind(ground.desk.view(ground.no).row)
        ground.desk.correct(ground.no, is_rejection=False)
        ground.pass_days(0)
        assert ground.waiting() == []

    @pytest.mark.parametrize("days", [0, -1, 366])
    def test_refuses_days_that_make_no_sense(self, ground, days):
        with pytest.raises(UsageError):
            ground.desk.reminders.remind(ground.desk.view(ground.no).row, days)


class TestWhatTheSeekerDoes:
    def test_done_takes_it_off_the_list(self, ground):
        assert ground.desk.reminders.done(only(ground).id).done
        ground.pass_days(1)
        assert ground.waiting() == []

    def test_removed_never_comes_back(self, ground):
        ground.desk.reminders.remove(only(ground).id)
        ground.arrives("Thank you, Kim!", days=10)
        assert ground.waiting() == []

    def test_what_has_ended_meanwhile_stays_as_it_is(self, ground):
        id_ = only(ground).id
        ground.desk.reminders.done(id_)
        assert ground.desk.reminders.snooze(id_, 3).done

    def test_an_unknown_one_is_said_to_be_unknown(self, ground):
        with pytest.raises(NotFound):
            ground.desk.reminders.done("0" * 16)

    def test_one_of_a_mailbox_that_is_not_shown_is_unknown_too(self, ground):
        found = only(ground)
        object.__setattr__(ground.desk.reminders, "visible", lambda: lambda _mailbox: False)
        with pytest.raises(NotFound):
            ground.desk.reminders.done(found.id)
        assert ground.waiting() == []


def test_nothing_is_sent_by_any_of_it(ground):
    before = len(ground.mailbox.sent)
    ground.pass_days(60)
    ground.desk.reminders.note_shown(ground.desk.reminders.due())
    ground.desk.reminders.snooze(only(ground).id, 1)
    ground.pass_days(60)
    ground.scan()
    assert len(ground.mailbox.sent) == before


def test_looking_again_writes_nothing(ground):
    rows = [record for kind in (Reminder, Judged, Rejection) for record in ground.store.all(kind)]
    ground.desk.reminders.refresh()
    assert [record for kind in (Reminder, Judged, Rejection) for record in ground.store.all(kind)] == rows
    assert ground.store.get(Judged, record_key(SEEKER, ground.no))
