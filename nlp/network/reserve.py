"""Lets the network judge reserved mails that were added after it was trained: `python -m nlp.network.reserve`.

It has seen none of them, so its word on them is as fair as on any kept-back mail. Needs no PyTorch.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from nlp.labelled import CORPUS, LabelledMail, mail_files
from nlp.network.kept_back import FILE, fingerprint, is_reserved, kept_back, written
from nlp.network.network import FOLDER, Network, Opinion
from nlp.reading import read


def main(argv: Sequence[str] | None = None) -> int:
    """Add a line for each reserved mail that has none yet; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.network.reserve", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--weights", type=Path, default=FOLDER)
    options = parser.parse_args(argv)
    known = kept_back(options.weights)
    new = [
        mail for mail in mail_files(options.corpus) if is_reserved(mail.writer) and fingerprint(mail.mail) not in known
    ]
    path = options.weights / FILE
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    lines += _lines(new, Network.load(options.weights))
    path.write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
    sys.stdout.write(f"{path}: {len(new)} reserved mails added, {len(lines)} in all\n")
    return 0


def _lines(mails: Sequence[LabelledMail], network: Network) -> list[str]:
    readings = [read(mail.mail, mail.language) for mail in mails]
    opinions = network.read(readings, [[0.0] * len(reading.sentences) for reading in readings])
    return [written(mail.mail, _numbers(opinion)) for mail, opinion in zip(mails, opinions, strict=True)]


def _numbers(opinion: Opinion) -> list[float]:
    return [*opinion.labels.values(), opinion.hold, *opinion.reasons.values()]


if __name__ == "__main__":
    sys.exit(main())
