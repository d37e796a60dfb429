"""Half way up the network: which mails are plain there, and that the others are read to the end."""

import pytest

from nlp.blend import Blend
from nlp.classifier import band_of
from nlp.features import CLASSES, MAIL_CLASSES
from nlp.halting import HalfWay, Halt
from nlp.halting import fit as fit_halt
from nlp.judgement import Judgement
from nlp.network.network import HalfRead, Opinion
from nlp.reading import read
from nlp.second import SecondReader
from nlp.settling import Settler
from nlp.thresholds import Thresholds
from nlp.verdict import Band, Label, MailText

READING = read(MailText(body="Dear Jo,\n\nThe choir meets at eight. Bring the black folders."))
HALT = Halt(0.05)


def said(no, choir):
    """Nine probabilities: so much for a rejection, so much for no job, the rest shared out."""
    rest = (1 - no - choir) / (len(MAIL_CLASSES) - 2)
    return dict.fromkeys(MAIL_CLASSES, rest) | {Label.REJECTION: no, Label.NOT_JOB: choir}


@pytest.mark.parametrize(
    ("no", "choir", "halts"), [(0.01, 0.95, True), (0.97, 0.01, False), (0.2, 0.78, False), (0.01, 0.4, False)]
)
def test_it_halts_only_where_a_mail_is_plainly_one_of_the_others(no, choir, halts):
    assert HALT.halts(said(no, choir), has_job=True) == halts


def test_without_a_word_of_hiring_it_halts_only_for_a_mail_about_no_job():
    interview = said(0.01, 0.03) | {Label.INTERVIEW: 0.95}
    assert HALT.halts(interview, has_job=True)
    assert not HALT.halts(interview, has_job=False)
    assert HALT.halts(said(0.01, 0.95), has_job=False)


def half_way(early, late, *, is_rejection=False):
    return HalfWay(said(early, 0.0 if early > 0.2 else 0.99 - early), late, is_rejection, has_job=True)


PLAIN = [half_way(0.99, 0.99, is_rejection=True)] * 40 + [half_way(0.01, 0.01)] * 400


def test_the_limit_lies_below_the_rejections_that_reading_on_would_find():
    found = [half_way(0.08, 0.9, is_rejection=True)] * 2
    assert 0.01 < fit_halt(PLAIN + found).limit <= 0.08


def test_a_rejection_that_reading_on_would_miss_as_well_does_not_keep_anybody_reading():
    missed = [half_way(0.08, 0.02, is_rejection=True)] * 2
    assert fit_halt(PLAIN + missed).limit > 0.08


def test_where_every_limit_would_lose_rejections_nothing_halts():
    assert fit_halt([half_way(0.001, 0.9, is_rejection=True)] * 10) == Halt(0.0)


class Stub:
    """Stands for the network: what matters here is how far it is asked to read."""

    def __init__(self, early, late):
        self.early, self.late, self.finished = self.of(early), self.of(late), 0

    @staticmethod
    def of(labels):
        return Opinion(labels, 0.0, {"passed": 1.0, "filled": 0.0, "cancelled": 0.0}, (None, None, None))

    def start(self, mail, weights):
        return HalfRead(self.early, None, None, len(mail.sentences))

    def finish(self, half):
        self.finished += 1
        return self.late


# Believes the network alone: the second signal of `decisive` is its odds of a rejection, signals 1 to 9 of each row
# of `labels` its odds of the nine (odds come in thirds).
BELIEVING = Blend(
    (0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    tuple(tuple(3.0 * (place == row + 1) for place in range(19)) for row in range(9)),
)


def judged(early, late, *, settled=False, fast=(0.4, 0.4)):
    network = Stub(said(*early), said(*late))
    settler = Settler((), limit=1e9, no=0.1)
    reader = SecondReader(settler, BELIEVING, HALT, BELIEVING, network)
    labels = said(*fast)
    silent = (dict.fromkeys(CLASSES, 0.0),) * len(READING.sentences)
    before = Judgement(labels, silent, settled=settled, words=labels)
    return reader.judge(READING, before), network, before


def test_a_mail_that_is_plain_half_way_is_read_no_further():
    judgement, network, _ = judged(early=(0.01, 0.95), late=(0.9, 0.05))
    assert network.finished == 0
    assert judgement.opinion is network.early


def test_a_mail_that_is_open_half_way_is_read_to_the_end():
    judgement, network, _ = judged(early=(0.4, 0.4), late=(0.9, 0.05))
    assert network.finished == 1
    assert judgement.opinion is network.late
    assert judgement.score > 0.5


def test_what_the_fast_part_settles_or_closes_is_not_read():
    for settled, fast in ((True, (0.4, 0.4)), (False, (0.01, 0.95))):
        judgement, _, before = judged((0.9, 0.05), (0.9, 0.05), settled=settled, fast=fast)
        assert judgement == before


STATED = read(MailText(body="Thank you for the interview. We have decided to go ahead with another candidate."))
LIMITS = Thresholds(auto=0.85, review=0.1)


@pytest.mark.parametrize(("score", "band"), [(0.95, Band.AUTO), (0.8, Band.REVIEW)])
def test_a_no_that_all_of_the_fast_part_states_is_logged_whatever_it_makes_of_the_one_sentence(score, band):
    reader = SecondReader(Settler((), limit=1e9, yes=0.75), BELIEVING, HALT, BELIEVING, Stub(said(0, 1), said(0, 1)))
    silent = (dict.fromkeys(CLASSES, 0.0),) * len(STATED.sentences)
    judgement = reader.judge(STATED, Judgement(said(score, 0.01), silent, words=said(0.9, 0.01)))
    assert judgement.opinion is None
    assert band_of(STATED, judgement, LIMITS) is band


def test_without_a_second_reader_a_sentence_has_to_say_no_as_well():
    silent = (dict.fromkeys(CLASSES, 0.0),) * len(STATED.sentences)
    alone = Judgement(said(0.95, 0.01), silent, words=said(0.9, 0.01))
    assert band_of(STATED, alone, LIMITS) is Band.REVIEW
