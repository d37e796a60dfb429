"""`classact` as a person or a script calls it: a process of its own, with a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.cli.warm import Call

CLASSACT = [sys.executable, "-m", "server"]
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds
Process = subprocess.Popen[str] | Call


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a user who has nothing set but the data folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    kept["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never the machine's own
    return kept | {"HOME": str(home.parent), "CLASSACT_HOME": str(home), "PYTHONPATH": str(ROOT)} | more


def classact(home: Path, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    if sys.platform != "linux":
        return cold(home, *arguments, stdin=stdin, **more)
    call = Call([*arguments], environment(home, **more), home.parent, stdin)
    out, err = call.communicate(PATIENCE)
    return subprocess.CompletedProcess(call.args, call.wait(), out, err)


def cold(home: Path, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, imports and all, as a shell does."""
    return subprocess.run(
        [*CLASSACT, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=environment(home, **more),
        cwd=home.parent,
    )


def start(home: Path, *arguments: str, **more: str) -> Process:
    """Start a command that tells something before its end."""
    if sys.platform != "linux":
        return cold_start(home, *arguments, **more)
    return Call([*arguments], environment(home, **more), home.parent)


def cold_start(home: Path, *arguments: str, **more: str) -> Process:
    """Start a command, imports and all."""
    return subprocess.Popen(
        [*CLASSACT, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(home, **more),
        cwd=home.parent,
    )


def document(done: subprocess.CompletedProcess[str]) -> Any:
    """The one JSON document on stdout."""
    assert done.stdout.endswith("\n"), done
    assert done.stdout.count("\n") == 1, done.stdout
    return json.loads(done.stdout)


class Running:
    """A `classact run`."""

    def __init__(self, process: Process, link: str) -> None:
        self.process, self.link = process, link
        self.port = int(link.split(":")[2].split("/", maxsplit=1)[0])

    def stop(self) -> int:
        """Ask it to stop, as Ctrl+C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait(PATIENCE)


@contextmanager
def running(home: Path, *arguments: str, begin: Callable[..., Process] = start, **more: str) -> Iterator[Running]:
    """A server on a free port, until the block ends."""
    process = begin(home, "run", "--no-browser", "--port", "0", *arguments, **more)
    try:
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        assert link.startswith("http://127.0.0.1:"), process.communicate(timeout=5)
        yield Running(process, link)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
        process.communicate()


def until(condition: Any, patience: float = PATIENCE) -> Any:
    """What the condition answers once it is true."""
    deadline = time.monotonic() + patience
    while not (value := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
    return value
