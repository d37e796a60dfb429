"""Fitted weights of clues, as they lie on disk and as the ranker looks them up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "weights"


@cache
def weights(name: str) -> dict[str, float]:
    """The fitted weight of each clue, from weights/NAME.tsv; `python -m nlp.extraction.fit` writes it."""
    rows = (line.split("\t") for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines())
    return {clue: float(weight) for clue, weight in rows}


def heard(table: dict[str, float], family: str) -> dict[str, float]:
    """Weights of single words of one family of clues."""
    head = family + " "
    return {clue.removeprefix(head): weight for clue, weight in table.items() if clue.startswith(head)}


def by_pairs(table: dict[str, float], family: str) -> dict[str, dict[str, float]]:
    """Weights of clues on two words, by the nearer word and then the farther one."""
    rows: dict[str, dict[str, float]] = {}
    for clue, weight in heard(table, family).items():
        pair = clue.split(" ")
        near, far = pair if family == "n2" else reversed(pair)
        rows.setdefault(near, {})[far] = weight
    return rows
