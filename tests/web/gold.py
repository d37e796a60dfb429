"""The sample mailbox judged by the labels that were written for it, so that page tests do not hang on the model."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from nlp.verdict import Band, Evidence, Label, MailText, Reason, Verdict
from server.domain.model import RawMessage
from server.domain.reading import read, text_of
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.wiring import SystemClock, sample_mbox

GOLD = Path(__file__).parents[1] / "data" / "sample_gold.tsv"

KERR = "19f522cdd0897f52"  # a refusal after an interview, from a person
KERR_SUBJECT = "Re: The post at the Kerr: Friday 3 July?"  # another subject would start a thread of its own
DOVECOTE = "1a0112aacdc5160f"  # a form mail from an address nobody reads
KETTLEBACK = "1a00262b1a48c8fe"  # a refusal after a talk; the first that the demo inbox points to
HALFMOON = "1a0c408ca644755b"  # the newest refusal
PLOT = "1a0b666bd44deed6"  # an allotment refused: asked about, and not a no to an application
ON_HOLD = "1a02b4e66e49d936"
_ASKED = {PLOT, "1a029dfbf9cfcdbe", "1a0a5d86d7482780"}
_NO = re.compile(
    r"(?i)\b(not|no|another|other|else|else's|sorry|unfortunately|afraid|leider|nicht|filled|gone|cancelled)\b"
)


def copy_of_sample(path: Path, *ids: str) -> Path:
    """An mbox file with these messages of the sample, or with all of them."""
    mails = re.split(rb"(?m)^(?=From \d+@xxx )", sample_mbox().read_bytes())
    wanted = [mail for mail in mails if mail and (not ids or f"{int(mail[5:].split(b'@')[0]):016x}" in ids)]
    path.write_bytes(b"".join(wanted))
    return path


class GoldClassifier:
    """Says of each mail of the sample what sample_gold.tsv says; a few refusals are asked about."""

    version = "gold"

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        for mail in mails:
            yield _verdict(mail, _labels().get((mail.subject, mail.body)))


@cache
def _labels() -> dict[tuple[str, str], dict[str, str]]:
    """Gold rows by subject and body."""
    with GOLD.open(encoding="utf-8") as file:
        names = ("id", "label", "company", "role", "reason", "person", "note")
        rows = {row["id"]: row for row in csv.DictReader(file, names, delimiter="\t") if row["id"][0] != "#"}
    mailbox = MboxMailbox(sample_mbox(), OutboxFolder(Path("/nonexistent"), SystemClock()), "sample")
    raws = [raw for raw in mailbox.fetch(list(rows)) if isinstance(raw, RawMessage)]
    texts = {raw.id: text_of(read(raw, "sample")) for raw in raws}
    return {(text.subject, text.body): rows[message_id] for message_id, text in texts.items()}


def _verdict(mail: MailText, row: dict[str, str] | None) -> Verdict:
    if row is None:
        return Verdict(Label.NOT_JOB, 0.0, Band.NO, False, "en", None, (), None, None, "gold")
    label, asked = Label(row["label"]), row["id"] in _ASKED
    is_no, hold = label is Label.REJECTION, row["note"] == "hold"
    band = Band.REVIEW if asked else Band.AUTO if is_no else Band.NO
    reason = row["reason"] if row["reason"] in list(Reason) else Reason.PASSED
    evidence = (_evidence(mail),) if is_no or asked or hold else ()
    company, role = (None if row[name] in ("-", "") else row[name] for name in ("company", "role"))
    return Verdict(
        label, float(is_no), band, hold, "en", Reason(reason) if is_no else None, evidence, company, role, "gold"
    )


def _evidence(mail: MailText) -> Evidence:
    sentences = [
        match for match in re.finditer(r"[^\n.!?]{20,}[.!?]", mail.cleaned) if match.start() > len(mail.subject)
    ]
    found = next((match for match in sentences if _NO.search(match.group())), sentences[0])
    return Evidence(found.group().strip(), found.start(), found.end())
