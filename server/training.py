"""Has a child process learn (nlp/relearn.py), so that neither its memory nor its end is ours."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from server.domain.model import Figures
from server.errors import LearningFailed
from server.ports import Measured, Row
from server.texts import _

LIMIT = 2 * 3600.0  # seconds; training took minutes on two slow cores, so whatever needs longer has gone astray
_TICK = 0.2  # seconds between looks at the clock

CHILD = (sys.executable, "-m", "nlp.relearn")


class ChildTrainer:
    """`server.ports.Trainer` by a child process that ends when we do."""

    def __init__(self, command: Sequence[str] = CHILD, seconds: float = LIMIT) -> None:
        self._command, self._seconds = tuple(command), seconds

    def __call__(
        self,
        rows: Sequence[Row],
        out: Path,
        current: Path | None,
        step: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> Measured | None:
        """See Trainer."""
        arguments = ["--out", str(out), *(["--current", str(current)] if current else [])]
        try:
            child = subprocess.Popen(  # noqa: S603 - our own module, with paths of ours
                [*self._command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what it would say there may quote a mail
            )
        except OSError as error:
            raise LearningFailed(error.strerror or str(error)) from error
        try:
            return self._follow(child, rows, step, stopped)
        finally:  # whatever ended it here ends it there
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                _close(stream)

    def _follow(
        self,
        child: subprocess.Popen[bytes],
        rows: Sequence[Row],
        step: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> Measured | None:
        threading.Thread(target=_hand_over, args=(child.stdin, rows), daemon=True).start()
        lines: queue.Queue[bytes | None] = queue.Queue()
        threading.Thread(target=_collect, args=(child.stdout, lines), daemon=True).start()
        deadline = time.monotonic() + self._seconds
        for event in self._events(lines, deadline, stopped):
            if "step" in event:
                step(str(event["step"]))
            elif "error" in event:
                raise LearningFailed(str(event["error"]))
            else:
                return _measured(event)
        if stopped():
            return None
        raise LearningFailed(_ending(child.wait()))

    def _events(
        self, lines: queue.Queue[bytes | None], deadline: float, stopped: Callable[[], bool]
    ) -> Iterator[dict[str, Any]]:
        """What the child tells, until it ends or we are stopped; raises LearningFailed when it takes too long."""
        while not stopped():
            if time.monotonic() > deadline:
                raise LearningFailed(_("it took longer than %(minutes)d minutes") % {"minutes": self._seconds / 60})
            try:
                line = lines.get(timeout=_TICK)
            except queue.Empty:
                continue
            if line is None:
                return
            event = _event(line)
            if event is not None:
                yield event


def _event(line: bytes) -> dict[str, Any] | None:
    """A line that was told whole; None for half a line of a child that was ended."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


def _measured(event: dict[str, Any]) -> Measured:
    try:
        return Measured(
            before=Figures(**event["before"]),
            after=Figures(**event["after"]),
            worse=tuple(map(str, event["worse"])),
            used=int(event["used"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LearningFailed(_("its figures make no sense")) from error


def _ending(code: int) -> str:
    if code < 0:
        return _("it was ended by the system, signal %(number)d; perhaps there was too little memory") % {
            "number": -code
        }
    return _("it ended without a result, code %(code)d") % {"code": code}


def _hand_over(stdin: IO[bytes] | None, rows: Sequence[Row]) -> None:
    """The mails as one line; stdin stays open after it, for as long as somebody waits for the result."""
    assert stdin is not None  # noqa: S101 - asked for with PIPE
    try:
        stdin.write(json.dumps(list(rows)).encode() + b"\n")
        stdin.flush()
    except (OSError, ValueError):  # it has ended already: its exit code says why
        return


def _collect(stdout: IO[bytes] | None, lines: queue.Queue[bytes | None]) -> None:
    assert stdout is not None  # noqa: S101 - asked for with PIPE
    try:
        for line in stdout:
            lines.put(line)
    except (OSError, ValueError):  # closed under our hands: the waiting is over
        pass
    finally:
        lines.put(None)


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        try:
            stream.close()
        except OSError:  # what was still to be written has nobody to read it
            return
