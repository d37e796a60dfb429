"""Sentence spans."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.sentences import MAX_SENTENCES, sentences
from nlp.verdict import MailText


def texts(body, subject=""):
    return [one.text for one in sentences(MailText(subject=subject, body=body))]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.text(alphabet=st.sampled_from("ab Z.!?\n\n,-1é "), max_size=500))
def test_every_span_is_what_stands_there(subject, body):
    mail = MailText(subject=subject, body=body)
    previous = 0
    for one in sentences(mail):
        assert mail.cleaned[one.start : one.end] == one.text == one.text.strip()
        assert one.start >= previous
        previous = one.end


def test_a_greeting_never_sticks_to_a_sentence():
    assert texts("Dear Jo,\n\nThe post is gone.\n\nKind regards\nAnn") == [
        "Dear Jo,",
        "The post is gone.",
        "Kind regards",
        "Ann",
    ]


def test_hard_wrapped_lines_belong_together():
    body = (
        "We read all of the letters that came in with much\npleasure and talked about every one of them a\nlong time."
    )
    assert len(texts(body)) == 1


def test_short_lines_stand_alone():
    assert texts("Tuesday 3 pm\nMain office\nBring your laptop") == ["Tuesday 3 pm", "Main office", "Bring your laptop"]


def test_abbreviations_do_not_end_a_sentence():
    assert texts("Please see Dr. Okoye, e.g. on Monday. Thanks.") == [
        "Please see Dr. Okoye, e.g. on Monday.",
        "Thanks.",
    ]


def test_lower_case_writers_have_sentences_too():
    assert texts("we took someone else. sorry about that") == ["we took someone else.", "sorry about that"]


def test_the_subject_is_marked():
    found = sentences(MailText(subject="Your news", body="Hello there."))
    assert [one.in_subject for one in found] == [True, False]


def test_an_endless_mail_is_cut():
    assert len(texts("Word here. " * 2000)) == MAX_SENTENCES


def test_a_run_without_stops_is_cut_into_pieces():
    assert max(map(len, texts("word " * 1000))) <= 700
