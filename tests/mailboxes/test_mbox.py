"""An mbox file is a mailbox: Takeout's form and the old one, whole or broken, and never written to."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.model import RawMessage
from server.errors import MailboxUnreadable
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Unfetched
from tests.builders import FixedClock, raw_mail
from tests.contracts.mailbox import AGREED, LATER, SEEKER, ReadingContract, WritingContract

GMAIL_ID = 0x18C0FFEE00000000


def takeout(*mails: tuple[bytes, str], thread: int = 0, start: int = 1) -> bytes:
    """Mails with their labels as Google Takeout exports them."""
    blocks = []
    for number, (mail, labels) in enumerate(mails, start):
        head = f"X-GM-THRID: {GMAIL_ID + (thread or number)}\nX-Gmail-Labels: {labels}\n"
        blocks.append(f"From {GMAIL_ID + number}@xxx Mon Mar 02 12:00:00 +0000 2026\n{head}".encode() + mail + b"\n\n")
    return b"".join(blocks)


def generic(*mails: bytes) -> bytes:
    return b"".join(b"From ada.lee@brightwater.example Mon Mar  2 12:00:00 2026\n" + mail + b"\n\n" for mail in mails)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "All mail.mbox"


@pytest.fixture
def mailbox(file: Path, tmp_path: Path) -> MboxMailbox:
    return MboxMailbox(file, OutboxFolder(tmp_path / "Outbox", FixedClock()))


def ids(mailbox: MboxMailbox, cursor: str | None = None) -> list[str]:
    return [i for page in mailbox.changes(cursor) for i in page.message_ids]


def cursor(mailbox: MboxMailbox) -> str | None:
    return list(mailbox.changes(None))[-1].cursor


def only(mailbox: MboxMailbox) -> RawMessage:
    (found,) = mailbox.fetch(ids(mailbox))
    assert isinstance(found, RawMessage)
    return found


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 31 Dec 9999 23:59:59 -1200", None),
        ("Mon, 01 Jan 0001 00:00:00 +1200", datetime(2000, 12, 31, 12, tzinfo=UTC)),  # RFC 5322 §4.3
    ],
)
def test_a_mail_from_beyond_the_calendar_keeps_no_other_from_being_read(
    mailbox: MboxMailbox, file: Path, date: str, expected: datetime | None
) -> None:
    odd = b"From: x@away.example\nDate: " + date.encode() + b"\nMessage-ID: <odd@away.example>\n\nHello.\n"
    file.write_bytes(takeout((odd, "Inbox"), (raw_mail(), "Inbox")))
    usual, last = mailbox.fetch(ids(mailbox))
    assert isinstance(usual, RawMessage)
    assert isinstance(last, RawMessage)
    assert (b"Hello." in last.content, last.received) == (True, expected)


class TestMboxMailbox(ReadingContract, WritingContract):
    @pytest.fixture
    def mailbox(self, file: Path, tmp_path: Path) -> MboxMailbox:
        labels = {"INBOX": "Inbox", "SENT": "Sent", "DRAFT": "Drafts", "UNREAD": "Unread"}
        mails = []
        for agreed in AGREED:
            content = agreed.content.replace(b"\r\n", b"\n")
            to = b"" if "SENT" in agreed.labels else f"Delivered-To: {SEEKER}\n".encode()
            mails.append((to + content, ",".join(labels[label] for label in agreed.labels)))
        threads = {"newsletter": 1, "html": 2}
        file.write_bytes(
            b"".join(
                takeout(mail, thread=threads.get(agreed.name, 9), start=number)
                for number, (agreed, mail) in enumerate(zip(AGREED, mails, strict=True), 1)
            )
        )
        return MboxMailbox(file, OutboxFolder(tmp_path / "Outbox", FixedClock(datetime(2026, 2, 1, tzinfo=UTC))))

    def test_a_grown_file_is_walked_anew_and_holds_the_new_one(self, mailbox: MboxMailbox, file: Path) -> None:
        before = cursor(mailbox)
        known = ids(mailbox)
        grow(file, takeout((LATER.content, "Inbox"), start=50))
        assert set(ids(mailbox, before)) - set(known) == {f"{GMAIL_ID + 50:016x}"}
        assert ids(mailbox, cursor(mailbox)) == []

    def test_the_file_itself_is_never_written(self, mailbox: MboxMailbox, file: Path) -> None:
        before = file.read_bytes()
        self.test_nothing_that_was_there_is_ever_deleted(mailbox)
        assert file.read_bytes() == before


def grow(file: Path, data: bytes) -> None:
    file.write_bytes(file.read_bytes() + data)
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))


def test_takeouts_stamp_gives_gmails_own_ids(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(takeout((raw_mail(), "Inbox,Unread"), thread=7))
    message = only(mailbox)
    assert (message.id, message.thread_id) == ("18c0ffee00000001", "18c0ffee00000007")
    assert message.labels == {"INBOX", "Unread"}


@pytest.mark.parametrize(
    ("labels", "ours"),
    [
        ("Inbox", {"INBOX"}),
        ("Sent", {"SENT"}),
        ("Spam", {"SPAM"}),
        ("=?UTF-8?Q?Inbox,K=C3=B6ln?=", {"INBOX", "Köln"}),
        ("Inbox,\n Category Updates", {"INBOX", "Category Updates"}),
        ("", set()),
    ],
)
def test_labels_are_read(mailbox: MboxMailbox, file: Path, labels: str, ours: set[str]) -> None:
    file.write_bytes(takeout((raw_mail(), labels)))
    assert only(mailbox).labels == ours


@pytest.mark.parametrize("labels", ["Drafts", "Draft", "Trash", "Chat", "Inbox,Trash"])
def test_drafts_trash_and_chats_are_no_news(mailbox: MboxMailbox, file: Path, labels: str) -> None:
    file.write_bytes(takeout((raw_mail(), labels)))
    assert ids(mailbox) == []


def test_prose_that_begins_with_from_splits_no_takeout_mail(mailbox: MboxMailbox, file: Path) -> None:
    body = "Hello\n\nFrom 1999 to 2026\n\nFrom Kim\n\nFrom ada@firm.example Mon Mar  2 12:00:00 2026\nend"
    file.write_bytes(takeout((raw_mail(body), "Inbox"), (raw_mail(number=2), "Inbox")))
    assert len(ids(mailbox)) == 2
    (first,) = mailbox.fetch(["18c0ffee00000001"])
    assert isinstance(first, RawMessage)
    assert first.content.rstrip().endswith(body.encode())


def test_the_old_form_is_split_at_its_from_lines_after_a_blank_one(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(raw_mail("One\nFrom here on it is prose 2026\n"), raw_mail("Two", number=2)))
    assert len(ids(mailbox)) == 2
    assert all(len(i) == 16 for i in ids(mailbox))


@pytest.mark.parametrize(
    "line", ["From ada", "From - Mon Mar 02 12:00:00 2026", "From MAILER-DAEMON Thu Jan  1 00:00:00 1970"]
)
def test_other_from_lines_are_understood(mailbox: MboxMailbox, file: Path, line: str) -> None:
    file.write_bytes(f"{line}\n".encode() + raw_mail() + f"\n\n{line}\n".encode() + raw_mail(number=2))
    assert len(ids(mailbox)) == 2


def test_escaped_from_lines_are_turned_back(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(raw_mail(">From Ada\n>>From Ben\n> From Cleo\nx >From Dee")))
    assert only(mailbox).content.rstrip().endswith(b"\n\nFrom Ada\n>From Ben\n> From Cleo\nx >From Dee")


def test_mails_of_one_thread_are_joined_by_their_references(mailbox: MboxMailbox, file: Path) -> None:
    second = raw_mail(number=2, headers="References: <1@brightwater.example>")
    third = raw_mail(number=3, headers="In-Reply-To: <1@brightwater.example>")
    file.write_bytes(generic(raw_mail(), second, third, raw_mail(number=4)))
    thread = mailbox.fetch_thread(next(m for m in mailbox.fetch(ids(mailbox)) if b"<2@" in m.content).thread_id)
    assert [b"<4@" in message.content for message in thread] == [False] * 3


def test_a_mail_has_the_same_id_whatever_stands_around_it(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(raw_mail()))
    (before,) = ids(mailbox)
    file.write_bytes(generic(raw_mail(number=2), raw_mail(), raw_mail(number=3)))
    assert before in ids(mailbox)


def test_mails_without_message_id_are_told_apart(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(b"Subject: one\n\nx", b"Subject: two\n\nx"))
    assert len(set(ids(mailbox))) == 2


def test_crlf_files_are_read(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(raw_mail(), raw_mail(number=2)).replace(b"\n", b"\r\n"))
    assert len(ids(mailbox)) == 2
    assert all(isinstance(m, RawMessage) and m.received for m in mailbox.fetch(ids(mailbox)))


def test_nul_bytes_do_no_harm(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(raw_mail(b"one\0\0two\n"), b"Subject: a\0b\nX: \0\n\nx"))
    assert len(ids(mailbox)) == 2


def test_blank_lines_before_the_first_message_are_let_through(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(b"\n\r\n" + generic(raw_mail()))
    assert len(ids(mailbox)) == 1


def test_a_file_cut_in_the_middle_of_a_mail_gives_what_is_there(mailbox: MboxMailbox, file: Path) -> None:
    whole = takeout((raw_mail(), "Inbox"), (raw_mail(number=2), "Inbox"))
    for cut in range(len(whole) // 2 + 40, len(whole), 17):
        file.write_bytes(whole[:cut])
        os.utime(file, ns=(1, cut))
        found = list(mailbox.fetch(ids(mailbox)))
        assert "18c0ffee00000001" in {message.id for message in found}


def folder_with_a_mailbox(file: Path) -> None:
    (file / "Takeout" / "Mail").mkdir(parents=True)
    (file / "Takeout" / "Mail" / "Inbox.mbox").write_bytes(generic(raw_mail()))


@pytest.mark.parametrize(
    ("make", "why", "mend"),
    [
        (lambda _file: None, "no such file", "name"),
        (lambda file: file.mkdir(), "a folder", "unpacked"),
        (folder_with_a_mailbox, "a folder", "Takeout/Mail/Inbox.mbox"),
        (lambda file: file.touch(), "empty", "once more"),
        (lambda file: file.write_bytes(b"\r\n\n"), "empty", "once more"),
        (lambda file: file.write_bytes(b"PK\x03\x04 a zip archive"), "zip archive", "Unpack"),
        (lambda file: file.write_bytes(b"\x1f\x8b\x08 tgz"), "packed archive", "Unpack"),
        (lambda file: file.write_bytes(b"!BDN pst"), "Outlook", "Takeout"),
        (lambda file: file.write_bytes(b"<!doctype html><title>Takeout</title>"), "web page", "Takeout"),
        (lambda file: file.write_bytes(b'{"labels": []}'), "settings", "Takeout"),
        (lambda file: file.write_bytes(raw_mail()), "single mail", "classact classify"),
        (lambda file: file.write_bytes(b"\n\nhello\n"), "does not begin like", "Takeout"),
        (lambda file: file.write_bytes(b"\0" * 1000), "does not begin like", "Takeout"),
    ],
)
def test_what_is_no_mbox_is_said_with_its_name_and_what_to_do(
    mailbox: MboxMailbox, file: Path, make: Callable[[Path], object], why: str, mend: str
) -> None:
    make(file)
    for call in (lambda: ids(mailbox), lambda: mailbox.address, lambda: list(mailbox.fetch(["00"]))):
        with pytest.raises(MailboxUnreadable, match=r"All mail\.mbox") as caught:
            call()
        assert why in str(caught.value)
        assert mend in caught.value.hint


def test_a_folder_is_not_searched_to_its_last_corner_for_a_mailbox(mailbox: MboxMailbox, file: Path) -> None:
    far = file / "a" / "b" / "c" / "d"
    far.mkdir(parents=True)
    (far / "far.mbox").touch()
    with pytest.raises(MailboxUnreadable) as caught:
        ids(mailbox)
    assert "far.mbox" not in caught.value.hint
    (far.parent / "near.mbox").touch()
    with pytest.raises(MailboxUnreadable) as caught:
        ids(mailbox)
    assert "a/b/c/near.mbox" in caught.value.hint


def test_a_file_that_goes_away_is_said(mailbox: MboxMailbox, file: Path) -> None:
    file.write_bytes(generic(raw_mail()))
    known = ids(mailbox)
    file.unlink()
    with pytest.raises(MailboxUnreadable):
        list(mailbox.fetch(known))


def test_the_owner_is_whom_most_mail_was_delivered_to(mailbox: MboxMailbox, file: Path) -> None:
    other = raw_mail(number=3).replace(b"kim@seeker.example", b"list@other.example")
    sent = raw_mail(sender="Kim Doyle <kim@seeker.example>", number=4)
    file.write_bytes(takeout((raw_mail(), "Inbox"), (other, "Inbox"), (sent, "Sent"), (raw_mail(number=5), "Inbox")))
    assert mailbox.address == "kim@seeker.example"


@pytest.mark.parametrize(
    "field",
    [
        b"X-GM-THRID: " + b"9" * 5000,
        b"X-GM-THRID: \xb2",
        b"Date: =?utf-7?q?+2AA-?=",
        b"Message-ID: <=?utf-7?q?+2AA-?=@x>",
        b"X-Gmail-Labels: =?utf-7?q?+2AA-?=",
        b"To: " + b"(" * 9000,
        b"Delivered-To: " + b"(" * 9000,
        b"References: \xff\xfe<\xff>",
    ],
)
def test_one_hostile_mail_does_not_close_the_mailbox(mailbox: MboxMailbox, file: Path, field: bytes) -> None:
    block = b"From 1790000000000000000@xxx Mon Mar 02 12:00:00 +0000 2026\n" + field + b"\nSubject: x\n\nbody\n\n"
    file.write_bytes(block + takeout((raw_mail(), "Inbox")))
    assert isinstance(mailbox.address, str)
    for message in mailbox.fetch(ids(mailbox)):
        assert not isinstance(message, Unfetched)
        message.thread_id.encode()
    assert len(ids(mailbox)) == 2


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"\n", b"From a\n", b"From 1@xxx\n", b">From ", b"X-GM-THRID: 1\n", b"\0", b"x"])).map(
        b"".join
    )
)
def test_any_file_that_begins_with_from_is_walked(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("mbox") / "a.mbox"
    file.write_bytes(b"From a\n" + data)
    mailbox = MboxMailbox(file, OutboxFolder(file.parent, FixedClock()))
    found = list(mailbox.fetch(ids(mailbox)))
    assert found
    assert all(isinstance(message, RawMessage) for message in found)
