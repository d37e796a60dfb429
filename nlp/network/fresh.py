"""Asks the shipped network about mails tagged `fresh`, which it never saw: `python -m nlp.network.fresh`.

What it says of them joins nlp/network/weights/kept_back.tsv. So newly written mails help to choose the limits before
the network is trained on them. `make model` comes first: its fast part chooses which sentences of a long mail are read.
"""

from __future__ import annotations

import sys

from nlp.features import rejection_score
from nlp.labelled import LabelledMail, mail_files
from nlp.model import Model
from nlp.network.kept_back import FILE, FRESH, fingerprint, written
from nlp.network.network import FOLDER, Network, Opinion, shipped
from nlp.pipeline import score
from nlp.reading import read


def main() -> int:
    """Write the lines; returns the exit code."""
    path, network, fast = FOLDER / FILE, shipped(), Model.load()
    lines = {line.partition("\t")[0]: line for line in path.read_text("utf-8").splitlines()}
    fresh = [mail for mail in mail_files() if FRESH in mail.tags]
    for mail in fresh:
        lines[fingerprint(mail.mail)] = written(mail.mail, said_of(network, fast, mail))
    path.write_text("".join(f"{line}\n" for line in sorted(lines.values())), "utf-8")
    sys.stdout.write(f"{len(fresh)} fresh mails read, {len(lines)} lines in {path}\n")
    return 0


def said_of(network: Network, fast: Model, mail: LabelledMail) -> list[float]:
    """The numbers of one line: probabilities at the end, then half way. `fast` has to know the mail as little."""
    reading = read(mail.mail, mail.language)
    half = network.start(reading, [rejection_score(one) for one in score(fast.sentence_pipeline, reading.words)])
    return [value for opinion in (network.finish(half), half.opinion) for value in _values(opinion)]


def _values(opinion: Opinion) -> list[float]:
    return [*opinion.labels.values(), opinion.hold, *opinion.reasons.values()]


if __name__ == "__main__":
    sys.exit(main())
