"""The journal of what was done for the seeker, from the store."""

from __future__ import annotations

from datetime import tzinfo

from server.domain.journal import Day, Kept, days
from server.domain.model import JournalEntry, Judged, Rejection, Training
from server.ports import Store
from server.services.log import Visible


def journal(store: Store, visible: Visible, zone: tzinfo) -> tuple[Day, ...]:
    """What was done in the mailboxes that are shown, newest day first, by the days of that zone."""
    kept = Kept(
        entries=[one for one in store.all(JournalEntry) if visible(one.mailbox)],
        judged=[one for one in store.all(Judged) if visible(one.mailbox)],
        rejections=[one for one in store.all(Rejection) if visible(one.mailbox)],
        trainings=store.all(Training),
    )
    return days(kept, zone)
