"""What the seeker said of a mail can be taken back: then it stands as the program itself judged it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nlp.verdict import Band, Label
from server.domain.model import Correction, JournalEntry, Judged, Rejection
from server.errors import UnknownMessage
from server.services.correct import correct
from server.services.scan import Scanner
from server.services.taking_back import take_back
from tests.builders import MAILBOX, NO, StubClassifier, a_judged
from tests.services.test_memory import FORM
from tests.services.test_memory import Ground as MailGround


class Ground(MailGround):
    def take_back(self, message_id: str) -> Judged:
        self.clock.advance()
        return take_back(self.store, self.clock, MAILBOX, message_id)

    def asked(self, number: int = 1) -> str:
        """A mail that the stub classifier asks about."""
        message_id = self.mail("Dear Kim, perhaps we will come back to you about it.", number)
        self.scan()
        return message_id


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.mark.parametrize("said", [[True], [False], [True, False], [False, True]])
def test_what_was_asked_about_is_asked_about_again(ground: Ground, said: list[bool]) -> None:
    asked = ground.asked()
    before = ground.row(asked)
    for is_rejection in said:
        ground.correct(asked, is_rejection=is_rejection)
    after = ground.take_back(asked)
    assert after == ground.row(asked) == before
    assert ground.logged() == set()
    assert ground.store.all(Correction) == []


def test_what_was_logged_and_dismissed_is_in_the_log_again_as_of_then(ground: Ground) -> None:
    logged = ground.mail(f"Dear Kim,\n\n{NO}", 1)
    ground.scan()
    (line,) = ground.store.all(Rejection)
    ground.correct(logged, is_rejection=False)
    ground.take_back(logged)
    assert ground.store.all(Rejection) == [line]


def test_a_mail_whose_verdict_was_taken_over_stands_as_it_was_judged(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    later = ground.form(2)
    ground.scan()
    assert ground.logged() == {first, later}
    ground.take_back(first)
    assert ground.logged() == set()
    assert (ground.row(later).band, ground.row(later).label, ground.row(later).like) == (Band.NO, Label.OTHER_JOB, "")


def test_a_later_mail_like_it_is_judged_by_itself(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    ground.scan()
    ground.take_back(first)
    later = ground.form(2)
    ground.scan()
    assert (ground.row(later).band, ground.row(later).like) == (Band.NO, "")


def test_a_follower_with_a_word_of_its_own_keeps_that_and_follows_again_without_it(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    later = ground.form(2)
    ground.scan()
    ground.correct(later, is_rejection=False)
    assert ground.logged() == {first}
    ground.take_back(later)
    assert (ground.row(later).like, ground.logged()) == (first, {first, later})


def test_names_that_were_put_right_stay(ground: Ground) -> None:
    asked = ground.asked()
    ground.correct(asked, company="Harbour")
    ground.correct(asked, is_rejection=True)
    after = ground.take_back(asked)
    assert (after.band, after.company, after.role) == (Band.REVIEW, "Harbour", "Gardener")
    assert [(one.is_rejection, one.company) for one in ground.store.all(Correction)] == [(None, "Harbour")]


@pytest.mark.parametrize("is_rejection", [True, False])
def test_a_word_from_before_the_own_verdict_was_kept_is_asked_about(ground: Ground, *, is_rejection: bool) -> None:
    """Stores of earlier versions hold corrected rows without what the program had said."""
    row = a_judged(band=Band.AUTO if is_rejection else Band.NO)
    ground.store.put(row, Correction(MAILBOX, row.message_id, ground.clock.now(), is_rejection=is_rejection))
    ground.correct(row.message_id, is_rejection=not is_rejection)
    assert ground.take_back(row.message_id).band == Band.REVIEW


def test_spam_that_followed_is_asked_about_after_every_change_of_mind(ground: Ground) -> None:
    first = ground.form(1)
    ground.scan()
    ground.correct(first, is_rejection=True)
    spam = ground.mail(FORM.format(role="Gardener", number=2), 2, "SPAM")
    Scanner(ground.mailbox, ground.store, StubClassifier(), ground.clock).judge(spam)
    for is_rejection in (False, True):
        ground.correct(first, is_rejection=is_rejection)
    assert ground.row(spam).band == Band.REVIEW


def test_the_mails_twin_in_a_file_forgets_it_too(ground: Ground) -> None:
    asked = ground.asked()
    home = ground.row(asked)
    twin = replace(home, mailbox="mbox:x", message_id="18c0ffee000000ff", twin=home.key)
    ground.store.put(twin)
    ground.correct(asked, is_rejection=True)
    correct(ground.store, ground.clock, "mbox:x", twin.message_id, is_rejection=True)
    ground.take_back(asked)
    assert ground.store.all(Correction) == []


@pytest.mark.parametrize("given", [{}, {"company": "Harbour"}])
def test_where_nothing_was_said_of_the_verdict_nothing_changes(ground: Ground, given: dict[str, Any]) -> None:
    asked = ground.asked()
    if given:
        ground.correct(asked, **given)
    row, entries, said = ground.row(asked), ground.store.all(JournalEntry), ground.store.all(Correction)
    assert ground.take_back(asked) == row
    assert (ground.store.all(JournalEntry), ground.store.all(Correction)) == (entries, said)


def test_the_journal_tells_both(ground: Ground) -> None:
    asked = ground.asked()
    ground.correct(asked, is_rejection=True)
    ground.take_back(asked)
    assert [entry.what for entry in ground.store.all(JournalEntry)] == ["confirmed", "taken_back"]


def test_an_unknown_message_is_said(ground: Ground) -> None:
    with pytest.raises(UnknownMessage):
        ground.take_back("0123456789abcdef")
