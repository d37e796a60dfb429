"""MemoryStore keeps the contract of every store."""

from __future__ import annotations

import pytest

from server.stores.memory import MemoryStore
from tests.contracts.store import StoreContract


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
