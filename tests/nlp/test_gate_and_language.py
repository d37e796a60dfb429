"""The job gate and the language of a mail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.gate import Gate, subject_matter
from nlp.language import language_of
from nlp.verdict import MailText


@pytest.mark.parametrize(
    "body",
    [
        "Thank you for your interest in the role of baker. The hiring team read your CV.",
        "We enjoyed the interview, but another candidate fits the vacancy better.",
        "Your candidacy for the internship was reviewed by our recruiters.",
    ],
)
def test_hiring_words_open_the_gate(body):
    assert subject_matter(MailText(body=body)).gate is Gate.OPEN


@pytest.mark.parametrize(
    "body",
    [
        "The admissions office cannot offer you a study place on the degree programme.",
        "Your loan application was declined because of your credit score.",
        "The reviewers did not accept your paper for the conference proceedings.",
        "Your bid for the tender was not successful; the supplier list is attached.",
        "The landlord chose another tenant for the flat.",
    ],
)
def test_other_worlds_close_it(body):
    assert subject_matter(MailText(body=body)).gate is Gate.CLOSED


def test_application_alone_opens_nothing():
    assert subject_matter(MailText(body="Your application was unsuccessful.")).gate is not Gate.OPEN


def test_a_missing_sender_is_no_signal():
    body = "We read your CV for the role of baker."
    named = subject_matter(MailText(sender_name="Ann Lee", sender_address="ann@acme.example", body=body))
    assert named == subject_matter(MailText(body=body))


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "We were glad to meet you and will write again as soon as the team has talked."),
        ("de", "Wir haben uns sehr über Ihren Besuch gefreut und melden uns in der nächsten Woche bei Ihnen."),
        ("fr", "Nous avons été ravis de vous rencontrer et reviendrons vers vous la semaine prochaine."),
        ("es", "Nos alegró mucho conocerte y te escribiremos de nuevo la semana que viene."),
        ("it", "Siamo stati felici di conoscerti e ti scriveremo di nuovo la prossima settimana."),
        ("pt", "Ficamos felizes por conhecer você e voltaremos a escrever na próxima semana."),
        ("nl", "We vonden het erg leuk om je te ontmoeten en schrijven je volgende week opnieuw."),
        ("ru", "Спасибо за ваш отклик, мы напишем вам на следующей неделе."),
    ],
)
def test_the_language_is_told(language, body):
    assert language_of(MailText(body=body)) == language


@pytest.mark.parametrize("body", ["", "No, sorry.", "ok", "12:30 https://acme.example/a/b/c/d/e/f"])
def test_too_little_text_counts_as_english(body):
    assert language_of(MailText(body=body)) == "en"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_language(body):
    assert language_of(MailText(body=body))
