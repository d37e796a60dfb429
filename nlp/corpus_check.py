"""Checks the corpus for monotony: `python -m nlp.corpus_check` counts near-copies and repeated phrases."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlp.features import CLASSES, REJECTIONS, rejection_score
from nlp.labelled import CORPUS, HELDOUT, LabelledMail, mail_files, sentence_files
from nlp.masking import words_of
from nlp.material import Row, prepare
from nlp.network.kept_back import Opinions, fingerprint, kept_back
from nlp.network.stages import Stage
from nlp.pipeline import score, trained
from nlp.verdict import Label

NEAR = 0.5  # 3-gram Jaccard above which two texts are near-copies
OFTEN = 3  # a 5-gram that occurs more often is a habit
_COMMON = 60  # 3-grams in more texts than this pair up nobody: they are idioms
_LEAST_WORDS = 6


def words(text: str) -> list[str]:
    """Lower-case words."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.lower())


def grams(text: str, size: int) -> set[tuple[str, ...]]:
    """The different runs of `size` words."""
    found = words(text)
    return {tuple(found[i : i + size]) for i in range(len(found) - size + 1)}


def near_copies(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Pairs of places whose 3-grams overlap by more than a half. Texts under six words are left out."""
    sets = [grams(text, 3) if len(words(text)) >= _LEAST_WORDS else set() for text in texts]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(sets):
        for gram in sorted(one):
            where[gram].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        if len(places) <= _COMMON:
            shared.update((a, b) for i, a in enumerate(places) for b in places[i + 1 :])
    for (a, b), count in sorted(shared.items()):
        overlap = count / (len(sets[a]) + len(sets[b]) - count)
        if overlap > NEAR:
            yield a, b, overlap


def habits(texts: Sequence[str]) -> list[tuple[str, int]]:
    """5-grams that occur in more than three texts, commonest first."""
    counts = Counter(gram for text in texts for gram in grams(text, 5))
    return [
        (" ".join(gram), n) for gram, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if n > OFTEN
    ]


def half_of_the_writers(rows: Sequence[Row]) -> float:
    """Best F1 on rejection sentences of one half of the writers, by a model trained on the other half."""
    writers = sorted({row.writer for row in rows})
    half = set(writers[::2])
    known, unknown = [r for r in rows if r.writer in half], [r for r in rows if r.writer not in half]
    pipeline = trained([r.text for r in known], [r.label for r in known], CLASSES, epochs=4, rate=0.001)
    scored = zip(score(pipeline, [words_of(r.text) for r in unknown]), unknown, strict=True)
    ranked = sorted(((rejection_score(s), row.label in REJECTIONS) for s, row in scored), reverse=True)
    wanted, found, best = sum(truth for _, truth in ranked), 0, 0.0
    for place, (_, truth) in enumerate(ranked, 1):
        found += truth
        best = max(best, 2 * found / (place + wanted))
    return best


def unseen_writers(mails: Sequence[LabelledMail], opinions: Opinions) -> str:
    """One line: how well a network that knows four fifths of the writers judges the mails of the other fifth."""
    known = [(mail, opinions[name][Stage.LATE]) for mail in mails if (name := fingerprint(mail.mail)) in opinions]
    said = [max(opinion.labels, key=lambda label: opinion.labels[label]) for _, opinion in known]
    hits = sum(label == mail.label == Label.REJECTION for label, (mail, _) in zip(said, known, strict=True))
    called, wanted = said.count(Label.REJECTION), sum(mail.label is Label.REJECTION for mail, _ in known)
    right = sum(label == mail.label for label, (mail, _) in zip(said, known, strict=True))
    f1, nine = 2 * hits / max(1, called + wanted), right / max(1, len(known))
    return (
        f"  {len(known)} mails of unseen writers, network that knows four fifths: "
        f"rejection F1 {f1:.3f}, nine labels {nine:.3f}\n"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the checks for each language; exit code 1 when a training text is a near-copy of a held-out one."""
    parser = argparse.ArgumentParser(prog="python -m nlp.corpus_check", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args(argv)
    opinions = kept_back()
    sentences, mails, heldout = sentence_files(options.corpus), mail_files(options.corpus), mail_files(HELDOUT)
    for language in sorted({row.language for row in sentences} | {mail.language for mail in mails}):
        own, letters = [r for r in sentences if r.language == language], [m for m in mails if m.language == language]
        places = [row.place for row in own] + [mail.id for mail in letters]
        texts = [row.text for row in own] + [mail.mail.body for mail in letters]
        sys.stdout.write(f"{language}: {len(own)} sentences, {len(letters)} mails, ")
        sys.stdout.write(f"{len({r.writer for r in own} | {m.writer for m in letters})} writers\n")
        pairs = list(near_copies(texts))
        for a, b, overlap in pairs:
            sys.stdout.write(f"  near-copies ({overlap:.2f}): {places[a]} {places[b]}\n")
        copies = len({place for a, b, _ in pairs for place in (a, b)})
        sys.stdout.write(f"  near-copies: {copies} of {len(texts)} texts ({copies / len(texts):.2%})\n")
        often, every = habits(texts), len({gram for text in texts for gram in grams(text, 5)})
        share = len(often) / max(1, every)
        sys.stdout.write(f"  5-grams in more than {OFTEN} texts: {len(often)} of {every} ({share:.2%}) {often[:5]}\n")
        f1 = half_of_the_writers(prepare(own, letters).sentence_rows)
        sys.stdout.write(f"  sentences of unseen writers, bags of words that know the other half: best F1 {f1:.3f}\n")
        sys.stdout.write(unseen_writers(letters, opinions))
    return _leaks([*(r.text for r in sentences), *(m.mail.body for m in mails)], [m.mail.body for m in heldout])


def _leaks(training: Sequence[str], heldout: Sequence[str]) -> int:
    """1 when a training text is a near-copy of a held-out mail, else 0."""
    border = len(training)
    found = [pair for pair in near_copies([*training, *heldout]) if pair[0] < border <= pair[1]]
    sys.stdout.write(f"training texts that are near-copies of held-out mails: {len(found)}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
