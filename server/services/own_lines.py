"""The seeker's own line about a rejection: asked for once, kept, and offered again in the next letter about it."""

from __future__ import annotations

from server.domain.model import Judged, record_key
from server.domain.own_line import OwnLine
from server.ports import Clock, Store

MOST = 300  # characters, as much as the request takes


def own_line(store: Store, clock: Clock, row: Judged, said: str | None) -> str:
    """The line to use. What is `said` now is kept, and an empty line takes the kept one away; None: as it was kept."""
    if said is None:
        return _kept(store, row)
    text = " ".join(said.split())[:MOST]
    if text != _kept(store, row):
        line = OwnLine(row.mailbox, row.message_id, row.thread_id, text, clock.now())
        store.put(line)
    return text


def _kept(store: Store, row: Judged) -> str:
    """The line of this rejection, else the latest one of its thread."""
    own = store.get(OwnLine, record_key(row.mailbox, row.message_id))
    if own is not None:
        return own.text
    lines = [one for one in store.all(OwnLine) if (one.mailbox, one.thread_id) == (row.mailbox, row.thread_id)]
    return max(lines, key=lambda one: one.written).text if lines and row.thread_id else ""
