"""How the browser extension and this server come to know each other: a code once, a token after, proof both ways."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.domain.model import Pairing
from server.errors import Forbidden
from server.ports import Clock, Store
from server.texts import _

CODE_DIGITS = 8
CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
PROOF_PREFIX = "classact-server:"  # so that an answer to a challenge can be used for nothing else


@dataclass(slots=True)
class _Code:
    digits: str
    until: datetime
    tries: int = CODE_TRIES


class Pairings:
    """One code at a time, and the extensions that were paired. Only hashes of tokens are kept."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._lock = threading.Lock()
        self._code: _Code | None = None

    def new_code(self) -> str:
        """A fresh one-time code of eight digits, good for five minutes and five tries; an older one is void."""
        with self._lock:
            digits = "".join(secrets.choice("0123456789") for _digit in range(CODE_DIGITS))
            self._code = _Code(digits, self._clock.now() + CODE_LIFE)
            return digits

    def pair(self, code: str, origin: str) -> tuple[Pairing, str]:
        """The pairing and its token, shown this once; raises Forbidden for a code that is wrong, old or used."""
        with self._lock:
            known = self._code
            if known is None or known.until < self._clock.now() or known.tries < 1:
                raise Forbidden(_("There is no pairing code to use."), _("Run `classact pair` for a new one."))
            known.tries -= 1
            if not hmac.compare_digest(known.digits.encode(), code.replace(" ", "").encode("utf-8", "replace")):
                raise Forbidden(
                    _("That code is not right."),
                    _("Type the eight digits that `classact pair` shows, or run it again for new ones."),
                )
            self._code = None
        token = secrets.token_urlsafe(32)
        pairing = Pairing(
            id=secrets.token_hex(8),
            origin=origin,
            token_hash=_hash(token),
            server_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("="),
            made=self._clock.now(),
        )
        self._store.put(pairing)
        return pairing, token

    def proof(self, pairing_id: str, challenge: str) -> str:
        """The server's answer to a challenge: HMAC-SHA-256 under the key it gave at pairing, base64url.

        The extension shows its token only to a server that can answer. Raises Forbidden for an unknown pairing.
        """
        pairing = self._store.get(Pairing, pairing_id)
        if pairing is None:
            raise Forbidden(_("This extension is not paired with this server."), _("Pair it: run `classact pair`."))
        key = base64.urlsafe_b64decode(pairing.server_key + "=" * (-len(pairing.server_key) % 4))
        digest = hmac.new(key, f"{PROOF_PREFIX}{challenge}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def is_valid(self, token: str, origin: str) -> bool:
        """Whether the token belongs to an extension paired from that origin. Takes as long for a wrong one."""
        given = _hash(token)
        matches = [hmac.compare_digest(p.token_hash, given) and p.origin == origin for p in self._store.all(Pairing)]
        return any(matches)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
