"""A letter's step and its line in the journal are one write: no stop comes between them."""

from __future__ import annotations

import pytest

from server.domain.model import JournalEntry, OutboxState
from server.errors import HomeNotWritable
from server.ports import Keyed
from server.services.ledger import Ledger
from server.stores.memory import MemoryStore
from tests.builders import FixedClock, an_outbox_item


class FullAfterOne(MemoryStore):
    """A disk that takes one more write, as if the program were stopped behind it."""

    left = 1

    def put(self, *records: Keyed, **more: object) -> None:
        if self.left == 0:
            raise HomeNotWritable("home", "full")
        self.left -= 1
        super().put(*records, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "what"), [(OutboxState.SENT, "sent"), (OutboxState.UNDONE, "undone")])
def test_what_was_done_is_in_the_journal_although_nothing_could_be_written_after_it(
    state: OutboxState, what: str
) -> None:
    store = FullAfterOne()
    ledger = Ledger(store, FixedClock())
    store.update(type(an_outbox_item()), "item-1", lambda _none: an_outbox_item(state=OutboxState.HELD))
    store.left = 1
    if state is OutboxState.SENT:
        ledger.went(an_outbox_item(), "18c0ffee00000077")
    else:
        ledger.move("item-1", (OutboxState.HELD,), state, noted=what)
    assert ledger.get("item-1").state is state
    assert [entry.what for entry in store.all(JournalEntry)] == [what]
