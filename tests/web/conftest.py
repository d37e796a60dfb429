"""Browsers before the application: signed out, signed in, and the application's own parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.gold import DOVECOTE, HALFMOON, KERR, ON_HOLD, PLOT
from tests.web.sample_ground import Browser, SampleGround


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[SampleGround]:
    """Five mails of the sample, scanned: three refusals, one to ask about, one on hold."""
    made = SampleGround(tmp_path, (KERR, DOVECOTE, HALFMOON, PLOT, ON_HOLD)).ready()
    yield made
    made.store.close()


@pytest.fixture
def client(ground: SampleGround) -> Browser:
    """A browser that is not signed in."""
    return Browser(ground)


@pytest.fixture
def signed_in(client: Browser) -> Browser:
    """A browser that opened the printed link."""
    return client.sign_in()
