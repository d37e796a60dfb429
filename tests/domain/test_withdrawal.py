"""Who withdrew: the seeker's own words, the company's answer, and all that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.verdict import MailText
from server.domain import judging
from server.domain.withdrawal import company_confirms, seeker_withdraws
from tests.builders import NOON, a_message, a_verdict

MINE = [
    "Dear Ada,\n\nI would like to withdraw my application for the post of gardener.",
    "After some thought I am writing to\nwithdraw my application.",
    "I have taken another post and can no longer continue, so please withdraw my application.",
    "I have decided to withdraw from the process.",
    "Could you please take me out of the running? Thanks. Please take me out of the running.",
    "I have to ask that my application be withdrawn.",
    "Hiermit ziehe ich meine Bewerbung um die Stelle zurück.",
    "Ich möchte meine Bewerbung leider zurückziehen.",
    "Je souhaite retirer ma candidature au poste de jardinier.",
    "Quisiera retirar mi candidatura, y le agradezco el tiempo.",
    "Venho por este meio retirar a minha candidatura.",
    "Vorrei ritirare la mia candidatura per motivi personali.",
    "Hierbij trek ik mijn sollicitatie in.",
    "Ik wil mijn sollicitatie graag intrekken.",
]
NOT_MINE = [
    "I do not want to withdraw my application.",
    "Is it too late, or should I withdraw my application?",
    "Could you tell me whether my application has been read?",
    "Thank you for your time. I look forward to the interview.",
    "Ich ziehe im Mai nach Leith.",
    "If I have to move, I would withdraw my application.",
    "",
]
THEIRS = [
    "Thank you for letting us know that you have withdrawn your application.",
    "We are sorry that you have decided to withdraw from the process.",
    "As you requested, your application has been withdrawn.",
    "We confirm the withdrawal of your application for Gardener.",
    "Sie haben Ihre Bewerbung zurückgezogen. Das bedauern wir.",
    "Vous avez retiré votre candidature ; nous le regrettons.",
    "Ha retirado su candidatura.",
    "Lei ha ritirato la candidatura.",
    "U heeft uw sollicitatie ingetrokken.",
]
NOT_THEIRS = [
    "Should you wish to withdraw your application, please log in.",
    "You may withdraw your application at any time.",
    "If you have withdrawn your application, please ignore this mail.",
    "The role has been withdrawn.",
    "We have withdrawn the advertisement.",
    "Unless you have withdrawn your application, we will be in touch.",
    "Wenn Sie Ihre Bewerbung zurückgezogen haben, ist diese Mail gegenstandslos.",
    "Falls Sie Ihre Bewerbung zurückziehen möchten, genügt eine Nachricht.",
    "We have decided to go ahead with another applicant.",
]


@pytest.mark.parametrize("text", MINE)
def test_the_seeker_withdraws(text):
    assert seeker_withdraws(text)


@pytest.mark.parametrize("text", NOT_MINE)
def test_the_seeker_does_not(text):
    assert not seeker_withdraws(text)


@pytest.mark.parametrize("text", THEIRS)
def test_the_company_says_that_the_seeker_withdrew(text):
    assert company_confirms(text)


@pytest.mark.parametrize("text", NOT_THEIRS)
def test_the_company_does_not(text):
    assert not company_confirms(text)


@given(st.text(max_size=500))
def test_any_text_is_read(text):
    assert seeker_withdraws(text) in (True, False)
    assert company_confirms(text) in (True, False)


def test_what_is_kept_of_a_mail_says_whether_it_withdraws_and_which_vacancy_it_is_about():
    sent = a_message(labels=frozenset({"SENT"}), body=MINE[0])
    assert judging.own(sent, NOON).withdrawn
    draft = a_message(labels=frozenset({"DRAFT"}), body=MINE[0])
    assert not judging.own(draft, NOON).withdrawn
    mail = a_message(subject="Gardener, Ref. R-1001", body=THEIRS[0])
    row = judging.judged(mail, a_verdict(MailText(mail.subject, "", "", mail.body)), NOON)
    assert (row.requisition, row.withdrawn) == ("R-1001", True)
