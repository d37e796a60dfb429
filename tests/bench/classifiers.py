"""Compares judges on the same mails in the same run: `python -m tests.bench.classifiers [--gold FILE]`.

All learn from nlp/corpus (English). Each is measured in a process of its own, on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from nlp.figures import Judged, accuracy, average_precision, rates
from nlp.labelled import HELDOUT, LabelledMail, gold_file, mail_files
from nlp.verdict import Band, Label
from tests.bench.systems import SYSTEMS

_SINGLE = 150  # mails judged one by one for the percentiles


def main(argv: Sequence[str] | None = None) -> int:
    """Print one line per judge and set; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.classifiers", description=__doc__)
    parser.add_argument("--gold", type=Path, action="append", default=[], help="more labelled mails, JSON Lines")
    parser.add_argument("--system", help=argparse.SUPPRESS)
    parser.add_argument("--fitted", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.system:
        sys.stdout.write(json.dumps(measured(options.system, options.fitted, sets(options.gold))))
        return 0
    heads = ("judge", "load s", "MB", "mails/s", "p50 ms", "p95 ms", "set", "mails", "P", "R", "F1", "PR-AUC", "nine")
    sys.stdout.write("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|\n")
    for system in SYSTEMS:
        with tempfile.TemporaryDirectory() as folder:
            fitted = Path(folder) / "fitted"
            gold = [part for path in options.gold for part in ("--gold", str(path))]
            own = ["--system", system, "--fitted", str(fitted), *gold]
            command = [sys.executable, "-m", "tests.bench.classifiers", *own]
            alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            for _ in range(2):  # the first process learns, the second is measured
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=alone)
            sys.stdout.write(lines(system, json.loads(done.stdout)))
            sys.stdout.flush()
    return 0


def sets(gold: Sequence[Path]) -> dict[str, list[LabelledMail]]:
    """The mails to judge, by name: our English held-out halves, and each gold file's real mails."""
    heldout = [mail for mail in mail_files(HELDOUT) if mail.language == "en"]
    found = {f"held-out {kind}": [m for m in heldout if m.group == kind] for kind in ("ordinary", "hard")}
    for path in gold:
        mails = gold_file(path)
        found[path.stem] = [mail for mail in mails if mail.group == "real"] or mails
    return found


def measured(name: str, fitted: Path, mails: dict[str, list[LabelledMail]]) -> dict[str, object]:
    """Learns and stores the judge when `fitted` is not there yet; otherwise loads it and takes its measures."""
    before = time.perf_counter()
    system = SYSTEMS[name]()
    loaded = time.perf_counter() - before
    if not fitted.exists():
        system.fit([mail for mail in mail_files() if mail.language == "en"])
        learned = {key: value for key, value in vars(system).items() if key in {"_pipeline", "_head"}}
        fitted.write_bytes(pickle.dumps(learned))
        return {}
    vars(system).update(pickle.loads(fitted.read_bytes()))  # noqa: S301 - written by ourselves a moment ago
    memory = resident()
    every = [mail.mail for part in mails.values() for mail in part]
    system.judge(every[:64])
    before = time.perf_counter()
    system.judge(every)
    rate = len(every) / (time.perf_counter() - before)
    single = sorted(timed(system, mail) for mail in every[:: max(1, len(every) // _SINGLE)])
    return {
        "load": loaded, "memory": memory, "rate": rate, "p50": statistics.median(single),
        "p95": single[int(len(single) * 0.95)], "sets": {key: figures(system, part) for key, part in mails.items()},
    }  # fmt: skip


def timed(system: object, mail: object) -> float:
    """Milliseconds for one mail alone."""
    before = time.perf_counter()
    system.judge([mail])
    return (time.perf_counter() - before) * 1000


def figures(system: object, mails: Sequence[LabelledMail]) -> list[float | None]:
    """Mails, precision, recall, F1, PR-AUC and, where the judge tells nine labels apart, their accuracy."""
    answers = system.judge([mail.mail for mail in mails])
    rows = [
        Judged(mail, one.label or (Label.REJECTION if one.is_rejection else None), one.score, Band.NO)
        for mail, one in zip(mails, answers, strict=True)
    ]
    rate = rates(rows)
    nine = accuracy(rows) if any(one.label for one in answers) else None
    return [len(rows), rate.precision, rate.recall, rate.f1, average_precision(rows), nine]


def resident() -> float:
    """Resident memory of this process in MB (Linux), else 0."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def lines(name: str, found: dict[str, object]) -> str:
    """The judge's rows of the table; speed and memory stand in the first."""
    speed = [f"{found['load']:.2f}", f"{found['memory']:.0f}", f"{found['rate']:.0f}", f"{found['p50']:.2f}"]
    head = [name, *speed, f"{found['p95']:.2f}"]
    rows = []
    for key, (count, *values) in found["sets"].items():
        cells = [*head, key, str(count), *("-" if value is None else f"{value:.3f}" for value in values)]
        rows.append("| " + " | ".join(cells) + " |\n")
        head = [""] * len(head)
    return "".join(rows)


if __name__ == "__main__":
    sys.exit(main())
