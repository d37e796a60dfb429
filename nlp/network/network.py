"""The trained network at work: onnxruntime runs the encoder, numpy the four small heads on top of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlp.labelled import SENTENCE_LABELS
from nlp.network.pieces import Pieces, joined, sentence_pieces, tokenizer_of
from nlp.reading import Reading
from nlp.verdict import Label, Reason

FOLDER = Path(__file__).parent / "weights"
ENCODER, HEADS, CHECKSUMS = "encoder.onnx", "heads.npz", "SHA256SUMS"

Array = NDArray[np.float32]
Scores = dict[str, float]


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


class Network:
    """Reads whole mails, every sentence in the light of the others; keeps nothing between mails."""

    def __init__(self, session: onnxruntime.InferenceSession, heads: dict[str, Array], tokenizer: Tokenizer) -> None:
        self._session = session
        self._heads = heads
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Network:
        """The network in a folder; raises NetworkMissing when a file is absent or its checksum differs."""
        verify(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # the seeker's other cores are the seeker's
        options.enable_cpu_mem_arena = False  # the arena keeps the largest batch's memory for good
        session = onnxruntime.InferenceSession(str(folder / ENCODER), options, providers=["CPUExecutionProvider"])
        with np.load(folder / HEADS) as heads:
            return cls(session, dict(heads), tokenizer_of(folder))

    def read(self, mails: Sequence[Reading], weights: Sequence[Sequence[float]]) -> list[Opinion]:
        """An opinion on each mail, in order; `weights` say which sentences of a long mail to keep."""
        cut = [
            joined(sentence_pieces(self._tokenizer, mail.plain), [one.in_subject for one in mail.sentences], weight)
            for mail, weight in zip(mails, weights, strict=True)
        ]
        return [
            self._opinion(self._states(pieces), pieces, len(mail.sentences))
            for pieces, mail in zip(cut, mails, strict=True)
        ]

    def mean_state(self, sentence: str) -> Array:
        """The mean of the encoder's states over one sentence, read alone."""
        states = self._states(joined(sentence_pieces(self._tokenizer, [sentence]), [False]))
        mean: Array = states.mean(axis=0)
        return mean

    def _states(self, pieces: Pieces) -> Array:
        """The encoder's output for one mail: pieces x width.

        One at a time: 8-bit arithmetic takes its scale from all that runs together, and a mail's verdict must not
        depend on its neighbours. On one core a batch is no faster.
        """
        ids = np.asarray([pieces.ids], dtype=np.int64)
        found: list[Array] = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        states: Array = found[0][0]
        return states

    def _opinion(self, states: Array, pieces: Pieces, count: int) -> Opinion:
        mean = states.mean(axis=0)
        whole = np.concatenate([states[0], mean])
        sentences: list[Scores | None] = [None] * count
        for place, first, end in pieces.spans:
            own = np.concatenate([states[first:end].mean(axis=0), mean])
            sentences[place] = _named(SENTENCE_LABELS, _softmax(self._apply("sentence", own)))
        return Opinion(
            labels=_named([label.value for label in Label], _softmax(self._apply("label", whole))),
            hold=float(1 / (1 + np.exp(-self._apply("hold", whole)[0]))),
            reasons=_named([reason.value for reason in Reason], _softmax(self._apply("reason", whole))),
            sentences=tuple(sentences),
        )

    def _apply(self, head: str, vector: Array) -> Array:
        product: Array = self._heads[f"{head}.weight"] @ vector + self._heads[f"{head}.bias"]
        return product


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
