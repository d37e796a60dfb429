"""`classact scan`: how far back to look, how the scan goes, and what was looked at afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.console import Console
from server.domain.model import ScanReport
from server.domain.progress import pace_words
from server.errors import UsageError
from server.services.desk import SAMPLE, Desk
from server.services.first_scan import scope_of
from server.services.joining import is_of_file
from server.services.reach import days_of, reaches, want
from server.texts import _


def set_reach(desk: Desk, names: Sequence[str], since: str, *, all_mail: bool) -> None:
    """Note how far the seeker wants these accounts looked through. Raises UsageError."""
    if not since and not all_mail:
        return
    if SAMPLE in names:
        raise UsageError(
            _("--since and --all-mail are for Gmail accounts and mbox files."),
            _("The sample mailbox is looked through from end to end."),
        )
    days = days_of(since, desk.clock.now().date()) if since else None
    for name in names:
        before = scope_of(desk.store, name)
        want(desk.store, name, days=days if since else before.days, everything=all_mail)


def scan_one(desk: Desk, console: Console, name: str) -> ScanReport:
    """Scan one mailbox and tell the console how it goes."""

    def watch(report: ScanReport, total: int | None) -> None:
        most = next((scan.most for scan in desk.scans() if scan.mailbox == name), 0.0)
        console.progress(report.seen, total, report.rejections + report.review, pace_words(report, total, most))

    return desk.scan(name, watch)


def reach_lines(desk: Desk, names: Sequence[str]) -> Iterator[str]:
    """What was looked at in each account, and how to look at the rest."""
    for reach in reaches(desk.store, [name for name in names if name != SAMPLE], desk.clock.now()):
        yield f"{reach.mailbox}: {reach.words}"
        if reach.left_out and is_of_file(reach.mailbox):
            yield "  " + _("`classact scan --mailbox mbox:FILE --all-mail` looks at them too.")
        elif reach.left_out:
            yield "  " + _("`classact scan --all-mail` looks at them too (about %(minutes)d min).") % {
                "minutes": reach.minutes
            }
