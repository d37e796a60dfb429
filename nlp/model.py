"""The trained model on disk and in memory: two pipelines, the head, the thresholds, a version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from nlp.blend import Blend
from nlp.features import agreed, features, rejection_score
from nlp.head import Head
from nlp.judgement import Judgement
from nlp.network.network import Network, NetworkMissing
from nlp.pipeline import score
from nlp.reading import Reading
from nlp.settling import Settler
from nlp.thresholds import Thresholds

FOLDER = Path(__file__).parent / "model"
_CALIBRATION = "calibration.json"
_WORDS = "words.txt"


class ModelMissing(Exception):
    """No usable model in the folder; the message says why."""


@dataclass(frozen=True)
class Model:
    """Everything `judge` needs; read-only once loaded."""

    sentence_pipeline: Language
    mail_pipeline: Language
    head: Head
    thresholds: Thresholds
    version: str
    words: tuple[str, ...] = ()  # commonest tokens, made ready at load: spaCy is slow to meet a word
    settler: Settler | None = None
    blend: Blend | None = None
    network: Network | None = None

    def judge(self, readings: Sequence[Reading]) -> list[Judgement]:
        """Label probabilities for mails that the rules have read, in order; the network reads what is not settled."""
        judged = self.judge_fast(readings)
        if self.network is None or self.blend is None:
            return judged
        open_ = [place for place, judgement in enumerate(judged) if not judgement.settled]
        weights = [[rejection_score(scores) for scores in judged[place].sentences] for place in open_]
        for place, opinion in zip(open_, self.network.read([readings[p] for p in open_], weights), strict=True):
            judged[place] = self.blend.judge(readings[place], judged[place], opinion)
        return judged

    def judge_fast(self, readings: Sequence[Reading]) -> list[Judgement]:
        """What the bags of words and the rules say, without the network."""
        by_sentence = iter(score(self.sentence_pipeline, (one for r in readings for one in r.plain)))
        by_mail = score(self.mail_pipeline, (whole_text(reading) for reading in readings))
        judged = []
        for reading, mail_scores in zip(readings, by_mail, strict=True):
            own = tuple(next(by_sentence) for _ in reading.sentences)
            row = features(reading, own, mail_scores)
            floor = self.thresholds.agreed if agreed(row) else 0.0
            # A mail without a sentence says nothing; a second reader would only guess.
            settled = not reading.sentences or (self.settler is not None and self.settler.settles(reading, row))
            judged.append(Judgement(self.head.probabilities(row), own, floor, settled))
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
            "settler": asdict(self.settler) if self.settler else None,
            "blend": self.blend.weights if self.blend else None,
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
                *(_second_reader(content) if content.get("blend") else ()),
            )
        except (OSError, ValueError, KeyError, TypeError, NetworkMissing) as error:
            raise ModelMissing(f"{folder}: {type(error).__name__}: {error}") from error


def _second_reader(content: dict[str, Any]) -> tuple[Settler, Blend, Network]:
    settler = Settler(tuple(content["settler"]["weights"]), float(content["settler"]["limit"]))
    return settler, Blend(tuple(tuple(row) for row in content["blend"])), Network.load()


def whole_text(reading: Reading, most: int = 40) -> str:
    """What the mail pipeline reads: the first sentences, subject included."""
    return " \n ".join(reading.plain[:most])


def texts_of(readings: Iterable[Reading]) -> list[str]:
    """The mail pipeline's input for each mail."""
    return [whole_text(reading) for reading in readings]
