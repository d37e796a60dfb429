"""Reads the labelled sentences of letters: nlp/tone/LANGUAGE/*.tsv, three columns: label, writer, text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.labelled import LabelledTextError
from nlp.verdict import Overtone

FOLDER = Path(__file__).parent
FINE = "fine"
LABELS = (*(overtone.value for overtone in Overtone), FINE)
_COLUMNS = 3
_AS_TYPED = str.maketrans({"’": "'", "‘": "'", "\xa0": " "})  # phones set curly ones; each stays one character


@dataclass(frozen=True, slots=True)
class ToneSentence:
    """One row: how a sentence sounds, and who wrote it; writers are kept on one side of every split."""

    language: str
    label: str
    writer: str
    text: str


def tone_files(root: Path = FOLDER) -> list[ToneSentence]:
    """All rows of all languages, in the order of the files; raises LabelledTextError with the place of a broken one."""
    return [row for path in sorted(root.glob("*/*.tsv")) for row in rows_of(path, path.parent.name)]


def rows_of(path: Path, language: str) -> Iterator[ToneSentence]:
    """The rows of one file; lines that begin with # are comments."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise LabelledTextError(path, number, f"{len(columns)} columns, not {_COLUMNS}")
        label, writer, text = columns
        if label not in LABELS or not text.strip():
            raise LabelledTextError(path, number, f"no text, or no label of ours: {label}")
        yield ToneSentence(language, label, f"{language}/{writer}", text.strip())


def as_typed(text: str) -> str:
    """The text with plain apostrophes and spaces, every character in its place."""
    return text.translate(_AS_TYPED)
