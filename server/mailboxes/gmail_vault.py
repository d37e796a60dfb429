"""The operating system's keyring as the place for sign-ins: tried once, the choice remembered, never waited on."""

from __future__ import annotations

import configparser
import hashlib
import json
import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from server.domain.connection import KeyringClosed
from server.mailboxes.private_file import write_private
from server.texts import _

PATIENCE: Final = 30.0  # seconds a keyring may take: it may ask the person to unlock it
PROBE_TIME: Final = 10.0
_FILE: Final = "token-store.json"
_PROBE: Final = "probe"
# Keyrings that keep nothing, or keep it in a file that is no better guarded than ours.
_NO_KEYRINGS: Final = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
_NAMES: Final = {
    "keyring.backends.macOS": _("the macOS Keychain"),
    "keyring.backends.Windows": _("the Windows Credential Manager"),
    "keyring.backends.SecretService": _("your desktop's keyring (Secret Service)"),
    "keyring.backends.libsecret": _("your desktop's keyring (Secret Service)"),
    "keyring.backends.kwallet": _("KWallet"),
}
# What the backends' libraries raise of their own. A library that is not loaded raises nothing.
_FOREIGN: Final = (
    ("keyring.errors", "KeyringError"),
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("gi.repository.GLib", "Error"),
    ("dbus.exceptions", "DBusException"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("keyring.backends.macOS.api", "Error"),
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """Where sign-ins are kept: in the keyring named here, or, with `keyring` "", in files, and why."""

    keyring: str
    why: str = ""


class Vault:
    """The keyring for one data folder: several folders on one computer do not meet in it.

    Every method but `choice` raises KeyringClosed when the keyring does not answer or refuses.
    """

    def __init__(self, home: Path, patience: float = PATIENCE) -> None:
        self._remembered = home / _FILE
        folder = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:12]
        self.service: Final = f"Class Act {folder}"
        self._patience = patience

    def choice(self) -> Choice:
        """The remembered choice; without one the keyring is tried, and the outcome is remembered."""
        return self.remembered() or self.probe()

    def remembered(self) -> Choice | None:
        """The choice of an earlier start, None when there is none or it cannot be read."""
        try:
            row = json.loads(self._remembered.read_text(encoding="utf-8"))
            return Choice(str(row["keyring"]), str(row["why"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def probe(self, patience: float = PROBE_TIME) -> Choice:
        """Try the keyring with a secret of no worth, and remember whether it kept it. Raises HomeNotWritable."""
        try:
            choice = Choice(_in_time(self._tried, patience))
        except KeyringClosed as error:
            choice = Choice("", error.why)
        return self._remember(choice)

    def give_up(self, why: str) -> Choice:
        """Keep sign-ins in files from here on: the keyring failed. Raises HomeNotWritable."""
        return self._remember(Choice("", why))

    def put(self, address: str, secret: str) -> None:
        """Keep the secret, and make sure that it is there."""

        def work() -> bool:
            keyring = _keyring()
            keyring.set_password(self.service, address, secret)
            return bool(keyring.get_password(self.service, address) == secret)

        if not _in_time(work, self._patience):
            raise KeyringClosed(_("it did not keep what it was given"))

    def get(self, address: str, patience: float | None = None) -> str | None:
        """The secret, None when the keyring has none."""
        found = _in_time(lambda: _keyring().get_password(self.service, address), patience or self._patience)
        return None if found is None else str(found)

    def delete(self, address: str) -> None:
        """Forget the secret; no error when there is none."""

        def work() -> None:
            keyring = _keyring()
            if keyring.get_password(self.service, address) is not None:
                keyring.delete_password(self.service, address)

        _in_time(work, self._patience)

    def _tried(self) -> str:
        keyring, token = _keyring(), secrets.token_hex(8)
        keyring.set_password(self.service, _PROBE, token)
        found = keyring.get_password(self.service, _PROBE)
        keyring.delete_password(self.service, _PROBE)
        if found != token:
            raise KeyringClosed(_("it did not keep what it was given"))
        module = type(keyring).__module__
        return _NAMES.get(module, module)

    def _remember(self, choice: Choice) -> Choice:
        if choice != self.remembered():
            write_private(self._remembered, json.dumps(asdict(choice)))
        return choice


def _keyring() -> Any:
    """The backend that the `keyring` package found on this computer. Raises KeyringClosed when it is none."""
    import keyring  # noqa: PLC0415 - it looks at every backend there is when it is loaded

    backend = keyring.get_keyring()
    if type(backend).__module__.startswith(_NO_KEYRINGS) or backend.priority < 1:
        raise KeyringClosed(_("this computer has no keyring that is running"))
    return backend


def _in_time(work: Callable[[], T], patience: float) -> T:
    """What `work` returns. A keyring may wait for a person who is not there: then it is left behind."""
    results: list[T] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except _failures() as error:
            failures.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(patience)
    if failures:
        error = failures[0]
        raise error if isinstance(error, KeyringClosed) else KeyringClosed(type(error).__name__) from error
    if not results:
        raise KeyringClosed(_("no answer in time") if thread.is_alive() else _("it broke"))
    return results[0]


def _failures() -> tuple[type[Exception], ...]:
    """What asking a keyring may end in: the system's errors, those of settings that name no backend, the libraries'."""
    foreign = (getattr(sys.modules.get(module), name, None) for module, name in _FOREIGN)
    settings = (ImportError, AttributeError, ValueError, configparser.Error)
    return (KeyringClosed, OSError, RuntimeError, *settings, *filter(None, foreign))
