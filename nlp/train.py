"""Trains the shipped model from nlp/corpus: `python -m nlp.train` writes nlp/model, the same bytes every time."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from nlp.features import CLASSES, MAIL_CLASSES, features
from nlp.head import Head, fit
from nlp.labelled import CORPUS, HOLD, LabelledMail, LabelledSentence, mail_files, sentence_files
from nlp.masking import masked
from nlp.model import FOLDER, Model, texts_of
from nlp.pipeline import score, trained
from nlp.reading import Reading, read
from nlp.thresholds import chosen
from nlp.verdict import Label, MailText

FOLDS = 3
_ROUGH_STEPS = 400  # of the heads that only choose thresholds
_SHORT_WEIGHT = 0.3  # a lone sentence stands for a very short mail; whole mails count for more


@dataclass(frozen=True)
class Row:
    """One training text with its class; rows of one writer are kept on one side of every split."""

    writer: str
    text: str
    label: str


@dataclass(frozen=True)
class Material:
    """The corpus, turned into rows for each step."""

    sentence_rows: tuple[Row, ...]
    mails: tuple[LabelledMail, ...]
    readings: tuple[Reading, ...]
    weights: tuple[float, ...]

    def mail_rows(self) -> list[Row]:
        """Whole mails with their labels; lone sentences would teach the mail pipeline that everything is a job mail."""
        whole = [i for i, weight in enumerate(self.weights) if weight == 1.0]
        texts = texts_of(self.readings[i] for i in whole)
        return [
            Row(self.mails[i].writer, text, self.mails[i].label.value) for i, text in zip(whole, texts, strict=True)
        ]


def prepare(sentences: Sequence[LabelledSentence], mails: Sequence[LabelledMail]) -> Material:
    """Rows from sentence files and mails. Lone sentences serve as very short mails too."""
    short = [mail for sentence in sentences if (mail := _as_mail(sentence))]
    every = (*mails, *short)
    readings = tuple(read(mail.mail) for mail in every)
    rows = [Row(one.writer, one.text, _sentence_class(one.label, one.tags)) for one in sentences]
    for mail, reading in zip(mails, readings[: len(mails)], strict=True):
        rows += _rows_of(mail, reading)
    weights = (1.0,) * len(mails) + (_SHORT_WEIGHT,) * len(short)
    return Material(tuple(rows), every, readings, weights)


def train(sentences: Sequence[LabelledSentence], mails: Sequence[LabelledMail], version: str) -> Model:
    """The model from a corpus.

    The head and the thresholds are learned from scores that other writers' text produced (each third of the writers
    is judged by pipelines trained on the other two thirds); the shipped pipelines are trained on everything.
    """
    material = prepare(sentences, mails)
    rows = kept_back_features(material)
    labels = [mail.label.value for mail in material.mails]
    head = fit(rows, labels, material.weights)
    thresholds = chosen(material.readings, rows, _kept_back_scores(material, rows, labels), labels, material.weights)
    return Model(*_pipelines(material, lambda _: True), head, thresholds, version, common_words(material))


def kept_back_features(material: Material) -> list[list[float]]:
    """Each mail's features from pipelines that never saw its writer."""
    rows: list[list[float]] = [[] for _ in material.mails]
    for fold in range(FOLDS):
        sentence_pipeline, mail_pipeline = _pipelines(material, lambda writer, f=fold: fold_of(writer) != f)  # type: ignore[misc]
        places = [i for i, mail in enumerate(material.mails) if fold_of(mail.writer) == fold]
        readings = [material.readings[i] for i in places]
        by_sentence = iter(score(sentence_pipeline, (one.text for r in readings for one in r.sentences)))
        by_mail = score(mail_pipeline, texts_of(readings))
        for place, reading, mail_scores in zip(places, readings, by_mail, strict=True):
            rows[place] = features(reading, [next(by_sentence) for _ in reading.sentences], mail_scores)
    return rows


def common_words(material: Material) -> tuple[str, ...]:
    """Tokens that occur at least three times, sorted."""
    counts = Counter(word for row in material.sentence_rows for word in masked(row.text).split())
    return tuple(sorted(word for word, count in counts.items() if count >= 3))  # noqa: PLR2004 - rarer ones cost more than they save


