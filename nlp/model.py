"""The trained model on disk and in memory: two pipelines, the head, the thresholds, a version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from nlp.features import Scores, agreed, features, rejection_score
from nlp.head import Head
from nlp.pipeline import score
from nlp.reading import Reading

FOLDER = Path(__file__).parent / "model"
_CALIBRATION = "calibration.json"
_WORDS = "words.txt"


class ModelMissing(Exception):
    """No usable model in the folder; the message says why."""


@dataclass(frozen=True)
class Thresholds:
    """Limits of the bands, as probabilities of rejection, chosen on kept-back parts of the corpus."""

    auto: float
    review: float
    agreed: float = (
        0.5  # share of rejections where phrase, sentence model and gate agree: the score is never less there
    )


@dataclass(frozen=True)
class Judgement:
    """What the model says of one mail: label probabilities, and class probabilities of each sentence."""

    labels: Scores
    sentences: tuple[Scores, ...]
    floor: float = 0.0  # what the score is at least, because phrase, sentence model and gate agree

    @property
    def score(self) -> float:
        """Probability that the mail is a rejection."""
        return max(self.labels["rejection"], self.floor)

    @property
    def best_sentence(self) -> float:
        """The highest rejection score among the sentences, 0 if there is none."""
        return max(map(rejection_score, self.sentences), default=0.0)


@dataclass(frozen=True)
class Model:
    """Everything `judge` needs; read-only once loaded."""

    sentence_pipeline: Language
    mail_pipeline: Language
    head: Head
    thresholds: Thresholds
    version: str
    words: tuple[str, ...] = ()  # commonest tokens, made ready at load: spaCy is slow to meet a word

    def judge(self, readings: Sequence[Reading]) -> list[Judgement]:
        """Label probabilities for mails that the rules have read, in order."""
        by_sentence = iter(score(self.sentence_pipeline, (one.text for r in readings for one in r.sentences)))
        by_mail = score(self.mail_pipeline, (whole_text(reading) for reading in readings))
        judged = []
        for reading, mail_scores in zip(readings, by_mail, strict=True):
            own = tuple(next(by_sentence) for _ in reading.sentences)
            row = features(reading, own, mail_scores)
            floor = self.thresholds.agreed if agreed(row) else 0.0
            judged.append(Judgement(self.head.probabilities(row), own, floor))
        return judged

    def save(self, folder: Path) -> None:
        """Write the model; the same model writes the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        self.sentence_pipeline.to_disk(folder / "sentences", exclude=["vocab"])
        self.mail_pipeline.to_disk(folder / "mails", exclude=["vocab"])
        content = {
            "version": self.version,
            "thresholds": asdict(self.thresholds),
            "labels": self.head.labels,
            "decisive": self.head.decisive,
        }
        (folder / _WORDS).write_text("\n".join(self.words) + "\n", "utf-8")
        (folder / _CALIBRATION).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Model:
        """The model in a folder; raises ModelMissing when it is not there, damaged, or of another format."""
        try:
            content = json.loads((folder / _CALIBRATION).read_text("utf-8"))
            words = tuple((folder / _WORDS).read_text("utf-8").split())
            vocab = spacy.blank("xx").vocab
            for word in words:
                _ = vocab[word]
            return cls(
                spacy.load(folder / "sentences", vocab=vocab, exclude=["vocab"]),
                spacy.load(folder / "mails", vocab=vocab, exclude=["vocab"]),
                Head(tuple(tuple(row) for row in content["labels"]), tuple(content["decisive"])),
                Thresholds(**content["thresholds"]),
                str(content["version"]),
                words,
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelMissing(f"{folder}: {type(error).__name__}") from error


def whole_text(reading: Reading, most: int = 40) -> str:
    """What the mail pipeline reads: the first sentences, subject included."""
    return " \n ".join(one.text for one in reading.sentences[:most])


def texts_of(readings: Iterable[Reading]) -> list[str]:
    """The mail pipeline's input for each mail."""
    return [whole_text(reading) for reading in readings]
