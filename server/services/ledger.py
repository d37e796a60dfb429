"""The outbox's rows: each step of a letter is on disk before the next one, and no two callers take the same step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from server.domain.model import JournalEntry, OutboxItem, OutboxState
from server.errors import NotFound
from server.ports import Clock, Store
from server.texts import _

# States in which a letter is on its way or gone: its draft must not be touched, and no second one is made.
ON_ITS_WAY = (OutboxState.HELD, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a store, and what was done noted in its journal."""

    store: Store
    clock: Clock

    def items(self) -> list[OutboxItem]:
        """Every letter."""
        return self.store.all(OutboxItem)

    def get(self, outbox_id: str) -> OutboxItem:
        """One letter as it stands; raises NotFound."""
        item = self.store.get(OutboxItem, outbox_id)
        if item is None:
            raise NotFound(_("No letter with that id is known here."), _("Reload the page and try again."))
        return item

    def of_draft(self, draft_id: str) -> OutboxItem:
        """The letter whose draft that is, or was until it was lost; raises NotFound."""
        item = next((item for item in self.items() if draft_id and draft_id in (item.draft_id, item.lost_draft)), None)
        if item is None:
            raise NotFound(_("No draft with that id was made here."), _("Create the draft again from the card."))
        return item

    def move(
        self,
        outbox_id: str,
        allowed: Collection[OutboxState],
        state: OutboxState,
        *,
        only_if: Callable[[OutboxItem], bool] = bool,
        undo_until: datetime | None = None,
        noted: str = "",
        **values: object,
    ) -> OutboxItem | None:
        """One step, with nobody in between; None when the letter is no longer where the step begins.

        `values` are fields of the row; what is not named stays, but a window that is not named is closed.
        `noted`: what the journal says of it, in the same write, so that no stop comes between the two.
        """
        moved: list[OutboxItem] = []

        def change(now: OutboxItem | None) -> OutboxItem | None:
            if now is None or now.state not in allowed or not only_if(now):
                return None
            at = self.clock.now()
            moved.append(replace(now, state=state, undo_until=undo_until, changed=at, **values))  # type: ignore[arg-type]
            return moved[0]

        self.store.update(OutboxItem, outbox_id, change, lambda after: [self.entry(after, noted)] if noted else [])
        return moved[0] if moved else None

    def went(self, item: OutboxItem, sent_message_id: str) -> OutboxItem:
        """The letter has left: whatever was thought of it before, this stands."""
        done = (OutboxState.SENT,)
        allowed = [state for state in OutboxState if state not in done]
        sent = self.move(
            item.id,
            allowed,
            OutboxState.SENT,
            noted="sent",
            sent_message_id=sent_message_id,
            problem="",
            next_look=None,
        )
        return sent or self.get(item.id)

    def entry(self, item: OutboxItem, what: str) -> JournalEntry:
        """A line of the journal, to be written with the step that it tells of."""
        now = self.clock.now()
        key = f"{now.isoformat()} {what} {item.id}"
        return JournalEntry(key, item.mailbox, now, what, item.message_id, item.kind)
