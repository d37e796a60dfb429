"""One Playwright and one Chromium for all journeys of a worker; each page has a profile of its own inside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.e2e.pages_ground import ARGUMENTS, CHROMIUM, PATIENCE


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        expect.set_options(timeout=PATIENCE)
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield launched
    launched.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits longest begins first: the undo window has to pass."""
    items.sort(key=lambda item: "test_undo_window" not in item.nodeid)
