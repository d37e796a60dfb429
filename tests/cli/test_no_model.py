"""Class Act before `make model`: every command says so, and what to do about it."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path

import pytest

from tests.cli.command import PATIENCE, ROOT, cold, cold_start

NOT_BUILT = "The classifier is not built yet."
MEND = "Run `make model`"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it is cloned: everything but the folder `nlp/model`."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "server").symlink_to(ROOT / "server")
    (folder / "nlp").mkdir()
    for part in (ROOT / "nlp").iterdir():
        if part.name not in ("model", "__pycache__"):
            (folder / "nlp" / part.name).symlink_to(part)
    return folder


@pytest.mark.parametrize(
    "call", [("classify", "mail.eml"), ("scan", "--mailbox", "sample", "--json"), ("suggest", "z")]
)
def test_a_command_that_judges_says_what_to_do(program: Path, tmp_path: Path, call: tuple[str, ...]) -> None:
    (tmp_path / "mail.eml").write_text("Subject: Your application\n\nHello\n")
    done = cold(tmp_path / "home", *call, PYTHONPATH=str(program))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == f"classact: {NOT_BUILT}"
    assert MEND in done.stderr.splitlines()[1]
    assert len(done.stderr.splitlines()) == 2


def test_the_doctor_says_it_in_the_same_words(program: Path, tmp_path: Path) -> None:
    checks = json.loads(cold(tmp_path / "home", "doctor", "--json", PYTHONPATH=str(program)).stdout)["checks"]
    found = {check["id"]: check for check in checks}
    assert NOT_BUILT in found["model"]["sentence"]
    assert MEND in found["model"]["mend"]


def test_the_window_in_which_it_runs_says_so(program: Path, tmp_path: Path) -> None:
    process = cold_start(tmp_path / "home", "run", "--no-browser", "--port", "0", PYTHONPATH=str(program))
    watch = threading.Timer(PATIENCE, process.kill)  # what never comes ends the reading
    watch.start()
    try:
        assert process.stderr is not None
        said = ""
        while MEND not in said and (line := process.stderr.readline()):
            said += line
        assert f"classact: {NOT_BUILT}" in said
    finally:
        watch.cancel()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
