"""Fits the weights of clues on the corpus: `python -m nlp.extraction.fit [--half 0|1]` writes weights/*.tsv.

Mails tagged `fresh` are left out: they show how well it does on mail nobody knew.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlp.extraction.company import Companies
from nlp.extraction.names import key_of, without_legal_form
from nlp.extraction.persons import Persons
from nlp.extraction.proposer import Proposer, all_clues
from nlp.extraction.role import Roles
from nlp.extraction.sender import sender_of
from nlp.extraction.tokens import parts_of
from nlp.labelled import LabelledMail, mail_files
from nlp.network.kept_back import FRESH
from nlp.verdict import Label

_LEAST = 4  # candidates a clue must be seen with
_RIDGE = 1.2
_ROUNDS = 250
# Weight of a mail without a key: a mail about a job may name a company all the same, a list of openings does not.
# Mails about no job are hardly ever searched for names (classifier.py), but show whatever only looks like a firm.
_SILENT = {Label.JOB_ALERT: 0.5}
_NO_JOB = {"company": 0.2, "role": 0.05}
_SILENT_ELSE = 0.3
_SMALL = 0.05  # a smaller weight is not written
Clued = tuple[str, tuple[str, ...]]  # a stretch's key and all its clues
Vector = npt.NDArray[np.float64]


def main(argv: Sequence[str] | None = None) -> int:
    """Fit both tables and write them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.extraction.fit", description=__doc__)
    parser.add_argument(
        "--half", type=int, choices=(0, 1), help="only the writers of one half, to measure on the other"
    )
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "weights")
    options = parser.parse_args(argv)
    known = [mail for mail in mail_files() if FRESH not in mail.tags]
    mails = [mail for mail in known if options.half is None or half_of(mail) == options.half]
    options.to.mkdir(exist_ok=True)
    for name in ("company", "role"):
        rows = [(list(all_clues(proposer_of(name, mail))), getattr(mail, name), mail.label) for mail in mails]
        table = fitted(rows, {**_SILENT, Label.NOT_JOB: _NO_JOB[name]})
        lines = [f"{clue}\t{weight:.2f}\n" for clue, weight in sorted(table.items()) if abs(weight) >= _SMALL]
        (options.to / f"{name}.tsv").write_text("".join(lines), "utf-8")
        sys.stdout.write(f"{name}: {len(lines)} weights from {len(mails)} mails\n")
    return 0


def half_of(mail: LabelledMail) -> int:
    """0 or 1, the same for all mails of a writer."""
    return zlib.crc32(mail.writer.encode()) % 2


def proposer_of(name: str, mail: LabelledMail) -> Proposer:
    """What proposes companies or roles for that mail; the role's knows the company."""
    parts = parts_of(mail.mail, mail.language)
    if name == "role":
        return Roles(parts, mail.company)
    sender = sender_of(mail.mail)
    return Companies(parts, sender, Persons(mail.mail, sender))


def fitted(rows: Sequence[tuple[list[Clued], str | None, Label]], silent: Mapping[Label, float]) -> dict[str, float]:
    """Weights that make the named candidates, or "nothing" where there is no key, likely (ridge, Adam, full batch).

    `silent` holds the weight of mails without a key by their label.
    """
    seen = Counter(clue for found, _, _ in rows for _, clues in found for clue in clues)
    index = {clue: number for number, clue in enumerate(sorted(c for c, n in seen.items() if n >= _LEAST))}
    owner: list[int] = []  # mail of each stretch
    right: list[bool] = []  # whether the stretch is the name
    clue_of: list[int] = []  # pairs of clue and stretch
    candidate_of: list[int] = []
    share: list[float] = []  # weight of each mail
    mails = 0
    for found, gold, label in rows:
        wanted = key_of(without_legal_form(gold)) if gold else ""
        hits = [key == wanted for key, _ in found]
        if not found or (gold and not any(hits)):
            continue
        share.append(1.0 if gold else silent.get(label, _SILENT_ELSE))
        for (_, clues), hit in zip(found, hits, strict=True):
            known = [index[clue] for clue in clues if clue in index]
            clue_of.extend(known)
            candidate_of.extend([len(owner)] * len(known))
            owner.append(mails)
            right.append(hit)
        mails += 1
    weights = _descend(
        np.array(clue_of),
        np.array(candidate_of),
        np.array(owner),
        np.array(right, dtype=float),
        np.array(share),
        len(index),
    )
    return dict(zip(index, weights.tolist(), strict=True))


def _descend(  # noqa: PLR0917 - columns of one table
    clue: Vector, candidate: Vector, owner: Vector, right: Vector, share: Vector, size: int
) -> Vector:
    """Maximum of the marginal likelihood: all places of the right name count together."""
    weights, mean, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    count, mails = len(owner), len(share)
    named = np.bincount(owner, right, mails) > 0
    for step in range(1, _ROUNDS + 1):
        odds = np.exp(np.clip(np.bincount(candidate, weights[clue], count), -30, 30))
        total = 1 + np.bincount(owner, odds, mails)
        good = np.where(named, np.bincount(owner, odds * right, mails), 1.0)
        slope = share[owner] * (odds * right / good[owner] - odds / total[owner])
        gradient = np.bincount(clue, slope[candidate], size) - _RIDGE * weights
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        rate = 0.1 if step < _ROUNDS * 0.7 else 0.02
        weights += rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


if __name__ == "__main__":
    sys.exit(main())
