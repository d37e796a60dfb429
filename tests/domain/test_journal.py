"""The journal: what was done, by the seeker's own days, in sentences that name no address and no mail text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.journal import Kept, days
from server.domain.model import JournalEntry, Kind, Training
from server.domain.replies import ReplyKind
from tests.builders import MAILBOX, NOON, a_judged, a_rejection


def entry(what: str, detail: str = "", at=NOON, message_id: str = "18c0ffee00000001") -> JournalEntry:
    return JournalEntry(f"{at.isoformat()} {what}", MAILBOX, at, what, message_id, detail)


def told(*entries: JournalEntry, judged=(), rejections=(), trainings=(), zone=UTC) -> list[str]:
    kept = Kept(entries, [a_judged(own=True), *judged], rejections, trainings)
    return [line.text for day in days(kept, zone) for line in day.lines]


@pytest.mark.parametrize(
    ("what", "detail", "sentence"),
    [
        ("drafted", Kind.THANK_YOU, "Saved a thank-you letter about Brightwater as a draft."),
        ("sent", Kind.FEEDBACK, "Sent a request for feedback about Brightwater."),
        ("undone", Kind.STAY_IN_TOUCH, "Took a letter to stay in touch about Brightwater back before it went."),
        ("confirmed", "", "You said that the mail of Brightwater says no."),
        ("overruled", "", "You said that the mail of Brightwater is no rejection."),
        ("renamed", "", "You corrected the company or the role: Brightwater."),
        ("reminded", "check_in", "Reminded you of Brightwater."),
        ("replied", ReplyKind.FEEDBACK, "Brightwater wrote back with feedback; it is kept with the rejection."),
        ("replied", ReplyKind.UNSURE, "Brightwater wrote back."),
        ("application_merged", "2", "You put your applications in order."),
        ("application_merged_undone", "2", "You took a change to your applications back."),
        ("brewed", "", "Something was noted about Brightwater: brewed."),
    ],
)
def test_everything_that_was_done_has_its_sentence(what, detail, sentence):
    assert told(entry(what, detail)) == [sentence]


@pytest.mark.parametrize("kind", ReplyKind)
def test_every_kind_of_reply_has_one(kind):
    (sentence,) = told(entry("replied", kind))
    assert "Brightwater" in sentence


def test_a_mail_that_is_not_known_is_spoken_of_all_the_same():
    assert told(entry("sent", "", message_id="18c0ffee0000ffff")) == [
        "Sent a letter about a company that is not named."
    ]


def test_a_scan_is_one_line_a_day_with_what_it_saw():
    rows = [a_judged(message_id=f"18c0ffee0000000{n}", judged=NOON + timedelta(minutes=n)) for n in range(3)]
    late = a_judged(message_id="18c0ffee0000000a", judged=NOON + timedelta(days=1))
    assert told(judged=[*rows, late, replace(late, message_id="18c0ffee0000000b", error="it is empty")]) == [
        "Looked at 1 mail you received.",
        "Looked at 3 mails you received.",
    ]


def test_what_was_found_names_company_and_role():
    assert told(rejections=[a_rejection()]) == ["Found a no from Brightwater (Gardener)."]
    assert told(rejections=[a_rejection(role=None)]) == ["Found a no from Brightwater."]


def test_learning_says_whether_it_was_of_use():
    good = Training(NOON, NOON, 5)
    assert told(trainings=[good]) == ["Learned from 5 mails that you corrected."]
    assert told(trainings=[replace(good, why_not="It judged worse.")])[0].startswith("Tried to learn")


def test_days_are_those_of_the_seeker():
    late = entry("sent", at=NOON.replace(hour=23, minute=30))
    (day,) = days(Kept([late], [], []), ZoneInfo("Europe/Berlin"))
    assert day.date == date(2026, 3, 3)


@given(st.lists(st.integers(0, 100_000), max_size=30))
def test_days_and_lines_come_newest_first_and_none_is_lost(minutes):
    entries = [entry("sent", at=NOON + timedelta(minutes=n)) for n in minutes]
    found = days(Kept(entries, [], []), ZoneInfo("America/St_Johns"))
    lines = [line.at for day in found for line in day.lines]
    assert lines == sorted((one.at for one in entries), reverse=True)
    assert len({day.date for day in found}) == len(found)
