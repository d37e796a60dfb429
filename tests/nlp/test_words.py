"""Word weights and the mails they settle alone."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.features import MAIL_CLASSES
from nlp.masking import marked, words_of
from nlp.reading import read
from nlp.settling import Settler, Unread
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


def said(words, text):
    return words.judge(words_of(text))


def best(scores):
    return max(scores, key=scores.get)


def test_what_was_learned_is_told_apart(words):
    assert best(said(words, "Another candidate was chosen.")) == "rejection"
    assert best(said(words, "Our choir meets on Thursday.")) == "not_job"


def test_a_pair_of_words_is_a_term_of_its_own():
    assert "another candidate" in set(terms_of(words_of("Another candidate")))


def test_a_label_without_texts_is_never_likely(words):
    assert said(words, "Another candidate was chosen.")["offer"] < 1e-6


def test_two_labels_are_told_apart_as_well():
    two = learned(TEXTS[:6], LABELS[:6])
    assert best(said(two, "Another candidate was chosen.")) == "rejection"
    assert best(said(two, "The choir meets.")) == "not_job"


def test_one_label_is_all_that_is_ever_said():
    assert best(said(learned(TEXTS[:3], LABELS[:3]), "anything")) == "rejection"


def test_saved_weights_judge_exactly_as_before(words, tmp_path):
    words.save(tmp_path)
    again = Words.load(tmp_path)
    assert said(again, TEXTS[0]) == said(words, TEXTS[0])
    assert again.terms == words.terms


def test_damaged_weights_are_refused(words, tmp_path):
    words.save(tmp_path)
    (tmp_path / "terms.txt").write_text("one\n", "utf-8")
    with pytest.raises(ValueError, match="for 1 terms"):
        Words.load(tmp_path)


@given(text=st.text(max_size=300))
def test_any_text_gets_nine_probabilities_that_sum_to_one(words, text):
    scores = said(words, text)
    assert tuple(scores) == MAIL_CLASSES
    assert sum(scores.values()) == pytest.approx(1, abs=1e-5)


class TestSettling:
    PLAIN = "The choir meets at eight on Tuesday. Bring the black folders. Tea follows. The hall is warm."
    QUIET = "They took the other one."

    @pytest.fixture
    def settler(self, words):
        plain, quiet = unread(words, self.PLAIN, Label.NOT_JOB), unread(words, self.QUIET, Label.REJECTION)
        return fit_settler([plain] * 20 + [quiet] * 20)

    def test_a_plain_mail_is_settled_and_a_quiet_rejection_is_not(self, settler, words):
        assert settler.settles(read(MailText(body=self.PLAIN)), said(words, self.PLAIN))
        assert not settler.settles(read(MailText(body=self.QUIET)), said(words, self.QUIET))

    def test_a_mail_in_which_a_phrase_speaks_is_never_settled(self, settler, words):
        reading = read(MailText(body=f"{self.PLAIN} We have decided to go ahead with another candidate."))
        assert not settler.settles(reading, said(words, self.PLAIN))

    def test_without_a_rejection_to_hold_it_up_nothing_is_settled(self, words):
        alone = fit_settler([unread(words, self.PLAIN, Label.NOT_JOB)])
        assert not alone.settles(read(MailText(body=self.PLAIN)), said(words, self.PLAIN))


def labels(rejection, not_job):
    rest = (1 - rejection - not_job) / 7
    return dict.fromkeys((one.value for one in Label), rest) | {"rejection": rejection, "not_job": not_job}


SAYS, QUIETS = labels(0.6, 0.1), labels(0.4, 0.1)  # what the words alone say


class TestClosing:
    STATED = "Thank you for the interview. We have decided to go ahead with another candidate for the role."
    QUIET = "They took the other one."
    PLAIN = "The choir meets at eight on Tuesday."

    @pytest.fixture
    def settler(self):
        return Settler((), limit=1e9, no=0.05, yes=0.9)

    def test_a_stated_no_that_scores_high_needs_no_second_reader(self, settler):
        assert settler.closes(read(MailText(body=self.STATED)), SAYS, labels(0.92, 0.01))

    def test_a_stated_no_that_scores_less_is_read_again(self, settler):
        assert not settler.closes(read(MailText(body=self.STATED)), SAYS, labels(0.88, 0.01))

    def test_a_stated_no_whose_words_say_otherwise_is_read_again(self, settler):
        assert not settler.closes(read(MailText(body=self.STATED)), QUIETS, labels(0.97, 0.01))

    def test_a_high_score_without_a_phrase_is_read_again(self, settler):
        assert not settler.closes(read(MailText(body=self.QUIET)), SAYS, labels(0.97, 0.01))

    def test_a_stated_no_that_speaks_of_another_world_is_read_again(self, settler):
        loan = "Your loan application: we have decided to go ahead with another candidate for the tenancy."
        assert not settler.closes(read(MailText(body=loan)), SAYS, labels(0.97, 0.01))

    def test_plainly_something_else_needs_no_second_reader(self, settler):
        assert settler.closes(read(MailText(body=self.PLAIN)), QUIETS, labels(0.02, 0.9))

    def test_something_else_of_which_it_is_not_clear_what_is_read_again(self, settler):
        assert not settler.closes(read(MailText(body=self.PLAIN)), QUIETS, labels(0.02, 0.6))

    def test_a_phrase_that_scores_low_is_read_again(self, settler):
        assert not settler.closes(read(MailText(body=self.STATED)), SAYS, labels(0.02, 0.9))

    def test_the_limit_for_a_no_is_where_all_are_right(self):
        stated = read(MailText(body=self.STATED))
        good = [Unread(stated, SAYS, labels(0.95, 0.01), Label.REJECTION)] * 30
        bad = [Unread(stated, SAYS, labels(0.9, 0.01), Label.INTERVIEW)] * 5
        assert fit_settler(good + bad).yes == 0.91
        assert fit_settler(good[:10]).yes > 1


def unread(words, body, label):
    scores = said(words, body)
    return Unread(read(MailText(body=body)), scores, scores, label)


def test_judging_needs_no_scikit_learn():
    code = "import sys, nlp.classifier; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.sampled_from("we have not chosen another candidate for the role choir meets zebra ?".split())))
def test_a_pair_is_looked_up_as_if_it_were_spelled_out(words, said_words):
    """`_pairs` against the plain way: every term's own text."""
    rows = list(map(words.terms.get, marked(said_words)))
    assert [words._pairs.get(pair) for pair in pairwise(rows)] == [
        words.terms.get(term) for term in terms_of(said_words)[len(rows) :]
    ]
