"""Google's client for the Gmail API on a transport of its own, built so that a request costs little."""

from __future__ import annotations

from typing import Any, Final

import google_auth_httplib2
from googleapiclient.discovery import build

from server.mailboxes.gmail_tokens import AccountCredentials, Endpoints

_PARTS: Final = frozenset({"drafts", "history", "labels", "messages", "threads"})


class Client:
    """One API client with one transport of its own. Not safe for threads."""

    def __init__(self, credentials: AccountCredentials, endpoints: Endpoints, timeout: float) -> None:
        self.inner = endpoints.http(timeout)
        self.http = google_auth_httplib2.AuthorizedHttp(credentials, http=self.inner, max_refresh_attempts=1)
        options = {"api_endpoint": endpoints.api}
        service = build(
            "gmail", "v1", http=self.http, static_discovery=True, cache_discovery=False, client_options=options
        )
        self.users = _Users(service.users())


class _Users:
    """The users() resource. The library builds its parts anew at each call, 2 ms for `messages`: here they are kept."""

    def __init__(self, users: Any) -> None:
        self._users = users
        self._parts: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in _PARTS:
            return getattr(self._users, name)
        if name not in self._parts:
            self._parts[name] = getattr(self._users, name)()
        return lambda: self._parts[name]
