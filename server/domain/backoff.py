"""Pauses after failures: they grow, and chance cuts them so that many callers do not come back at once."""

from __future__ import annotations

from collections.abc import Callable

Chance = Callable[[], float]  # a number from 0 up to, but not, 1


def full_jitter(failures: int, chance: Chance, *, base: float, most: float) -> float:
    """Seconds to wait after so many failures in a row: anything from 0 to `base` doubled at each, at most `most`.

    Full jitter spreads callers best of the known ways (https://aws.amazon.com/builders-library/timeouts-retries-and-
    backoff-with-jitter/), and Gmail's guide asks for a random part too (gmail/api/guides/handle-errors).
    """
    doublings = min(max(failures - 1, 0), 64)  # 2.0 ** 64 is still a float; the cap is met long before
    return min(most, base * 2.0**doublings) * chance()


def at_least(asked: float | None, own: float) -> float:
    """Our own pause, or the time that was asked for (Retry-After) where that is longer."""
    return max(asked or 0.0, own)
