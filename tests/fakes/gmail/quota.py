"""Gmail's quota as the fake keeps it: units within any sixty seconds, and a refusal for what would be too many."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

NEW: Final = 6_000  # units a minute and user, for projects made since 2026-05-01
OLD: Final = 15_000  # for projects in use before
MINUTE: Final = 60.0


@dataclass
class Units:
    """What one user has spent. `limit` None: nothing is refused. Refused calls cost nothing."""

    limit: int | None = None
    spent: list[tuple[float, int]] = field(default_factory=list)  # every call that was let through: when, and its units
    refused: int = 0
    most: int = 0  # the most units that any sixty seconds held
    _window: deque[tuple[float, int]] = field(default_factory=deque)
    _sum: int = 0

    def spend(self, cost: int, now: float) -> bool:
        """Whether the call is let through."""
        while self._window and self._window[0][0] <= now - MINUTE:
            self._sum -= self._window.popleft()[1]
        if self.limit is not None and self._sum + cost > self.limit:
            self.refused += 1
            return False
        self._window.append((now, cost))
        self._sum += cost
        self.most = max(self.most, self._sum)
        self.spent.append((now, cost))
        return True
