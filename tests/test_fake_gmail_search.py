"""The fake's search language matches what Gmail documents, and nothing silently."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.gmail import search
from tests.fakes.gmail.mailbox import Mailbox
from tests.fakes.gmail.shapes import ViolationError

NOW = datetime(2026, 11, 22, tzinfo=UTC).timestamp()


def mail(name: str, sender: str, subject: str, body: str, day: str) -> bytes:
    return (
        f"From: {sender}\r\nTo: robin@example.com\r\nSubject: {subject}\r\nMessage-ID: <{name}@x.example>\r\n"
        f"Date: {day} 10:00:00 +0000\r\n\r\n{body}\r\n"
    ).encode()


def box() -> Mailbox:
    mailbox = Mailbox("robin@example.com", now=lambda: NOW)
    mailbox.labels["Label_1"] = "Job hunt/Open"
    for name, sender, subject, body, day, labels in (
        (
            "ada",
            "Ada <ada@northwind.example>",
            "Your application",
            "We went with someone else.",
            "20 Nov 2026",
            "INBOX UNREAD",
        ),
        (
            "shop",
            "news@shop.example",
            "Tulips and more",
            "Ten tulips, someone else has them.",
            "01 Jan 2026",
            "INBOX Label_1",
        ),
        ("sent", "robin@example.com", "Re: Your application", "Thank you!", "21 Nov 2026", "SENT"),
        ("spam", "win@prize.example", "You won", "A prize.", "21 Nov 2026", "SPAM"),
        ("draft", "robin@example.com", "Re: Your application", "Dear Ada", "22 Nov 2026", "DRAFT STARRED"),
    ):
        mailbox.add(mail(name, sender, subject, body, day), labels.split(), message_id=name)
    return mailbox


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ada shop sent spam draft"),
        ("someone", "ada shop"),
        ("SOMEONE tulips", "shop"),
        ('"someone else"', "ada shop"),
        ('"else someone"', ""),
        ("some", ""),
        ("tulips OR thank", "shop sent"),
        ("{tulips thank dear}", "shop sent draft"),
        ("(tulips OR thank) someone", "shop"),
        ("someone -tulips", "ada"),
        ("-{tulips someone}", "sent spam draft"),
        ("from:northwind.example", "ada"),
        ("from:(northwind.example OR shop.example)", "ada shop"),
        ("from:{ada win}", "ada spam"),
        ('subject:"your application"', "ada sent draft"),
        ("subject:(tulips application)", ""),
        ("to:robin@example.com in:inbox", "ada shop"),
        ("-in:drafts -in:chats", "ada shop sent spam"),
        ("in:spam", "spam"),
        ("in:anywhere prize", "spam"),
        ("is:unread", "ada"),
        ("is:read in:inbox", "shop"),
        ("is:starred", "draft"),
        ("label:job-hunt-open", "shop"),
        ("label:sent", "sent"),
        ("after:2026/11/21", "sent spam draft"),
        ("before:2026/02/01", "shop"),
        ("after:1795000000 before:1795300000", "ada sent spam"),
        ("newer_than:3d", "ada sent spam draft"),
        ("older_than:6m", "shop"),
        ("has:attachment", ""),
        ("rfc822msgid:<ada@x.example>", "ada"),
        ("rfc822msgid:ada@x.example", "ada"),
    ],
)
def test_a_search_finds_what_it_should(query: str, expected: str) -> None:
    mailbox = box()
    parsed = search.parse(query, mailbox)
    assert [stored.id for stored in mailbox.messages.values() if parsed.matches(stored)] == expected.split()


@pytest.mark.parametrize(
    "query",
    [
        "larger:5M",
        "category:nowhere",
        "in:nowhere",
        "is:muted",
        "has:drive",
        "after:soon",
        "newer_than:3w",
        "from:",
        "(a",
        "a)",
    ],
)
def test_what_is_not_understood_is_loud(query: str) -> None:
    with pytest.raises(ViolationError, match=r"^q:"):
        search.parse(query, box())


@pytest.mark.parametrize(
    ("query", "reaches"), [("in:spam", True), ("in:anywhere x", True), ("in:inbox", False), ("", False)]
)
def test_spam_is_searched_only_when_named(query: str, reaches: bool) -> None:
    assert search.parse(query, box()).reaches_spam_and_trash is reaches


@settings(deadline=None)
@given(st.text(alphabet='ab:-(){}" OR12/', max_size=30))
def test_any_text_is_either_understood_or_refused(query: str) -> None:
    mailbox = box()
    try:
        parsed = search.parse(query, mailbox)
    except ViolationError:
        return
    assert all(parsed.matches(stored) in {True, False} for stored in mailbox.messages.values())
