"""Sending, exactly once: held for the undo window, then one request, then looking - never a second request.

    drafted -> held -> sending -> sent
                 |        |-----> failed    Gmail said no: nothing left, the seeker may try again
                 |        |-----> unknown   no answer: look in the thread; found -> sent, draft still there -> failed
                 |-> undone                 taken back inside the window; the draft stays
                 |-> failed                 the draft was changed or the thread has moved on: nothing was asked of Gmail
    held, restart, sleep or a changed clock -> held without a window: nothing leaves until the seeker asks again
    sending, restart or a send that never ended -> unknown
    unknown, and the looks told nothing -> sent or failed by the seeker's word (services/settling.py)

Every arrow is on disk before the next step. Gmail has no idempotency key (docs/sending.md), so whatever is in
doubt is looked up by our own X-ClassAct-Id in the thread and by the state of the draft. The draft is a second lock:
Gmail deletes it when it sends it, so even a second request could not make a second mail.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.domain.model import OutboxItem, OutboxState
from server.errors import ClassActError, Refused, SendInDoubt
from server.ports import Clock, Mailbox, Store
from server.services.drafts import changed_elsewhere
from server.services.ledger import Ledger
from server.services.letter_look import check_thread, look
from server.texts import _

logger = logging.getLogger(__name__)

# How long a send that was never answered may still be on its way inside Gmail before "the draft is still there" counts
# as "it did not go". Inferred, not documented.
SETTLE = timedelta(seconds=60)
# A letter whose window ended so long ago was not let go in time: the computer slept, or its clock was set. What the
# seeker wanted then may not be what they want now.
LATE = timedelta(seconds=60)
# A single request ends by itself far sooner (30 s for an answer): whoever made it is gone.
LONGEST_SEND = timedelta(minutes=3)
_SENDABLE = (OutboxState.DRAFTED, OutboxState.UNDONE, OutboxState.FAILED)
DRAFT_GONE = "draft_gone"  # the code of the refusal: deleted, or sent from Gmail

OpenMailbox = Callable[[str], Mailbox]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The letters on their way. `open_mailbox` gives the mailbox of a name; `undo_seconds`: the window's length."""

    store: Store
    clock: Clock
    open_mailbox: OpenMailbox
    undo_seconds: float

    @property
    def ledger(self) -> Ledger:
        """The rows."""
        return Ledger(self.store, self.clock)

    def send(self, draft_id: str, revision: str, *, confirmed: bool = False) -> OutboxItem:
        """The seeker pressed Send: hold the letter for the undo window. Pressed again, it answers the same item.

        Raises:
            NotFound: no draft of ours has that id.
            Refused: the draft is not the one the seeker saw, its outcome is unknown, or the thread has been answered
                or has news meanwhile (`confirmed` overrules these two).

        """
        item = self.ledger.of_draft(draft_id)
        if item.state in (OutboxState.SENT, OutboxState.SENDING) or (
            item.state is OutboxState.HELD and item.undo_until
        ):
            return item
        if item.state is OutboxState.UNKNOWN:
            raise Refused(
                _("It is not known whether this letter went. It will not be sent a second time."),
                _("Look into the thread in Gmail."),
            )
        if revision != item.revision:
            raise changed_elsewhere()
        try:
            gone = self._ready(item, self.open_mailbox(item.mailbox), confirmed=confirmed)
        except Refused as error:
            if error.code != "answered":  # its draft is lost to it: a letter that waits would keep a new one away
                lost = _SENDABLE if error.code == DRAFT_GONE else ()  # and the seeker must see that it was told
                self._failed(item, (OutboxState.HELD, *lost), f"{error} {error.hint}".strip(), error.code)
            raise
        if gone is not None:
            return gone
        until = self.clock.now() + timedelta(seconds=self.undo_seconds)
        # The checks may take Gmail seconds; what the seeker did meanwhile, an undo above all, stands.
        held = self.ledger.move(
            item.id,
            (*_SENDABLE, OutboxState.HELD),
            OutboxState.HELD,
            undo_until=until,
            problem="",
            confirmed=confirmed,
            told=False,
            only_if=lambda now: now == item,
        )
        return held or self.item(item.id)

    def undo(self, outbox_id: str) -> OutboxItem:
        """Take a held letter back; its draft stays. Too late is no error: the answer's state says what happened."""
        undone = self.ledger.move(outbox_id, (OutboxState.HELD,), OutboxState.UNDONE, noted="undone", problem="")
        return undone or self.item(outbox_id)

    def item(self, outbox_id: str) -> OutboxItem:
        """One letter as it stands; raises NotFound."""
        return self.ledger.get(outbox_id)

    def of_message(self, mailbox: str, message_id: str) -> list[OutboxItem]:
        """The letters that answer one rejection, the latest change first."""
        items = [i for i in self.ledger.items() if i.mailbox == mailbox and i.message_id == message_id]
        return sorted(items, key=lambda item: item.changed, reverse=True)

    def recover(self) -> None:
        """After a start: windows that a stop closed stay closed; sends that a stop cut off are in doubt."""
        for item in self.ledger.items():
            if item.state is OutboxState.HELD:
                self.ledger.move(item.id, (OutboxState.HELD,), OutboxState.HELD)
            elif item.state is OutboxState.SENDING:
                self._doubt(item, _("Class Act stopped while this letter was being sent."))

    def due(self) -> list[str]:
        """Ids of the letters that have something done to them now."""
        now = self.clock.now()
        return [item.id for item in self.ledger.items() if self._is_due(item, now)]

    def release_due(self) -> list[OutboxItem]:
        """Send what has waited long enough, and look again for what is in doubt. Called several times a second."""
        return [self.step(outbox_id) for outbox_id in self.due()]

    def step(self, outbox_id: str) -> OutboxItem:
        """The next step of one letter; as it stands when there is none. Raises HomeNotWritable."""
        item, now = self.item(outbox_id), self.clock.now()
        if not self._is_due(item, now):
            return item
        if item.state is OutboxState.UNKNOWN:
            return self._resolve(item)
        if item.state is OutboxState.SENDING:
            return self._doubt(item, _("The sending of this letter never came to an end."))
        if self._missed(item, now):
            problem = _("It could not leave in time, so it waits for your word.")
            late = self.ledger.move(item.id, (OutboxState.HELD,), OutboxState.HELD, problem=problem)
            return late or self.item(item.id)
        return self._release(item)

    def look_again(self, outbox_id: str) -> OutboxItem:
        """Look into the mailbox now for a letter that is in doubt; any other as it stands. Raises NotFound."""
        item = self.item(outbox_id)
        return self._resolve(item) if item.state is OutboxState.UNKNOWN else item

    def _is_due(self, item: OutboxItem, now: datetime) -> bool:
        if item.state is OutboxState.UNKNOWN:
            return item.next_look is not None and (item.next_look <= now or item.next_look - now > timedelta(days=1))
        if item.state is OutboxState.SENDING:
            return abs(now - item.changed) > LONGEST_SEND
        return item.state is OutboxState.HELD and (self._window_closed(item) or self._missed(item, now))

    def _window_closed(self, item: OutboxItem) -> bool:
        return item.undo_until is not None and item.undo_until <= self.clock.now()

    def _missed(self, item: OutboxItem, now: datetime) -> bool:
        """Whether a held letter's moment has passed unused, or the clock was set back before it."""
        if item.state is not OutboxState.HELD or item.undo_until is None:
            return False
        longest = timedelta(seconds=self.undo_seconds + 1)
        return now > item.undo_until + LATE or item.undo_until - now > longest

    def _release(self, item: OutboxItem) -> OutboxItem:
        """The one place that sends. Until the last look is taken the letter is held, and undo still stands."""
        try:
            mailbox = self.open_mailbox(item.mailbox)
            if gone := self._ready(item, mailbox, confirmed=item.confirmed):
                return gone
        except ClassActError as error:
            return self._failed(item, (OutboxState.HELD,), f"{error} {error.hint}".strip(), error.code)
        sending = self.ledger.move(item.id, (OutboxState.HELD,), OutboxState.SENDING, only_if=self._window_closed)
        if sending is None:  # undone, or released by another thread
            return self.item(item.id)
        try:
            sent_id = mailbox.send_draft(sending.draft_id)
        except SendInDoubt as error:
            return self._resolve(self._doubt(sending, str(error)))
        except ClassActError as error:
            return self._refused(sending, mailbox, error)
        except Exception:  # not ours: nobody knows what it means for the letter, and it must not stay "sending"
            self._doubt(sending, _("Something went wrong while this letter was being sent."))
            raise
        return self.ledger.went(sending, sent_id)

    def _refused(self, item: OutboxItem, mailbox: Mailbox, error: ClassActError) -> OutboxItem:
        """Gmail said that it did not send. Its draft proves it; without the draft nobody knows."""
        try:
            gone = mailbox.draft(item.draft_id) is None
        except ClassActError:
            gone = False  # the refusal itself stands, and the draft is looked at again before any other try
        if gone:
            return self._resolve(self._doubt(item, str(error)))
        return self._failed(item, (OutboxState.SENDING,), f"{error} {error.hint}".strip(), error.code)

    def _resolve(self, item: OutboxItem) -> OutboxItem:
        """Look whether a letter in doubt has gone. Never sends."""
        try:
            mailbox = self.open_mailbox(item.mailbox)
            seen = look(mailbox, self.store, item)
            draft = None if seen.sent_id else mailbox.draft(item.draft_id)
        except ClassActError as error:  # also an account that is no longer connected: the other letters must still go
            logger.info("letter %s is still in doubt: %s", item.id, error.code)
            return self._look_later(item)
        sent_id = seen.sent_id or (seen.sent_id_by_words if draft is None else "")
        if sent_id:
            return self.ledger.went(item, sent_id)
        waited = abs(self.clock.now() - (item.doubted or item.changed))
        if draft is None or waited < SETTLE:
            return self._look_later(item)
        problem = _("The letter did not go: its draft is still there. You may send it again.")
        return self._failed(item, (OutboxState.UNKNOWN,), problem, "not_sent")

    def _look_later(self, item: OutboxItem) -> OutboxItem:
        """Every few seconds in the first two minutes, then every ten minutes for a day; it stays shown as unknown."""
        now = self.clock.now()
        waited = abs(now - (item.doubted or item.changed))  # a clock may be set back
        pause = timedelta(seconds=5) if waited < 2 * SETTLE else timedelta(minutes=10)
        if waited < SETTLE:
            pause = min(pause, SETTLE - waited)
        later = now + pause if waited < timedelta(days=1) else None
        state = OutboxState.UNKNOWN
        return self.ledger.move(item.id, (state,), state, next_look=later) or self.item(item.id)

    def _doubt(self, item: OutboxItem, problem: str) -> OutboxItem:
        now = self.clock.now()
        doubted = self.ledger.move(
            item.id, (OutboxState.SENDING,), OutboxState.UNKNOWN, problem=problem, doubted=now, next_look=now
        )
        return doubted or self.item(item.id)

    def _failed(self, item: OutboxItem, allowed: Collection[OutboxState], problem: str, code: str) -> OutboxItem:
        """Nothing left; the seeker may try again. A window that was opened meanwhile is another wish, and stands."""
        logger.info("letter %s was not sent: %s", item.id, code)
        failed = self.ledger.move(
            item.id,
            allowed,
            OutboxState.FAILED,
            problem=problem,
            next_look=None,
            lost_draft=item.draft_id if code == DRAFT_GONE else item.lost_draft,
            only_if=lambda now: now.undo_until == item.undo_until,
        )
        return failed or self.item(item.id)

    def _ready(self, item: OutboxItem, mailbox: Mailbox, *, confirmed: bool) -> OutboxItem | None:
        """Look once more before a letter goes: None when it may, the item when it has gone already.

        Raises Refused when the draft is another or gone, or when the thread has moved on and nobody confirmed.
        """
        draft = mailbox.draft(item.draft_id)
        seen = look(mailbox, self.store, item)
        if seen.sent_id:  # by hand from Gmail, or by a send that was taken for lost
            return self.ledger.went(item, seen.sent_id)
        if draft is not None and draft.revision != item.revision:
            raise changed_elsewhere()
        if not confirmed:
            check_thread(seen, {each.id for each in self.ledger.items() if each.state is OutboxState.SENT})
        if draft is None:
            raise Refused(
                _("The draft of this letter is no longer there: it was deleted, or sent from Gmail."),
                _("Look into the thread. Send it again if you still want to; it gets a new draft."),
                code=DRAFT_GONE,
            )
        return None
