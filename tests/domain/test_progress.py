"""How long a scan will take, told in time to be of use."""

from __future__ import annotations

import pytest

from server.domain.model import ScanReport
from server.domain.progress import pace_words, per_minute, seconds_left


def report(judged: int, seconds: float, known: int = 0) -> ScanReport:
    return ScanReport(seen=judged + known, judged=judged, known=known, seconds=seconds)


def test_the_rest_takes_as_long_as_the_pace_so_far_says() -> None:
    assert seconds_left(report(100, 20.0), 400) == pytest.approx(60.0)


def test_what_was_known_counts_as_done_and_not_for_the_pace() -> None:
    assert per_minute(report(100, 60.0, known=500)) == 100
    assert seconds_left(report(100, 60.0, known=500), 700) == pytest.approx(60.0)


def test_a_burst_at_the_beginning_promises_nothing() -> None:
    left = seconds_left(report(280, 14.0), 600, most=280)
    assert left == pytest.approx(120.0 - 14.0)


@pytest.mark.parametrize("so_far", [report(0, 5.0), report(3, 1.0), report(50, 9.0)])
def test_nothing_is_said_too_early_or_when_all_is_done(so_far: ScanReport) -> None:
    assert pace_words(so_far, 50) == ""
    assert pace_words(so_far, None) == ""


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (110, "60 a minute, less than a minute left"),
        (160, "60 a minute, about 1 minute left"),
        (700, "60 a minute, about 10 minutes left"),
        (100 + 60 * 180, "60 a minute, about 3 hours left"),
    ],
)
def test_it_is_said_in_plain_words(total: int, expected: str) -> None:
    assert pace_words(report(100, 100.0), total) == expected


def test_the_pace_told_is_never_above_what_the_mailbox_gives() -> None:
    assert pace_words(report(280, 14.0), 600, most=280).startswith("280 a minute")
