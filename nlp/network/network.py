"""The trained network at work: onnxruntime runs the two halves of the encoder, numpy four small heads on each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlp.labelled import SENTENCE_LABELS
from nlp.network.pieces import Pieces, joined, sentence_pieces, tokenizer_of
from nlp.network.stages import Stage
from nlp.reading import Reading
from nlp.verdict import Label, Reason

FOLDER = Path(__file__).parent / "weights"
LOWER, UPPER, HEADS, CHECKSUMS = "lower.onnx", "upper.onnx", "heads.npz", "SHA256SUMS"

Array = NDArray[np.float32]
Scores = dict[str, float]
Session: TypeAlias = onnxruntime.InferenceSession


class NetworkMissing(Exception):
    """The weights are not there or not the ones that were trained; the message says which file."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network says of one mail: probabilities.

    `sentences` has one entry per sentence of the mail, None for those that did not fit.
    """

    labels: Scores
    hold: float
    reasons: Scores
    sentences: tuple[Scores | None, ...]


@dataclass(frozen=True, slots=True)
class HalfRead:
    """A mail that the lower half has read: its first opinion, and what the upper half needs to go on."""

    opinion: Opinion
    pieces: Pieces
    states: Array
    count: int  # of the mail's sentences


class Network:
    """Reads whole mails, every sentence in the light of the others; keeps nothing between mails.

    One mail at a time: 8-bit arithmetic takes its scale from all that runs together, and a mail's verdict must not
    depend on its neighbours. On one core a batch is no faster.
    """

    def __init__(self, lower: Session, upper: Session, heads: dict[str, Array], tokenizer: Tokenizer) -> None:
        self._lower = lower
        self._upper = upper
        self._heads = heads
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Network:
        """The network in a folder; raises NetworkMissing when a file is absent or its checksum differs."""
        verify(folder)
        with np.load(folder / HEADS) as heads:
            return cls(_session(folder / LOWER), _session(folder / UPPER), dict(heads), tokenizer_of(folder))

    def start(self, mail: Reading, weights: Sequence[float]) -> HalfRead:
        """Read a mail half way; `weights` say which sentences of a long one to keep."""
        cut = sentence_pieces(self._tokenizer, mail.plain)
        pieces = joined(cut, [one.in_subject for one in mail.sentences], weights)
        states = self._half(self._lower, np.asarray([pieces.ids], dtype=np.int64))
        count = len(mail.sentences)
        return HalfRead(self._opinion(Stage.EARLY, states[0], pieces, count), pieces, states, count)

    def finish(self, half: HalfRead) -> Opinion:
        """Read the mail to the end."""
        return self._opinion(Stage.LATE, self._half(self._upper, half.states)[0], half.pieces, half.count)

    def mean_state(self, sentence: str) -> Array:
        """The mean of the encoder's last states over one sentence, read alone."""
        ids = joined(sentence_pieces(self._tokenizer, [sentence]), [False]).ids
        lower = self._half(self._lower, np.asarray([ids], dtype=np.int64))
        mean: Array = self._half(self._upper, lower)[0].mean(axis=0)
        return mean

    @staticmethod
    def _half(session: Session, given: NDArray[Any]) -> Array:
        """One half's output: 1 x pieces x width."""
        states: Array = session.run(None, {"given": given})[0]
        return states

    def _opinion(self, stage: Stage, states: Array, pieces: Pieces, count: int) -> Opinion:
        mean = states.mean(axis=0)
        whole = np.concatenate([states[0], mean])
        sentences: list[Scores | None] = [None] * count
        for place, first, end in pieces.spans:
            own = np.concatenate([states[first:end].mean(axis=0), mean])
            sentences[place] = _named(SENTENCE_LABELS, _softmax(self._apply(stage, "sentence", own)))
        return Opinion(
            labels=_named([label.value for label in Label], _softmax(self._apply(stage, "label", whole))),
            hold=float(1 / (1 + np.exp(-self._apply(stage, "hold", whole)[0]))),
            reasons=_named([reason.value for reason in Reason], _softmax(self._apply(stage, "reason", whole))),
            sentences=tuple(sentences),
        )

    def _apply(self, stage: Stage, head: str, vector: Array) -> Array:
        name = f"{stage}_{head}"
        product: Array = self._heads[f"{name}.weight"] @ vector + self._heads[f"{name}.bias"]
        return product


def _session(path: Path) -> Session:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # the seeker's other cores are the seeker's
    options.enable_cpu_mem_arena = False  # the arena keeps the largest batch's memory for good
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def shipped() -> Network:
    """The network of this program, loaded once for all who read with it; raises NetworkMissing."""
    return Network.load()


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(folder: Path, names: Sequence[str]) -> None:
    """List the files in the form that `sha256sum --check` reads."""
    lines = [f"{checksum(folder / name)}  {name}\n" for name in sorted(names)]
    (folder / CHECKSUMS).write_text("".join(lines), "utf-8")


def verify(folder: Path = FOLDER) -> None:
    """Compare every file with its checksum; raises NetworkMissing, which names the first that is absent or differs."""
    try:
        lines = (folder / CHECKSUMS).read_text("utf-8").splitlines()
        for line in lines:
            wanted, _, name = line.partition("  ")
            if checksum(folder / name) != wanted:
                raise NetworkMissing(f"{folder / name} is not the file that was trained")
    except OSError as error:
        raise NetworkMissing(f"{error.filename}: {error.strerror}") from error


def _softmax(values: Array) -> Array:
    powers: Array = np.exp(values - values.max())
    share: Array = powers / powers.sum()
    return share


def _named(names: Sequence[str], values: Array) -> Scores:
    return {name: float(value) for name, value in zip(names, values, strict=True)}
