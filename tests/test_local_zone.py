"""The computer's own zone, by name where it has one, with summer time either way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from server import local_zone as zones
from server.local_zone import SystemZone, local_zone


@pytest.fixture
def berlin(monkeypatch) -> Iterator[None]:
    """A computer that is set to Berlin, for the C library too."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def test_the_variable_names_the_zone(berlin):
    assert local_zone() == ZoneInfo("Europe/Berlin")


def test_a_name_that_is_none_falls_back_to_the_system(monkeypatch, tmp_path):
    monkeypatch.setenv("TZ", "No/Where")
    monkeypatch.setattr(zones, "_LINK", tmp_path / "localtime")
    monkeypatch.setattr(zones, "_NAME", tmp_path / "timezone")
    assert isinstance(local_zone(), SystemZone)
    (tmp_path / "timezone").write_text("Asia/Kathmandu\n")
    assert local_zone() == ZoneInfo("Asia/Kathmandu")


@pytest.mark.parametrize("moment", ["2026-01-05T12:00", "2026-07-05T12:00", "2026-03-29T00:30", "2026-10-25T08:00"])
def test_without_a_name_the_system_knows_its_summer_time(berlin, moment):
    when = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    there = when.astimezone(SystemZone())
    assert there.replace(tzinfo=None) == when.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
    assert there.astimezone(UTC) == when
