"""Check-ins reset and stop by their rules, whatever the order of looking; mornings come at nine in every zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.domain.reminders import (
    CHECK_IN,
    FADE,
    How,
    Reminder,
    What,
    Word,
    acted,
    check_in,
    faded,
    morning_of,
    tomorrow_morning,
)

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
BLANK = Reminder(
    "k", "kim@seeker.example", "18c0ffee00000001", START, What.CHECK_IN, who="Ada Lee", company="Brightwater"
)
DAY = timedelta(days=1)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
         "Pacific/Kiritimati", "America/St_Johns", "Africa/Casablanca", "Asia/Tehran")  # fmt: skip


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def ours(days: float, **fields: bool) -> Word:
    return Word(at(days), **fields)


def theirs(days: float, **fields: bool) -> Word:
    return Word(at(days), theirs=True, **fields)


def stands(*words: Word, now: float = 400, before: Reminder = BLANK) -> Reminder | None:
    return check_in(before, words, at(now), UTC)


class TestACheckIn:
    def test_comes_six_weeks_after_the_letter_at_nine(self):
        assert stands(ours(0), now=1).due == datetime(2026, 4, 13, 9, 0, tzinfo=UTC)

    def test_needs_a_letter_of_the_seekers(self):
        assert stands(theirs(0), theirs(3)) is None

    def test_moves_on_with_every_word_before_its_date(self):
        assert stands(ours(0), theirs(10), ours(20), now=21).due == morning_of(at(20) + CHECK_IN, UTC)

    def test_is_done_when_the_seeker_writes_by_hand_after_its_date(self):
        assert stands(ours(0), ours(60)).how == How.WRITTEN

    def test_is_done_by_the_check_in_letter_and_stops_on_silence(self):
        assert stands(ours(0), ours(30, hello=True), now=4000).done

    def test_begins_anew_when_they_answer_the_check_in(self):
        after = stands(ours(0), ours(50, hello=True), theirs(52), now=53)
        assert (after.done, after.due) == (False, morning_of(at(52) + CHECK_IN, UTC))

    def test_is_quiet_while_there_is_news(self):
        assert stands(ours(0), theirs(3, news=True), now=4).done

    def test_fades_when_it_was_seen_and_left_alone_for_weeks(self):
        reminder = acted(stands(ours(0), now=43), How.SHOWN, at(43))
        assert not stands(ours(0), now=60, before=reminder).done
        assert stands(ours(0), now=43 + 29, before=reminder).how == How.FADED

    def test_is_not_lost_while_the_computer_sleeps(self):
        assert stands(ours(0), now=3000).is_due(at(3000))

    def test_that_was_done_stays_done_until_there_is_word_from_them(self):
        reminder = acted(stands(ours(0), now=43), How.DONE, at(43))
        assert stands(ours(0), ours(44), ours(99), before=reminder).how == How.DONE
        assert not stands(ours(0), theirs(44), before=reminder, now=45).done

    def test_that_was_removed_never_comes_back(self):
        reminder = acted(stands(ours(0), now=43), How.REMOVED, at(43))
        assert stands(ours(0), theirs(44), ours(45), theirs(46), before=reminder).how == How.REMOVED

    def test_keeps_the_date_it_was_moved_to(self):
        reminder = acted(stands(ours(0), now=43), How.SNOOZED, at(43), at(50))
        assert stands(ours(0), now=44, before=reminder).due == at(50)

    def test_that_was_moved_is_seen_anew_on_its_new_date(self):
        seen = acted(stands(ours(0), now=43), How.SHOWN, at(43))
        moved = acted(seen, How.SNOOZED, at(44), at(100))
        assert not stands(ours(0), now=101, before=moved).done
        again = acted(moved, How.SHOWN, at(101))
        assert len(again.acts) == 3


WORDS = st.builds(
    Word,
    at=st.integers(0, 500).map(at),
    theirs=st.booleans(),
    hello=st.booleans(),
    news=st.booleans(),
)
ACTS = st.tuples(st.sampled_from([How.SHOWN, How.SNOOZED, How.DONE, How.REMOVED]), st.integers(0, 500))


def lived(words: list[Word], acts: list[tuple[How, int]], looks: list[int]) -> Reminder | None:
    """What stands after looking on these days, and after acting on what stood open when it was looked at."""
    kept: Reminder | None = None
    for day in sorted({*looks, *(day for _how, day in acts), 501}):
        known = [word for word in words if word.at <= at(day)]
        after = check_in(kept or BLANK, known, at(day), UTC)
        kept = after or kept
        for how, when in acts:
            if when == day and kept is not None and not kept.done:
                kept = acted(kept, how, at(day), at(day + 7) if how is How.SNOOZED else None)
    return kept


@given(st.lists(WORDS, max_size=8), st.lists(ACTS, max_size=4), st.lists(st.integers(0, 500), max_size=20))
def test_how_often_one_looks_changes_nothing(words, acts, looks):
    often, seldom = lived(words, acts, looks), lived(words, acts, [])
    if often is not None and seldom is not None and often.done:
        often = replace(often, due=seldom.due)  # the date of what has ended plays no part
    assert often == seldom


@given(st.lists(WORDS, max_size=8), st.lists(st.integers(0, 400), max_size=3))
def test_no_word_of_the_seekers_alone_opens_what_was_ended(words, more):
    ended = check_in(BLANK, words, at(500), UTC)
    assume(ended is not None and ended.done)
    assert check_in(ended, [*words, *(ours(501 + day) for day in more)], at(2000), UTC).done


@given(st.lists(WORDS, max_size=8))
def test_the_date_follows_the_last_word(words):
    after = check_in(BLANK, words, at(501), UTC)
    assume(after is not None and not after.done)
    assert after.due == morning_of(max(word.at for word in words) + CHECK_IN, UTC) or any(
        word.theirs is False and not word.hello for word in words
    )
    assert after.due >= morning_of(min(word.at for word in words) + CHECK_IN, UTC)


@given(st.lists(WORDS, max_size=8), st.integers(502, 5000))
def test_no_sleep_loses_a_reminder_that_nobody_has_seen(words, later):
    before = check_in(BLANK, words, at(501), UTC)
    after = check_in(BLANK, words, at(later), UTC)
    assert after == before


class TestAPutOffLetter:
    LETTER = replace(BLANK, what=What.LETTER, due=at(1))

    def test_fades_weeks_after_it_was_seen(self):
        seen = acted(self.LETTER, How.SHOWN, at(2))
        assert not faded(seen, at(2) + FADE - DAY).done
        assert faded(seen, at(2) + FADE).done

    def test_never_fades_unseen(self):
        assert not faded(self.LETTER, at(5000)).done

    def test_is_seen_once_however_often_it_is_shown(self):
        once = acted(self.LETTER, How.SHOWN, at(2))
        assert acted(once, How.SHOWN, at(3)) == once

    def test_being_listed_before_its_date_does_not_count_as_seen(self):
        early = acted(self.LETTER, How.SHOWN, at(0))
        assert not faded(early, at(900)).done


class TestMornings:
    @pytest.mark.parametrize(
        ("now", "due"),
        [
            ("2026-03-28T20:00", "2026-03-29T07:00"),  # the night in which the clock goes forward: 9:00 is 7:00 UTC
            ("2026-10-24T20:00", "2026-10-25T08:00"),  # and back
            ("2026-07-01T20:00", "2026-07-02T07:00"),
            ("2026-07-01T22:30", "2026-07-02T07:00"),  # half past midnight: the morning to come
            ("2026-07-02T01:59", "2026-07-02T07:00"),
            ("2026-07-02T02:00", "2026-07-03T07:00"),  # four o'clock: the day has begun
            ("2026-12-31T20:00", "2027-01-01T08:00"),
        ],
    )
    def test_tomorrow_morning_in_berlin(self, now, due):
        moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
        assert tomorrow_morning(moment, BERLIN) == datetime.fromisoformat(due).replace(tzinfo=UTC)

    def test_a_day_that_a_country_leaves_out_is_no_trap(self):
        apia = ZoneInfo("Pacific/Apia")  # 30 December 2011 never was there
        now = datetime(2011, 12, 30, 3, 0, tzinfo=UTC)  # the evening of the 29th
        assert tomorrow_morning(now, apia) > now

    @given(
        st.datetimes(datetime(2012, 1, 5), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given UTC below
        st.sampled_from(ZONES),
        st.integers(1, 60),
    )
    def test_it_is_nine_there_and_lies_ahead(self, now, name, days):
        zone = ZoneInfo(name)
        due = tomorrow_morning(now, zone, days)
        assert due.tzinfo is UTC
        assert (due.astimezone(zone).hour, due.astimezone(zone).minute) == (9, 0)
        assert timedelta(days=days) - timedelta(hours=20) < due - now < timedelta(days=days) + timedelta(hours=8)


@pytest.mark.parametrize(
    ("reminder", "words"),
    [
        (BLANK, "A hello to Ada Lee, Brightwater, if you feel like it"),
        (replace(BLANK, company=""), "A hello to Ada Lee, if you feel like it"),
        (replace(BLANK, what=What.LETTER), "The letter to Brightwater that you put off"),
        (replace(BLANK, what=What.LETTER, company=""), "A letter put off"),
    ],
)
def test_a_reminder_says_what_it_is_about(reminder, words):
    assert reminder.sentence == words
