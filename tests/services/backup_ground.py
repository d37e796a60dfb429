"""A data folder with something of everything in it, its backup, and what a test does with both."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from server.domain.model import Pairing
from server.services.archive import Archive
from server.services.backup import MANIFEST
from server.services.restore import restore
from server.stores import journal
from server.stores.tiny import TinyStore
from tests.builders import NOON
from tests.services.data_ground import EVERYTHING, ROWS, keeping

FILES = {
    "wording/de.toml": b'greeting = "Moin"\n',
    "model/base": b"one\n",
    "model/mails/weights": os.urandom(2000),
    "Outbox/sent/0123456789abcdef.eml": b"Subject: x\r\n\r\nx",
    "demo/Outbox/drafts/0123456789abcdef.eml": b"Subject: y\r\n\r\ny",
}
SECRETS = {
    "tokens/kim@seeker.example.json": b"token-canary",
    "token-store.json": b"token-canary",
    "client_secret.json": b"token-canary",
    "server.json": b"token-canary",
    "classact.log": b"token-canary",
    "notes.txt": b"token-canary",
}


@pytest.fixture(autouse=True)
def without_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_sync", lambda _fd: None)


def fill(home: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)


def stored(home: Path, *records: object) -> None:
    home.mkdir(parents=True, exist_ok=True)
    store = TinyStore(home)
    store.put(*records)
    store.close()


def backed_up(home: Path, target: Path) -> Path:
    store = TinyStore(home)
    keeping(store, home).back_up(target)
    store.close()
    return target


def bring_back(source: Path, home: Path, later: int = 0, **more: Callable[[], list[Pairing]]) -> str:
    with Archive.opened(source) as opened:
        return restore(opened, home, ROWS, NOON + timedelta(seconds=later), **more)


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != MANIFEST}


def tree(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    stored(tmp_path / "home", *EVERYTHING)
    fill(tmp_path / "home", FILES | SECRETS)
    return tmp_path / "home"


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Path:
    return backed_up(home, tmp_path / "backup.zip")
