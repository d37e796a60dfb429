"""What the network says of mails whose writers it had not seen: the only fair ground for trusting or doubting it."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from nlp.network.network import FOLDER, Scores
from nlp.network.stages import Stage
from nlp.verdict import Label, MailText, Reason

FILE = "kept_back.tsv"
EVERYDAY = "everyday"  # tag of mails as they lie in anybody's mailbox, not written to mislead
FRESH = "fresh"  # tag of mails written after the last training of the network
_PARTS = 5
_WIDTH = len(Label) + 1 + len(Reason)
_LABELS, _REASONS = [label.value for label in Label], [reason.value for reason in Reason]


@dataclass(frozen=True, slots=True)
class KeptBack:
    """The network's probabilities for one kept-back mail, at one stage."""

    labels: Scores
    hold: float
    reasons: Scores


Opinions = dict[str, dict[Stage, KeptBack]]  # by the mail's fingerprint


def is_kept_back(writer: str, tags: frozenset[str] = frozenset()) -> bool:
    """Whether a writer belongs to the fifth that the first training step never sees; the same on every machine.

    Of everyday mail it is two fifths: it says how far the network can be trusted in an ordinary mailbox. Fresh mail is
    all kept back.
    """
    if FRESH in tags:
        return True
    return zlib.crc32(writer.encode()) % _PARTS < (2 if EVERYDAY in tags else 1)


def fingerprint(mail: MailText) -> str:
    """Names a mail by its text, whatever file and line it stands in."""
    return hashlib.sha256(mail.cleaned.encode()).hexdigest()[:16]


def written(mail: MailText, probabilities: list[float]) -> str:
    """One line of the file: fingerprint; nine labels, hold, three reasons at the end, and maybe the same half way."""
    return "\t".join([fingerprint(mail), *(f"{value:.4f}" for value in probabilities)])


def kept_back(folder: Path = FOLDER) -> Opinions:
    """All lines of the file by fingerprint, what is said at the end first; empty when there is no file."""
    path = folder / FILE
    found = {}
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        name, *values = line.split("\t")
        numbers = [float(value) for value in values]
        found[name] = {Stage.LATE: _kept(numbers[:_WIDTH])}
        if numbers[_WIDTH:]:
            found[name][Stage.EARLY] = _kept(numbers[_WIDTH:])
    return found


def _kept(numbers: list[float]) -> KeptBack:
    labels = dict(zip(_LABELS, numbers[: len(_LABELS)], strict=True))
    reasons = dict(zip(_REASONS, numbers[len(_LABELS) + 1 :], strict=True))
    return KeptBack(labels, numbers[len(_LABELS)], reasons)
