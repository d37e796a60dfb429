"""Scores of mails whose writers the models had not seen: the fair ground for heads, blends and limits."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.language import Language

from nlp.features import CLASSES, Scores, features
from nlp.head import fit
from nlp.material import Material
from nlp.model import first_words
from nlp.pipeline import score, trained
from nlp.words import Words, learned

FOLDS = 2
Apart = frozenset[str]  # writers
_ROUGH_STEPS = 400  # of the heads that only choose thresholds


@dataclass(frozen=True)
class Unseen:
    """What parts that never saw its writer say of each mail: all features, and the words' part of them alone."""

    rows: list[list[float]]
    words: list[Scores]


def parts(material: Material, wanted: Callable[[str], bool]) -> tuple[Language, Words]:
    """The sentence pipeline and the word weights, trained on the writers that are wanted."""
    return sentence_part(material, wanted), learned(*material.whole(wanted))


def sentence_part(material: Material, wanted: Callable[[str], bool]) -> Language:
    """The sentence pipeline alone."""
    sentences = [row for row in material.sentence_rows if wanted(row.writer)]
    texts, classes = [row.text for row in sentences], [row.label for row in sentences]
    return trained(texts, classes, CLASSES, epochs=2, rate=0.003)


def unseen(material: Material, apart: Apart = frozenset()) -> Unseen:
    """Each fold of the writers, judged by parts that were trained on the others.

    `apart` are writers whose whole batch the network had not seen when it was asked: they are a fold of their own.
    Parts that know half of a batch know its ways, and would seem worth more beside a network that knows none of it.
    """
    rows: list[list[float]] = [[] for _ in material.mails]
    said: list[Scores] = [{} for _ in material.mails]
    for fold in range(FOLDS + bool(apart)):
        sentence_pipeline, words = parts(material, lambda writer, f=fold: fold_of(writer, apart) != f)  # type: ignore[misc]
        places = [i for i, mail in enumerate(material.mails) if fold_of(mail.writer, apart) == fold]
        readings = [material.readings[i] for i in places]
        by_sentence = iter(score(sentence_pipeline, (one for r in readings for one in r.words)))
        for place, reading in zip(places, readings, strict=True):
            said[place] = words.judge(first_words(reading))
            rows[place] = features(reading, [next(by_sentence) for _ in reading.sentences], said[place])
    return Unseen(rows, said)


def unseen_labels(material: Material, rows: Sequence[Sequence[float]], apart: Apart = frozenset()) -> list[Scores]:
    """Label probabilities of a head that never saw the mail's writer."""
    labels = [mail.label.value for mail in material.mails]
    found: list[Scores] = [{} for _ in rows]
    for fold in range(FOLDS + bool(apart)):
        known = [i for i, mail in enumerate(material.mails) if fold_of(mail.writer, apart) != fold]
        head = fit(
            [rows[i] for i in known],
            [labels[i] for i in known],
            [material.weights[i] for i in known],
            steps=_ROUGH_STEPS,
        )
        for i, mail in enumerate(material.mails):
            if fold_of(mail.writer, apart) == fold:
                found[i] = head.probabilities(rows[i])
    return found


def fold_of(writer: str, apart: Apart = frozenset(), folds: int = FOLDS) -> int:
    """Which fold a writer belongs to, the same on every machine; those apart to the last."""
    return folds if writer in apart else zlib.crc32(writer.encode()) % folds
