"""The scans of all mailboxes: one at a time for each, and how each stands or how the last one ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from server.domain.model import ScanReport
from server.errors import ClassActError, UsageError
from server.ports import Searching
from server.services.scan import Progress, Scanner

FollowUp = Callable[[str, bool], None]  # the mailbox, and whether its scan brought news


@dataclass(frozen=True, slots=True)
class ScanState:
    """How the scan of a mailbox stands. `error` is the last failure, None after a scan that went through."""

    mailbox: str
    running: bool = False
    report: ScanReport = field(default_factory=ScanReport)
    total: int | None = None
    error: ClassActError | None = None
    most: float = 0.0  # messages that the mailbox gives in a minute at most; 0: no limit


class Scanning:
    """Runs the scans. Safe for threads."""

    def __init__(self, scanner: Callable[[str], Scanner], follow_up: FollowUp) -> None:
        """`scanner` opens a mailbox to be scanned; `follow_up` does what is due after a scan that was not stopped."""
        self._scanner, self._follow_up = scanner, follow_up
        self.states: dict[str, ScanState] = {}
        self._alone: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def scan(self, mailbox: str, progress: Progress | None, stopped: Callable[[], bool]) -> ScanReport:
        """One pass over a mailbox. A second caller waits for the first and then finds little left to do."""
        with self._lock:
            alone = self._alone.setdefault(mailbox, threading.Lock())
        with alone:
            before = self.states.get(mailbox)  # a failure stands until something has come through
            self.states[mailbox] = ScanState(mailbox, running=True, error=before.error if before else None)
            try:
                report = self._pass(mailbox, progress, stopped)
                if not stopped():
                    cut_off = before is None or before.error is not None  # what it logged may not be looked at yet
                    self._follow_up(mailbox, report.judged > 0 or cut_off)
            except UsageError:  # no mailbox has that name, so none is shown as failing
                self.states.pop(mailbox, None)
                raise
            except ClassActError as error:
                self.states[mailbox] = replace(self.states[mailbox], error=error)
                raise
            else:
                self.states[mailbox] = ScanState(mailbox, running=True, report=report, total=report.seen)
                return report
            finally:  # whatever ended it, it no longer runs
                if mailbox in self.states:
                    self.states[mailbox] = replace(self.states[mailbox], running=False)

    def _pass(self, mailbox: str, progress: Progress | None, stopped: Callable[[], bool]) -> ScanReport:
        scanner = self._scanner(mailbox)
        most = scanner.mailbox.per_minute if isinstance(scanner.mailbox, Searching) else 0.0

        def watch(report: ScanReport, total: int | None) -> None:
            self.states[mailbox] = ScanState(mailbox, running=True, report=report, total=total, most=most)
            if progress:
                progress(report, total)

        return scanner.scan(watch, stopped)
