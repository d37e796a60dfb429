"""The classifier's contract, whatever the model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.classifier import Classifier
from nlp.model import ModelMissing
from nlp.verdict import Band, Label, MailText, Reason

PLAIN_NO = MailText(
    subject="Your application",
    body="Dear Jo,\n\nThanks for applying for the role of baker at Moorhen. After some thought we have decided to move "
    "forward with another candidate. We will not be inviting you to an interview.\n\nKind regards\nThe hiring team",
)


def check(mail, verdict):
    for one in verdict.evidence:
        assert mail.cleaned[one.start : one.end] == one.text
    assert (verdict.label is None) == (verdict.score is None) == (verdict.band is Band.NOT_JUDGED)
    assert verdict.score is None or 0 <= verdict.score <= 1
    assert verdict.band is not Band.AUTO or verdict.label is Label.REJECTION
    assert verdict.band is not Band.NO or verdict.label is not Label.REJECTION
    assert (verdict.reason is not None) == (verdict.label is Label.REJECTION)
    assert not (verdict.hold and verdict.label is Label.REJECTION)


def test_every_heldout_mail_keeps_the_contract(heldout):
    assert heldout
    for row, verdict in heldout:
        check(row.mail, verdict)


@pytest.mark.parametrize("mail", [MailText(), MailText(subject=" ", body="\n\n"), MailText(body="--- *** ---")])
def test_a_mail_without_a_word_is_nothing_to_act_on(classifier, mail):
    verdict = next(iter(classifier.judge([mail])))
    assert (verdict.label, verdict.band) == (Label.NOT_JOB, Band.NO)


def test_whatever_is_logged_or_asked_about_shows_a_sentence(heldout):
    shown = [verdict for _row, verdict in heldout if verdict.band in (Band.AUTO, Band.REVIEW)]
    assert shown
    assert all(verdict.evidence for verdict in shown)


def test_one_by_one_equals_in_a_batch(classifier, heldout):
    """Batches are of 64 mails: these are one and a part of the next."""
    assert [verdict for _row, verdict in heldout[:70]] == [
        next(classifier.judge([row.mail])) for row, _ in heldout[:70]
    ]


def test_a_plain_rejection_is_found_with_its_sentence(classifier):
    verdict = next(classifier.judge([PLAIN_NO]))
    assert verdict.label is Label.REJECTION
    assert any("decided to move forward with another candidate" in one.text for one in verdict.evidence)
    assert verdict.reason is Reason.PASSED


def test_a_filled_role_gives_its_reason(classifier):
    body = "Dear Jo,\n\nThank you for your application. The position of baker has now been filled by somebody else."
    assert next(classifier.judge([MailText(body=body)])).reason is Reason.FILLED


def test_a_paused_role_is_held_and_never_automatic(classifier):
    verdict = next(
        classifier.judge([MailText(body="Hiring for the baker role has been put on hold until the spring.")])
    )
    assert verdict.hold
    assert verdict.band is not Band.AUTO


def test_an_unsupported_language_is_not_judged(classifier):
    body = "К сожалению, мы решили продолжить процесс с другим кандидатом. Желаем вам удачи."
    verdict = next(classifier.judge([MailText(body=body)]))
    assert (verdict.band, verdict.label, verdict.score, verdict.language) == (Band.NOT_JUDGED, None, None, "ru")


@pytest.mark.parametrize(
    "mail", [MailText(), MailText(body="\0\ud800"), MailText(subject="no"), MailText(body="!" * 9000)]
)
def test_odd_mails_are_judged(classifier, mail):
    check(mail, next(classifier.judge([mail])))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=400))
def test_no_mail_makes_it_raise(classifier, subject, body):
    mail = MailText(subject=subject, body=body)
    check(mail, next(classifier.judge([mail])))


def test_no_mails_give_no_verdicts(classifier):
    assert list(classifier.judge([])) == []


def test_the_version_stands_on_every_verdict(classifier):
    assert next(classifier.judge([PLAIN_NO])).model == classifier.version


def test_a_missing_model_says_so(tmp_path):
    with pytest.raises(ModelMissing):
        Classifier.load(tmp_path)


def test_a_damaged_model_says_so(tmp_path):
    (tmp_path / "calibration.json").write_text("{}", "utf-8")
    with pytest.raises(ModelMissing):
        Classifier.load(tmp_path)
