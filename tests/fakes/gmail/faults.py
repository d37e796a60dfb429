"""Failures on order: lost answers, refusals and broken lines, per method and for a counted number of requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Final

# Before the work: nothing has happened on Gmail's side. After it: everything has, and the answer is lost.
BEFORE: Final = {"status", "drop_before_work", "reset_before_work"}
AFTER: Final = {
    "status_after_work",  # the work is done and the answer says it failed
    "drop_after_work",  # the line is closed without a byte
    "reset_after_work",  # the line is torn down (RST)
    "hang_after_work",  # no answer until the fake stops: the caller's time-out ends it
    "cut_after_work",  # the answer stops half-way
    "garbage_after_work",  # 200, and a body that is not JSON
}


class DropError(Exception):
    """The connection ends here, in the way that `kind` says."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass
class Fault:
    """One ordered failure. `method`: `drafts.send`, `token`, `revoke`, `batch`; `only`: part of the request path."""

    method: str
    kind: str
    status: int = 503
    reason: str = "backendError"
    retry_after: float | str | None = None
    times: int | None = 1  # None: for good
    skip: int = 0  # requests to let pass first
    only: str = ""
    text: str = ""  # the error's message


@dataclass
class Faults:
    """The failures still to come. Safe for threads."""

    waiting: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, method: str, kind: str, **details: object) -> Fault:
        """Order a failure; see Fault for the details. Raises ValueError for a kind that does not exist."""
        if kind not in BEFORE | AFTER:
            raise ValueError(f"no such kind of fault: {kind}")
        fault = Fault(method, kind, **details)  # type: ignore[arg-type]
        with self._lock:
            self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Call off everything that is still to come."""
        with self._lock:
            self.waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The failure this request meets, if any; counts it."""
        with self._lock:
            for fault in self.waiting:
                if fault.method == method and fault.only in path:
                    if fault.skip:
                        fault.skip -= 1
                        continue
                    return self._spend(fault)
        return None

    def _spend(self, fault: Fault) -> Fault:
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
        return fault
