"""Header fields of any mail are readable text, and addresses are found in the oddest of them."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.headers import contacts, date_of, header, machine_hints, raw_header
from server.domain.model import Contact


def mail(fields: str | bytes) -> Message:
    data = fields if isinstance(fields, bytes) else fields.encode()
    return message_from_bytes(data + b"\n\nbody", policy=compat32)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Subject: Your application", "Your application"),
        ("subject: lower case", "lower case"),
        ("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("Subject: =?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("Subject: =?iso-8859-1?q?Gr=FC=DFe?= from =?utf-8?q?K=C3=B6ln?=", "Grüße from Köln"),
        ("Subject: =?utf-8?q?one_?= =?utf-8?q?two?=", "one two"),
        ("Subject: =?utf-8?q?one_?=\n =?utf-8?q?two?=", "one two"),
        ("Subject: folded\n over three\n\tlines", "folded over three lines"),
        ("Subject: =?utf-8?q?broken", "=?utf-8?q?broken"),
        ("Subject: =?no-such?q?K=C3=B6ln?=", "Köln"),
        ("Subject: =?utf-8?b?R3LDvMOfZQ?=", "Grüße"),
        ("Subject: =?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("Subject: =?utf-8?q?a=0D=0ABcc:_b@firm.example?=", "a Bcc: b@firm.example"),
        ("Subject: =?utf-8?q?a=00b=1Bc?=", "abc"),
        ("Subject: =?utf-8?q?=E2=80=AEtxt.exe?=", "txt.exe"),
        ("Subject:", ""),
        ("X-Other: x", ""),
        ("Subject: first\nSubject: second", "first"),
        (b"Subject: Gr\xc3\xbc\xc3\x9fe", "Grüße"),
        (b"Subject: Gr\xfc\xdfe", "Grüße"),
        (b"Subject: nul\0 inside", "nul inside"),
        ("Subject: =?utf-7?q?+2AA-?= x", "\ufffd x"),
    ],
)
def test_a_header_is_readable_text(field: str | bytes, text: str) -> None:
    assert header(mail(field), "Subject") == text


@pytest.mark.parametrize("encoded", ["S=C3", "K=C3=B6", "=F0=9F=98"])
def test_a_word_split_in_the_middle_of_a_character_loses_only_that_character(encoded: str) -> None:
    assert header(mail(f"Subject: =?utf-8?q?{encoded}?= =?utf-8?q?=B6ln?="), "Subject").endswith("ln")


def test_a_header_is_capped() -> None:
    assert len(raw_header(mail("Subject: " + "a" * 100_000), "Subject")) == 10_000


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("kim@seeker.example", [("", "kim@seeker.example")]),
        ("Ada Lee <Ada@Firm.Example>", [("Ada Lee", "ada@firm.example")]),
        ('"Lee, Ada" <ada@firm.example>', [("Lee, Ada", "ada@firm.example")]),
        ("Lee, Ada <ada@firm.example>", [("Lee, Ada", "ada@firm.example")]),
        ("Ada Lee, Firm Ltd, London <ada@firm.example>", [("Ada Lee, Firm Ltd, London", "ada@firm.example")]),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@firm.example>", [("Zoë", "zoe@firm.example")]),
        ("=?utf-8?q?Lee=2C_Ada?= <ada@firm.example>", [("Lee, Ada", "ada@firm.example")]),
        ('"=?utf-8?q?Zo=C3=AB?=" <zoe@firm.example>', [("Zoë", "zoe@firm.example")]),
        ("'Ada Lee' <ada@firm.example>", [("Ada Lee", "ada@firm.example")]),
        ("ada@firm.example (Ada Lee)", [("Ada Lee", "ada@firm.example")]),
        ("a@firm.example, B <b@firm.example>", [("", "a@firm.example"), ("B", "b@firm.example")]),
        ("Team: a@firm.example, B <b@firm.example>;", [("", "a@firm.example"), ("B", "b@firm.example")]),
        ("Undisclosed recipients:;", []),
        ("", []),
        ("<>", []),
        ("Ada Lee", []),
        ("@firm.example", []),
        ("ada@", []),
        ('"ceo@bank.example" <x@evil.example>', [("ceo@bank.example", "x@evil.example")]),
        ("ceo@bank.example <x@evil.example>", [("ceo@bank.example", "x@evil.example")]),
        ("=?utf-8?q?ceo=40bank=2Eexample=3E?= <x@evil.example>", [("ceo@bank.example>", "x@evil.example")]),
        ('"Ada \\"Ace\\" Lee" <ada@firm.example>', [('Ada "Ace" Lee', "ada@firm.example")]),
        ("ceo@bank.example, Ada <ada@firm.example>", [("", "ceo@bank.example"), ("Ada", "ada@firm.example")]),
    ],
)
def test_contacts_are_found(field: str, expected: list[tuple[str, str]]) -> None:
    found = contacts(field)
    assert [contact.address for contact in found] == [address for _name, address in expected]
    assert [contact.name for contact in found] == [name for name, _address in expected]


def test_an_encoded_word_cannot_smuggle_in_another_address() -> None:
    found = contacts("=?utf-8?q?a=40evil=2Eexample=2C?= <ada@firm.example>")
    assert [contact.address for contact in found] == ["ada@firm.example"]


def test_an_address_whose_domain_is_a_space_is_none() -> None:
    assert contacts('"0@ ') == ()


@pytest.mark.parametrize("hostile", ["(" * 9000, "<" * 9000, '"' * 9001, "a@" * 4000, ",;:" * 3000, "=?a?q?" * 1500])
def test_a_hostile_field_still_gives_the_address_behind_it_or_none(hostile: str) -> None:
    assert {contact.address for contact in contacts(f"{hostile} <ada@firm.example>")} <= {"ada@firm.example"} | {
        contact.address for contact in contacts(hostile)
    }


@given(st.text(max_size=200) | st.text('<>@,;:"()[]\\ ab.=?q_', max_size=80))
def test_no_contact_has_a_line_break_or_lacks_an_address(field: str) -> None:
    for contact in contacts(field):
        local, _at, domain = contact.address.rpartition("@")
        assert local
        assert domain
        assert not set("\r\n\0") & set(contact.name + contact.address)


@given(st.binary(max_size=300))
def test_no_header_ever_raises_or_holds_a_line_break(data: bytes) -> None:
    fields = message_from_bytes(b"Subject: " + data + b"\nFrom: " + data + b"\nDate: " + data, policy=compat32)
    assert not set("\r\n\0") & set(header(fields, "Subject"))
    contacts(raw_header(fields, "From"))
    date_of(fields)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 02 Mar 2026 12:00:00 +0000", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 12:00:00 +0200", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 12:00:00 -0000", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2 Mar 2026 12:00 GMT", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("yesterday", None),
        ("Fri, 31 Dec 9999 23:59:59 +0000", None),  # no zone east of Greenwich could show it
        ("Mon, 01 Jan 0001 12:00:00 +0000", datetime(2001, 1, 1, 12, tzinfo=UTC)),  # as RFC 5322 §4.3 reads short years
        ("", None),
        ("Mon, 99 Mar 2026 12:00:00 +0000", None),
        ("Mon, 02 Mar 2026 12:00:00 +9999999", None),
        ("Fri, 31 Dec 9999 23:59:00 -2359", None),
    ],
)
def test_a_date_is_utc_or_none(date: str, expected: datetime | None) -> None:
    assert date_of(mail(f"Date: {date}")) == expected


@pytest.mark.parametrize(
    ("fields", "hints"),
    [
        ("Auto-Submitted: auto-replied", ("auto-submitted",)),
        ("Auto-Submitted: no", ()),
        ("Return-Path: <>", ("return-path",)),
        ("Return-Path: <ada@firm.example>", ()),
        ("Precedence: Bulk", ("precedence",)),
        ("Precedence: first-class", ()),
        ("List-Id: <jobs.firm.example>\nList-Unsubscribe: <mailto:x@firm.example>", ("list-id", "list-unsubscribe")),
        ("X-Auto-Response-Suppress: All", ("x-auto-response-suppress",)),
        ("From: ada@firm.example", ()),
    ],
)
def test_headers_of_automatic_mail_are_named(fields: str, hints: tuple[str, ...]) -> None:
    assert machine_hints(mail(fields)) == hints


def test_a_missing_from_is_nobody() -> None:
    assert contacts(raw_header(mail("Subject: x"), "From")) == ()
    assert Contact("", "") == next(iter(contacts("")), Contact("", ""))


@pytest.mark.parametrize("raw", ["\0@x.example", 'ada<"\n?(@ \\', "a\nb.@\0 c@d.example", "<a\tb@x.example>"])
def test_no_control_character_or_space_stays_in_an_address(raw: str) -> None:
    assert not any(set("\0\r\n\t ") & set(contact.address) for contact in contacts(raw))
