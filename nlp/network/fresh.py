"""Asks the shipped network about mails tagged `fresh`, which it never saw: `python -m nlp.network.fresh`.

What it says of them joins nlp/network/weights/kept_back.tsv. So newly written mails help to choose the limits before
the network is trained on them.
"""

from __future__ import annotations

import sys

from nlp.labelled import LabelledMail, mail_files
from nlp.network.kept_back import FILE, FRESH, fingerprint, written
from nlp.network.network import FOLDER, Network, Opinion, shipped
from nlp.reading import read


def main() -> int:
    """Write the lines; returns the exit code."""
    path, network = FOLDER / FILE, shipped()
    lines = {line.partition("\t")[0]: line for line in path.read_text("utf-8").splitlines()}
    fresh = [mail for mail in mail_files() if FRESH in mail.tags]
    for mail in fresh:
        lines[fingerprint(mail.mail)] = written(mail.mail, said_of(network, mail))
    path.write_text("".join(f"{line}\n" for line in sorted(lines.values())), "utf-8")
    sys.stdout.write(f"{len(fresh)} fresh mails read, {len(lines)} lines in {path}\n")
    return 0


def said_of(network: Network, mail: LabelledMail) -> list[float]:
    """The numbers of one line: probabilities at the end, then half way."""
    reading = read(mail.mail, mail.language)
    half = network.start(reading, [float(hit is not None) for hit in reading.hits])
    return [value for opinion in (network.finish(half), half.opinion) for value in _values(opinion)]


def _values(opinion: Opinion) -> list[float]:
    return [*opinion.labels.values(), opinion.hold, *opinion.reasons.values()]


if __name__ == "__main__":
    sys.exit(main())
