"""emulate as a process of its own. CLASSACT_EMULATE names its program; without it nothing here is collected.

`make second-opinion` sets it, within a network of its own: emulate listens on every interface.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.agreed import SEEKER

collect_ignore_glob = [] if os.environ.get("CLASSACT_EMULATE") else ["test_*.py"]

_PATIENCE = 20.0  # seconds until it answers


@pytest.fixture(scope="session")
def program() -> str:
    return os.environ["CLASSACT_EMULATE"]


@pytest.fixture
def emulate(program: str, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh emulate with one user, the seeker, and no mail."""
    seed = tmp_path / "seed.yaml"
    seed.write_text(f"google:\n  users:\n    - email: {SEEKER}\n      name: Robin Avery\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "start", "--service", "google", "--port", str(port), "--seed", str(seed)]
    with (tmp_path / "emulate.txt").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/oauth2/v3/certs")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            opener.open(url, timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
