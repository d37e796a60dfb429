"""Trains the shipped model from nlp/corpus: `python -m nlp.train` writes nlp/model, the same bytes every time."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path

import sklearn.linear_model  # noqa: F401 - brings threads of its own, which can be held back only once they are there
from threadpoolctl import threadpool_limits

from nlp.labelled import CORPUS, gold_file, mail_files, sentence_files
from nlp.model import FOLDER
from nlp.network.kept_back import FILE, kept_back
from nlp.network.network import CHECKSUMS, shipped
from nlp.network.network import FOLDER as NETWORK
from nlp.tone.labelled import FOLDER as TONE
from nlp.tone.labelled import tone_files
from nlp.tone.learn import learned as learned_tone
from nlp.tone.weights import ToneWeights
from nlp.training import train

_DATA = (
    *sorted((Path(__file__).parent / "glosses").glob("*.tsv")),
    NETWORK / CHECKSUMS,
    NETWORK / FILE,
    *sorted(TONE.glob("*/*.tsv")),
)


def corpus_version(root: Path = CORPUS) -> str:
    """A short hash over the corpus and the code that reads it."""
    digest = hashlib.sha256()
    for path in [*sorted(root.glob("*/*.t*")), *sorted(Path(__file__).parent.rglob("*.py")), *_DATA]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:10]


def _tone() -> ToneWeights:
    """How sentences of letters sound; learned beside all the rest, since the network reads thousands of them for it."""
    with threadpool_limits(1):
        return learned_tone(tone_files(), shipped())


def main(argv: Sequence[str] | None = None) -> int:
    """Train and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.train", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--extra", type=Path, help="labelled mails (JSON Lines) to learn from beside the corpus")
    parser.add_argument("--without-network", action="store_true", help="the fast part alone")
    options = parser.parse_args(argv)
    sentences, mails = sentence_files(options.corpus), mail_files(options.corpus)
    mails += gold_file(options.extra) if options.extra else []
    opinions = {} if options.without_network else kept_back()
    with ExitStack() as stack:
        tone = None
        if opinions and not options.extra:  # a model of the seeker's own is about mails: how letters sound stays
            tone = stack.enter_context(ProcessPoolExecutor(1, get_context("spawn"))).submit(_tone)
        with threadpool_limits(1):  # sums over two threads round differently than over one: other bytes
            model = train(sentences, mails, corpus_version(options.corpus), opinions)
        shutil.rmtree(options.out, ignore_errors=True)
        model.save(options.out)
        if tone is not None:
            tone.result().save(options.out / "tone")
    sys.stdout.write(
        f"{options.out}: version {model.version}, {len(sentences)} sentences, {len(mails)} mails, {model.thresholds}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
