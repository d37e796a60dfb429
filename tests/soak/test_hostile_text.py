"""The short version of the hostile text: the kinds that once took longest come back with a verdict."""

import pytest

from nlp.classifier import Classifier
from nlp.text import mail_text
from tests.soak.hostile_text import PLAIN, measured


@pytest.fixture(scope="module")
def classifier():
    return Classifier.load()


@pytest.mark.parametrize("name", ["at signs", "stops", "dotted capitals", "one line of ten million letters"])
def test_a_mail_made_to_take_for_ever_is_judged(classifier, name):
    mail = mail_text("x", "y", PLAIN[name](), None)
    _seconds, _grown, wrong = measured(lambda: list(classifier.judge([mail])))  # kills it after 20 s of processor time
    assert wrong == ""
