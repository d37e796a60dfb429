"""Repeating what may work on a later try: with growing pauses, as long as Google asks, until somebody says stop."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from random import SystemRandom
from typing import Any, Final, TypeVar

from server.domain.backoff import Chance, at_least, full_jitter
from server.domain.connection import Interrupted
from server.errors import ClassActError, Offline, RateLimited
from server.mailboxes.gmail_errors import FOREIGN, Purpose, ours

TRIES: Final = 5
FIRST_PAUSE: Final = 2.0  # seconds, the most after the first failure; doubled after each
LONGEST_PAUSE: Final = 32.0
LONGEST_WAIT: Final = 60.0  # seconds; a longer Retry-After goes to the caller, who can tell the seeker
_GRACE: Final = 1.0  # seconds that `interrupt` goes on cutting connections: the library opens a second one by itself
_CUT_EVERY: Final = 0.02
_RANDOM: Final = SystemRandom()
T = TypeVar("T")


class Patience:
    """Waits and repeats for one account. Safe for threads; after `interrupt` nothing waits and nothing is repeated."""

    def __init__(
        self,
        address: str,
        *,
        sleep: Callable[[float], object] | None = None,
        chance: Chance = _RANDOM.random,
    ) -> None:
        """`sleep` None: waits that `interrupt` ends. Time and chance are given so that tests need neither."""
        self._address, self._chance = address, chance
        self._ended = threading.Event()
        self._sleep = sleep or self._ended.wait
        self._busy: dict[int, Any] = {}  # httplib2.Http objects with a request on the line
        self._lock = threading.Lock()

    def repeat(self, call: Callable[[], T], purpose: Purpose) -> T:
        """What `call` answers, tried five times while a later try may work; raises our own errors only."""
        for attempt in range(1, TRIES + 1):
            self._check()
            try:
                return call()
            except (*FOREIGN, Offline) as error:
                self._check(error)
                failure = error if isinstance(error, Offline) else ours(error, self._address, purpose)
                if not worth_repeating(failure) or attempt == TRIES or asked_wait(failure) > LONGEST_WAIT:
                    raise failure from error
                self.pause(attempt, asked_wait(failure))
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def pause(self, failures: int, asked: float = 0.0) -> None:
        """Wait after so many failures in a row, never less than Google asks. Raises Interrupted."""
        self.wait(at_least(asked, full_jitter(failures, self._chance, base=FIRST_PAUSE, most=LONGEST_PAUSE)))

    def wait(self, seconds: float) -> None:
        """Wait; raises Interrupted as soon as somebody says stop."""
        self._check()
        self._sleep(seconds)
        self._check()

    def lend(self, http: Any) -> None:
        """Note that a request goes over this transport now."""
        with self._lock:
            self._busy[id(http)] = http

    def give_back(self, http: Any) -> None:
        """Note that its request is over."""
        with self._lock:
            self._busy.pop(id(http), None)

    def interrupt(self) -> None:
        """End every wait at once and cut the requests that are noted here. Returns within about a second."""
        self._ended.set()
        end = time.monotonic() + _GRACE
        while time.monotonic() < end:
            with self._lock:
                busy = list(self._busy.values())
            if not busy:
                return
            for http in busy:
                _cut(http)
            time.sleep(_CUT_EVERY)

    def _check(self, cause: Exception | None = None) -> None:
        if self._ended.is_set():
            raise Interrupted from cause


def _cut(http: Any) -> None:
    """Have whoever reads from these connections read no more; nothing is closed under their hands."""
    for connection in list(http.connections.values()):
        with suppress(OSError, AttributeError):  # not connected yet, or just ended by itself
            # Past the TLS layer: its own shutdown would take the layer away from the thread that reads.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def worth_repeating(result: object) -> bool:
    """Whether a later try may end better."""
    return isinstance(result, RateLimited | Offline)


def asked_wait(result: object) -> float:
    """Seconds that Google asked us to wait with this answer, else 0."""
    return (getattr(result, "retry_after", None) or 0.0) if isinstance(result, ClassActError) else 0.0
