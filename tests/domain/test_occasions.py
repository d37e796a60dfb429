"""Letters answer rejections. Other mail gets none, unless it holds what the kind of letter answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.verdict import Band, Label
from server.domain.model import Kind
from tests.domain.test_letters import ADA, message, offer, row

NEWS = "Three new cargo bikes stand in the yard. Come and see them on Saturday."
FEEDBACK = "Thank you for your kind note. Our feedback: your portfolio was strong, but you lacked experience with maps."
KEPT = "We will keep your details on file and get in touch when a fitting role opens."


def judged(of, **fields):
    return replace(row(of), **{"label": Label.OTHER_JOB, "band": Band.NO, "score": 0.01, **fields})


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("asked", [{}, {"to": ADA.address}])
def test_a_mail_that_is_no_rejection_gets_no_letter_and_says_what_to_do_if_it_is_one(kind, asked):
    mail = message(body=NEWS)
    none = offer(mail, kind, judged=judged(mail, label=Label.NOT_JOB), **asked)
    assert (none.allowed, none.one_click, none.to, none.body, none.people) == (False, False, "", "", ())
    assert "not logged as a rejection" in none.why
    assert "“Put it back” in the log" in none.why
    assert "classact" not in none.why  # who reads it there has no terminal open


@pytest.mark.parametrize(
    ("kind", "body"), [(Kind.THANKS_FOR_FEEDBACK, FEEDBACK), (Kind.KEEP_IN_MIND, KEPT)], ids=["feedback", "kept"]
)
def test_what_answers_other_mail_is_offered_where_the_mail_holds_it(kind, body):
    mail = message(body=body)
    letter = offer(mail, kind, judged=judged(mail))
    assert (letter.allowed, letter.advice) == (True, "")
    assert not offer(mail, Kind.THANK_YOU, judged=judged(mail)).allowed


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.FEEDBACK, Kind.STAY_IN_TOUCH, Kind.CONNECT_NOTE])
def test_a_mail_under_review_may_be_answered_once_it_is_settled(kind):
    letter = offer(message(), kind, judged=judged(message(), band=Band.REVIEW, label=Label.REJECTION))
    assert (letter.allowed, letter.one_click, letter.advice_code) == (True, False, "unsettled")
    assert "Review" in letter.advice
    assert letter.body


def test_a_role_on_hold_may_be_answered_and_is_told_as_such():
    letter = offer(message(), judged=judged(message(), hold=True))
    assert (letter.allowed, letter.one_click, letter.advice_code) == (True, False, "unsettled")
    assert "paused" in letter.advice


def test_what_speaks_against_the_sender_is_still_said_of_a_mail_under_review():
    mail = message(dmarc="fail")
    sure, open_ = (offer(mail, judged=judged(mail, band=band)) for band in (Band.AUTO, Band.REVIEW))
    assert {sure.advice} <= set(open_.warnings)
