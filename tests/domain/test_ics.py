"""The calendar file, read back by a small strict reader of RFC 5545."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.domain.ics import ics_of, uid_of
from server.domain.reminders import Reminder, What

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ONE = Reminder(
    "check_in\nkim\nada@brightwater.example", "kim", "18c0", NOW, What.CHECK_IN, who="Ada Lee", company="Brightwater"
)
TEXT = re.compile(r"(?:[^\\,;\x00-\x08\x0a-\x1f\x7f]|\\[\\,;nN])*")  # §3.3.11


def events(ics: str) -> list[dict[str, str]]:
    """The events' own properties; anything that breaks the grammar fails the test."""
    assert ics.endswith("\r\n")
    raw = ics.encode("utf-8")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    lines = re.sub(r"\r\n[ \t]", "", ics).split("\r\n")[:-1]
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    depth: list[str] = []
    for line in lines:
        name, colon, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+", name), line
        assert colon
        if name == "BEGIN":
            depth.append(value)
            found += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert depth.pop() == value
        elif depth[-1] == "VEVENT":
            assert name not in found[-1]
            found[-1][name] = value
    assert depth == []
    return found


def plain(value: str) -> str:
    """A TEXT value as it was meant."""
    assert TEXT.fullmatch(value), value
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def test_a_reminder_is_an_event_with_its_date_and_an_alarm():
    ics = ics_of([ONE], NOW)
    (event,) = events(ics)
    assert event["DTSTART"] == "20260302T120000Z"
    assert event["DTSTAMP"] == "20260302T120000Z"
    assert plain(event["SUMMARY"]) == "A hello to Ada Lee, Brightwater, if you feel like it"
    assert "BEGIN:VALARM\r\nACTION:DISPLAY" in ics


def test_what_is_done_is_left_out_and_the_soonest_comes_first():
    later = replace(ONE, key="b", due=NOW + timedelta(days=1))
    assert [event["DTSTART"] for event in events(ics_of([later, ONE, replace(ONE, key="c", done=True)], NOW))] == [
        "20260302T120000Z",
        "20260303T120000Z",
    ]


def test_no_reminders_make_an_empty_calendar():
    assert events(ics_of([], NOW)) == []


def test_a_calendar_without_reminders_still_has_the_component_that_every_calendar_must_have():
    assert "\r\nBEGIN:VTIMEZONE\r\n" in ics_of([], NOW)
    assert "VTIMEZONE" not in ics_of([ONE], NOW)


def test_a_year_has_four_digits_however_long_ago():
    (event,) = events(ics_of([replace(ONE, due=NOW.replace(year=2))], NOW))
    assert event["DTSTART"] == "00020302T120000Z"


def test_the_uid_stays_when_the_date_moves_and_tells_no_address():
    moved = replace(ONE, due=NOW + timedelta(days=9), who="Ada")
    assert uid_of(moved) == uid_of(ONE)
    assert "ada" not in uid_of(ONE)
    assert uid_of(replace(ONE, key="other")) != uid_of(ONE)


@given(st.text(max_size=120), st.text(max_size=120), st.text())
def test_any_name_comes_back_as_it_was_in_lines_that_fit(who, company, key):
    reminder = replace(ONE, who=who, company=company, key=key)
    (event,) = events(ics_of([reminder], NOW))
    meant = re.sub(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", "\n", reminder.sentence)
    assert plain(event["SUMMARY"]) == re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", meant)
