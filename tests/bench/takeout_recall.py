"""How many rejections the header filter of a Takeout file lets through: `python -m tests.bench.takeout_recall`.

All whole mails of nlp/corpus and nlp/heldout, as Takeout would write them. Who wrote and the subject are the mail's own
where they were written down. The rest is invented, and by a plain rule, so that it is the same each time: of what
machines send, three in ten say Precedence: bulk, one in ten comes through a mailing list, and six in ten can be
unsubscribed from; one in ten Gmail has taken for an advertisement, and so it has one in fifty of what people send.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nlp.labelled import CORPUS, HELDOUT, LabelledMail, mail_files
from nlp.verdict import Label
from server.candidate_senders import candidate_senders
from server.domain.people import is_no_reply
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.wiring import SystemClock

BAR = 0.98  # as for the searches (tests/test_recall.py): no rejection is to be lost by where it is looked for
_FIRST_ID = 0x18C0FFEE00000000
_SENDERS = (
    "Ada Lee <ada.lee@brightwater.example>",
    "Brightwater <no-reply@brightwater.example>",
    "Brightwater Careers <careers@brightwater.example>",
    "Brightwater <notifications@hire.lever.co>",
)
_SUBJECTS = (
    "Your application",
    "Re: Gardener",
    "Brightwater",
    "Thank you for your interest",
    "News from Brightwater",
    "",
)


@dataclass
class Passed:
    """Of how many rejections, by language, how many passed; and of how much other mail."""

    there: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    others: int = 0
    others_passed: int = 0

    @property
    def recall(self) -> float:
        """The share of rejections that are read."""
        return self.passed.total() / self.there.total()


def as_takeout(mail: LabelledMail, number: int, *, every_mark: bool) -> bytes:
    """The mail in Takeout's form; `every_mark`: with each sign of bulk mail there is."""
    given = mail.mail
    own = f"{given.sender_name} <{given.sender_address}>".replace("\n", " ")
    sender = own if given.sender_address else _SENDERS[number % len(_SENDERS)]
    subject = given.subject.replace("\n", " ") or _SUBJECTS[number // len(_SENDERS) % len(_SUBJECTS)]
    address = sender.rpartition("<")[2].rstrip(">")
    is_machine = is_no_reply(address) or address.endswith(candidate_senders())
    kind, labels, marks = number // 7 % 10, "Inbox,Opened", []
    if every_mark or (is_machine and kind in (0, 1, 2)):
        marks.append("Precedence: bulk")
    if every_mark or (is_machine and kind == 3):
        marks.append("List-Id: <7204.post.example>")
    if every_mark or (is_machine and kind == 4) or number % 50 == 0:
        labels += ",Category Promotions"
    if every_mark or (is_machine and kind >= 4):
        marks.append("List-Unsubscribe: <mailto:out@post.example>")
    stamp = f"From {_FIRST_ID + number}@xxx Mon Mar 02 12:00:00 +0000 2026"
    head = [
        *(stamp, f"X-GM-THRID: {_FIRST_ID + number}", f"X-Gmail-Labels: {labels}", "Delivered-To: kim@seeker.example"),
        *("Return-Path: <bounce@relay.example>", *marks, f"From: {sender}", "To: Kim Doyle <kim@seeker.example>"),
        *(f"Subject: {subject}", "Date: Mon, 02 Mar 2026 12:00:00 +0000", f"Message-ID: <{number}@relay.example>"),
        *("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"),
    ]
    body = "\n".join(f">{line}" if line.startswith("From ") else line for line in given.body.split("\n"))
    return ("\n".join(head) + f"\n\n{body}\n\n").encode()


def measured(*, every_mark: bool = False) -> Passed:
    """Write the file, walk it as a first scan does, and count."""
    mails, found = [*mail_files(CORPUS), *mail_files(HELDOUT)], Passed()
    with tempfile.TemporaryDirectory(prefix="classact-takeout-") as name:
        path = Path(name) / "All mail.mbox"
        path.write_bytes(b"".join(as_takeout(mail, n, every_mark=every_mark) for n, mail in enumerate(mails)))
        mailbox = MboxMailbox(path, OutboxFolder(Path(name) / "Outbox", SystemClock()), senders=candidate_senders())
        read = {id_ for page in mailbox.search(None, everything=False) for id_ in page.message_ids}
        mailbox.close()
    for number, mail in enumerate(mails):
        is_read = f"{_FIRST_ID + number:016x}" in read
        if mail.label is Label.REJECTION:
            found.there[mail.language] += 1
            found.passed[mail.language] += is_read
        else:
            found.others += 1
            found.others_passed += is_read
    return found


def rows() -> list[tuple[str, Passed]]:
    """Both tables' lines: mail as it usually is, and mail that bears every mark."""
    return [("with ordinary headers", measured()), ("with every mark of bulk mail", measured(every_mark=True))]


def main() -> int:
    """Print the figures; 1 when too many rejections are left unread."""
    found = rows()
    for title, one in found:
        lost = one.there.total() - one.passed.total()
        by_language = ", ".join(f"{name} {one.passed[name] / one.there[name]:.3f}" for name in sorted(one.there))
        sys.stdout.write(
            f"rejections that the header filter lets through, {title}: {one.recall:.4f} of {one.there.total():,} "
            f"({lost} lost; {by_language}); of other mail {one.others_passed / one.others:.3f}\n"
        )
    return 0 if found[0][1].recall >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
