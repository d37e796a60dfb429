"""What was said of one mail holds for the next one like it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from nlp.verdict import Band, Label
from server.domain.model import Correction, LetterState
from server.errors import Offline
from server.mailboxes.memory import MemoryMailbox
from server.services.correct import correct
from server.services.log import log, log_all
from server.services.memory import remember
from server.services.scan import Scanner
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NO, FixedClock, StubClassifier, raw_mail
from tests.services.scan_store import Kept

FORM = (
    "Dear Kim,\n\nthank you for applying as {role}, reference {number}. It took us a while to read through everything. "
    "The council will keep your papers on file for the season and lets you know about further openings by post.\n\n"
    "The council of Brightwater"
)


@dataclass
class Ground(Kept):
    mailbox: MemoryMailbox = field(default_factory=lambda: MemoryMailbox(MAILBOX))
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: FixedClock = field(default_factory=FixedClock)

    def mail(self, body: str, number: int, *labels: str, **given: Any) -> str:
        return self.mailbox.deliver(raw_mail(body, number=number, **given), labels=labels or ("INBOX",))

    def form(self, number: int, role: str = "Gardener", extra: str = "", **given: Any) -> str:
        return self.mail(FORM.format(role=role, number=number) + extra, number, **given)

    def scan(self) -> None:
        self.clock.advance()
        Scanner(self.mailbox, self.store, StubClassifier(), self.clock).scan()

    def correct(self, message_id: str, **given: Any) -> None:
        self.clock.advance()
        correct(self.store, self.clock, MAILBOX, message_id, **given)


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_a_later_mail_like_a_confirmed_one_is_logged_and_says_why(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True, company="Brightwater Council", role="Gardener")
    later = ground.form(22, role="Keeper of the Lido")
    ground.scan()
    row = ground.row(later)
    assert (row.label, row.band, row.like) == (Label.REJECTION, Band.AUTO, first)
    assert row.company == "Brightwater Council"
    assert ground.logged() == {first, later}
    assert {line.message_id: line.like for line in log(ground.store)} == {first: "", later: first}


def test_a_later_mail_like_an_overruled_one_is_set_aside_and_can_be_found(ground: Ground) -> None:
    first = ground.form(1, extra=f"\n\n{NO}")
    ground.scan()
    ground.correct(first, is_rejection=False)
    later = ground.form(2, extra=f"\n\n{NO}")
    ground.scan()
    assert (ground.row(later).band, ground.row(later).like) == (Band.NO, first)
    assert ground.logged() == set()
    assert {line.message_id: line.state for line in log_all(ground.store)}[later] is LetterState.DISMISSED


@pytest.mark.parametrize(
    "given", [{"sender": "Bo Dale <bo.dale@brightwater.example>"}, {"sender": "Ada Lee <ada.lee@other.example>"}]
)
def test_the_same_words_of_another_writer_are_judged_by_themselves(ground: Ground, given: dict[str, str]) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    later = ground.form(2, **given)
    ground.scan()
    assert (ground.row(later).band, ground.row(later).like) == (Band.NO, "")


def test_a_mail_without_a_sender_is_like_no_other(ground: Ground) -> None:
    first = ground.form(1, sender="")
    ground.scan()
    ground.correct(first, is_rejection=True)
    later = ground.form(2, sender="")
    ground.scan()
    assert ground.row(later).like == ""


def test_another_letter_of_the_same_writer_is_judged_by_itself(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    later = ground.mail("Dear Kim, could you come in on Tuesday at ten and bring your papers? Ada", 2)
    ground.scan()
    assert ground.row(later).like == ""


def test_a_name_put_right_carries_over_and_leaves_the_verdict(ground: Ground) -> None:
    first = ground.form(1, extra=f"\n\n{NO}")
    ground.scan()
    ground.correct(first, company="Brightwater Council", role="Gardener of the Year")
    later = ground.form(2, extra=f"\n\n{NO}")
    ground.scan()
    row = ground.row(later)
    assert (row.company, row.role, row.band, row.like) == ("Brightwater Council", "Gardener", Band.AUTO, first)


def test_a_like_mail_in_spam_is_asked_about(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    later = ground.form(2)
    Scanner(ground.mailbox, ground.store, StubClassifier(), ground.clock).judge(later)
    spam = ground.mail(FORM.format(role="x", number=3), 3, "SPAM")
    row = Scanner(ground.mailbox, ground.store, StubClassifier(), ground.clock).judge(spam)
    assert row is not None
    assert (ground.row(later).band, row.band, row.like) == (Band.AUTO, Band.REVIEW, first)


def test_what_follows_a_correction_follows_when_it_is_taken_back(ground: Ground) -> None:
    first = ground.form(1, extra=f"\n\n{NO}")
    ground.scan()
    ground.correct(first, is_rejection=False)
    later, own_word = ground.form(2, extra=f"\n\n{NO}"), ground.form(3, extra=f"\n\n{NO}")
    ground.scan()
    ground.correct(own_word, is_rejection=False)
    ground.correct(first, is_rejection=True)
    assert ground.logged() == {first, later}


def test_of_two_corrections_the_one_of_the_most_like_mail_counts(ground: Ground) -> None:
    plain, with_no = ground.form(1), ground.form(2, extra=f"\n\n{NO} {NO} Truly, that is all that there is to say.")
    ground.scan()
    ground.correct(plain, is_rejection=False)
    ground.correct(with_no, is_rejection=True)
    later = ground.form(3, extra=f"\n\n{NO} {NO} Truly, that is all that there is to say.")
    quiet = ground.form(4)
    ground.scan()
    assert (ground.row(later).band, ground.row(quiet).band) == (Band.AUTO, Band.NO)


def test_a_correction_is_completed_once_and_holds_no_word_of_the_mail(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    assert ground.store.all(Correction)[0].sketch is None
    ground.scan()
    (kept,) = ground.store.all(Correction)
    assert kept.writer == "ada.lee@brightwater.example"
    assert kept.sketch
    assert "council" not in repr(kept)


def test_a_mailbox_that_fails_leaves_the_correction_for_the_next_time(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    broken = MemoryMailbox(MAILBOX)

    def fail(_ids: object) -> None:
        raise Offline("test")

    broken.fetch = fail  # type: ignore[assignment,method-assign]
    with pytest.raises(Offline):
        remember(broken, ground.store)
    assert ground.store.all(Correction)[0].sketch is None


def test_a_mail_that_is_gone_is_not_asked_for_again(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    remember(MemoryMailbox(MAILBOX), ground.store)
    assert ground.store.all(Correction)[0].sketch == ()


def test_what_was_said_in_one_mailbox_holds_in_that_one_alone(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    ground.scan()
    other = MemoryMailbox("other@seeker.example")
    later = other.deliver(raw_mail(FORM.format(role="Gardener", number=2), number=2), labels=("INBOX",))
    row = Scanner(other, ground.store, StubClassifier(), ground.clock).judge(later)
    assert row is not None
    assert (row.band, row.like) == (Band.NO, "")
