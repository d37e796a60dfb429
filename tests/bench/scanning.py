"""The first scan, measured: `python -m tests.bench.scanning` (20,000 messages in simulated time; then our own work).

The first table goes by a simulated clock, so it is the same on any machine. The second is processor time of this one,
on one core: what waiting for others costs is not in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from nlp.labelled import HELDOUT, mail_files
from nlp.verdict import MailText, Verdict
from server.domain.candidates import Coverage
from server.domain.model import RawMessage, ScanReport
from server.domain.reading import read, text_of
from server.mailboxes.gmail_quota import SCANS
from server.mailboxes.memory import MemoryMailbox
from server.services.scan import Scanner
from server.stores.tiny import TinyStore
from server.wiring import SystemClock, load_classifier
from tests.builders import StubClassifier
from tests.fakes.gmail.quota import NEW
from tests.scan_ground import JUDGING, Ground, fill, opened
from tests.test_recall import as_mail, of_written


class _Slow(StubClassifier):
    def __init__(self, ground: Ground) -> None:
        super().__init__()
        self._time = ground.time

    def judge(self, mails: Any) -> Iterator[Verdict]:
        for verdict in super().judge(mails):
            self._time.sleep(JUDGING)
            yield verdict


def first_scan(messages: int, every: int) -> dict[str, str]:
    """A new project's user and a mailbox of so many messages, every so many-th a candidate."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as ground:
        wanted = fill(ground.fake, messages, every=every)
        ground.fake.quota.limit = NEW
        ground.classifier = _Slow(ground)
        first: list[float] = []

        def watch(report: ScanReport, _total: int | None) -> None:
            if report.rejections and not first:
                first.append(ground.time.passed)

        report = ground.scanner().scan(watch)
        (coverage,) = ground.store.all(Coverage)
        start = ground.time.start.timestamp()
        spent = [(when - start, units) for when, units in ground.fake.quota.spent]
        full = [sum(u for when, u in spent if at <= when < at + 61) for at in (0, 61)]
        paper = 20 * len(wanted)
        return {
            "messages, candidates": f"{messages:,}, {len(wanted):,}",
            "rejections found": f"{report.rejections:,} of {len(wanted):,}",
            "fetched": f"{coverage.looked_at:,} ({coverage.looked_at / messages:.1%} of fetching all)",
            "simulated time to the end": f"{ground.time.passed:.0f} s",
            "first rejection in the log after": f"{first[0]:.1f} s",
            "units spent, over the paper minimum": f"{ground.fake.units:,}, {ground.fake.units / paper:.3f} x",
            "share of the bucket in full minutes": f"{min(full) / SCANS:.1%}",
            "messages a minute": f"{min(full) / 20:.0f}",
            "rate-limit answers": str(ground.fake.quota.refused),
        }


def own_work(count: int) -> dict[str, str]:
    """Reading, judging and logging so many of the held-out mails, as a scan does it, and each step's share."""
    mails = list(islice(cycle(mail_files(HELDOUT)), count))
    raws = [
        RawMessage(f"{n:016x}", f"{n:016x}", as_mail(mail), labels=frozenset({"INBOX"})) for n, mail in enumerate(mails)
    ]
    classifier = load_classifier()
    list(classifier.judge([MailText("", "", "", "Thank you.")]))
    texts: list[MailText] = []
    reading = _cpu(lambda: texts.extend(text_of(read(raw, "bench@example.com")) for raw in raws))
    judging = _cpu(lambda: list(classifier.judge(texts)))
    mailbox = MemoryMailbox("bench@example.com")
    for raw in raws:
        mailbox.deliver(raw.content)
    with tempfile.TemporaryDirectory() as folder:
        store = TinyStore(Path(folder))
        scan = _cpu(lambda: Scanner(mailbox, store, StubClassifier(), SystemClock()).scan())
        store.close()
    logging = max(0.001, scan - reading)  # a scan whose classifier costs nothing
    whole = reading + judging + logging
    steps = {"read": reading, "judge": judging, "log": logging}
    return {
        "mails": f"{count:,}",
        **{name: f"{count / spent:,.0f} mails/s ({spent / whole:.1%})" for name, spent in steps.items()},
        "all of it": f"{count / whole:,.0f} mails/s of one core",
    }


def recall() -> dict[str, str]:
    """What the searches find of the rejections that were written for this project."""
    rows = {}
    for folder in ("corpus", "heldout"):
        found = of_written(folder)
        by_words = f"by words and senders {found.by_words.total() / found.there.total():.1%}"
        rows[f"nlp/{folder}"] = f"{found.found.total():,} of {found.there.total():,} ({found.recall:.1%}); {by_words}"
    return rows


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _show(title: str, rows: dict[str, str]) -> None:
    sys.stdout.write(f"{title}\n" + "".join(f"  {name:<38} {value}\n" for name, value in rows.items()) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scanning", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--mails", type=int, default=500, help="for our own work")
    options = parser.parse_args(arguments)
    _show("First scan of a Gmail account, simulated time", first_scan(options.messages, every=33))
    _show("Rejections that the searches find", recall())
    _show("Our own work, processor time", own_work(options.mails))
    return 0


if __name__ == "__main__":
    sys.exit(main())
