"""The ground that most tests of letters stand on."""

from __future__ import annotations

import pytest

from server.domain.model import OutboxItem
from tests.services.desk_ground import Ground


@pytest.fixture
def ground() -> Ground:
    """A desk over a mailbox in memory."""
    return Ground()


@pytest.fixture
def drafted(ground: Ground) -> OutboxItem:
    """A letter that is a draft in the mailbox."""
    return ground.draft(ground.rejection())
