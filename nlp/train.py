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

from nlp.blend import ORDINARY, Blend, signals
from nlp.blend import fit as fit_blend
from nlp.features import CLASSES, MAIL_CLASSES, Scores, agreed, features
from nlp.glossing import glossed
from nlp.head import Head, fit
from nlp.labelled import CORPUS, HOLD, LabelledMail, LabelledSentence, gold_file, mail_files, sentence_files
from nlp.masking import masked
from nlp.model import FOLDER, Model, texts_of
from nlp.network.kept_back import FILE, KeptBack, fingerprint, is_reserved, kept_back
from nlp.network.network import CHECKSUMS, Network
from nlp.network.network import FOLDER as NETWORK
from nlp.pipeline import score, trained
from nlp.reading import Reading, read
from nlp.settling import Settler
from nlp.settling import fit as fit_settler
from nlp.thresholds import KeptMail, Thresholds, chosen
from nlp.verdict import Label, MailText

FOLDS = 3
_ROUGH_STEPS = 400  # of the heads that only choose thresholds
_DATA = (*sorted((Path(__file__).parent / "glosses").glob("*.tsv")), NETWORK / CHECKSUMS, NETWORK / FILE)
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
    readings = tuple(read(mail.mail, mail.language) for mail in every)
    rows = [Row(one.writer, glossed(one.text, one.language), _sentence_class(one.label, one.tags)) for one in sentences]
    for mail, reading in zip(mails, readings[: len(mails)], strict=True):
        rows += _rows_of(mail, reading)
    weights = (1.0,) * len(mails) + (_SHORT_WEIGHT,) * len(short)
    return Material(tuple(rows), every, readings, weights)


def train(
    sentences: Sequence[LabelledSentence],
    mails: Sequence[LabelledMail],
    version: str,
    opinions: dict[str, KeptBack] | None = None,
) -> Model:
    """The model from a corpus.

    The head and the thresholds are learned from scores that other writers' text produced (each third of the writers
    is judged by pipelines trained on the other two thirds); the shipped pipelines are trained on everything.
    `opinions`, the network's on mails it had not seen, make a model with the network; without them it has none.
    """
    material = prepare(sentences, mails)
    opinions = opinions or {}
    rows = kept_back_features(material)
    labels = [mail.label.value for mail in material.mails]
    head = fit(rows, labels, material.weights)
    fast = _kept_back_labels(material, rows, labels)
    blend = _blend(material, fast, opinions) if opinions else None
    thresholds = _thresholds(material, rows, fast, blend, opinions)
    pipelines, words = _pipelines(material, lambda _: True), common_words(material)
    second = (_settler(material, rows), blend, Network.load()) if blend else ()
    return Model(*pipelines, head, thresholds, version, words, *second)


def _settler(material: Material, rows: Sequence[Sequence[float]]) -> Settler:
    whole = [i for i, weight in enumerate(material.weights) if weight == 1]
    return fit_settler(
        [material.readings[i] for i in whole],
        [rows[i] for i in whole],
        [material.mails[i].label.value for i in whole],
    )


def _blend(material: Material, fast: Sequence[Scores], opinions: dict[str, KeptBack]) -> Blend:
    """Learned from the mails that neither part had seen."""
    known = [i for i, mail in enumerate(material.mails) if fingerprint(mail.mail) in opinions]
    return fit_blend(
        [_signals(material, i, fast, opinions) for i in known],
        [material.mails[i].label.value for i in known],
        [_blend_weight(material.mails[i]) for i in known],
    )


def _blend_weight(mail: LabelledMail) -> float:
    return ORDINARY if is_reserved(mail.writer) else 1.0


def _signals(material: Material, place: int, fast: Sequence[Scores], opinions: dict[str, KeptBack]) -> list[float]:
    opinion = opinions[fingerprint(material.mails[place].mail)]
    return signals(material.readings[place], fast[place], opinion.labels)


def _thresholds(
    material: Material,
    rows: Sequence[Sequence[float]],
    fast: Sequence[Scores],
    blend: Blend | None,
    opinions: dict[str, KeptBack],
) -> Thresholds:
    """The limits, on whole mails only: they are what a mailbox holds."""
    kept = []
    for i, mail in enumerate(material.mails):
        if material.weights[i] < 1 or (blend and fingerprint(mail.mail) not in opinions):
            continue
        labels = blend.probabilities(_signals(material, i, fast, opinions)) if blend else fast[i]
        reading = material.readings[i]
        backed = bool(reading.hit and reading.hit.strong and reading.is_plain)
        kept.append(
            KeptMail(
                labels[Label.REJECTION], mail.label is Label.REJECTION, backed, reading.is_clear, _blend_weight(mail)
            )
        )
    said = [
        mail.label is Label.REJECTION
        for mail, row, weight in zip(material.mails, rows, material.weights, strict=True)
        if weight == 1 and agreed(row)
    ]
    return chosen(kept, said, with_network=blend is not None)


def kept_back_features(material: Material) -> list[list[float]]:
    """Each mail's features from pipelines that never saw its writer."""
    rows: list[list[float]] = [[] for _ in material.mails]
    for fold in range(FOLDS):
        sentence_pipeline, mail_pipeline = _pipelines(material, lambda writer, f=fold: fold_of(writer) != f)  # type: ignore[misc]
        places = [i for i, mail in enumerate(material.mails) if fold_of(mail.writer) == fold]
        readings = [material.readings[i] for i in places]
        by_sentence = iter(score(sentence_pipeline, (one for r in readings for one in r.plain)))
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
    for path in [*sorted(root.glob("*/*.t*")), *sorted(Path(__file__).parent.rglob("*.py")), *_DATA]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:10]


def main(argv: Sequence[str] | None = None) -> int:
    """Train and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--extra", type=Path, help="labelled mails (JSON Lines) to learn from beside the corpus")
    parser.add_argument("--without-network", action="store_true", help="the fast part alone")
    options = parser.parse_args(argv)
    sentences, mails = sentence_files(options.corpus), mail_files(options.corpus)
    mails += gold_file(options.extra) if options.extra else []
    opinions = {} if options.without_network else kept_back()
    model = train(sentences, mails, corpus_version(options.corpus), opinions)
    shutil.rmtree(options.out, ignore_errors=True)
    model.save(options.out)
    sys.stdout.write(
        f"{options.out}: version {model.version}, {len(sentences)} sentences, {len(mails)} mails, {model.thresholds}\n"
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
    for one, plain, hit in zip(reading.sentences, reading.plain, reading.hits, strict=True):
        marked = any(one.text in stretch or stretch in one.text for stretch in mail.decisive)
        if marked and mail.label is not Label.NOT_JOB:
            label = _mail_class(mail)
        elif hit and mail.label is Label.REJECTION:
            continue
        else:
            label = "neutral"
        rows.append(Row(mail.writer, plain, label))
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


def _kept_back_labels(material: Material, rows: Sequence[Sequence[float]], labels: Sequence[str]) -> list[Scores]:
    """Label probabilities of a head that never saw the mail's writer, for choosing thresholds."""
    found: list[Scores] = [{} for _ in rows]
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
                found[i] = head.probabilities(rows[i])
    return found


if __name__ == "__main__":
    sys.exit(main())
