"""Invitations to meetings: who asked whom, and for when; whatever else a calendar part may hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.calendar_parts import MAX_ATTENDEES, MAX_INVITES, invites_of
from server.domain.particulars import Invite
from server.domain.reading import read
from tests.builders import MAILBOX, raw, raw_mail

MAY_3 = datetime(2026, 5, 3, 13, 0, tzinfo=UTC)


def event(*lines: str, method: str = "REQUEST", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", "UID:1@x.example",
                     *lines, "END:VEVENT", "END:VCALENDAR", ""])  # fmt: skip


def only(*lines: str, **fields: str) -> Invite:
    (invite,) = invites_of([event(*lines, **fields)])
    return invite


def test_who_asks_whom_and_when() -> None:
    invite = only(
        "DTSTART:20260503T130000Z",
        "ORGANIZER;CN=Ada Lee:mailto:Ada.Lee@brightwater.example",
        'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN="Hart, Bo":MAILTO:bo@brightwater.example',
        "ATTENDEE;RSVP=TRUE:mailto:kim@seeker.example",
    )
    assert invite == Invite(
        MAY_3,
        ("Ada Lee", "ada.lee@brightwater.example"),
        (("Hart, Bo", "bo@brightwater.example"), ("", "kim@seeker.example")),
    )


def test_folded_lines_are_one_line() -> None:
    invite = only("ORGANIZER;CN=Ada\r\n  Lee:mailto:ada.lee\r\n @brightwater.example")
    assert invite.organizer == ("Ada Lee", "ada.lee@brightwater.example")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    assert only("DTSTART:20260503T130000Z", end=end).starts == MAY_3


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("DTSTART;TZID=Europe/Berlin:20260503T150000", MAY_3),
        ('DTSTART;TZID="Europe/Berlin":20260503T150000', MAY_3),
        ("DTSTART;TZID=W. Europe Standard Time:20260503T150000", MAY_3),
        ("DTSTART;VALUE=DATE:20260503", datetime(2026, 5, 3, tzinfo=UTC)),
        ("DTSTART:20260503T130000", MAY_3),
        ("DTSTART;TZID=Nowhere/Nothing:20260503T130000", None),
        ("DTSTART;TZID=../../etc/passwd:20260503T130000", None),
        ("DTSTART:20260231T130000Z", None),
        ("DTSTART:20260503T250000Z", None),
        ("DTSTART:00000000T000000Z", None),
        ("DTSTART:tomorrow", None),
    ],
)
def test_times_are_told_in_utc_and_nonsense_is_no_time(line: str, starts: datetime | None) -> None:
    assert only(line).starts == starts


@pytest.mark.parametrize(
    ("line", "method", "cancelled"),
    [("STATUS:CANCELLED", "REQUEST", True), ("SUMMARY:x", "CANCEL", True), ("STATUS:CONFIRMED", "REQUEST", False)],
)
def test_a_meeting_that_was_called_off_says_so(line: str, method: str, *, cancelled: bool) -> None:
    assert only(line, method=method).cancelled is cancelled


def test_somebodys_answer_is_no_invitation() -> None:
    assert invites_of([event("DTSTART:20260503T130000Z", method="REPLY")]) == ()


def test_rooms_and_what_is_no_mailbox_are_no_guests() -> None:
    invite = only(
        "ATTENDEE;CUTYPE=ROOM;CN=Harbour:mailto:room@brightwater.example",
        "ATTENDEE:https://brightwater.example/x",
        "ATTENDEE;CN=x:mailto:a@b.example,c@d.example",
        "ATTENDEE:mailto:",
    )
    assert invite.attendees == ()


def test_an_alarm_inside_does_not_count() -> None:
    alarm = ("BEGIN:VALARM", "DTSTART:20010101T000000Z", "ATTENDEE:mailto:clock@x.example", "END:VALARM")
    assert only(*alarm, "DTSTART:20260503T130000Z") == Invite(MAY_3, None, ())


def test_a_name_that_is_an_address_is_none() -> None:
    assert only("ORGANIZER;CN=ada@x.example:mailto:ada@x.example").organizer == ("", "ada@x.example")


def test_there_is_a_limit() -> None:
    crowd = [f"ATTENDEE:mailto:a{n}@x.example" for n in range(200)]
    assert len(only(*crowd).attendees) == MAX_ATTENDEES
    assert len(invites_of([event("SUMMARY:x")] * 50)) == MAX_INVITES


PIECES = st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "DTSTART", ";TZID=", ";CN=", '"', ":", ";", ",", "mailto:",
     "ATTENDEE", "ORGANIZER", "20260503T130000Z", "a@b.example", "\r\n", "\n ", "\0", "\u202e", "METHOD:CANCEL", "é"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_no_text_breaks_it_and_what_is_read_is_whole(text: str) -> None:
    for invite in invites_of([text, f"BEGIN:VEVENT\n{text}\nEND:VEVENT"]):
        people = [*invite.attendees, *([invite.organizer] if invite.organizer else [])]
        for name, address in people:
            assert address.count("@") == 1
            assert not set("\r\n\0 \u202e") & set(address)
            assert not set("\r\n\0\u202e") & set(name)
        assert invite.starts is None or invite.starts.tzinfo is UTC


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\"'@^\u00ad"), min_size=1
)
NAME = st.lists(NAMES, min_size=1, max_size=3).map(" ".join)


@settings(deadline=None)
@given(NAME, st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - hypothesis wants naive ones
def test_what_is_written_is_read(name: str, moment: datetime) -> None:
    invite = only(f'ORGANIZER;CN="{name}":mailto:ada@x.example', f"DTSTART:{moment:%Y%m%dT%H%M%S}Z")
    assert invite.organizer == (name, "ada@x.example")
    assert invite.starts == moment.replace(microsecond=0, tzinfo=UTC)


def test_it_is_found_in_a_mail_once_though_it_comes_inline_and_attached() -> None:
    part = event("DTSTART:20260503T130000Z", "ORGANIZER:mailto:ada@x.example")
    body = (
        "--b\nContent-Type: text/plain\n\nAn interview?\n--b\nContent-Type: text/calendar; method=REQUEST\n\n"
        f"{part}\n--b\nContent-Type: application/ics\nContent-Disposition: attachment\n\n{part}\n--b--\n"
    )
    content = raw_mail(body.replace("\r", ""), headers='Content-Type: multipart/mixed; boundary="b"')
    message = read(raw(content), MAILBOX)
    assert [invite.organizer for invite in message.invites] == [("", "ada@x.example")]
    assert message.body == "An interview?"
