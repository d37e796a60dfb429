"""Calls of `classact` that begin with everything imported.

Half a second to two of every call go into imports, which say nothing about a command. So a process that has done them
(tests/cli/nursery.py) forks for each call: a process of its own, with its own arguments, environment, folder and
streams, that runs `python -m server` from its first line to its exit code. That a cold start does the same,
tests/cli/test_cold_start.py holds. Linux only: elsewhere a fork without a fresh start is not safe.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.cli.nursery import NUMBER

ROOT = Path(__file__).parents[2]


class Call:
    """A call under way; it has what the tests use of subprocess.Popen. Its standard error lies in a file."""

    def __init__(self, arguments: list[str], env: Mapping[str, str], cwd: Path, stdin: str = "") -> None:
        self.args, self.returncode, self._said = arguments, None, ("", "")
        self._err = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - closed by communicate
        reading, out = os.pipe()
        self._status, status = os.pipe()
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as given:
            given.write(stdin)
            given.seek(0)
            request = json.dumps([arguments, dict(env), str(cwd)]).encode()
            socket.send_fds(_nursery(), [request], [given.fileno(), out, self._err.fileno(), status])
        os.close(out)
        os.close(status)
        self.stdout = os.fdopen(reading, encoding="utf-8")
        self.pid = self._told()

    def poll(self) -> int | None:
        """The exit code, if it has ended."""
        if self.returncode is None and self._ends_within(0):
            self.returncode = self._told()
            os.close(self._status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended."""
        if self.returncode is None and not self._ends_within(timeout):
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it says until its end, on standard output and error."""
        if not self._err.closed:
            watch = threading.Timer(timeout or 600, self.kill)
            watch.start()
            out = self.stdout.read()
            watch.cancel()
            self.wait()
            self.stdout.close()
            with self._err:
                self._err.seek(0)
                self._said = out, self._err.read()
        return self._said

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a crash would."""
        self.send_signal(signal.SIGKILL)

    def _ends_within(self, seconds: float | None) -> bool:
        return bool(select.select([self._status], [], [], seconds)[0])

    def _told(self) -> int:
        """The next number that comes about it: its id, then its exit code."""
        (number,) = NUMBER.unpack(os.read(self._status, NUMBER.size))
        return int(number)


@cache
def _nursery() -> socket.socket:
    """Where calls are asked for: one process for all of this one's, which ends with it."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.nursery", str(its.fileno())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=kept | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        pass_fds=[its.fileno()],
        start_new_session=True,  # Ctrl+C is for the tests
    )
    its.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours
