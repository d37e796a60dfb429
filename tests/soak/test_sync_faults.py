"""The short version of the soak: a few accounts in bad weather, and a program that is really killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from server.domain.model import Judged, Rejection
from server.errors import HomeTaken
from server.home import Home
from server.mailboxes.gmail_tokens import READ, Account, TokenStore
from server.stores.tiny import TinyStore
from tests.builders import MAILBOX, raw_mail
from tests.fakes.gmail import FakeGmail
from tests.soak.sync_faults import run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_bad_weather_loses_no_message_and_logs_none_twice(seed: int) -> None:
    result = run(seed, 120)
    assert result.is_good, result
    assert result.faults.keys() & {"401", "pages", "poison"}


@contextmanager
def a_child(folder: Path, base: str) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.sync_child", str(folder), base],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def test_a_program_killed_in_mid_scan_misses_nothing_and_logs_nothing_twice(tmp_path: Path) -> None:
    chance = Random(7)  # noqa: S311 - no secret
    with FakeGmail(MAILBOX) as gmail:
        given = gmail.credentials(*READ)
        names = ("client_id", "client_secret", "refresh_token", "token")
        TokenStore(tmp_path / "tokens").save(
            Account(address=MAILBOX, scopes=READ, **{name: given[name] for name in names})
        )
        ids = [gmail.deliver(raw_mail(number=number)) for number in range(120)]
        for _ in range(3):
            gets = gmail.posts("messages.get") + chance.randrange(5, 35)
            with a_child(tmp_path, gmail.base) as child:
                while gmail.posts("messages.get") < gets and child.poll() is None:
                    ids += [gmail.deliver(raw_mail(number=len(ids)))] if chance.random() < 0.02 else []
                    time.sleep(0.02)
                child.send_signal(signal.SIGKILL)
                child.wait()
                assert child.returncode == -signal.SIGKILL
        with a_child(tmp_path, gmail.base) as child:
            assert child.stdout is not None
            ids.append(gmail.deliver(raw_mail(number=len(ids))))
            for _ in range(2):  # the second one began after the last message had come
                while child.stdout.readline() != "looked\n":
                    assert child.poll() is None
            with pytest.raises(HomeTaken):  # it owns the folder
                Home(tmp_path).take()
        again = gmail.posts("messages.get") - len(ids)
    home = Home(tmp_path)
    home.take()  # the lock went with the one that was killed
    store = TinyStore(tmp_path)
    assert sorted(row.message_id for row in store.all(Rejection)) == sorted(ids)
    assert sorted(row.message_id for row in store.all(Judged)) == sorted(ids)
    assert again <= 3 * 50  # messages that were fetched twice, a kill
    store.close()
    home.release()
