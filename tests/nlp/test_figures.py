"""The arithmetic of the evaluation, on counts that can be checked by hand."""

import pytest

from nlp.figures import Judged, accuracy, average_precision, bands, calibration_error, confusion, intervals, rates
from nlp.labelled import LabelledMail
from nlp.report import page
from nlp.verdict import Band, Label, MailText


def row(gold, label, score, band=Band.NO, number=0):
    mail = LabelledMail(f"m{number}", "w", gold, frozenset(), "en", MailText(), group="g", cluster=f"m{number}")
    return Judged(mail, label, score, band)


ROWS = [
    row(Label.REJECTION, Label.REJECTION, 0.9, Band.AUTO, 1),
    row(Label.REJECTION, Label.OTHER_JOB, 0.3, Band.REVIEW, 2),
    row(Label.OFFER, Label.REJECTION, 0.6, Band.REVIEW, 3),
    row(Label.NOT_JOB, Label.NOT_JOB, 0.0, Band.NO, 4),
]


def test_rates_are_counted():
    assert (rates(ROWS).precision, rates(ROWS).recall, rates(ROWS).f1) == (0.5, 0.5, 0.5)


def test_average_precision_steps_down_the_scores():
    assert average_precision(ROWS) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)


def test_calibration_error_is_the_mean_gap():
    assert calibration_error(ROWS) == pytest.approx((0.1 + 0.7 + 0.6 + 0.0) / 4)


def test_bands_and_labels_are_counted():
    assert bands(ROWS).precision(Band.AUTO) == 1.0
    assert bands(ROWS).rejections[Band.REVIEW] == 1
    assert accuracy(ROWS) == 0.5
    assert confusion(ROWS)[Label.OFFER][Label.REJECTION] == 1


def test_intervals_hold_the_figure_and_repeat():
    low, high = intervals(ROWS)["f1"]
    assert low <= 0.5 <= high
    assert intervals(ROWS) == intervals(ROWS)


def test_nothing_to_count_is_none():
    assert rates([]).f1 is None
    assert average_precision([]) is None
    assert accuracy([]) is None


def test_the_page_names_errors_by_id_only():
    text = page("t", ROWS, {"language": lambda one: one.gold.language})
    assert "called rejection, are none: (1) m3" in text
