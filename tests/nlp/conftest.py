"""A small model, trained once, and the shipped one where it is built."""

import pytest

from nlp.classifier import Classifier
from nlp.labelled import HELDOUT, mail_files, sentence_files
from nlp.model import FOLDER
from nlp.training import train

SENTENCES = """\
a	rejection	passed	We have decided to go ahead with another candidate.
b	rejection	passed	You have not been selected for this role.
c	rejection	filled	The position has been filled by a colleague.
a	neutral	thanks	Thank you for your time and interest.
b	neutral	luck	We wish you well in your search.
c	neutral	footer	Please do not reply to this address.
a	interview	-	Could you come in for an interview on Tuesday?
b	application_received	-	We have received your application.
c	offer	-	We would like to offer you the job.
a	hold	-	The role is on hold for now.
b	assessment	-	Please take the online test by Friday.
"""
MAILS = """\
=== label: rejection | writer: a | tags: - | reason: passed | company: Moorhen
From: Moorhen Hiring <jobs@moorhen.example>
Subject: Your application

Dear Jo,

Thank you for applying. \u27e6We have decided to move forward with another candidate for the role.\u27e7

=== label: rejection | writer: b | tags: - | reason: filled

\u27e6The vacancy has been filled.\u27e7 Good luck.

=== label: interview | writer: c | tags: -

\u27e6Can we talk on Monday about the role?\u27e7

=== label: not_job | writer: d | tags: -

The choir meets at eight. Bring the black folders.

=== label: other_job | writer: e | tags: hold

\u27e6Hiring for this position is paused.\u27e7
"""


@pytest.fixture(scope="session")
def tiny_corpus(tmp_path_factory):
    root = tmp_path_factory.mktemp("corpus")
    (root / "en").mkdir()
    (root / "en" / "sentences-a.tsv").write_text(SENTENCES, "utf-8")
    (root / "en" / "mails-a.txt").write_text(MAILS, "utf-8")
    return root


@pytest.fixture(scope="session")
def tiny_model(tiny_corpus):
    return train(sentence_files(tiny_corpus), mail_files(tiny_corpus), "tiny")


@pytest.fixture(scope="session")
def classifier(tiny_model):
    """The shipped model when it is built, else the tiny one: the contract holds for both."""
    return Classifier.load() if (FOLDER / "calibration.json").exists() else Classifier(tiny_model)


@pytest.fixture(scope="session")
def heldout(classifier):
    """Each held-out mail with its verdict, judged once."""
    rows = mail_files(HELDOUT)
    return list(zip(rows, classifier.judge(row.mail for row in rows), strict=True))
