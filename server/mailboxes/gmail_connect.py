"""Connecting and disconnecting Google accounts: the client file, the sign-ins and the accounts behind one port."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from server.domain.connection import ClientInfo, Link
from server.errors import NotConnected, Offline, ReconnectNeeded, UsageError
from server.mailboxes import gmail_client, gmail_oauth
from server.mailboxes.gmail_tokens import DRAFTS, LABELS, READ, Account, Endpoints, TokenStore
from server.texts import _

CLIENT_FILE: Final = "client_secret.json"
SCOPES: Final = {"": READ, "drafts": DRAFTS, "labels": LABELS}


class SignIn:
    """`server.services.connect.SignIn` at Google."""

    def __init__(self, consent: gmail_oauth.Consent) -> None:
        self._consent = consent
        self.url = consent.url

    def finish(self) -> str:
        """See SignIn.finish; raises what Consent.finish raises."""
        return self._consent.finish().address

    def cancel(self) -> None:
        """See SignIn.cancel."""
        self._consent.cancel()


class Google:
    """`server.services.connect.Accounts` at Google, over one data folder."""

    def __init__(self, home: Path, tokens: TokenStore, endpoints: Endpoints, named: Path | None) -> None:
        """`named`: the client file that CLASSACT_CLIENT_SECRET names; it wins over the one in the data folder."""
        self._kept, self._named = home / CLIENT_FILE, named
        self.tokens, self._endpoints = tokens, endpoints

    @property
    def client_path(self) -> Path | None:
        """The client file in use, None when there is none yet."""
        return self._named or (self._kept if self._kept.exists() else None)

    @property
    def is_named(self) -> bool:
        """Whether the environment names the client file, so that a kept one would not be used."""
        return self._named is not None

    def client(self) -> ClientInfo:
        """See Accounts.client."""
        client = self._client()
        return ClientInfo(client.project, client.number)

    def keep_client(self, content: bytes, name: str) -> ClientInfo:
        """See Accounts.keep_client."""
        client = gmail_client.keep(content, name, self._kept)
        return ClientInfo(client.project, client.number)

    def keep_client_file(self, path: Path) -> None:
        """Put a copy of the file into the data folder. Raises ClientFileWrong, HomeNotWritable."""
        gmail_client.Client.load(path)
        self.keep_client(path.read_bytes(), str(path))

    def begin(self, more: str, hint: str = "") -> SignIn:
        """See Accounts.begin."""
        return SignIn(gmail_oauth.begin(self._client(), SCOPES[more], self.tokens, self._endpoints, hint))

    def settle(self) -> None:
        """See Accounts.settle."""
        self.tokens.settle()

    def links(self) -> list[Link]:
        """See Accounts.links."""
        return [self._link(address) for address in self.tokens.accounts()]

    def place(self, address: str = "") -> str:
        """See Accounts.place."""
        return self.tokens.place(address)

    def disconnect(self, address: str) -> bool:
        """See Accounts.disconnect."""
        if address not in self.tokens.accounts():
            raise NotConnected
        try:
            account = self.tokens.load(address)
        except ReconnectNeeded:  # a damaged file holds nothing that could be revoked
            account = None
        revoked = account is None or self._revoked(account)
        self.tokens.delete(address)
        return revoked

    def _revoked(self, account: Account) -> bool:
        try:
            gmail_oauth.revoke(account, self._endpoints)
        except Offline:
            return False
        return True

    def _client(self) -> gmail_client.Client:
        path = self.client_path
        if path is None:
            raise UsageError(
                _("Google needs to know the program: there is no OAuth client file yet."),
                _("Make a Desktop client in the Google Cloud console, then `classact connect --client FILE`. "
                  "docs/connect.md and the dashboard's Connect page show each step."),
            )  # fmt: skip
        return gmail_client.Client.load(path)

    def _link(self, address: str) -> Link:
        scopes, until = self.tokens.granted(address)
        labels = set(LABELS) <= set(scopes)
        return Link(address, labels or set(DRAFTS) <= set(scopes), labels, self.tokens.place(address), until)
