"""What a test asks of a store after a scan."""

from __future__ import annotations

from server.domain.model import Judged, Rejection
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX


class Kept:
    """Reads a ground's store. The ground has it as `store`."""

    store: MemoryStore

    def row(self, message_id: str) -> Judged:
        """The message's row; the test fails without one."""
        row = self.store.get(Judged, f"{MAILBOX}\n{message_id}")
        assert row is not None
        return row

    def logged(self) -> set[str]:
        """Ids of the logged rejections."""
        return {row.message_id for row in self.store.all(Rejection)}
