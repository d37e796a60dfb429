"""Files named to a command: one that cannot be used is a wrong call for each of them, and nothing is lost by it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command import classact

READING = {
    "import": ("import", "{}"),
    "restore": ("restore", "{}"),
    "classify": ("classify", "{}"),
    "rows": ("classify", "--jsonl", "{}"),
    "scan": ("scan", "--mailbox", "mbox:{}"),
    "connect": ("connect", "--no-browser", "--client", "{}"),
}
WRITING = {"backup": ("backup", "{}"), "export": ("export", "--out", "{}")}
CLOSED = ("nowhere", "folder", "loop", "text/below", "n" * 300, "shut")
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0  # to whom no file is closed


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder that is not there yet, beside files that no command can use."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "text").write_text("A line of text.\n")
    (tmp_path / "shut").write_text("closed")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 8)
    return tmp_path / "home"


def called(home: Path, call: tuple[str, ...], name: str) -> tuple[int, str, list[str]]:
    done = classact(home, *(part.format(name) for part in call))
    return done.returncode, done.stdout, done.stderr.splitlines()


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("command", READING)
def test_a_file_that_cannot_be_opened_is_a_wrong_call(home: Path, command: str, name: str) -> None:
    if name == "shut" and AS_ROOT:
        pytest.skip("nothing is closed to root")
    code, out, err = called(home, READING[command], name)
    assert (code, out, len(err)) == (2, "", 2), err
    assert err[0].startswith("classact: ")
    assert name in err[0]
    assert err[1].startswith("  ")


@pytest.mark.parametrize("name", ["empty", "binary", "text"])
@pytest.mark.parametrize("command", ["import", "restore", "scan", "connect"])
def test_a_file_that_is_something_else_is_a_wrong_call(home: Path, command: str, name: str) -> None:
    code, out, err = called(home, READING[command], name)
    assert (code, out, len(err)) == (2, "", 2), err


@pytest.mark.parametrize(
    ("command", "name", "code", "said"),
    [
        ("classify", "empty", 4, "it is empty"),
        ("classify", "binary", 4, "it is no text"),
        ("classify", "text", 0, "text: "),  # a mail without a head is judged all the same
        ("rows", "empty", 0, ""),
        ("rows", "binary", 4, "not JSON"),
        ("rows", "text", 4, "not JSON"),
    ],
)
def test_mails_are_judged_one_by_one_whatever_they_are(
    home: Path, command: str, name: str, code: int, said: str
) -> None:
    done, out, err = called(home, READING[command], name)
    assert (done, said in out, err) == (code, True, [])


@pytest.mark.parametrize(
    "name", ["folder", "loop", "nowhere/file", "text/below", "text", "n" * 300, "home/log.journal"]
)
@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_cannot_be_written_is_a_wrong_call(home: Path, command: str, name: str) -> None:
    code, out, err = called(home, WRITING[command], name)
    assert (code, out, len(err)) == (2, "", 2), err
    assert name in err[0]


@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_is_there_is_replaced_only_by_force(home: Path, command: str) -> None:
    there = home.parent / "text"
    code, _out, err = called(home, WRITING[command], "text")
    assert (code, there.read_text()) == (2, "A line of text.\n")
    assert "--force" in err[1]
    code, _out, err = called(home, (*WRITING[command], "--force"), "text")
    assert (code, b"A line of text" in there.read_bytes()) == (0, False), err


@pytest.mark.parametrize("command", WRITING)
def test_an_empty_file_that_was_made_for_it_is_filled(home: Path, command: str) -> None:
    assert called(home, WRITING[command], "empty")[0] == 0
    assert (home.parent / "empty").stat().st_size > 0


@pytest.mark.parametrize("command", WRITING)
def test_a_link_is_followed_to_the_file_that_it_names(home: Path, command: str) -> None:
    (home.parent / "link").symlink_to("text")
    assert called(home, (*WRITING[command], "--force"), "link")[0] == 0
    assert (home.parent / "link").is_symlink()
    assert "A line of text" not in (home.parent / "text").read_text("utf-8", "replace")
