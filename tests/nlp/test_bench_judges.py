"""The judges that `make bench` compares: each learns and answers, whatever has changed elsewhere."""

import pytest

from nlp.labelled import LabelledMail
from nlp.model import FOLDER
from nlp.verdict import Label, MailText
from tests.bench.systems import SYSTEMS

NO = "Thank you for the interview. We have decided to go ahead with another candidate for the role."
CHOIR = "The choir meets at eight on Tuesday. Bring the black folders, and a pencil for the notes."
MAILS = [
    LabelledMail(f"m{n}", f"writer-{n}", label, frozenset(), "en", MailText(body=text))
    for n, (label, text) in enumerate([(Label.REJECTION, NO), (Label.NOT_JOB, CHOIR)] * 3)
]
# The frozen MiniLM comes with a package that only `make bench` installs.
JUDGES = [name for name in SYSTEMS if "MiniLM" not in name]


@pytest.mark.skipif(not (FOLDER / "calibration.json").exists(), reason="`make model` has not been run")
@pytest.mark.parametrize("name", JUDGES)
def test_every_judge_tells_a_no_from_a_choir_evening(name):
    judge = SYSTEMS[name]()
    judge.fit(MAILS)
    no, choir = judge.judge([MailText(body=NO), MailText(body=CHOIR)])
    assert no.is_rejection
    assert not choir.is_rejection
