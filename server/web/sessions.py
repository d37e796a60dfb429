"""Who is signed in to the dashboard: one-use links to cookies, and the token that forms and scripts must show."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading

MAX_SESSIONS = 32  # browsers signed in at a time; the oldest is signed out


class Sessions:
    """Sign-in links and sessions of this run of the server; a restart ends them all."""

    def __init__(self) -> None:
        self.cookie = f"classact_{secrets.token_hex(4)}"  # cookies ignore ports, so the name tells instances apart
        self._key = secrets.token_bytes(32)
        self._links: set[str] = set()
        self._sessions: dict[str, None] = {}
        self._lock = threading.Lock()

    def new_link(self) -> str:
        """A secret for one sign-in."""
        with self._lock:
            link = secrets.token_urlsafe(32)
            self._links.add(_hash(link))
            return link

    def sign_in(self, link: str) -> str | None:
        """A new session's cookie value for a link that was never used; else None."""
        with self._lock:
            if _hash(link) not in self._links:
                return None
            self._links.discard(_hash(link))
            session = secrets.token_urlsafe(32)
            self._sessions[_hash(session)] = None
            while len(self._sessions) > MAX_SESSIONS:
                self._sessions.pop(next(iter(self._sessions)))
            return session

    def is_signed_in(self, session: str) -> bool:
        """Whether the cookie's value is a session of this run."""
        with self._lock:
            return bool(session) and _hash(session) in self._sessions

    def csrf(self, session: str) -> str:
        """What a page of that session must send back with everything that changes something."""
        return hmac.new(self._key, session.encode(), hashlib.sha256).hexdigest()

    def csrf_matches(self, session: str, token: str) -> bool:
        """Whether the page that sent this was ours, in that session."""
        return hmac.compare_digest(self.csrf(session).encode(), token.encode("utf-8", "replace"))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
