"""What the seeker says of a letter whose outcome no look in the mailbox could tell: it went, or it did not."""

from __future__ import annotations

from datetime import datetime

from server.domain.model import OutboxItem, OutboxState
from server.errors import Refused
from server.services.outbox import SETTLE, Outbox
from server.texts import _


def can_settle(item: OutboxItem) -> bool:
    """Whether a letter is in doubt, was looked for in vain, and so waits for the seeker's word.

    The look that counts is one at the end of the minute in which Gmail may still be sending (outbox.SETTLE) or later:
    until then the next look lies within that minute.
    """
    if item.state is not OutboxState.UNKNOWN:
        return False
    since: datetime = item.doubted or item.changed
    return item.next_look is None or abs(item.next_look - since) > SETTLE  # a clock may be set back


def settle(outbox: Outbox, outbox_id: str, *, went: bool) -> OutboxItem:
    """The seeker has looked and says how it ended. The mailbox is looked into once more first; what it tells stands.

    Nothing is sent by this. "It did not" leaves the letter as one that failed: the seeker may send it again, and then
    the thread is read again before anything goes. The word can be taken back: see `take_back`.

    Raises:
        NotFound: no letter has that id.
        Refused: Gmail may still be at it, so nobody can know yet.

    """
    item = outbox.look_again(outbox_id)
    if item.state is not OutboxState.UNKNOWN:
        return item
    if not can_settle(item):
        raise Refused(
            _("Class Act is still looking for this letter in your mailbox."),
            _("Ask again in a minute."),
            code="looking",
        )
    problem = _("You said that it did not go. You may send it again; the thread is looked at once more before it goes.")
    said = outbox.ledger.move(
        outbox_id,
        (OutboxState.UNKNOWN,),
        OutboxState.SENT if went else OutboxState.FAILED,
        noted="told_sent" if went else "told_failed",
        problem="" if went else problem,
        next_look=None,
        told=True,
    )
    return said or outbox.item(outbox_id)


def take_back(outbox: Outbox, outbox_id: str) -> OutboxItem:
    """Take that word back: the letter is in doubt again and looked for. As it stands, when more than a word is known.

    Raises NotFound.
    """
    outbox.ledger.move(
        outbox_id,
        (OutboxState.SENT, OutboxState.FAILED),
        OutboxState.UNKNOWN,
        noted="told_nothing",
        only_if=lambda now: now.told and not now.sent_message_id,
        problem="",
        next_look=outbox.clock.now(),
        told=False,
    )
    return outbox.look_again(outbox_id)
