"""How fast a big Takeout file is looked through by its headers, and how much memory that takes.

`python -m tests.bench.takeout` writes 60,000 invented mails, 485 MB, into a temporary folder and measures in a process
of its own, after the whole program is loaded: the first pass, a pass that is killed half-way and goes on, and a second
look at the same file. CPU time stands beside the clock's, since other programs may run.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from server.candidate_senders import candidate_senders
from server.errors import ModelError
from server.mailboxes import mbox_index
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.mbox_head import head
from server.mailboxes.outbox_folder import OutboxFolder
from server.wiring import SystemClock

MAILS, MEGABYTES = 60_000, 485
LEAST, MOST = 10_000, 60  # mails a second; MB
GMAIL_ID = 0x18C0FFEE00000000
_WORDS = "harbour garden letter bridge river paper window summer winter stone light water road town bread table".split()


def mails(count: int, size: int) -> Iterator[bytes]:
    """Mails as Takeout writes them, with the headers that mail has today; bodies of very different lengths."""
    rng = random.Random(7)  # noqa: S311 - the same mails each time
    block = "".join(
        rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") for _i in range(4000)
    )
    mean = max(0, size // count - 3000)
    for number in range(count):
        bulk = number % 3 == 0
        when = f"{1 + number % 28:02} Mar {2018 + number % 8} {number % 24:02}:{number % 60:02}:00 +0000"
        head = [
            f"From {GMAIL_ID + number}@xxx Mon Mar 02 12:00:00 +0000 2026",
            f"X-GM-THRID: {GMAIL_ID + number // 3}",
            f"X-Gmail-Labels: {'Category Promotions' if bulk else 'Inbox'},Opened",
            "Delivered-To: kim@seeker.example",
            *(
                f"Received: by 2002:a05:{number % 9999:04} with SMTP id {i}{block[:60]};\n        {when}"
                for i in range(4)
            ),
            f"ARC-Seal: i=1; a=rsa-sha256; t={number}; cv=none;\n        d=relay.example;\n        b={block[:600]}",
            f"DKIM-Signature: v=1; a=rsa-sha256; d=firm{number % 500}.example;\n        b={block[600:1200]}",
            "Authentication-Results: mx.example; dkim=pass; spf=pass; dmarc=pass",
            *(["List-Id: <post.example>", "List-Unsubscribe: <https://post.example/u>"] if bulk else []),
            f"From: Firm {number % 500} <mail@firm{number % 500}.example>",
            "To: Kim Doyle <kim@seeker.example>",
            f"Subject: {' '.join(rng.choices(_WORDS, k=5))}",
            f"Date: Mon, {when}",
            f"Message-ID: <{number}.{block[:20]}@firm.example>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
        ]
        text = " ".join(rng.choices(_WORDS, k=60)) + "\n\nFrom here on it is prose.\n\n"
        length = int(mean * (0.2 if number % 10 else 8.2))
        body = text + "\n".join([block[i : i + 76] for i in range(0, 3800, 76)] * (1 + length // 3850))[:length]
        yield ("\n".join(head) + "\n\n" + body + "\n\n").encode()


def write(path: Path, count: int, size: int) -> None:
    """A file of that many mails and about that many bytes."""
    with path.open("wb") as file:
        for mail in mails(count, size):
            file.write(mail)


def peak() -> float:
    """The most memory that this process had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def walked(path: Path, folder: Path) -> dict[str, float]:
    """One walk over all ids."""
    mailbox = MboxMailbox(
        path, OutboxFolder(folder / "Outbox", SystemClock()), kept=folder / "mbox", senders=candidate_senders()
    )
    began, cpu = time.monotonic(), time.process_time()
    pages = [(len(page.message_ids), page.left_out) for page in mailbox.search(None, everything=False)]
    took = {"seconds": time.monotonic() - began, "cpu": time.process_time() - cpu}
    return {"named": sum(named for named, _left_out in pages), "left_out": pages[-1][1], **took}


def in_a_process(path: Path, folder: Path, kill_after: int, answers: Any) -> None:
    """Load the program, then walk; `kill_after` mails die without a word, 0 for never."""
    import server.cli.serving  # noqa: F401, PLC0415 - all that a running server has loaded
    from server.wiring import load_classifier  # noqa: PLC0415

    with suppress(ModelError):  # not built yet: then the rest of the program is measured against
        load_classifier()
    if kill_after:
        left = iter(range(kill_after))

        def dying(piece: Any, systems: Any) -> Any:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return head(piece, systems)

        mbox_index.head = dying  # type: ignore[attr-defined]
    before = peak()
    found = walked(path, folder)
    answers.put(found | {"growth": peak() - before, "loaded": before})


def measured(path: Path, folder: Path, kill_after: int = 0) -> dict[str, float]:
    """What the process answered; nothing when it died."""
    spawning = multiprocessing.get_context("spawn")
    answers = spawning.SimpleQueue()
    process = spawning.Process(target=in_a_process, args=(path, folder, kill_after, answers))
    process.start()
    process.join()
    return {} if answers.empty() else answers.get()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Print the figures; 1 when one of them is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--megabytes", type=int, default=MEGABYTES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="classact-takeout-") as name:
        folder = Path(name)
        path = folder / "All mail.mbox"
        write(path, asked.mails, asked.megabytes * 1_000_000)
        size = path.stat().st_size / 1e6
        _say(f"{asked.mails} mails, {size:.0f} MB")
        first = measured(path, folder)
        measured(path, folder / "killed", kill_after=asked.mails // 2)
        rest = measured(path, folder / "killed")
        again = measured(path, folder)
    rate = asked.mails / first["seconds"]
    rows = {"first pass": first, "after a kill half-way": rest, "nothing new": again}
    for title, row in rows.items():
        _say(f"{title:<22} {row['seconds']:6.2f} s, CPU {row['cpu']:6.2f} s, memory +{row['growth']:.0f} MB")
    by_cpu = asked.mails / first["cpu"]
    _say(f"headers first: {rate:,.0f} mails/s by the clock, {by_cpu:,.0f} by CPU time (at least {LEAST:,})")
    _say(f"memory: {first['loaded']:.0f} MB with the program loaded, +{first['growth']:.0f} MB (at most {MOST})")
    _say(f"to be read: {first['named']:.0f}, left out by their headers: {first['left_out']:.0f}")
    _say(json.dumps({title: {key: round(value, 2) for key, value in row.items()} for title, row in rows.items()}))
    return 0 if by_cpu >= LEAST and first["growth"] <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
