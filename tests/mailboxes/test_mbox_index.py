"""The index of a mailbox file: a pass that goes on after a kill, and that says what the slow way would say."""

from __future__ import annotations

import sqlite3
import stat
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import compat32
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.connection import Interrupted
from server.domain.headers import date_of
from server.domain.model import RawMessage
from server.errors import MailboxUnreadable
from server.mailboxes import mbox_index, mbox_split
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.mbox_head import head
from server.mailboxes.mbox_split import Piece, split
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Unfetched
from tests.builders import NOON, FixedClock, raw_mail
from tests.mailboxes.test_mbox import GMAIL_ID, generic, ids, takeout

BULK = "List-Id: <post.garden.example>"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "All mail.mbox"


def opened(file: Path, kept: Path | None = None) -> MboxMailbox:
    return MboxMailbox(file, OutboxFolder(file.parent / "Outbox", FixedClock()), kept=kept or file.parent / "mbox")


def searched(mailbox: MboxMailbox, since: datetime | None = None, *, everything: bool = False) -> tuple[list[str], int]:
    """What a search names, and how many it says that it left out."""
    pages = list(mailbox.search(since, everything=everything))
    return [id_ for page in pages for id_ in page.message_ids], pages[-1].left_out


def many(count: int, start: int = 1) -> bytes:
    return takeout(*((raw_mail(number=number), "Inbox") for number in range(count)), start=start)


