"""The examination: checks run side by side within a time limit, each finding with its mend."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from server.texts import _


class Status(StrEnum):
    """What a check found. Only `fail` keeps the program from doing its work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: a sentence, and unless all is well, what to do. No secret and no mail text is in it."""

    id: str
    title: str
    status: Status
    sentence: str
    mend: str = ""


Found = tuple[str, Status, str, str]  # id, status, sentence, mend
Look = Callable[[], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """One or more things looked at in one go. `titles`: their ids, in order, and what to call them.

    `far`: it waits for somebody else, a network or another process, who may never answer.
    """

    titles: Mapping[str, str]
    look: Look
    far: bool = False


def ok(id_: str, sentence: str) -> Found:
    """All is well."""
    return id_, Status.OK, sentence, ""


def warn(id_: str, sentence: str, mend: str) -> Found:
    """Something is not as it should be, and the program can live with it."""
    return id_, Status.WARN, sentence, mend


def fail(id_: str, sentence: str, mend: str) -> Found:
    """Something keeps the program from working."""
    return id_, Status.FAIL, sentence, mend


@dataclass
class _Running:
    check: Check
    found: list[Found] = field(default_factory=list)
    broken: str = ""

    def run(self) -> None:
        try:
            for one in self.check.look():
                self.found.append(one)
        except Exception as error:  # noqa: BLE001 - outermost of a check: that it broke is itself a finding
            # It loads packages that may be half installed (ImportError, SyntaxError, AttributeError, SystemError) and
            # asks what is not ours, and the other checks must report.
            self.broken = type(error).__name__

    def findings(self) -> list[Finding]:
        """What is known by now; what is missing is said to be missing."""
        found = list(self.found)
        told = {id_ for id_, *_rest in found}
        found.extend(self._missing(id_) for id_ in self.check.titles if id_ not in told)
        return [
            Finding(id_, self.check.titles.get(id_, id_), status, sentence, mend)
            for id_, status, sentence, mend in found
        ]

    def _missing(self, id_: str) -> Found:
        if self.broken:
            return fail(
                id_,
                _("This check itself broke (%(error)s).") % {"error": self.broken},
                _("Please report it, with the version and this line."),
            )
        return warn(
            id_,
            _("No answer within the time this takes at most."),
            _("Run `classact doctor` again when computer and network are less busy."),
        )


def examine(checks: Sequence[Check], limit: float, most: float) -> list[Finding]:
    """The findings in the order of the checks.

    Far checks have `limit` seconds. The others take a fraction of that on any computer that is not overrun with work;
    on one that is, they have `most` seconds.
    """
    began = time.monotonic()
    running = [_Running(check) for check in checks]
    threads = [threading.Thread(target=one.run, name="check", daemon=True) for one in running]
    for thread in threads:
        thread.start()
    for one, thread in zip(running, threads, strict=True):
        if not one.check.far:
            thread.join(max(0.0, began + most - time.monotonic()))
    for thread in threads:
        thread.join(max(0.0, began + limit - time.monotonic()))
    return [finding for one in running for finding in one.findings()]
