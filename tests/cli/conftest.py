"""The sample mailbox, scanned once for all tests of commands."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import classact


@pytest.fixture(scope="session")
def first_scan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A data folder that nobody writes to again, and what the scan that filled it said."""
    home = tmp_path_factory.mktemp("first") / "home"
    done = classact(home, "scan", "--mailbox", "sample", "--json")
    assert done.returncode == 0, done.stderr
    return home, done


@pytest.fixture
def scanned(first_scan: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> Path:
    """A data folder of one's own in which the sample has been scanned."""
    return Path(shutil.copytree(first_scan[0], tmp_path / "scanned" / "home"))
