"""When each mailbox is looked at next: every minute, later after failures, at once after the computer slept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import SystemRandom
from typing import Final

from server.domain.backoff import Chance, at_least, full_jitter
from server.domain.connection import ConnectionState, standing
from server.errors import ClassActError

LOOK_UP: Final = 10.0  # seconds; how often the clocks are compared, so that nothing sleeps on after the computer woke
JUMP: Final = 30.0  # seconds that one clock may leave the other behind before it counts as sleep
ASKED_MOST: Final = 6 * 3600.0  # seconds; a longer Retry-After is believed for so long, then we ask again
# How the wait grows after failures, in seconds: most after the first one, and most of all. Chance takes up to all of
# what exceeds the usual wait. Offline costs Google nothing and ends at any moment; a rate limit, or what has no name
# here, wants peace; what needs the seeker (a new sign-in, a permission) is looked at now and then, and at once when
# the seeker has seen to it.
_OFFLINE: Final = (30.0, 300.0)
_RATE: Final = (60.0, 900.0)
_SEEKER: Final = (300.0, 3600.0)
_SEEKERS: Final = {
    *(ConnectionState.NOT_CONNECTED, ConnectionState.NEEDS_RECONNECT),
    *(ConnectionState.API_NOT_ENABLED, ConnectionState.BLOCKED_BY_ADMIN),
}
_RANDOM: Final = SystemRandom()


@dataclass(slots=True)
class _Turn:
    """One mailbox: when it is due by the clock that only ever goes forward, and how often it failed in a row."""

    due: float = 0.0
    failures: int = 0
    busy: bool = False
    again: bool = False  # asked for while it was busy


class Rota:
    """Whose turn it is. Safe for threads.

    Waits are counted on a clock that nobody can set, so that a wrong date neither stops nor hurries anything. That
    clock stands while the computer sleeps (on Linux and macOS): when the time of day has gone on further, everybody is
    due at once. A time of day that goes back changes nothing.
    """

    def __init__(
        self,
        poll: float,
        *,
        steady: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        chance: Chance = _RANDOM.random,
    ) -> None:
        """`poll`: seconds between looks at a mailbox that is well."""
        self._poll, self._steady, self._wall, self._chance = poll, steady, wall, chance
        self._turns: dict[str, _Turn] = {}
        self._apart = wall() - steady()
        self._lock = threading.Lock()

    def take(self, names: Iterable[str]) -> list[str]:
        """The mailboxes whose turn it is; each counts as busy until `done`. Others than these are forgotten."""
        with self._lock:
            names = list(names)
            self._turns = {n: t for n, t in self._turns.items() if n in names or t.busy}
            now, slept = self._steady(), self._slept()
            taken = []
            for name in names:
                turn = self._turns.setdefault(name, _Turn(due=now))
                if slept:
                    turn.due = now
                if not turn.busy and turn.due <= now:
                    turn.busy, turn.again = True, False
                    taken.append(name)
            return taken

    def done(self, name: str, error: ClassActError | None = None) -> None:
        """The look at a mailbox is over; `error`: how it failed, None when it went well."""
        with self._lock:
            turn = self._turns.setdefault(name, _Turn())
            turn.busy = False
            turn.failures = turn.failures + 1 if error else 0
            turn.due = self._steady() + (0.0 if turn.again else self._wait(turn.failures, error))

    def hurry(self) -> None:
        """Everybody is due now, whatever they waited for."""
        with self._lock:
            for turn in self._turns.values():
                turn.due, turn.again = self._steady(), turn.busy

    def seconds(self) -> float:
        """How long nobody is due, at most until the clocks are to be compared again."""
        with self._lock:
            waits = [turn.due - self._steady() for turn in self._turns.values() if not turn.busy]
            return max(0.0, min([LOOK_UP, self._poll, *waits]))

    def _wait(self, failures: int, error: ClassActError | None) -> float:
        if error is None:
            return self._poll
        base, most = _pauses(error)
        asked = getattr(error, "retry_after", None)
        more = full_jitter(failures, self._chance, base=base, most=most)
        return at_least(min(asked, ASKED_MOST) if asked else None, self._poll) + more

    def _slept(self) -> bool:
        before, self._apart = self._apart, self._wall() - self._steady()
        return self._apart - before > JUMP


def _pauses(error: ClassActError) -> tuple[float, float]:
    state = standing(error).state
    if state in _SEEKERS:
        return _SEEKER
    return _OFFLINE if state is ConnectionState.OFFLINE else _RATE
