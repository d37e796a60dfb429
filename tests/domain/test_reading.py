"""Any bytes at all become a Message."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.compose import letter_bytes
from server.domain.model import Contact, Message
from server.domain.particulars import Proof
from server.domain.reading import EPOCH, read, text_of
from tests.builders import ADA, MAILBOX, ME, NO, NOON, a_letter, multipart, raw, raw_mail

SEEDS = (
    raw_mail(),
    raw_mail("<p>No.</p>", headers="Content-Type: text/html; charset=utf-8"),
    multipart(("Content-Type: text/plain", "No."), ("Content-Type: text/html", "<p>No.</p>")),
    multipart(("Content-Type: message/rfc822", raw_mail()), kind="mixed"),
    letter_bytes(a_letter()),
    raw_mail("Tm8u", headers="Content-Type: text/plain\nContent-Transfer-Encoding: base64"),
)
HOSTILE_WORDS = (
    b"\0", b"\r", b"\n", b"\r\n\r\n", b"=?utf-8?q?", b"?=", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"Content-Type: message/rfc822\n\n", b"\xff\xfe", b"boundary*0*=", b'charset="', b"--b", b"(((((", b"<<>>", b"@",
    b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n!!!", b"Date: Mon, 99 Foo -1 25:61:61 +99999999\n",
)  # fmt: skip


def reading(content: bytes) -> Message:
    return read(raw(content), MAILBOX)


def assert_is_whole(message: Message) -> None:
    """Every field of the type it promises, in text that UTF-8 can hold, with no line breaks in headers."""
    assert message.received.tzinfo is not None
    for contact in (message.sender, *message.reply_to, *message.to, *message.cc):
        assert not set("\r\n\0") & set(contact.name + contact.address)
    assert not set("\r\n\0") & set(message.subject + message.rfc_message_id + "".join(message.references))
    repr(message).encode()
    for text in (message.subject, message.body, message.sender.name, message.letter_id, message.dmarc):
        text.encode()


def test_an_ordinary_mail_is_read() -> None:
    headers = (
        "References: <a@x.example>\n <b@x.example>\nReply-To: jobs@brightwater.example\nCc: <c@x.example>\n"
        "Authentication-Results: mx.example; spf=pass; DMARC=Fail (p=none)\nList-Id: <x>\nX-ClassAct-Id: letter-9"
    )
    assert reading(raw_mail(headers=headers)) == Message(
        id="18c0ffee00000001",
        thread_id="18c0ffee00000001",
        mailbox=MAILBOX,
        received=datetime(2026, 3, 2, 13, tzinfo=UTC),
        subject="Your application as Gardener",
        sender=ADA,
        reply_to=(Contact("", "jobs@brightwater.example"),),
        to=(ME,),
        cc=(Contact("", "c@x.example"),),
        body=f"Dear Kim,\n\n{NO}\n\nKind regards\nAda Lee",
        rfc_message_id="<1@brightwater.example>",
        references=("<a@x.example>", "<b@x.example>"),
        automatic=("list-id",),
        letter_id="letter-9",
        dmarc="fail",
        proof=Proof(checked=True, dmarc="fail"),
    )


def test_the_time_the_mailbox_says_wins() -> None:
    assert read(raw(raw_mail(), received=NOON), MAILBOX).received == NOON


def test_a_mail_without_any_date_stands_at_the_epoch() -> None:
    assert reading(b"Subject: x\n\ny").received == EPOCH


def test_in_reply_to_stands_in_for_missing_references() -> None:
    assert reading(b"In-Reply-To: <a@x.example>\n\ny").references == ("<a@x.example>",)


def test_only_the_first_authentication_results_count() -> None:
    headers = "Authentication-Results: mx.example; spf=pass\nAuthentication-Results: evil.example; dmarc=pass"
    assert reading(raw_mail(headers=headers)).dmarc == ""


def test_quoted_history_is_left_out() -> None:
    body = f"{NO}\n\nOn Mon, 2 Mar 2026 at 10:00, Kim Doyle <kim@seeker.example> wrote:\n> Please hire me.\n"
    assert reading(raw_mail(body)).body == NO


def test_the_classifier_is_given_names_and_text() -> None:
    mail = text_of(reading(raw_mail("No.")))
    assert (mail.sender_name, mail.sender_address, mail.body) == (*ADA_FIELDS, "No.")


ADA_FIELDS = (ADA.name, ADA.address)


@pytest.mark.parametrize("content", [b"", b" ", b"\n\n\n", b"\r\n \t\r\n"])
def test_an_empty_mail_is_unreadable_and_says_so(content: bytes) -> None:
    message = reading(content)
    assert message.unreadable
    assert (message.subject, message.body, message.sender) == ("", "", Contact("", ""))


def test_a_structure_that_cannot_be_followed_is_unreadable_and_keeps_its_place() -> None:
    message = read(
        raw(b"Content-Type: message/rfc822\n\n" * 20_000, received=NOON, labels=frozenset({"INBOX"})), MAILBOX
    )
    assert message.unreadable
    assert (message.id, message.received, message.labels) == ("18c0ffee00000001", NOON, {"INBOX"})


@given(st.binary(max_size=500))
def test_random_bytes_are_read(content: bytes) -> None:
    assert_is_whole(reading(content))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.integers(0, 800), st.integers(0, 12), st.sampled_from(HOSTILE_WORDS) | st.binary(max_size=6)),
        max_size=6,
    ),
)
def test_mails_with_damage_anywhere_are_read(mail: bytes, damage: list[tuple[int, int, bytes]]) -> None:
    for place, gone, new in damage:
        mail = mail[:place] + new + mail[place + gone :]
    assert_is_whole(reading(mail))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE_WORDS), max_size=40))
def test_hostile_words_in_any_order_are_read(words: list[bytes]) -> None:
    assert_is_whole(reading(b"".join(words)))


@pytest.mark.parametrize(
    "name", ["Subject", "From", "To", "Reply-To", "References", "Date", "Content-Type", "Message-ID"]
)
def test_a_header_of_three_megabytes_is_read(name: str) -> None:
    for unit in (b"(", b"=?a?q?", b"; a=b", b"a", b"<a@b.example>,", b'"'):
        assert_is_whole(reading(name.encode() + b": " + unit * (3_000_000 // len(unit)) + b"\n\nbody"))


def nested(depth: int, lines: int) -> bytes:
    return (
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(depth))
        + b"x\n" * lines
    )


BOMBS = {
    "endless multipart": b'Content-Type: multipart/mixed; boundary="b"\n\n'
    + b"--b\nContent-Type: text/plain\n\nx\n" * 90_000,
    "nothing but boundaries": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n" * 750_000,
    "deep and long": nested(100, 1_500_000),
    "headers": b"X-A: b\n" * 400_000,
    "parameters": b"Content-Type: text/plain" + b"; a=b" * 500_000 + b"\n\nx",
    "numbered parameters": b"Content-Type: text/plain" + b"".join(b"; a*%d*=b" % i for i in range(200_000)) + b"\n\nx",
    "digest": b'Content-Type: multipart/digest; boundary="b"\n\n' + b"--b\n\nSubject: x\n\ny\n" * 150_000,
    "delivery status": b"Content-Type: message/delivery-status\n\n" + b"A: b\n\n" * 500_000,
    "carriage returns": b"Subject: x\n\n" + b"\r" * 3_000_000,
}


@pytest.mark.parametrize("content", BOMBS.values(), ids=BOMBS)
def test_three_megabytes_of_malice_are_read_in_bounded_time(content: bytes) -> None:
    """The promise is a cap on time, so this one test measures it: CPU time, with room for a slow machine."""
    started = time.process_time()
    assert_is_whole(reading(content))
    assert time.process_time() - started < 2


def nasty_mail() -> list[Path]:
    """Public corpora of broken mail, when they are at hand."""
    folder = os.environ.get("CLASSACT_TEST_DATA", "")
    return sorted(path for path in (Path(folder) / "nasty_mail").rglob("*") if path.is_file()) if folder else []


if nasty_mail():  # collected only where the corpora are

    @pytest.mark.parametrize("path", nasty_mail(), ids=lambda path: f"{path.parent.name}-{path.name}")
    def test_every_nasty_mail_is_read_within_a_second(path: Path) -> None:
        """The promise is a cap on time, so this test measures it."""
        content = path.read_bytes()
        started = time.process_time()
        assert_is_whole(reading(content))
        assert time.process_time() - started < 1
