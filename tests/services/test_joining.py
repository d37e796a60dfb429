"""The same mail in a Takeout file and in a connected account: one line, with all that was said and written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nlp.verdict import Band, Label
from server.domain import judging
from server.domain.model import Correction, Judged, Kind, OutboxItem, OutboxState, Rejection
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.memory import MemoryMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Mailbox
from server.services import log as logs
from server.services.desk import Desk
from server.services.drafts import intent_id
from server.services.joining import join
from server.services.scan import Scanner
from server.stores.memory import MemoryStore
from server.wiring import wordings
from tests.builders import ADA, MAILBOX, ME, NOON, FixedClock, StubClassifier, a_judged, an_outbox_item, raw_mail
from tests.mailboxes.test_mbox import GMAIL_ID, generic, takeout

FILE = "mbox:/home/kim/All mail.mbox"
ID = "18c0ffee00000001"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def put(store: MemoryStore, mailbox: str, message_id: str = ID, **fields: object) -> Judged:
    row = a_judged(**({"mailbox": mailbox, "message_id": message_id} | fields))
    store.put(row, *([judging.rejection(row, NOON)] if row.band == Band.AUTO else []))
    return row


def lines(store: MemoryStore) -> list[tuple[str, str]]:
    return [(line.mailbox, line.state) for line in logs.log(store)]


def test_the_same_id_is_the_same_mail_and_one_line(store):
    put(store, FILE)
    home = put(store, MAILBOX)
    assert join(store, FixedClock(), [MAILBOX]) == 1
    assert lines(store) == [(MAILBOX, "new")]
    assert store.get(Judged, f"{FILE}\n{ID}").twin == home.key
    assert join(store, FixedClock(), [MAILBOX]) == 0


def test_mails_of_one_message_id_and_sender_are_one_although_the_ids_differ(store):
    put(store, FILE, "ab" * 8, mark="m1")
    put(store, MAILBOX, mark="m1")
    assert join(store, FixedClock(), [MAILBOX]) == 1
    assert lines(store) == [(MAILBOX, "new")]


@pytest.mark.parametrize(
    "fields", [{"mark": "m2"}, {"mark": ""}, {"mark": "m1", "sender": replace(ADA, address="x@y.example")}]
)
def test_mails_that_only_look_alike_stay_two(store, fields):
    put(store, FILE, "ab" * 8, **fields)
    put(store, MAILBOX, mark="m1")
    assert join(store, FixedClock(), [MAILBOX]) == 0
    assert len(lines(store)) == 2


def test_without_a_connected_account_nothing_is_joined(store):
    put(store, FILE)
    put(store, MAILBOX)
    assert join(store, FixedClock(), []) == 0
    assert join(store, FixedClock(), ["other@seeker.example"]) == 0


def test_while_the_account_is_not_shown_the_files_line_is(store):
    put(store, FILE)
    put(store, MAILBOX)
    join(store, FixedClock(), [MAILBOX])
    assert [line.mailbox for line in logs.log(store, lambda mailbox: mailbox == FILE)] == [FILE]


def test_what_waits_for_a_yes_or_no_is_asked_once(store):
    put(store, FILE, band=Band.REVIEW)
    put(store, MAILBOX, band=Band.REVIEW)
    join(store, FixedClock(), [MAILBOX])
    assert [row.mailbox for row in logs.review(store)] == [MAILBOX]
    assert [line.mailbox for line in logs.log_all(store)] == [MAILBOX]


def test_a_correction_made_on_the_file_holds_for_the_account(store):
    put(store, FILE, band=Band.NO)
    home = put(store, MAILBOX)
    store.put(Correction(FILE, ID, NOON, is_rejection=False, company="Brightwater Ltd"))
    join(store, FixedClock(), [MAILBOX])
    after = store.get(Judged, home.key)
    assert (after.band, after.label, after.company) == (Band.NO, Label.OTHER_JOB, "Brightwater Ltd")
    assert (store.get(Correction, home.key).is_rejection, store.all(Rejection)) == (False, [])


def test_a_confirmed_mail_is_logged_for_the_account(store):
    put(store, FILE)
    home = put(store, MAILBOX, band=Band.REVIEW)
    store.put(Correction(FILE, ID, NOON, is_rejection=True))
    join(store, FixedClock(), [MAILBOX])
    assert store.get(Rejection, home.key) is not None
    assert lines(store) == [(MAILBOX, "new")]


@pytest.mark.parametrize(("later", "band"), [(FILE, Band.NO), (MAILBOX, Band.AUTO)])
def test_of_two_corrections_the_later_one_counts_and_the_other_fills_in(store, later, band):
    put(store, FILE)
    home = put(store, MAILBOX)
    clock = FixedClock()
    first, last = (MAILBOX, FILE) if later == FILE else (FILE, MAILBOX)
    store.put(Correction(first, ID, clock.now(), is_rejection=first == MAILBOX, company="Harbour Gmbh"))
    store.put(Correction(last, ID, clock.advance(60), is_rejection=last == MAILBOX, role="Skipper"))
    join(store, clock, [MAILBOX])
    after = store.get(Judged, home.key)
    assert (after.band, after.company, after.role) == (band, "Harbour Gmbh", "Skipper")


def test_a_letter_sent_from_the_file_is_sent_for_the_account_so_that_no_second_one_is_made(store):
    put(store, FILE)
    put(store, MAILBOX, thread_id="18c0ffee00000077")
    store.put(an_outbox_item(id="old", mailbox=FILE, state=OutboxState.SENT, draft_id="d1", sent_message_id="d1"))
    join(store, FixedClock(), [MAILBOX])
    (letter,) = store.all(OutboxItem)
    assert letter.id == intent_id(MAILBOX, ID, Kind.THANK_YOU, ADA.address)
    assert (letter.mailbox, letter.thread_id, letter.state) == (MAILBOX, "18c0ffee00000077", OutboxState.SENT)
    assert lines(store) == [(MAILBOX, "sent")]


def test_a_letter_that_was_only_drafted_keeps_its_text_and_gets_a_draft_of_its_own_there(store):
    put(store, FILE)
    put(store, MAILBOX)
    store.put(an_outbox_item(id="old", mailbox=FILE, state=OutboxState.DRAFTED, draft_id="d1", revision="r1"))
    join(store, FixedClock(), [MAILBOX])
    (letter,) = store.all(OutboxItem)
    assert (letter.mailbox, letter.draft_id, letter.revision) == (MAILBOX, "", "")
    assert "thank you for telling me" in letter.body


def test_a_letter_that_exists_in_the_account_stands_and_the_files_one_stays_where_it_is(store):
    put(store, FILE)
    put(store, MAILBOX)
    there = an_outbox_item(id=intent_id(MAILBOX, ID, Kind.THANK_YOU, ADA.address), body="Newer")
    store.put(an_outbox_item(id="old", mailbox=FILE, draft_id="d1"), there)
    join(store, FixedClock(), [MAILBOX])
    assert {item.id for item in store.all(OutboxItem)} == {"old", there.id}
    assert store.get(OutboxItem, there.id) == there


def test_a_mail_whose_letter_is_on_its_way_waits(store):
    put(store, FILE)
    put(store, MAILBOX)
    store.put(an_outbox_item(id="old", mailbox=FILE, state=OutboxState.HELD, draft_id="d1"))
    assert join(store, FixedClock(), [MAILBOX]) == 0
    store.put(an_outbox_item(id="old", mailbox=FILE, state=OutboxState.SENT, draft_id="d1"))
    assert join(store, FixedClock(), [MAILBOX]) == 1


class Both:
    """A desk over a file and, once connected, the account that the file was taken from."""

    def __init__(self, folder: Path, content: bytes) -> None:
        self.file = folder / "All mail.mbox"
        self.file.write_bytes(content)
        self.name = f"mbox:{self.file}"
        self.connected = False
        clock = FixedClock()
        self.account = MemoryMailbox(MAILBOX)
        opened: dict[str, Mailbox] = {
            self.name: MboxMailbox(self.file, OutboxFolder(folder / "Outbox", clock)),
            MAILBOX: self.account,
        }
        self.desk = Desk(
            MemoryStore(),
            StubClassifier(),
            clock,
            open_mailbox=opened.__getitem__,
            accounts=lambda: [MAILBOX] if self.connected else [],
            wordings=wordings(folder),
            undo_seconds=10,
        )


def test_a_file_scanned_first_and_the_account_later_give_one_line(tmp_path):
    both = Both(tmp_path, generic(raw_mail()))
    both.desk.scan(both.name)
    (line,) = both.desk.log()
    both.desk.correct(line.message_id, company="Brightwater Nurseries")
    both.connected = True
    both.account.deliver(raw_mail())
    both.desk.scan(MAILBOX)
    (line,) = both.desk.log()
    assert (line.mailbox, line.company) == (MAILBOX, "Brightwater Nurseries")
    assert both.desk.scan(both.name).judged == 0
    assert len(both.desk.log()) == 1


def test_a_mail_of_the_file_opened_in_gmail_is_answered_there_before_any_scan(tmp_path, monkeypatch):
    both = Both(tmp_path, takeout((raw_mail(), "Inbox"), start=1))
    both.desk.scan(both.name)
    both.connected = True
    known = both.account.deliver(raw_mail())
    message = both.account._messages.pop(known)
    both.account._messages[f"{GMAIL_ID + 1:016x}"] = replace(message, id=f"{GMAIL_ID + 1:016x}")
    assert both.desk.view(f"{GMAIL_ID + 1:016x}").row.mailbox == MAILBOX


def test_a_mail_that_only_the_file_holds_is_shown_from_there(tmp_path):
    both = Both(tmp_path, takeout((raw_mail(), "Inbox"), start=1))
    both.desk.scan(both.name)
    both.connected = True
    assert both.desk.view(f"{GMAIL_ID + 1:016x}").row.mailbox == both.name


def test_the_mark_is_that_of_the_message_id_alone(tmp_path):
    mailbox, store = MemoryMailbox(MAILBOX), MemoryStore()
    ids = [mailbox.deliver(raw_mail(number=n)) for n in (1, 1, 2)]
    ids.append(mailbox.deliver(raw_mail().replace(b"Message-ID", b"X-Other")))
    Scanner(mailbox, store, StubClassifier(), FixedClock()).scan()
    marks = [store.get(Judged, f"{MAILBOX}\n{id_}").mark for id_ in ids]
    assert (marks[0] == marks[1] != marks[2], marks[3]) == (True, "")
    assert ME.address not in marks[0]
