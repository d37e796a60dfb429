"""The first scan, measured: `python -m tests.bench.scanning` (20,000 messages in simulated time; then our own work).

The first table goes by a simulated clock, so it is the same on any machine. The second is processor time of this one,
on one core: what waiting for others costs is not in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nlp.verdict import Verdict
from server.domain.candidates import Coverage
from server.domain.model import ScanReport
from server.mailboxes.gmail_quota import SCANS
from tests.bench.own_work import own_work
from tests.builders import StubClassifier
from tests.fakes.gmail.quota import NEW
from tests.scan_ground import JUDGING, Ground, fill, opened
from tests.test_recall import of_written


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


def recall() -> dict[str, str]:
    """What the searches find of the rejections that were written for this project."""
    rows = {}
    for folder in ("corpus", "heldout"):
        found = of_written(folder)
        by_words = f"by words and senders {found.by_words.total() / found.there.total():.1%}"
        rows[f"nlp/{folder}"] = f"{found.found.total():,} of {found.there.total():,} ({found.recall:.1%}); {by_words}"
    return rows


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
