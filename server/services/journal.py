"""The journal of what was done for the seeker, from the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import tzinfo

from server.domain.application import Application
from server.domain.journal import Day, Kept, days
from server.domain.matching_called import as_called
from server.domain.model import JournalEntry, Judged, Rejection, Training
from server.ports import Store
from server.services.log import Visible


def journal(store: Store, visible: Visible, zone: tzinfo, applications: Iterable[Application] = ()) -> tuple[Day, ...]:
    """What was done in the mailboxes that are shown, newest day first, by the days of that zone.

    Mails of the `applications` go by the names of these.
    """
    homes = {row.key: one for one in applications for row in one.messages}
    called = {row.key: as_called(row, homes.get(row.key)) for row in store.all(Judged) if visible(row.mailbox)}
    kept = Kept(
        entries=[one for one in store.all(JournalEntry) if visible(one.mailbox)],
        judged=called.values(),
        rejections=[_called(one, called.get(one.key)) for one in store.all(Rejection) if visible(one.mailbox)],
        trainings=store.all(Training),
    )
    return days(kept, zone)


def _called(row: Rejection, by: Judged | None) -> Rejection:
    return replace(row, company=by.company, role=by.role) if by else row
