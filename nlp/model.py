"""The trained model on disk and in memory: sentence pipeline, word weights, head, thresholds, a version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from nlp.features import CLASSES, Scores, agreed, features
from nlp.head import Head
from nlp.judgement import Judgement
from nlp.network.network import NetworkMissing, shipped
from nlp.pipeline import score
from nlp.reading import Reading
from nlp.second import SecondReader
from nlp.thresholds import Thresholds
from nlp.words import Words

FOLDER = Path(__file__).parent / "model"
_CALIBRATION = "calibration.json"
_FIRST = 40  # sentences
_SILENT = dict.fromkeys(CLASSES, 0.0)  # of sentences that nothing had to read


class ModelMissing(Exception):
    """No usable model in the folder; the message says why."""


@dataclass(frozen=True)
class Model:
    """Everything `judge` needs; read-only once loaded."""

    sentence_pipeline: Language
    words: Words
    head: Head
    thresholds: Thresholds
    version: str
    second: SecondReader | None = None

    def judge(self, readings: Sequence[Reading]) -> list[Judgement]:
        """Label probabilities for mails that the rules have read, in order; the network reads what is not settled."""
        judged = self.judge_fast(readings)
        if self.second is None:
            return judged
        return [self.second.judge(reading, fast) for reading, fast in zip(readings, judged, strict=True)]

    def judge_fast(self, readings: Sequence[Reading]) -> list[Judgement]:
        """What the fast part and the rules say, without the network; plainly other mail is not read by sentence."""
        said = [self.words.judge(first_words(reading)) for reading in readings]
        settled = [self._settles(reading, words) for reading, words in zip(readings, said, strict=True)]
        open_ = [reading for reading, done in zip(readings, settled, strict=True) if not done]
        by_sentence = iter(score(self.sentence_pipeline, (one for reading in open_ for one in reading.words)))
        judged = []
        for reading, words, done in zip(readings, said, settled, strict=True):
            if done:
                judged.append(Judgement(words, (_SILENT,) * len(reading.sentences), settled=True, words=words))
                continue
            own = tuple(next(by_sentence) for _ in reading.sentences)
            row = features(reading, own, words)
            floor = self.thresholds.agreed if agreed(row) else 0.0
            judged.append(Judgement(self.head.probabilities(row), own, floor, words=words))
        return judged

    def _settles(self, reading: Reading, words: Scores) -> bool:
        # A mail without a sentence says nothing; a second reader would only guess.
        return not reading.sentences or (self.second is not None and self.second.settler.settles(reading, words))

    def save(self, folder: Path) -> None:
        """Write the model; the same model writes the same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        self.sentence_pipeline.to_disk(folder / "sentences", exclude=["vocab"])
        self.words.save(folder / "words")
        content = {
            "version": self.version,
            "thresholds": asdict(self.thresholds),
            "labels": self.head.labels,
            "decisive": self.head.decisive,
            "second": self.second.written() if self.second else None,
        }
        (folder / _CALIBRATION).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", "utf-8")

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Model:
        """The model in a folder; raises ModelMissing when it is not there, damaged, or of another format."""
        try:
            content = json.loads((folder / _CALIBRATION).read_text("utf-8"))
            return cls(
                spacy.load(folder / "sentences", exclude=["vocab"]),
                Words.load(folder / "words"),
                Head(tuple(tuple(row) for row in content["labels"]), tuple(content["decisive"])),
                Thresholds(**content["thresholds"]),
                str(content["version"]),
                SecondReader.of(content["second"], shipped()) if content["second"] else None,
            )
        except (OSError, ValueError, KeyError, TypeError, NetworkMissing) as error:
            raise ModelMissing(f"{folder}: {type(error).__name__}: {error}") from error


def whole_text(reading: Reading) -> str:
    """What the word weights look at: the first sentences, subject included."""
    return " \n ".join(reading.plain[:_FIRST])


def first_words(reading: Reading) -> list[str]:
    """The words of `whole_text`."""
    return [word for words in reading.words[:_FIRST] for word in words]
