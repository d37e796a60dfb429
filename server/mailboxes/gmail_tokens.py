"""Accounts and their tokens on disk (0600 in a 0700 folder), and where Google is."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote, unquote

import google_auth_httplib2
import httplib2
from google.oauth2.credentials import Credentials

from server.errors import HomeNotWritable, ReconnectNeeded

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

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Whether the granted scopes cover these; gmail.modify covers reading and drafts."""
        return set(LABELS) <= set(self.scopes) or set(scopes) <= set(self.scopes)


class TokenStore:
    """One file per account in a folder of its own. Nothing of it enters logs, exports or backups."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def accounts(self) -> tuple[str, ...]:
        """The addresses of all connected accounts, sorted."""
        return tuple(sorted(unquote(path.name.removesuffix(".json")) for path in self._folder.glob("*.json")))

    def load(self, address: str) -> Account | None:
        """The account, or None if it is not connected. Raises ReconnectNeeded when its file cannot be read."""
        path = self._path(address)
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            expires = datetime.fromisoformat(row["expires"]) if row["expires"] else None
            return Account(**{**row, "scopes": tuple(row["scopes"]), "expires": expires})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ReconnectNeeded(address) from error

    def save(self, account: Account) -> None:
        """Write the account's file, whole or not at all. Raises HomeNotWritable."""
        path = self._path(account.address)
        row: dict[str, Any] = {name: getattr(account, name) for name in Account.__slots__}
        row["expires"] = account.expires.isoformat() if account.expires else None
        fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(row, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            raise HomeNotWritable(str(self._folder), error.strerror or type(error).__name__) from error

    def delete(self, address: str) -> None:
        """Forget the account; no error when it is not there. Raises HomeNotWritable."""
        try:
            self._path(address).unlink(missing_ok=True)
        except OSError as error:
            raise HomeNotWritable(str(self._folder), error.strerror or type(error).__name__) from error

    def _path(self, address: str) -> Path:
        return self._folder / f"{quote(address.lower(), safe='@+')}.json"


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
