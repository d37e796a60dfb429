"""Accounts and their tokens, in the keyring or on disk (0600 in a 0700 folder), and where Google is."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials

from server.domain.connection import KeyringClosed
from server.errors import ReconnectNeeded
from server.mailboxes.gmail_vault import Choice, Vault
from server.mailboxes.private_file import addresses, remove, write_private
from server.texts import _

logger = logging.getLogger(__name__)

_PREFIX: Final = "https://www.googleapis.com/auth/"
READ: Final = (f"{_PREFIX}gmail.readonly",)
DRAFTS: Final = (*READ, f"{_PREFIX}gmail.compose")
LABELS: Final = (f"{_PREFIX}gmail.modify",)  # reads, drafts and sends as well


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Google's addresses. They are ours and not the client file's, so that no file can send tokens elsewhere."""

    auth: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    revoke: str = "https://oauth2.googleapis.com/revoke"
    api: str = "https://gmail.googleapis.com/"
    batch: str = "https://gmail.googleapis.com/batch/gmail/v1"
    loopback: bool = False

    @classmethod
    def google(cls) -> Self:
        """The real ones."""
        return cls()

    @classmethod
    def at(cls, base_url: str) -> Self:
        """A stand-in on this machine (CLASSACT_GOOGLE_URL, checked by the config): tests only.

        Plain http is allowed for this process from here on, because oauthlib knows no narrower switch.
        """
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
        base = base_url.rstrip("/")
        return cls(
            auth=f"{base}/o/oauth2/v2/auth",
            token=f"{base}/token",
            revoke=f"{base}/revoke",
            api=f"{base}/",
            batch=f"{base}/batch/gmail/v1",
            loopback=True,
        )

    def http(self, timeout: float) -> httplib2.Http:
        """A transport; one thread at a time. A proxy is never asked for the loopback."""
        if self.loopback:
            return httplib2.Http(timeout=timeout, proxy_info=None)
        return httplib2.Http(timeout=timeout)


@dataclass(frozen=True, slots=True)
class Account:
    """A connected account: who, what was granted, and the tokens (never shown)."""

    address: str
    scopes: tuple[str, ...]
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    token: str = field(default="", repr=False)
    expires: datetime | None = None
    until: datetime | None = None  # when Google ends the sign-in by itself: 7 days for a project in Testing

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Whether the granted scopes cover these; gmail.modify covers reading and drafts."""
        return set(LABELS) <= set(self.scopes) or set(scopes) <= set(self.scopes)


class TokenStore:
    """One file per account in a folder of its own; the secrets in the keyring where there is one, else in that file.

    Nothing of it enters logs, exports or backups.
    """

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        """`vault` None: files only."""
        self._folder, self._vault = folder, vault
        self._kept: dict[str, dict[str, str]] = {}  # what the keyring is known to hold, so that it is asked seldom

    def accounts(self) -> tuple[str, ...]:
        """The addresses of all connected accounts, sorted."""
        return addresses(self._folder)

    def load(self, address: str, patience: float | None = None) -> Account | None:
        """The account, or None if it is not connected. A sign-in in a file moves to the keyring, where there is one.

        Raises ReconnectNeeded when its file cannot be read or the keyring has lost it, KeyringClosed.
        """
        row = self._row(address)
        if row is None:
            return None
        in_keyring = row.pop("in_keyring", False)
        try:
            if in_keyring:
                row |= self._kept_secrets(address, patience)
            account = _account(row)
        except (ValueError, TypeError, KeyError) as error:
            raise ReconnectNeeded(address) from error
        if not in_keyring and patience is None and self._uses_keyring():
            self.save(account)
        return account

    def save(self, account: Account) -> None:
        """Keep the account. The file comes first and the keyring after, so that no fresh sign-in is ever lost.

        When the keyring fails the sign-in stays in the file, and `place` says so. The short-lived access token is
        not put in a keyring. Raises HomeNotWritable, and then what was kept before stands.
        """
        known = self._kept.get(account.address.lower())
        if known != _secrets(account) or not self._uses_keyring():
            self._write(_full_row(account))
        if self._vault is None or not self._uses_keyring():
            return
        if known != _secrets(account):
            try:
                self._vault.put(account.address.lower(), json.dumps(_secrets(account)))
            except KeyringClosed as error:
                logger.warning("the keyring failed, so the sign-in stays in a file")
                self._vault.give_up(error.why)
                return
        self._kept[account.address.lower()] = _secrets(account)
        self._write(_open_row(account))

    def renew(self, account: Account) -> None:
        """Keep a renewed token of an account that is still connected: one that was disconnected stays so."""
        if self._path(account.address).exists():
            self.save(account)

    def delete(self, address: str) -> None:
        """Forget the account; no error when it is not there. Raises HomeNotWritable, KeyringClosed."""
        in_keyring = self.in_keyring(address)
        remove(self._path(address))
        self._kept.pop(address.lower(), None)
        if in_keyring and self._vault is not None:
            self._vault.delete(address.lower())

    def settle(self) -> None:
        """Try the keyring, unless it is in use already, and move to it what lies in files. Raises HomeNotWritable."""
        if self._vault is None or (self._vault.remembered() or Choice("")).keyring or not self._vault.probe().keyring:
            return
        for address in self.accounts():
            with suppress(ReconnectNeeded, KeyringClosed):  # said when that account is used
                self.load(address)

    def place(self, address: str = "") -> str:
        """Where an account's sign-in is kept, or, with no address, where the next one will be: part of a sentence."""
        choice = (self._vault.remembered() if self._vault else None) or Choice("")
        in_keyring = self.in_keyring(address) if address else bool(choice.keyring)
        if in_keyring:
            return choice.keyring or _("this computer's keyring")
        folder = _("the folder %(folder)s, readable by you alone") % {"folder": self._folder}
        return f"{folder} ({choice.why})" if choice.why else folder

    def granted(self, address: str) -> tuple[tuple[str, ...], datetime | None]:
        """The scopes that the account has, and when its sign-in ends by itself; the keyring is not asked."""
        with suppress(ReconnectNeeded, ValueError, TypeError, KeyError):
            row = self._row(address) or {}
            return tuple(row["scopes"]), datetime.fromisoformat(row["until"]) if row.get("until") else None
        return (), None

    def in_keyring(self, address: str) -> bool:
        """Whether the account's secrets are in the keyring, by its file; False when that cannot be read."""
        with suppress(ReconnectNeeded):
            return bool((self._row(address) or {}).get("in_keyring"))
        return False

    def _uses_keyring(self) -> bool:
        return self._vault is not None and bool(self._vault.choice().keyring)

    def _kept_secrets(self, address: str, patience: float | None) -> dict[str, str]:
        key = address.lower()
        if key not in self._kept:
            found = self._vault.get(key, patience) if self._vault else None
            secrets = json.loads(found) if found else {}
            self._kept[key] = {name: str(secrets[name]) for name in _SECRET}
        return self._kept[key]

    def _row(self, address: str) -> dict[str, Any] | None:
        try:
            row = json.loads(self._path(address).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise ReconnectNeeded(address) from error
        if not isinstance(row, dict):
            raise ReconnectNeeded(address)
        return row

    def _write(self, row: dict[str, Any]) -> None:
        path, text = self._path(row["address"]), json.dumps(row)
        try:
            unchanged = path.read_text(encoding="utf-8") == text
        except (OSError, ValueError):
            unchanged = False
        if not unchanged:
            write_private(path, text)

    def _path(self, address: str) -> Path:
        return self._folder / f"{quote(address.lower(), safe='@+')}.json"


_SECRET: Final = ("client_secret", "refresh_token")


def _secrets(account: Account) -> dict[str, str]:
    return {name: getattr(account, name) for name in _SECRET}


def _full_row(account: Account) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(account, name) for name in Account.__slots__}
    return row | {name: row[name].isoformat() if row[name] else None for name in _TIMES}


