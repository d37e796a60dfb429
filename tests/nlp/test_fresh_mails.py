"""Mails that are newer than the network: what it says of each is known, and is what the shipped network says."""

import pytest

from nlp.labelled import mail_files
from nlp.model import Model
from nlp.network.fresh import said_of
from nlp.network.kept_back import FRESH, fingerprint, kept_back
from nlp.network.network import shipped
from nlp.network.stages import Stage
from nlp.verdict import Label


@pytest.fixture(scope="module")
def fresh():
    return [mail for mail in mail_files() if FRESH in mail.tags]


def test_the_network_was_asked_twice_about_each(fresh):
    known = kept_back()
    assert [mail.id for mail in fresh if set(known.get(fingerprint(mail.mail), {})) != set(Stage)] == []


def test_what_is_kept_is_what_the_shipped_network_says(fresh):
    known, fast = kept_back(), Model.load()
    for mail in fresh[::100]:
        late, *_ = said_of(shipped(), fast, mail)
        kept = known[fingerprint(mail.mail)][Stage.LATE].labels[Label.REJECTION]
        assert kept == pytest.approx(late, abs=0.02)  # another processor rounds differently
