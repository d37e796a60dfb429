"""The letters that wait for the seeker or are on their way, as pages, popup and command line show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.domain.model import Judged, OutboxItem, OutboxState, record_key
from server.services.desk import Desk
from server.services.settling import can_settle
from server.texts import _
from server.web import phrases
from server.web.entries import name_of


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter that is on its way or needs the seeker. `moving`: it changes by itself, so look again soon."""

    id: str
    title: str
    company: str
    words: str
    to: str
    subject: str
    body: str
    draft_id: str
    revision: str
    until: datetime | None
    moving: bool
    failed: bool
    can_send: bool
    can_undo: bool
    can_settle: bool


def letters(desk: Desk) -> tuple[WaitingLetter, ...]:
    """The letters that wait for the seeker or are on their way, the latest first."""
    waiting = (OutboxState.HELD, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.FAILED)
    visible = desk.visible
    items = [item for item in desk.store.all(OutboxItem) if item.state in waiting and visible(item.mailbox)]
    return tuple(_letter(desk, item) for item in sorted(items, key=lambda item: item.changed, reverse=True))


def _letter(desk: Desk, item: OutboxItem) -> WaitingLetter:
    row = desk.store.get(Judged, record_key(item.mailbox, item.message_id))
    state, counting = item.state, item.undo_until is not None
    words = {
        OutboxState.HELD: "" if counting else item.problem or _("It was waiting when Class Act stopped. Send it now?"),
        OutboxState.SENDING: _("It is being sent …"),
        OutboxState.FAILED: item.problem or _("It did not go. It is still a draft."),
        OutboxState.UNKNOWN: _in_doubt(item),
    }[state]
    return WaitingLetter(
        id=item.id,
        title=phrases.LETTERS.get(item.kind, _("Letter")),
        company=(desk.applications.called(row).company or name_of(row.sender)) if row else "",
        words=words,
        to=item.to,
        subject=item.subject,
        body=item.body,
        draft_id=item.draft_id,
        revision=item.revision,
        until=item.undo_until,
        moving=state is OutboxState.SENDING or counting or (state is OutboxState.UNKNOWN and not can_settle(item)),
        failed=state is OutboxState.FAILED,
        can_send=state is OutboxState.FAILED or (state is OutboxState.HELD and not counting),
        can_undo=state is OutboxState.HELD,
        can_settle=can_settle(item),
    )


def _in_doubt(item: OutboxItem) -> str:
    """What is said of a letter of which nobody knows whether it went: who looks for it, and who may say so."""
    told = [item.problem or _("Gmail did not say whether it went.")]
    if can_settle(item):
        told += [
            _("Class Act looked into your mailbox and could not tell."),
            _("Please look under Sent in Gmail, then say here how it ended."),
        ]
    else:
        told.append(_("Class Act is looking for it in your mailbox."))
    return " ".join([*told, _("It is never sent a second time by itself.")])