def fold_of(writer: str) -> int:
    """Which third a writer belongs to, the same on every machine."""
    return zlib.crc32(writer.encode()) % FOLDS


def corpus_version(root: Path = CORPUS) -> str:
    """A short hash over the corpus and the code that reads it."""
    digest = hashlib.sha256()
    for path in [*sorted(root.glob("*/*.t*")), *sorted(Path(__file__).parent.rglob("*.py"))]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def main(argv: Sequence[str] | None = None) -> int:
    """Train and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args(argv)
    sentences, mails = sentence_files(options.corpus), mail_files(options.corpus)
    model = train(sentences, mails, corpus_version(options.corpus))
    shutil.rmtree(options.out, ignore_errors=True)
    model.save(options.out)
    sys.stdout.write(
        f"{options.out}: version {model.version}, {len(sentences)} sentences, {len(mails)} mails, "
        f"auto from {model.thresholds.auto:.2f}, review from {model.thresholds.review:.2f}\n"
    )
    return 0


def _pipelines(material: Material, wanted: Callable[[str], bool]) -> tuple[Language, Language]:
    """Both pipelines, trained on the writers that are wanted."""
    sentence_rows = [row for row in material.sentence_rows if wanted(row.writer)]
    mail_rows = [row for row in material.mail_rows() if wanted(row.writer)]
    return (
        trained(*_columns(sentence_rows), CLASSES, epochs=4, rate=0.001),
        trained(*_columns(mail_rows), MAIL_CLASSES, epochs=14, rate=0.001),
    )


def _columns(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    return [row.text for row in rows], [row.label for row in rows]


def _rows_of(mail: LabelledMail, reading: Reading) -> list[Row]:
    """A mail's sentences: marked ones carry the label, the others are neutral.

    In a rejection, an unmarked sentence with a decisive phrase may well say no too: it is left out.
    """
    rows = []
    for one, hit in zip(reading.sentences, reading.hits, strict=True):
        marked = any(one.text in stretch or stretch in one.text for stretch in mail.decisive)
        if marked and mail.label is not Label.NOT_JOB:
            label = _mail_class(mail)
        elif hit and mail.label is Label.REJECTION:
            continue
        else:
            label = "neutral"
        rows.append(Row(mail.writer, one.text, label))
    return rows


def _mail_class(mail: LabelledMail) -> str:
    """The sentence class of a mail's marked sentences."""
    if mail.label is Label.REJECTION:
        return f"rejection:{mail.reason.value if mail.reason else 'passed'}"
    return HOLD if HOLD in mail.tags else mail.label.value


def _sentence_class(label: str, tags: frozenset[str]) -> str:
    """The sentence class of a labelled sentence: rejections are told apart by reason."""
    if label != Label.REJECTION:
        return label
    return "rejection:" + next((reason for reason in ("filled", "cancelled") if reason in tags), "passed")


def _as_mail(sentence: LabelledSentence) -> LabelledMail | None:
    """A labelled sentence as a one-line mail; None where the sentence alone does not tell a mail's label."""
    if sentence.label == HOLD:
        label = Label.OTHER_JOB
    elif sentence.label != "neutral":
        label = Label(sentence.label)
    elif sentence.tags & {"non_job", "newsletter", "friend", "colleague_leaves"}:
        label = Label.NOT_JOB
    else:
        return None
    return LabelledMail(
        id=sentence.place, writer=sentence.writer, label=label, tags=sentence.tags, language=sentence.language,
        mail=MailText(body=sentence.text),
    )  # fmt: skip


def _kept_back_scores(material: Material, rows: Sequence[Sequence[float]], labels: Sequence[str]) -> list[float]:
    """Rejection probabilities of a head that never saw the mail's writer, for choosing thresholds."""
    scores = [0.0] * len(rows)
    for fold in range(FOLDS):
        known = [i for i, mail in enumerate(material.mails) if fold_of(mail.writer) != fold]
        head: Head = fit(
            [rows[i] for i in known],
            [labels[i] for i in known],
            [material.weights[i] for i in known],
            steps=_ROUGH_STEPS,
        )
        for i, mail in enumerate(material.mails):
            if fold_of(mail.writer) == fold:
                scores[i] = head.probabilities(rows[i])[Label.REJECTION]
    return scores


if __name__ == "__main__":
    sys.exit(main())
