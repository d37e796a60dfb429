"""Trains the network from nlp/corpus: `python -m nlp.network.train STEP --base FOLDER` (dependency group `network`).

Two steps. `kept-back` trains on four fifths of the writers and writes what that network says of the other fifth: from
it `nlp.train` learns how far the network can be trusted. `final` trains on everyone and writes nlp/network/weights.
Mails tagged `fresh` are shown to neither; `nlp.network.fresh` asks the shipped network about those written since.

`--keep FILE` keeps the weights as PyTorch has them; with `--start FILE` a later training goes on from there, half as
long and half as fast, when the corpus has grown.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from nlp.labelled import CORPUS, LabelledMail, mail_files, sentence_files
from nlp.network.architecture import Reader, loss_of
from nlp.network.early import train_early
from nlp.network.examples import Example, batches, examples
from nlp.network.export import export
from nlp.network.heard import heard
from nlp.network.kept_back import FILE, FRESH, is_kept_back, written
from nlp.network.network import FOLDER, checksum
from nlp.network.pieces import tokenizer_of
from nlp.verdict import Label

# sentence-transformers/all-MiniLM-L6-v2, model.safetensors, as its makers publish it (Apache-2.0).
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SIZE = 16
_WARM_UP, _LEAST_RATE = 0.08, 0.02  # shares: of the steps, of the rate
_SEED = 25277


@dataclass(frozen=True)
class Plan:
    """How long and how fast a network learns."""

    epochs: int
    rate: float
    head_rate: float


FROM_BASE = Plan(epochs=4, rate=8e-5, head_rate=1e-3)
GOING_ON = Plan(epochs=2, rate=4e-5, head_rate=3e-4)


def trained(rows: Sequence[Example], base: Path, start: Path | None = None) -> Reader:
    """A whole network: encoder and late heads, from the base weights or from `start` on, then the heads half way."""
    torch.manual_seed(_SEED)
    reader = Reader.from_base(base)
    if start:
        reader.load_state_dict(torch.load(start, weights_only=True))
    _fit(reader, rows, GOING_ON if start else FROM_BASE)
    train_early(reader, rows)
    return reader


def _fit(reader: Reader, rows: Sequence[Example], plan: Plan) -> None:
    """Teach encoder and late heads the rows' targets, in place; progress per epoch on stderr."""
    draw = random.Random(_SEED)  # noqa: S311 - shuffling
    optimizer = torch.optim.AdamW(reader.groups(plan.rate, plan.head_rate))
    rates = [group["lr"] for group in optimizer.param_groups]
    steps, step = plan.epochs * -(-len(rows) // SIZE), 0
    reader.train()
    for epoch in range(plan.epochs):
        started, total, count = time.monotonic(), 0.0, 0
        for batch in batches(rows, SIZE, draw):
            factor = min(1.0, step / (_WARM_UP * steps)) * max(_LEAST_RATE, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            loss = loss_of(reader, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            step, count, total = step + 1, count + 1, total + loss.item()
        sys.stderr.write(
            f"epoch {epoch + 1} of {plan.epochs}: loss {total / count:.4f}, {time.monotonic() - started:.0f} s\n"
        )
        sys.stderr.flush()


def write_kept_back(reader: Reader, rows: Sequence[Example], mails: Sequence[LabelledMail], path: Path) -> None:
    """What the network says of each mail; `rows` are the same mails, as the network reads them."""
    lines = [written(mail.mail, reader.opinion(row.view(None))) + "\n" for row, mail in zip(rows, mails, strict=True)]
    path.write_text("".join(sorted(lines)), "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Train and write; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.network.train", description=__doc__)
    parser.add_argument("step", choices=["kept-back", "final"])
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--start", type=Path, help="weights of an earlier training, to go on from")
    parser.add_argument("--keep", type=Path, help="where to keep this training's weights, to go on from later")
    options = parser.parse_args(argv)
    if checksum(options.base / "model.safetensors") != BASE_SHA256:
        sys.stderr.write(f"{options.base / 'model.safetensors'} is not the file its makers publish.\n")
        return 1
    mails, lone = mail_files(options.corpus), sentence_files(options.corpus)
    shown = [mail for mail in mails if FRESH not in mail.tags]
    tokenizer = tokenizer_of(options.base)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.step == "final":
        reader = trained(examples(tokenizer, shown, lone, heard(shown, lone)), options.base, options.start)
        _keep(reader, options.keep)
        export(reader, options.base, options.out)
        return 0
    known = [mail for mail in shown if not is_kept_back(mail.writer, mail.tags)]
    rest = [one for one in lone if not is_kept_back(one.writer)]
    said = heard(mails, lone)
    reader = trained(examples(tokenizer, known, rest, said), options.base, options.start)
    _keep(reader, options.keep)
    others = [mail for mail in mails if is_kept_back(mail.writer, mail.tags)]
    rows = examples(tokenizer, others, heard=said)
    right = sum(_likeliest(reader, row) == row.label for row in rows)
    sys.stderr.write(f"nine labels right on {right} of {len(rows)} mails of other writers\n")
    write_kept_back(reader, rows, others, options.out / FILE)
    return 0


def _keep(reader: Reader, path: Path | None) -> None:
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(reader.state_dict(), path)


def _likeliest(reader: Reader, row: Example) -> int:
    said = reader.opinion(row.view(None))[: len(Label)]
    return max(range(len(said)), key=said.__getitem__)


if __name__ == "__main__":
    sys.exit(main())
