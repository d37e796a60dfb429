"""Learns from corrections in a process of its own: `python -m nlp.relearn --out FOLDER`, mails in, figures out.

stdin: one line of JSON, a list of {"id", "label", "subject", "from", "body", "decisive"}, where the label is
`rejection`, or "" for a mail that is none, and `decisive` a list of the sentences that the verdict rests on. Whoever
started it keeps stdin open: when it closes, this process ends, so it outlives nobody.
stdout: a line of JSON per step ({"step": ...}), and at the end {"before", "after", "worse", "used"} or {"error": ...}.
No line holds a word of a mail.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp import train
from nlp.classifier import Classifier
from nlp.figures import Judged, bands, rates
from nlp.labelled import CORPUS, HELDOUT, LabelledMail, gold_file, mail_files
from nlp.language import SUPPORTED, language_of
from nlp.model import FOLDER, Model
from nlp.reading import read
from nlp.text import mail_text
from nlp.verdict import Band, Label
from nlp.versions import mark

WRITER = "seeker"
_NICE = 10  # the seeker's own work goes first
_GONE = 3  # exit code: whoever asked is gone


@dataclass(frozen=True)
class Asked:
    """What to learn from, from where, and where to."""

    rows: list[dict[str, Any]]
    current: Path
    out: Path
    corpus: Path
    heldout: Path
    more: tuple[str, ...] = ()  # for nlp.train


def main(argv: Sequence[str] | None = None) -> int:
    """Train into `--out` and compare with `--current`; the exit code is 0 when both figures are there."""
    parser = argparse.ArgumentParser(prog="python -m nlp.relearn", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--current", type=Path, default=FOLDER)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--heldout", type=Path, default=HELDOUT)
    parser.add_argument("--without-network", action="store_true", help="the fast part alone")
    options = parser.parse_args(argv)
    more = ("--without-network",) if options.without_network else ()
    rows = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        _tell(learn(Asked(rows, options.current, options.out, options.corpus, options.heldout, more)))
    except OSError as error:
        _tell({"error": error.strerror or type(error).__name__})
        return 1
    except Exception as error:  # noqa: BLE001 - outermost; its words may quote a mail, so only its kind is told
        _tell({"error": type(error).__name__})
        return 1
    return 0


def learn(asked: Asked) -> dict[str, Any]:
    """Train a model on the corpus and the corrected mails, and compare it with the current one."""
    current = Model.load(asked.current)
    rows = [resolved(row, current) for row in asked.rows]
    extra = asked.out.with_name(f"{asked.out.name}.jsonl")
    try:
        extra.touch(mode=0o600)
        seen = "".join(f"{json.dumps(row)}\n" for row in rows if row).encode()
        extra.write_bytes(seen)
        corrected = gold_file(extra)
        _tell({"step": "training"})
        with redirect_stdout(sys.stderr):
            paths = ("--corpus", asked.corpus, "--extra", extra, "--out", asked.out)
            train.main([*map(str, paths), *asked.more])
        mark(asked.out, seen)
    finally:
        extra.unlink(missing_ok=True)
    _tell({"step": "checking"})
    heldout = [mail for mail in mail_files(asked.heldout) if mail.language in SUPPORTED]
    models = (Classifier(current), Classifier.load(asked.out))
    before, after = (right(model, corrected) for model in models)
    return {
        "before": measured(models[0], heldout),
        "after": measured(models[1], heldout),
        "worse": sorted(before - after),
        "used": len(corrected),
    }


def resolved(row: dict[str, Any], current: Model) -> dict[str, Any] | None:
    """The row in the format of nlp.labelled.gold_file; None for a language that is not judged.

    A mail that is no rejection gets the best other label of the current model.
    """
    mail = mail_text(row["subject"], row["from"], row["body"])
    if (language := language_of(mail)) not in SUPPORTED:
        return None
    label = row["label"]
    if label != Label.REJECTION:
        labels = current.judge([read(mail, language)])[0].labels
        label = max((name for name in labels if name != Label.REJECTION), key=lambda name: labels[name])
    return row | {"label": label, "lang": language, "source": WRITER, "provenance": WRITER}


def right(model: Classifier, mails: Sequence[LabelledMail]) -> set[str]:
    """Ids of the mails that the model judges as the seeker said: a rejection, or none."""
    return {row.gold.id for row in _judged(model, mails) if row.is_called == row.is_rejection}


def measured(model: Classifier, mails: Sequence[LabelledMail]) -> dict[str, Any]:
    """F1 of the label rejection, and precision of the band auto; None where nothing can be counted."""
    rows = _judged(model, mails)
    return {
        "model": model.version,
        "mails": len(rows),
        "f1": rates(rows).f1,
        "auto_precision": bands(rows).precision(Band.AUTO),
    }


def _judged(model: Classifier, mails: Iterable[LabelledMail]) -> list[Judged]:
    some = list(mails)
    verdicts = model.judge(mail.mail for mail in some)
    return [Judged(mail, v.label, v.score or 0.0, v.band) for mail, v in zip(some, verdicts, strict=True)]


def _tell(values: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def _end_with_the_parent() -> None:
    while sys.stdin.read(1):
        pass
    os._exit(_GONE)


if __name__ == "__main__":
    sys.exit(main())
