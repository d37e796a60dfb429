"""Replies: a table of invented ones in seven languages, and rules that hold for any text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.verdict import Label
from server.domain.replies import ReplyKind, reading, reading_of, sentences
from tests.builders import a_message

TABLE = Path(__file__).parents[1] / "data" / "replies.txt"
CASES = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def shown(text: str) -> tuple[str, list[str]]:
    """A case's text as it arrives, and the sentences that hold feedback."""
    text = text.replace("\\n", "\n")
    return text.replace("[[", "").replace("]]", ""), re.findall(r"\[\[(.*?)\]\]", text)


@pytest.mark.parametrize(("language", "kind", "text"), [case[1:] for case in CASES], ids=range(1, len(CASES) + 1))
def test_a_reply_is_what_a_reader_takes_it_for(language, kind, text):
    body, feedback = shown(text)
    found = reading(body)
    assert found.kind == kind
    assert [span.text for span in found.sentences] == feedback


def test_the_table_has_every_kind_and_language():
    assert len(CASES) >= 80
    assert {case[1] for case in CASES} == {"en", "de", "fr", "es", "it", "nl", "pt"}
    assert {case[2] for case in CASES} == set(ReplyKind)


@pytest.mark.parametrize(
    "hint", ["auto-submitted", "return-path"], ids=["the header of RFC 3834", "no return path, as bounces have"]
)
def test_a_header_of_machines_is_believed_whatever_the_words_say(hint):
    message = a_message(body="I would suggest working on your SQL.", automatic=(hint,))
    assert reading_of(message).kind is ReplyKind.AUTOMATIC


def test_a_list_header_proves_nothing_since_business_mail_has_it():
    message = a_message(body="Thank you so much, Robin!", automatic=("list-unsubscribe", "precedence"))
    assert reading_of(message).kind is ReplyKind.THANKS


def test_a_subject_of_a_machine_is_believed():
    message = a_message(subject="Automatische Antwort: Ihre Bewerbung", body="Danke.")
    assert reading_of(message).kind is ReplyKind.AUTOMATIC


@pytest.mark.parametrize("label", [Label.INTERVIEW, Label.OFFER, Label.ASSESSMENT])
def test_what_the_classifier_calls_an_interview_is_news_and_keeps_its_feedback(label):
    found = reading("Your portfolio lacked numbers. Let us look at it together.", label)
    assert found.kind is ReplyKind.NEWS
    assert [span.text for span in found.sentences] == ["Your portfolio lacked numbers."]


def test_advice_from_somebody_who_is_out_next_week_is_no_machines():
    found = reading("I would suggest adding numbers. I am out of the office next week.")
    assert found.kind is ReplyKind.FEEDBACK


@pytest.mark.parametrize(
    "text",
    [
        "If another role comes up that fits, we will let you know.",
        "Sollte eine andere Stelle frei werden, melden wir uns. Wir behalten Ihr Profil im Blick.",
    ],
)
def test_a_condition_is_no_news(text):
    assert reading(text).kind is not ReplyKind.NEWS


@pytest.mark.parametrize(
    "text",
    [
        "We would have liked to offer you the post.",
        "I wish I could have said yes.",
        "Thank you for your suggestions, they were very welcome.",
        "You asked what would have helped.",
        "I will ask the panel which areas for improvement they saw and get back to you.",
        "Vielen Dank für Ihre Rückmeldung.",
        "Merci pour votre retour.",
    ],
)
def test_what_only_sounds_like_feedback_is_not_kept_as_such(text):
    assert reading(text).sentences == ()


def test_a_sentence_that_was_wrapped_is_one_sentence():
    body = "Hello Robin,\n\nI would suggest that you prepare two or three examples of what you\nhave led alone.\n\nBest"
    (span,) = reading(body).sentences
    assert span.text.endswith("have led alone.")


def test_an_abbreviation_ends_no_sentence():
    body = "Show more results, e.g. numbers from your last post. Dr. Lee says hello."
    assert [span.text for span in sentences(body)] == [
        "Show more results, e.g. numbers from your last post.",
        "Dr. Lee says hello.",
    ]


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from([shown(case[3])[0] for case in CASES]),
        st.sampled_from(["\n\n", "- ", "...", "?!?!", " \n \n", "Dr. ", "e.g. ", "\u2028", "\x00"]),
    ),
    max_size=12,
)


@given(LINES.map("".join))
def test_any_text_is_read_and_every_sentence_stands_where_it_says(text):
    found = reading(text)
    assert found.kind in set(ReplyKind)
    for span in found.sentences:
        assert text[span.start : span.end] == span.text != ""


@given(LINES.map("".join))
def test_sentences_follow_each_other_and_lose_no_letter_but_greetings(text):
    spans = list(sentences(text))
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(span.text == span.text.strip() for span in spans)


@pytest.mark.parametrize("text", ["." * 64_000 + "x", "\n" * 64_000, "a " * 32_000, "you " * 16_000, "mehr " * 12_000])
def test_hostile_lengths_are_read_too(text):
    assert reading(text).kind is ReplyKind.UNSURE
