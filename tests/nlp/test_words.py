"""Word weights and the mails they settle alone."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.features import MAIL_CLASSES
from nlp.reading import read
from nlp.settling import fit as fit_settler
from nlp.verdict import Label, MailText
from nlp.words import Words, learned, terms_of

TEXTS = (
    ["We have chosen another candidate for the role."] * 3
    + ["The choir meets at eight on Tuesday."] * 3
    + ["We have received your application for the role."] * 3
)
LABELS = ["rejection"] * 3 + ["not_job"] * 3 + ["application_received"] * 3


@pytest.fixture(scope="module")
def words():
    return learned(TEXTS, LABELS)


def best(scores):
    return max(scores, key=scores.get)


def test_what_was_learned_is_told_apart(words):
    assert best(words.judge("Another candidate was chosen.")) == "rejection"
    assert best(words.judge("Our choir meets on Thursday.")) == "not_job"


def test_a_pair_of_words_is_a_term_of_its_own():
    assert "another candidate" in set(terms_of("Another candidate"))


def test_a_label_without_texts_is_never_likely(words):
    assert words.judge("Another candidate was chosen.")["offer"] < 1e-6


def test_two_labels_are_told_apart_as_well():
    two = learned(TEXTS[:6], LABELS[:6])
    assert best(two.judge("Another candidate was chosen.")) == "rejection"
    assert best(two.judge("The choir meets.")) == "not_job"


def test_one_label_is_all_that_is_ever_said():
    assert best(learned(TEXTS[:3], LABELS[:3]).judge("anything")) == "rejection"


def test_saved_weights_judge_exactly_as_before(words, tmp_path):
    words.save(tmp_path)
    again = Words.load(tmp_path)
    assert again.judge(TEXTS[0]) == words.judge(TEXTS[0])
    assert again.terms == words.terms


def test_damaged_weights_are_refused(words, tmp_path):
    words.save(tmp_path)
    (tmp_path / "terms.txt").write_text("one\n", "utf-8")
    with pytest.raises(ValueError, match="for 1 terms"):
        Words.load(tmp_path)


@given(st.text(max_size=300))
def test_any_text_gets_nine_probabilities_that_sum_to_one(text):
    scores = LEARNED.judge(text)
    assert tuple(scores) == MAIL_CLASSES
    assert sum(scores.values()) == pytest.approx(1, abs=1e-5)


LEARNED = learned(TEXTS, LABELS)


class TestSettling:
    PLAIN = "The choir meets at eight on Tuesday. Bring the black folders. Tea follows. The hall is warm."
    QUIET = "They took the other one."

    @pytest.fixture
    def settler(self, words):
        mails = [MailText(body=self.PLAIN)] * 20 + [MailText(body=self.QUIET)] * 20
        labels = [Label.NOT_JOB] * 20 + [Label.REJECTION] * 20
        return fit_settler([read(mail) for mail in mails], [words.judge(mail.body) for mail in mails], labels)

    def test_a_plain_mail_is_settled_and_a_quiet_rejection_is_not(self, settler, words):
        assert settler.settles(read(MailText(body=self.PLAIN)), words.judge(self.PLAIN))
        assert not settler.settles(read(MailText(body=self.QUIET)), words.judge(self.QUIET))

    def test_a_mail_in_which_a_phrase_speaks_is_never_settled(self, settler, words):
        reading = read(MailText(body=f"{self.PLAIN} We have decided to go ahead with another candidate."))
        assert not settler.settles(reading, words.judge(self.PLAIN))

    def test_without_a_rejection_to_hold_it_up_nothing_is_settled(self, words):
        alone = fit_settler([read(MailText(body=self.PLAIN))], [words.judge(self.PLAIN)], [Label.NOT_JOB])
        assert not alone.settles(read(MailText(body=self.PLAIN)), words.judge(self.PLAIN))


def test_judging_needs_no_scikit_learn():
    code = "import sys, nlp.classifier; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
