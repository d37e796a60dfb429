"""The seeker's own line about a rejection: asked for once, kept, and offered again in the next letter about it."""

from __future__ import annotations

from server.domain.model import Judged, record_key
from server.domain.own_line import OwnLine
from server.errors import UsageError
from server.ports import Clock, Store
from server.services.applications import Applications
from server.texts import _

MOST = 300  # characters, as much as the request takes


def own_line(store: Store, clock: Clock, applications: Applications, row: Judged, said: str | None) -> str:
    """The line to use. What is `said` now is kept, and an empty line takes the kept one away; None: as it was kept.

    Raises UsageError for a line that is too long: nobody's words are cut off.
    """
    kept = kept_line(store, applications, row)
    if said is None:
        return kept
    text = " ".join(said.split())
    if len(text) > MOST:
        raise UsageError(
            _("Your own line has %(count)d characters; it may have %(most)d.") % {"count": len(text), "most": MOST},
            _("Say it in one sentence."),
        )
    if text != kept:
        line = OwnLine(row.mailbox, row.message_id, row.thread_id, text, clock.now())
        store.put(line)
    return text


def kept_line(store: Store, applications: Applications, row: Judged) -> str:
    """The line of this rejection, else the latest one of its thread, else of its application; "" if there is none."""
    own = store.get(OwnLine, record_key(row.mailbox, row.message_id))
    if own is not None:
        return own.text
    lines = [one for one in store.all(OwnLine) if one.mailbox == row.mailbox]
    of_thread = [one for one in lines if row.thread_id and one.thread_id == row.thread_id]
    if lines and not of_thread and (found := applications.board().of(row.message_id)):
        together = {other.key for other in found.messages}
        of_thread = [one for one in lines if one.key in together]
    return max(of_thread, key=lambda one: one.written).text if of_thread else ""
