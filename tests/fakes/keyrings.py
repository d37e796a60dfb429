"""Keyrings that are none of the machine's: one that works, and the ways in which real ones fail."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given, as long as the test lasts."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class FileKeyring(MemoryKeyring):
    """For processes of their own: PYTHON_KEYRING_BACKEND names it, TEST_KEYRING the file it keeps things in."""

    @property
    def _path(self) -> Path:
        return Path(os.environ["TEST_KEYRING"])

    def get_password(self, service: str, username: str) -> str | None:
        found: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}
        return found.get(f"{service}|{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        found = json.loads(self._path.read_text()) if self._path.exists() else {}
        self._path.write_text(json.dumps({**found, f"{service}|{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        found = json.loads(self._path.read_text())
        del found[f"{service}|{username}"]
        self._path.write_text(json.dumps(found))


class LockedKeyring(MemoryKeyring):
    """Answers nobody: nobody has unlocked it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection is locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("the collection is locked")


class ForgetfulKeyring(MemoryKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class WaitingKeyring(MemoryKeyring):
    """Waits for somebody to unlock it who never comes, until `end` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.end = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.end.wait(30)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.end.wait(30)
