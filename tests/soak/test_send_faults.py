"""The short version of `make soak`: letters under faults, and a real kill -9 at every edge of one letter's life."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from server.domain.model import OutboxState
from tests.cli.command import ROOT, until
from tests.soak import send_faults
from tests.soak.send_world import World, world

# (edge, copies that have left when the process dies there)
EDGES = [
    ("wrote-drafted", 0),
    ("draft-saved-at-Gmail", 0),
    ("noted", 0),
    ("wrote-held", 0),
    ("wrote-sending", 0),
    ("sent-at-Gmail", 1),
    ("wrote-sent", 1),
]


class Children:
    """The forking process, and the child of the moment."""

    def __init__(self, at: World) -> None:
        self.at, self.number = at, 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.send_child", str(at.folder / "tokens"), at.fake.base],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        )

    def kill_at(self, edge: str, ready: Callable[[], bool] | None = None) -> tuple[World, str, str]:
        """Have a child die at an edge, or when `ready` says so; then another life begins over what it left."""
        self.number += 1
        message_id, to = self.at.deliver(self.number)
        self.at.desk.store.close()
        folder = self.at.folder / "home"
        assert self._process.stdin is not None
        print(folder, edge, message_id, to, self.at.clock.now().isoformat(), file=self._process.stdin, flush=True)
        pid = int(self.line())
        if ready:
            until(ready)
        else:
            assert self.line() == f"at {edge}"
        os.kill(pid, signal.SIGKILL)
        assert self.line() == "dead"
        self.at.fake.faults.clear()
        self.at.desk = self.at._begin()
        return self.at, message_id, to

    def line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        self._process.communicate("")
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Children]:
    with world(tmp_path_factory.mktemp("sends"), random.Random(1)) as at:  # noqa: S311
        made = Children(at)
        yield made
        made.end()


@pytest.mark.parametrize(("edge", "left"), EDGES)
def test_a_kill_at_any_edge_neither_loses_a_letter_nor_sends_it_twice(children: Children, edge: str, left: int) -> None:
    at, message_id, to = children.kill_at(edge)
    assert at.copies(to) == left
    at.wait(60)
    assert at.copies(to) == left, "nothing leaves by itself after a stop"
    send_faults.follow(at, message_id, to, "")
    row = at.row(message_id, to)
    assert row is not None
    assert (row.state, at.copies(to)) == (OutboxState.SENT, 1)


def test_a_letter_killed_before_it_left_whose_draft_is_then_deleted_goes_when_the_seeker_presses_again(
    children: Children,
) -> None:
    at, message_id, to = children.kill_at("wrote-held")
    send_faults.meddle(at, message_id, to, "deleted")
    send_faults.follow(at, message_id, to, "deleted")
    row = at.row(message_id, to)
    assert row is not None
    assert (row.state, at.copies(to)) == (OutboxState.SENT, 1)


def test_a_kill_while_gmail_has_the_letter_and_has_not_answered_is_found_out(children: Children) -> None:
    before = len(children.at.fake.sent)
    children.at.fake.faults.add("drafts.send", "hang_after_work")
    at, message_id, to = children.kill_at("none", lambda: len(children.at.fake.sent) > before)
    row = at.row(message_id, to)
    assert row is not None
    assert row.state is OutboxState.UNKNOWN
    at.wait(5)
    row = at.row(message_id, to)
    assert row is not None
    assert (row.state, at.copies(to)) == (OutboxState.SENT, 1)


def test_letters_under_faults_leave_once_or_say_why_not() -> None:
    tally = send_faults.run(40, seed=7)
    assert tally["sends"] == 40
    assert [tally[name] for name in ("duplicates", "lost", "stuck", "untrue")] == [0, 0, 0, 0]
    assert tally["kills"] > 0
