"""What the seeker did to applications, written in one transaction with what it takes to undo it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from server.domain.application import ByHand, Change, Description, Placement
from server.domain.model import JournalEntry, Judged, Rejection, record_key
from server.errors import Refused
from server.ports import Keyed, Store
from server.services.log import Visible
from server.texts import _

_KEPT = 50  # so many steps back


@dataclass(slots=True)
class Step:
    """What one change writes and removes."""

    now: datetime
    placements: list[Placement] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    gone: list[Description] = field(default_factory=list)

    def put(self, rows: Iterable[Judged], key: str) -> None:
        """The messages belong to the application `key`."""
        self.placements += [Placement(row.message_id, key, self.now) for row in rows]


def write(
    store: Store, visible: Visible, step: Step, what: str, *, count: int, first: Judged, news: Sequence[Keyed] = ()
) -> None:
    """Everything at once: what the step says, `news` written by hand, the line in the journal, the way back."""
    placed = [one.key for one in step.placements]
    said = [one.key for one in (*step.descriptions, *step.gone)]
    before = _all(store, visible)
    change = Change(
        id=digest(what, step.now.isoformat(), *placed, *said, first.message_id, *(one.id for one in before[-1:])),
        made=step.now,
        mailbox=first.mailbox,
        what=what,
        count=count,
        placed=tuple(placed),
        said=tuple(said),
        placements_before=tuple(one for key in placed if (one := store.get(Placement, key))),
        descriptions_before=tuple(told for key in said if (told := store.get(Description, key))),
        added=tuple(row.message_id for row in news if isinstance(row, Judged)),
    )
    entry = _entry(change, step.now, what)
    store.put(*news, *step.placements, *step.descriptions, entry, change, gone=[*step.gone, *before[: -_KEPT + 1]])


def last(store: Store, visible: Visible) -> Change | None:
    """The last change that has not been taken back."""
    changes = _all(store, visible)
    return changes[-1] if changes else None


def undo(store: Store, visible: Visible, now: datetime) -> Change:
    """Take it back; raises Refused when there is none."""
    change = last(store, visible)
    if change is None:
        raise Refused(_("There is nothing to undo."), _("Only what was done by hand can be undone."))
    placed = {one.key for one in change.placements_before}
    said = {one.key for one in change.descriptions_before}
    gone: list[Keyed] = [change]
    gone += [Placement(key, "", now) for key in change.placed if key not in placed]
    gone += [Description(key, now) for key in change.said if key not in said]
    for message_id in change.added:
        key = record_key(change.mailbox, message_id)
        found = (store.get(Judged, key), store.get(Rejection, key), store.get(ByHand, message_id))
        gone += [record for record in found if record is not None]
    entry = _entry(change, now, f"{change.what}_undone")
    store.put(*change.placements_before, *change.descriptions_before, entry, gone=gone)
    return change


def digest(*parts: str) -> str:
    """A short name for what the parts say: 16 hex digits."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def _all(store: Store, visible: Visible) -> list[Change]:
    return [change for change in store.all(Change) if visible(change.mailbox)]


def _entry(change: Change, now: datetime, what: str) -> JournalEntry:
    """A line of the journal. What was done twice in one moment has two lines."""
    key = f"{now.isoformat()} application_{what} {change.id}"
    return JournalEntry(key, change.mailbox, now, f"application_{what}", detail=str(change.count))
