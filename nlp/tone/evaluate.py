"""Measures what is heard in letters: `python -m nlp.tone.evaluate` prints figures by language, and no text."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nlp.labelled import HELDOUT
from nlp.tone.labelled import FINE, ToneSentence, rows_of
from nlp.tone.reading import FOLDER, ToneReader
from nlp.verdict import Overtone

FILE = "tone.tsv"


def heldout(root: Path = HELDOUT) -> list[ToneSentence]:
    """Sentences by writers whom nothing was learned from."""
    return [row for path in sorted(root.glob(f"*/{FILE}")) for row in rows_of(path, path.parent.name)]


def figures(reader: ToneReader, rows: Sequence[ToneSentence]) -> tuple[dict[str, tuple[int, int]], tuple[int, int]]:
    """By label, how many sentences are pointed out, of how many; then of those that sound so, how many as what."""
    counts: dict[str, tuple[int, int]] = {}
    named = upset = 0
    for row in rows:
        heard = reader.hear(row.text, row.language)
        found, every = counts.get(row.label, (0, 0))
        counts[row.label] = (found + bool(heard), every + 1)
        if row.label != FINE and heard:
            upset += 1
            named += any(one.overtone == row.label for one in heard)
    return counts, (named, upset)


def line(name: str, reader: ToneReader, rows: Sequence[ToneSentence]) -> str:
    """One line of the table: found of all upset and by kind, calm ones pointed out, kinds named right."""
    counts, (named, upset) = figures(reader, rows)
    kinds = [counts.get(kind.value, (0, 0)) for kind in Overtone]
    every = (sum(found for found, _ in kinds), sum(count for _, count in kinds))
    cells = [f"{found} of {count}" for found, count in (every, *kinds, counts.get(FINE, (0, 0)), (named, upset))]
    return " | ".join([name, *cells])


def main(argv: Sequence[str] | None = None) -> int:
    """Print a table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.tone.evaluate", description=__doc__)
    parser.add_argument("--heldout", type=Path, default=HELDOUT, help=f"folder of LANGUAGE/{FILE}")
    parser.add_argument("--model", type=Path, default=FOLDER)
    options = parser.parse_args(argv)
    reader, rows = ToneReader.load(options.model), heldout(options.heldout)
    sys.stdout.write("language | upset, found | bitterness | argument | pleading | calm, pointed out | kind right\n")
    for language in sorted({row.language for row in rows}):
        sys.stdout.write(line(language, reader, [row for row in rows if row.language == language]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
