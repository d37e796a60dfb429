"""Measures the shipped model: `python -m nlp.evaluate [--gold FILE | --fresh]` prints figures and ids, no text."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from nlp.classifier import Classifier
from nlp.features import rejection_score
from nlp.figures import Judged
from nlp.labelled import HELDOUT, LabelledMail, gold_file, mail_files
from nlp.language import SUPPORTED
from nlp.model import FOLDER, Model
from nlp.network.kept_back import FRESH
from nlp.reading import read
from nlp.report import comparison, page
from nlp.verdict import Band, Label, MailText, Verdict

_KEYS: dict[str, Callable[[Judged], str]] = {
    "language": lambda row: row.gold.language,
    "set": lambda row: row.gold.group,
}
_ALONE = 0.5  # a lone part calls a rejection from one half on


def main(argv: Sequence[str] | None = None) -> int:
    """Print one page for the mails as they are and one with subject and sender removed; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m nlp.evaluate", description=__doc__)
    parser.add_argument("--gold", type=Path, help="labelled mails, JSON Lines (default: nlp/heldout)")
    parser.add_argument("--fresh", action="store_true", help="the corpus's newest mails, which the model does not know")
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--no-headers", action="store_true", help="only the page with subject and sender removed")
    options = parser.parse_args(argv)
    if options.fresh:
        mails, where = [replace(mail, group=FRESH) for mail in mail_files() if FRESH in mail.tags], "the corpus"
    else:
        mails = gold_file(options.gold) if options.gold else mail_files(HELDOUT)
        where = str(options.gold or HELDOUT)
    model = Model.load(options.model)
    sys.stdout.write(f"model {model.version}, {len(mails)} mails of {where}\n\n")
    pages = [] if options.no_headers else [("as they are", mails)]
    for title, some in [*pages, ("subject and sender removed", [without_headers(mail) for mail in mails])]:
        sys.stdout.write(report(title, some, model) + "\n\n")
    return 0


def report(title: str, mails: Sequence[LabelledMail], model: Model) -> str:
    """One page: rules and model together, then each alone, then names and time."""
    started = time.perf_counter()
    verdicts = list(Classifier(model).judge(mail.mail for mail in mails))
    took = (time.perf_counter() - started) * 1000 / max(1, len(mails))
    both = [Judged(mail, v.label, v.score or 0.0, v.band) for mail, v in zip(mails, verdicts, strict=True)]
    systems = {"both": both, "rules alone": rules_alone(mails), "model alone": model_alone(mails, model)}
    return "\n\n".join(
        [
            page(title, both, _KEYS),
            comparison(systems, _KEYS),
            names(mails, verdicts),
            f"{took:.2f} ms a mail, in batches",
        ]
    )


def without_headers(mail: LabelledMail) -> LabelledMail:
    """The same mail with body only."""
    return replace(mail, mail=MailText(body=mail.mail.body))


def rules_alone(mails: Sequence[LabelledMail]) -> list[Judged]:
    """What the phrases say without the model: a strong one is a rejection, a weak one less so."""
    rows = []
    for mail in mails:
        hit = read(mail.mail).hit
        score = 0.0 if hit is None else 0.9 if hit.strong else 0.4
        rows.append(_alone(mail, score))
    return rows


def model_alone(mails: Sequence[LabelledMail], model: Model) -> list[Judged]:
    """What the spaCy sentence model says without any phrase: the best sentence of the mail."""
    return [
        _alone(mail, max(map(rejection_score, judgement.sentences), default=0.0))
        for mail, judgement in zip(
            mails, model.judge_fast([read(mail.mail, mail.language) for mail in mails]), strict=True
        )
    ]


def names(mails: Sequence[LabelledMail], verdicts: Sequence[Verdict]) -> str:
    """How often company and role are exact, near, wrong or absent where the gold has them."""
    lines = []
    for field in ("company", "role"):
        counts = Counter(
            _match(getattr(mail, field), getattr(verdict, field))
            for mail, verdict in zip(mails, verdicts, strict=True)
            if getattr(mail, field) and mail.language in SUPPORTED
        )
        lines.append(f"{field}: " + "  ".join(f"{kind} {counts[kind]}" for kind in ("exact", "near", "wrong", "none")))
    return "\n".join(lines)


def _match(gold: str, found: str | None) -> str:
    """exact, near (one holds the other), wrong, none; case and punctuation do not count."""
    if not found:
        return "none"
    wanted, got = (re.sub(r"[^\w]", "", name.lower()) for name in (gold, found))
    return "exact" if wanted == got else "near" if wanted in got or got in wanted else "wrong"


def _alone(mail: LabelledMail, score: float) -> Judged:
    """A row of a part that judges alone, in the supported languages only."""
    if mail.language not in {*SUPPORTED, "unknown"}:
        return Judged(mail, None, 0.0, Band.NOT_JUDGED)
    called = score >= _ALONE
    return Judged(mail, Label.REJECTION if called else Label.NOT_JOB, score, Band.REVIEW if called else Band.NO)


if __name__ == "__main__":
    sys.exit(main())