def _open_row(account: Account) -> dict[str, Any]:
    """What the file holds while the keyring holds the secrets."""
    row = _full_row(account)
    return {name: row[name] for name in ("address", "scopes", "client_id", "until")} | {"in_keyring": True}


_TIMES: Final = ("expires", "until")


def _account(row: dict[str, Any]) -> Account:
    """Raises ValueError, TypeError or KeyError for a row that is none of ours."""
    times = {name: datetime.fromisoformat(row[name]) if row.get(name) else None for name in _TIMES}
    return Account(**{**row, **times, "scopes": tuple(row["scopes"])})


class AccountCredentials(Credentials):
    """Credentials that renew themselves through our own transport and hand the new token on to be saved."""

    def __init__(
        self, account: Account, endpoints: Endpoints, renewed: Callable[[Account], None], timeout: float
    ) -> None:
        expiry = account.expires.astimezone(UTC).replace(tzinfo=None) if account.expires else None
        super().__init__(  # type: ignore[no-untyped-call]
            account.token or None,
            refresh_token=account.refresh_token,
            token_uri=endpoints.token,
            client_id=account.client_id,
            client_secret=account.client_secret,
            scopes=list(account.scopes),
            expiry=expiry,
        )
        self._own, self._endpoints, self._renewed, self._timeout = account, endpoints, renewed, timeout
        self._renewing = threading.Lock()

    def refresh(self, request: object) -> None:
        """A new access token, saved; `request` is not used: the library's own transport is never closed.

        Raises RefreshError, TransportError or OSError.
        """
        del request
        with self._renewing:
            http = self._endpoints.http(self._timeout)
            try:
                super().refresh(google_auth_httplib2.Request(http))  # type: ignore[no-untyped-call]
            finally:
                http.close()
            expires = self.expiry.replace(tzinfo=UTC) if self.expiry else None
            self._own = replace(
                self._own,
                token=str(self.token),
                refresh_token=self.refresh_token or self._own.refresh_token,
                expires=expires,
            )
            self._renewed(self._own)
