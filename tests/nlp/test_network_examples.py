"""What the network learns from: long mails are cut for training as they are cut for judging."""

import pytest

from nlp.labelled import LabelledMail
from nlp.network.examples import examples
from nlp.network.heard import heard
from nlp.network.network import FOLDER
from nlp.network.pieces import tokenizer_of
from nlp.verdict import Label, MailText, Reason

CHAT = "We keep bees on the roof, and every spring somebody new learns how to look after them with us."
LOUD = "Unfortunately the lift will not be repaired before the week of your visit to us."
NO = "The post went to a keeper with forty hives."


def mail_of(label, *sentences, decisive=(), reason=None):
    body = " ".join(sentences)
    return LabelledMail("long", "a-writer", label, frozenset(), "en", MailText(body=body), decisive, reason)


@pytest.fixture(scope="module")
def tokenizer():
    return tokenizer_of(FOLDER)


def shown(tokenizer, mail, said):
    (row,) = examples(tokenizer, [mail], heard={mail.id: said})
    return [place for place, _, _ in row.view(None).spans]


def test_of_a_long_mail_the_sentences_that_sound_most_like_a_no_are_shown(tokenizer):
    mail = mail_of(Label.INTERVIEW, *[CHAT] * 40, LOUD)
    assert 40 in shown(tokenizer, mail, (0.0,) * 40 + (0.9,))
    assert 40 not in shown(tokenizer, mail, (0.0,) * 41)


def test_a_refusal_keeps_its_no_however_quiet_it_is(tokenizer):
    mail = mail_of(Label.REJECTION, *[CHAT] * 40, NO, decisive=(NO,), reason=Reason.PASSED)
    assert 40 in shown(tokenizer, mail, (0.5,) * 40 + (0.0,))


def test_long_mails_are_heard_sentence_by_sentence_and_short_ones_are_not():
    long = mail_of(Label.INTERVIEW, *[CHAT] * 10, LOUD)
    short = LabelledMail("short", "b-writer", Label.NOT_JOB, frozenset(), "en", MailText(body=LOUD))
    other = [
        LabelledMail(f"n{i}", f"writer-{i}", label, frozenset(), "en", MailText(body=text), (text,), reason)
        for i, (label, text, reason) in enumerate(
            [(Label.REJECTION, NO, Reason.PASSED), (Label.INTERVIEW, "Can you come on Monday?", None)] * 6
        )
    ]
    said = heard([long, short, *other], [])
    assert set(said) == {"long"}
    assert len(said["long"]) == 11
    assert all(0 <= one <= 1 for one in said["long"])
