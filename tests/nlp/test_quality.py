"""A floor under the shipped model, on mails it never saw; raise it with the model, never lower it quietly."""

import json
import os
from pathlib import Path

import pytest

from nlp.figures import Judged, accuracy, bands, rates
from nlp.language import SUPPORTED
from nlp.model import FOLDER
from nlp.text import html_to_text, mail_text, newest_part
from nlp.verdict import Band, Label

built = pytest.mark.skipif(not (FOLDER / "calibration.json").exists(), reason="`make model` has not been run")


@pytest.fixture(scope="module")
def judged(heldout):
    return [Judged(row, v.label, v.score or 0.0, v.band) for row, v in heldout]


# Set, then the least precision, recall, share of rejections found or asked about, and nine-label accuracy. Each lies a
# little under what was measured (nlp/README.md), by about one mail.
FLOORS = [
    ("ordinary", (0.97, 0.95, 0.97, 0.96)),
    ("hard", (0.93, 0.9, 0.97, 0.9)),
    ("other languages", (0.95, 0.93, 0.95, 0.93)),
]


@built
@pytest.mark.parametrize(("group", "floor"), FLOORS)
def test_heldout_mails_are_judged_as_well_as_measured(judged, group, floor):
    precision, recall, seen, nine = floor
    rows = [row for row in judged if row.gold.group == group]
    rate, wanted = rates(rows), sum(row.is_rejection for row in rows)
    assert rate.precision >= precision
    assert rate.recall >= recall
    assert 1 - bands(rows).rejections[Band.NO] / wanted >= seen
    assert accuracy(rows) >= nine


@built
def test_what_is_logged_without_asking_is_a_rejection(judged):
    assert bands(judged).precision(Band.AUTO) >= 0.98


@built
def test_no_interview_or_offer_is_logged(judged):
    logged = {row.gold.label for row in judged if row.band is Band.AUTO}
    assert not logged & {Label.INTERVIEW, Label.OFFER}


@built
@pytest.mark.parametrize("language", sorted(SUPPORTED - {"en"}))
def test_every_language_meets_its_bar(judged, language):
    assert rates(row for row in judged if row.gold.language == language).f1 >= 0.9


if os.environ.get("CLASSACT_TEST_DATA"):
    ROOT = Path(os.environ["CLASSACT_TEST_DATA"])

    @pytest.mark.parametrize(
        "path", [p for p in sorted(ROOT.rglob("nasty_mail/*/**/*")) if p.is_file()], ids=lambda p: p.name
    )
    def test_nasty_mail_reads_as_text(path):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        assert isinstance(newest_part(html_to_text(text)), str)
        assert isinstance(mail_text(text, text, text, text).cleaned, str)

    @pytest.mark.parametrize("name", ["naughty_strings.json", "xss_vectors.json"])
    def test_hostile_strings_read_as_text(name):
        for vector in json.loads((ROOT / name).read_text("utf-8")):
            text = vector if isinstance(vector, str) else json.dumps(vector)
            assert isinstance(html_to_text(text), str)
            mail_text(text, text, text)
