"""Labels and archiving: off until asked for, done once, never to mail from people, and taken back whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from nlp.verdict import Label
from server.domain.model import JournalEntry, Judged
from server.domain.tidying import Place, may_archive
from server.errors import Offline, PermissionMissing, UsageError
from server.services.labels import Labels
from server.stores.memory import MemoryStore
from tests.builders import ADA, MAILBOX, NOBODY_READS, FixedClock, a_judged, a_rejection

OURS = "Label_7"


@dataclass
class Inbox:
    """A mailbox whose labels are sets; `fails` makes the next calls fail, before or after the work."""

    labels: dict[str, set[str]] = field(default_factory=dict)
    reply_to: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    fails: list[str] = field(default_factory=list)
    exists: bool = False

    def label(self, known: str = "", *, make: bool = True) -> str:
        self._called("label")
        self.exists = self.exists or make
        return OURS if self.exists else ""

    def places(self, message_ids: Sequence[str]) -> Mapping[str, Place | None]:
        self._called("places")
        return {
            i: Place(frozenset(self.labels[i]), self.reply_to.get(i, "")) if i in self.labels else None
            for i in message_ids
        }

    def change(self, message_ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        failure = self.fails.pop(0) if self.fails else ""
        self.calls.append("change")
        if failure == "before":
            raise Offline("test")
        for i in message_ids:
            if i in self.labels:
                self.labels[i] = (self.labels[i] | set(add)) - set(remove)
        if failure == "after":
            raise Offline("test")

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.fails and self.fails[0] == name:
            self.fails.pop(0)
            raise Offline("test")


class Ground:
    """Labels over a store with some rejections in it."""

    def __init__(self) -> None:
        self.store, self.inbox, self.allowed = MemoryStore(), Inbox(), True
        self.labels = Labels(self.store, FixedClock(), lambda _name: self.inbox, lambda _name: self.allowed)

    def log(self, id_: str, *labels: str, **fields: object) -> str:
        """A logged rejection that lies in the mailbox."""
        row = a_judged(**({"message_id": id_, "thread_id": id_, "sender": NOBODY_READS, "company": id_} | fields))
        self.store.put(row, a_rejection(message_id=id_, thread_id=row.thread_id))
        self.inbox.labels[id_] = set(labels or ("INBOX", "UNREAD"))
        return id_

    def overrule(self, id_: str) -> None:
        self.store.put(gone=[a_rejection(message_id=id_)])

    @property
    def labelled(self) -> set[str]:
        return {i for i, labels in self.inbox.labels.items() if OURS in labels}

    @property
    def in_inbox(self) -> set[str]:
        return {i for i, labels in self.inbox.labels.items() if "INBOX" in labels}


@pytest.fixture
def ground() -> Ground:
    made = Ground()
    for number in range(1, 4):
        made.log(f"aa{number:014}")
    return made


A, B, C = (f"aa{number:014}" for number in range(1, 4))


def test_nothing_happens_until_it_is_switched_on(ground):
    ground.labels.changed(MAILBOX)
    assert ground.labels.work(MAILBOX).labelled == 0
    assert ground.inbox.calls == []


def test_logged_rejections_get_the_label_once(ground):
    ground.labels.choose(MAILBOX, label=True)
    assert ground.labels.work(MAILBOX).labelled == 3
    calls = len(ground.inbox.calls)
    assert ground.labels.work(MAILBOX).labelled == 0
    assert len(ground.inbox.calls) == calls
    assert ground.labelled == {A, B, C}
    assert ground.in_inbox == {A, B, C}
    assert ground.labels.standing(MAILBOX).labelled == 3


def test_a_label_that_the_seeker_took_off_by_hand_stays_off(ground):
    ground.labels.choose(MAILBOX, label=True)
    ground.labels.work(MAILBOX)
    ground.inbox.labels[A].discard(OURS)
    ground.labels.work(MAILBOX)
    assert ground.labelled == {B, C}


def test_a_mail_that_is_no_rejection_after_all_loses_the_label_and_comes_back(ground):
    ground.labels.choose(MAILBOX, label=True, archive=True)
    ground.labels.work(MAILBOX)
    assert ground.in_inbox == set()
    ground.overrule(B)
    ground.labels.changed(MAILBOX)
    assert (ground.labelled, ground.in_inbox) == ({A, C}, {B})


def test_switched_off_what_was_done_stays_and_a_correction_still_counts(ground):
    ground.labels.choose(MAILBOX, label=True)
    ground.labels.work(MAILBOX)
    ground.labels.choose(MAILBOX, label=False)
    ground.log(f"aa{9:014}")
    ground.overrule(A)
    ground.labels.changed(MAILBOX)
    assert ground.labelled == {B, C}


def test_undo_takes_off_every_label_of_ours_and_switches_off(ground):
    ground.labels.choose(MAILBOX, label=True)
    ground.labels.work(MAILBOX)
    assert ground.labels.undo(MAILBOX).unlabelled == 3
    ground.labels.changed(MAILBOX)
    assert ground.labelled == set()
    assert not ground.labels.standing(MAILBOX).label


def test_undo_brings_back_what_was_archived_and_nothing_else(ground):
    ground.inbox.labels[A] = {"Archived by hand"}
    ground.labels.choose(MAILBOX, archive=True)
    ground.labels.work(MAILBOX)
    ground.inbox.labels[C] = {"TRASH"}
    assert ground.labels.undo(MAILBOX).restored == 1
    assert ground.in_inbox == {B}
    assert ground.inbox.labels[C] == {"TRASH"}


def test_what_was_put_back_is_not_archived_again(ground):
    ground.labels.choose(MAILBOX, archive=True)
    ground.labels.work(MAILBOX)
    ground.labels.undo(MAILBOX)
    ground.labels.choose(MAILBOX, archive=True)
    ground.labels.work(MAILBOX)
    assert ground.in_inbox == {A, B, C}


def test_mail_that_the_seeker_moved_back_by_hand_stays_there(ground):
    ground.labels.choose(MAILBOX, archive=True)
    ground.labels.work(MAILBOX)
    ground.inbox.labels[A].add("INBOX")
    ground.labels.work(MAILBOX)
    assert ground.in_inbox == {A}


def test_starred_mail_and_mail_whose_answers_go_to_a_person_stay(ground):
    ground.inbox.labels[A].add("STARRED")
    ground.inbox.reply_to[B] = "Ada Lee <ada.lee@brightwater.example>"
    ground.inbox.reply_to[C] = "no-reply@brightwater.example"
    ground.labels.choose(MAILBOX, archive=True)
    ground.labels.work(MAILBOX)
    assert ground.in_inbox == {A, B}


def test_a_stop_between_the_change_and_its_note_is_made_good(ground):
    ground.labels.choose(MAILBOX, label=True, archive=True)
    ground.inbox.fails = ["after", "", "after"]  # the label's change, then that of the inbox
    for _try in range(2):
        with pytest.raises(Offline):
            ground.labels.work(MAILBOX)
    ground.labels.work(MAILBOX)
    assert (ground.labelled, ground.in_inbox) == ({A, B, C}, set())
    assert ground.labels.undo(MAILBOX).restored == 3
    assert ground.in_inbox == {A, B, C}


@pytest.mark.parametrize("back", ["corrected", "undone"])
def test_a_label_whose_answer_was_lost_is_taken_off_all_the_same(ground, back):
    ground.labels.choose(MAILBOX, label=True)
    ground.inbox.fails = ["after"]
    ground.labels.changed(MAILBOX)
    assert ground.labelled == {A, B, C}
    assert ground.labels.standing(MAILBOX).labelled == 3  # else the page has no button that takes them off
    if back == "corrected":
        ground.overrule(B)
        ground.labels.changed(MAILBOX)
        assert ground.labelled == {A, C}
    else:
        ground.labels.undo(MAILBOX)
        assert ground.labelled == set()


def test_a_label_taken_off_with_the_answer_lost_is_put_on_again_when_the_mail_is_logged_anew(ground):
    ground.labels.choose(MAILBOX, label=True)
    ground.labels.work(MAILBOX)
    ground.overrule(B)
    ground.inbox.fails = ["after"]
    ground.labels.changed(MAILBOX)
    assert ground.labelled == {A, C}
    ground.store.put(a_rejection(message_id=B, thread_id=B))
    ground.labels.changed(MAILBOX)
    assert ground.labelled == {A, B, C}


def test_a_failure_is_kept_for_the_page_and_goes_with_the_next_success(ground):
    ground.labels.choose(MAILBOX, label=True)
    ground.inbox.fails = ["before"]
    ground.labels.changed(MAILBOX)
    assert ground.labels.standing(MAILBOX).problem.code == "offline"
    ground.labels.changed(MAILBOX)
    assert ground.labels.standing(MAILBOX).problem is None


def test_without_the_permission_nothing_can_be_switched_on_but_off(ground):
    ground.allowed = False
    with pytest.raises(PermissionMissing, match="label and archive"):
        ground.labels.choose(MAILBOX, label=True)
    assert not ground.labels.choose(MAILBOX, label=False).may


@pytest.mark.parametrize("name", ["sample", "mbox:/home/kim@work/All mail.mbox"])
def test_only_accounts_can_be_labelled(ground, name):
    with pytest.raises(UsageError):
        ground.labels.choose(name, label=True)


def test_a_label_deleted_in_gmail_is_not_made_anew_only_to_be_taken_off(ground):
    ground.labels.choose(MAILBOX, label=True)
    ground.labels.work(MAILBOX)
    ground.inbox.exists = False
    assert ground.labels.undo(MAILBOX).unlabelled == 3
    assert not ground.inbox.exists


def test_what_was_done_stands_in_the_journal(ground):
    ground.labels.choose(MAILBOX, label=True, archive=True)
    ground.labels.work(MAILBOX)
    ground.labels.undo(MAILBOX)
    done = [entry.what for entry in ground.store.all(JournalEntry)]
    assert {what: done.count(what) for what in set(done)} == dict.fromkeys(
        ("labelled", "archived", "unlabelled", "restored"), 3
    )


def row(**fields: object) -> Judged:
    return a_judged(**({"sender": NOBODY_READS} | fields))


@pytest.mark.parametrize(
    ("mail", "others", "may"),
    [
        ({}, [], True),
        ({"sender": ADA}, [], False),
        ({}, [{"own": True}], False),
        ({}, [{"sender": ADA, "label": Label.OTHER_JOB}], False),
        ({}, [{"label": Label.APPLICATION_RECEIVED}], True),
        ({}, [{"label": Label.INTERVIEW}], False),
        ({}, [{"label": Label.INTERVIEW, "thread_id": "other"}], False),
        ({}, [{"label": Label.OFFER, "thread_id": "other", "company": "BRIGHTWATER"}], False),
        ({}, [{"label": Label.ASSESSMENT, "thread_id": "other"}], False),
        ({}, [{"label": Label.INTERVIEW, "thread_id": "other", "company": "Elsewhere"}], True),
        ({"company": None}, [{"label": Label.INTERVIEW, "thread_id": "other", "company": None}], True),
        ({}, [{"own": True, "thread_id": "other"}], True),
    ],
)
def test_only_form_mail_without_human_contact_may_leave_the_inbox(mail, others, may):
    beside = [row(**({"message_id": f"bb{n:014}"} | other)) for n, other in enumerate(others)]
    rejected = row(**mail)
    assert may_archive(rejected, [rejected, *beside]) is may