def places_looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where each mail begins that the pass looks at from now on."""
    seen: list[int] = []

    def watched(piece: Piece, _systems: object) -> object:
        seen.append(piece.start)
        return head(piece)

    monkeypatch.setattr(mbox_index, "head", watched)
    return seen


def test_a_pass_that_was_killed_goes_on_where_it_was_kept(file, monkeypatch):
    file.write_bytes(many(25))
    monkeypatch.setattr(mbox_index, "KEEP_EVERY", 10)
    with monkeypatch.context() as patched:
        seen: list[int] = []

        def killed(piece: Piece, _systems: object) -> object:
            seen.append(piece.start)
            if len(seen) == 24:
                raise KeyboardInterrupt
            return head(piece)

        patched.setattr(mbox_index, "head", killed)
        with pytest.raises(KeyboardInterrupt):
            ids(opened(file))
    looked_at = places_looked_at(monkeypatch)
    again = opened(file)
    assert sorted(ids(again)) == [f"{GMAIL_ID + number:016x}" for number in range(1, 26)]
    assert looked_at == [*seen[20:], looked_at[-1]]


def test_a_file_that_did_not_change_is_not_read_again_even_by_another_process(file, monkeypatch):
    file.write_bytes(many(5))
    before = ids(opened(file))
    looked_at = places_looked_at(monkeypatch)
    assert ids(opened(file)) == before
    assert looked_at == []


def test_of_a_file_that_grew_only_the_new_part_is_read(file, monkeypatch):
    file.write_bytes(many(5))
    ids(opened(file))
    looked_at = places_looked_at(monkeypatch)
    file.write_bytes(file.read_bytes() + many(2, start=50))
    assert len(ids(opened(file))) == 7
    assert len(looked_at) == 3  # with the one that was the last


def test_of_a_file_that_was_replaced_nothing_is_left(file):
    file.write_bytes(many(5))
    ids(opened(file))
    file.write_bytes(many(7, start=100))
    assert sorted(ids(opened(file))) == [f"{GMAIL_ID + number:016x}" for number in range(100, 107)]


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(file, damage):
    file.write_bytes(many(5))
    before = ids(opened(file))
    (kept,) = (file.parent / "mbox").iterdir()
    kept.write_bytes(damage)
    assert ids(opened(file)) == before
    with sqlite3.connect(kept) as database:
        assert database.execute("SELECT count(*) FROM mail").fetchone() == (5,)
    database.close()


def test_an_index_that_is_damaged_while_it_is_open_is_said_and_made_anew(file):
    file.write_bytes(many(5))
    mailbox = opened(file)
    before = ids(mailbox)
    mailbox._index._database.execute("DROP TABLE mail")
    with pytest.raises(MailboxUnreadable, match="damaged"):
        list(mailbox.fetch(before))
    assert ids(mailbox) == before


def test_an_index_that_cannot_be_kept_is_held_in_memory(file):
    file.write_bytes(many(5))
    (file.parent / "blocked").write_text("a file where a folder should be")
    assert len(ids(opened(file, file.parent / "blocked" / "mbox"))) == 5


def test_the_index_is_closed_to_others_and_holds_no_text(file):
    file.write_bytes(takeout((raw_mail(subject="Gardener at Brightwater"), "Inbox")))
    ids(opened(file))
    (kept,) = (file.parent / "mbox").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    for text in (b"Gardener", b"brightwater", b"seeker.example"):
        assert text not in kept.read_bytes()


def test_a_mail_in_whose_middle_the_file_ends_is_said_and_the_others_are_read(file):
    file.write_bytes(many(3)[:-60])
    mailbox = opened(file)
    found = {one.id: one for one in mailbox.fetch(ids(mailbox))}
    cut = found.pop(f"{GMAIL_ID + 3:016x}")
    assert isinstance(cut, Unfetched)
    assert not cut.gone
    assert "ends in the middle" in cut.why
    assert all(isinstance(one, RawMessage) for one in found.values())
    file.write_bytes(many(3))
    assert all(isinstance(one, RawMessage) for one in mailbox.fetch(ids(mailbox)))


def test_bulk_mail_that_speaks_of_no_job_is_left_out_and_counted(file):
    post = raw_mail("Tulips!", sender="Garden Post <post@garden.example>", subject="Ten tulips", headers=BULK)
    refusal = raw_mail(number=2, sender="Acme <no-reply@acme.example>", subject="Your application", headers=BULK)
    file.write_bytes(takeout((post, "Inbox"), (refusal, "Inbox"), (raw_mail(number=3), "Inbox")))
    mailbox = opened(file)
    found, left_out = searched(mailbox)
    assert (len(found), left_out) == (2, 1)
    everything, none = searched(mailbox, everything=True)
    assert (everything[:2], len(everything), none) == (found, 3, 0)
    assert sorted(ids(mailbox)) == sorted(everything)


def test_a_search_reaches_as_far_back_as_is_asked_and_loses_no_mail_without_a_date(file):
    undated = raw_mail(number=9).replace(b"Date:", b"X-Date:")
    file.write_bytes(takeout(*((raw_mail(number=number), "Inbox") for number in range(4)), (undated, "Inbox")))
    found, _left_out = searched(opened(file), NOON + timedelta(hours=2))
    assert found == [f"{GMAIL_ID + number:016x}" for number in (4, 3, 5)]


def test_after_a_search_only_what_is_new_and_was_searched_for_is_named(file):
    post = raw_mail("Tulips!", sender="Garden Post <post@garden.example>", subject="Ten tulips", headers=BULK)
    old = raw_mail(number=-9000)
    file.write_bytes(takeout((raw_mail(), "Inbox"), (post, "Inbox"), (old, "Inbox")))
    done = list(opened(file).search(NOON, everything=False))[-1].cursor
    assert ids(opened(file), done) == []
    file.write_bytes(file.read_bytes() + takeout((raw_mail(number=2), "Inbox"), start=50))
    assert ids(opened(file), done) == [f"{GMAIL_ID + number:016x}" for number in (50, 1)]


def test_a_pass_that_is_interrupted_ends_at_once_and_keeps_what_it_has(file, monkeypatch):
    file.write_bytes(many(25))
    mailbox = opened(file)
    with monkeypatch.context() as patched:
        patched.setattr(mbox_index, "head", lambda piece, _systems: (mailbox.interrupt(), head(piece))[1])
        with pytest.raises(Interrupted):
            ids(mailbox)
    looked_at = places_looked_at(monkeypatch)
    assert len(ids(opened(file))) == 25
    assert len(looked_at) == 24


@pytest.mark.parametrize("label", ["Entwürfe", "=?UTF-8?Q?Entw=C3=BCrfe?=", "Papierkorb", "Corbeille", "Concepten"])
def test_drafts_and_trash_are_known_in_other_languages(file, label):
    file.write_bytes(takeout((raw_mail(), label)))
    assert ids(opened(file)) == []


def test_a_mail_larger_than_is_ever_read_is_cut_off_and_harms_nothing(file, monkeypatch):
    monkeypatch.setattr("server.mailboxes.mbox._MOST", 5000)
    file.write_bytes(takeout((raw_mail("x" * 20_000), "Inbox"), (raw_mail(number=2), "Inbox")))
    mailbox = opened(file)
    large, small = sorted(mailbox.fetch(ids(mailbox)), key=lambda one: one.id)
    assert (len(large.content) < 5000, b"<2@" in small.content) == (True, True)


def slowly(data: bytes) -> list[int]:
    """Where mails begin, line by line."""
    starts, place, blank = [], 0, True
    takeout_form = bool(mbox_split.TAKEOUT.match(data.lstrip()[:4096]))
    separator = mbox_split.TAKEOUT if takeout_form else mbox_split._SEPARATOR
    for line in data.splitlines(keepends=True) if b"\r" not in data else BytesIO(data):
        if blank and line.startswith(b"From ") and separator.match(line):
            starts.append(place)
        blank = not line.strip()
        place += len(line)
    return starts


LINES = [
    *(b"\n", b"\r\n", b" \n", b"From a\n", b"From a@b Mon Mar  2 12:00:00 2026\n", b"From 18c0ffee00\n", b"x\n", b"x"),
    *(b"From 1792000000000000001@xxx Mon Mar 02 12:00:00 +0000 2026\n", b"Subject: From a\n", b">From a\n", b"From "),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40).map(b"".join), st.integers(1, 60), st.integers(8, 64))
def test_read_in_pieces_of_any_size_a_file_is_split_as_line_by_line(data, piece, lead):
    data = b"From a\n" + data.replace(b"\x0b", b"").replace(b"\x0c", b"")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mbox_split, "_PIECE", piece)
        patched.setattr(mbox_split, "_LEAD", lead + 64)
        pieces = list(split(BytesIO(data)))
    assert [one.start for one in pieces] == slowly(data)
    assert [one.end for one in pieces] == [*(one.start for one in pieces[1:]), len(data)]
    for one in pieces:
        assert data[one.start :].startswith(one.stamp + one.block)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=30).map(b"".join))
def test_from_any_mail_on_the_rest_is_split_the_same(data):
    pieces = list(split(BytesIO(b"From a\n" + data)))
    for number, one in enumerate(pieces):
        assert list(split(BytesIO(b"From a\n" + data), one.start)) == pieces[number:]


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 02 Mar 2026 12:00:00 +0000",
        "Mon, 2 Mar 2026 12:00:00 -0730 (PDT)",
        "2 Mar 2026 12:00:00 -0000",
        "Mon, 02 Mar 2026 24:00:00 +0000",
        "Mon, 30 Feb 2026 12:00:00 +0000",
        "Mon, 02 Mar 26 12:00 GMT",
        "Mon, 02 Mrz 2026 12:00:00 +0100",
        "Mon, 02 Mar 2026 12:00:00 +9900",
        "=?utf-8?q?Mon=2C_02_Mar_2026_12=3A00=3A00_+0000?=",
        "yesterday",
        "",
    ],
)
def test_dates_are_read_as_the_slow_way_reads_them(file, date):
    mail = f"From: a@b.example\nDate: {date}\n\nx".encode()
    file.write_bytes(generic(mail))
    mailbox = opened(file)
    (found,) = mailbox.fetch(ids(mailbox))
    assert found.received == date_of(message_from_bytes(mail, policy=compat32))
