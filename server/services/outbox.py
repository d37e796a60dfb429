"""Sending, exactly once: held for the undo window, then one request, then looking - never a second request.

    drafted -> held -> sending -> sent
                 |        |-----> failed    Gmail said no: nothing left, the seeker may try again
                 |        |-----> unknown   no answer: look in the thread; found -> sent, draft still there -> failed
                 |-> undone                 taken back inside the window; the draft stays
    held, restart -> held without a window: nothing leaves until the seeker asks again
    sending, restart -> unknown

Every arrow is on disk before the next step. Gmail has no idempotency key (notes in docs/sending.md), so whatever is in
doubt is looked up by our own X-ClassAct-Id in the thread and by the state of the draft.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from server.domain.model import JournalEntry, OutboxItem, OutboxState, RawMessage
from server.domain.reading import read
from server.errors import ClassActError, NotFound, Refused, SendInDoubt
from server.ports import Clock, Mailbox, Store
from server.services.drafts import changed_elsewhere
from server.texts import _

logger = logging.getLogger(__name__)

# How long a send that was never answered may still be on its way inside Gmail before "the draft is still there" counts
# as "it did not go". Inferred, not documented.
SETTLE = timedelta(seconds=60)
_SENDABLE = (OutboxState.DRAFTED, OutboxState.UNDONE, OutboxState.FAILED)

OpenMailbox = Callable[[str], Mailbox]


@dataclass(frozen=True, slots=True)
class Outbox:
    """The letters on their way. `open_mailbox` gives the mailbox of a name; `undo_seconds`: the window's length."""

    store: Store
    clock: Clock
    open_mailbox: OpenMailbox
    undo_seconds: float

    def send(self, draft_id: str, revision: str, *, confirmed: bool = False) -> OutboxItem:
        """The seeker pressed Send: hold the letter for the undo window. Pressed again, it answers the same item.

        Raises:
            NotFound: no draft of ours has that id.
            Refused: the draft is not the one the seeker saw, its outcome is unknown, or the thread has been answered
                meanwhile (`confirmed` overrules that one).

        """
        item = next((item for item in self.store.all(OutboxItem) if item.draft_id == draft_id and draft_id), None)
        if item is None:
            raise NotFound(_("No draft with that id was made here."), _("Create the draft again from the card."))
        if item.state in (OutboxState.SENT, OutboxState.SENDING) or (
            item.state is OutboxState.HELD and item.undo_until
        ):
            return item
        if item.state is OutboxState.UNKNOWN:
            raise Refused(
                _("It is not known whether this letter went. It will not be sent a second time."),
                _("Look into the thread in Gmail."),
            )
        self._check_unchanged(item, revision)
        if not confirmed:
            self._check_unanswered(item)
        until = self.clock.now() + timedelta(seconds=self.undo_seconds)
        allowed = (*_SENDABLE, OutboxState.HELD)
        # The checks may take Gmail seconds; what the seeker did meanwhile, an undo above all, stands.
        held = self._move(
            item, allowed, OutboxState.HELD, undo_until=until, problem="", only_if=lambda now: now == item
        )
        return held or self._get(item.id)

    def undo(self, outbox_id: str) -> OutboxItem:
        """Take a held letter back; its draft stays. Too late is no error: the answer's state says what happened."""
        item = self._get(outbox_id)
        undone = self._move(item, (OutboxState.HELD,), OutboxState.UNDONE, undo_until=None)
        if undone is not None:
            self._journal(undone, "undone")
        return undone or self._get(outbox_id)

    def item(self, outbox_id: str) -> OutboxItem:
        """One letter as it stands; raises NotFound."""
        return self._get(outbox_id)

    def of_message(self, mailbox: str, message_id: str) -> list[OutboxItem]:
        """The letters that answer one rejection, the latest change first."""
        items = [i for i in self.store.all(OutboxItem) if i.mailbox == mailbox and i.message_id == message_id]
        return sorted(items, key=lambda item: item.changed, reverse=True)

    def recover(self) -> None:
        """After a start: windows that a stop closed stay closed; sends that a stop cut off are in doubt."""
        for item in self.store.all(OutboxItem):
            if item.state is OutboxState.HELD:
                self._move(item, (OutboxState.HELD,), OutboxState.HELD, undo_until=None)
            elif item.state is OutboxState.SENDING:
                self._doubt(item, _("Class Act stopped while this letter was being sent."))

    def release_due(self) -> list[OutboxItem]:
        """Send what has waited long enough, and look again for what is in doubt. Called several times a second."""
        now = self.clock.now()
        touched = [item for item in self.store.all(OutboxItem) if self._is_due(item, now)]
        return [self._resolve(item) if item.state is OutboxState.UNKNOWN else self._release(item) for item in touched]

    def _is_due(self, item: OutboxItem, now: datetime) -> bool:
        if item.state is OutboxState.UNKNOWN:
            return item.next_look is not None and item.next_look <= now
        return item.state is OutboxState.HELD and item.undo_until is not None and item.undo_until <= now

    def _release(self, item: OutboxItem) -> OutboxItem:
        """The one place that sends."""
        sending = self._move(
            item, (OutboxState.HELD,), OutboxState.SENDING, undo_until=None, only_if=_window_closed(self)
        )
        if sending is None:  # undone, or released by another thread
            return self._get(item.id)
        try:
            mailbox = self.open_mailbox(item.mailbox)
            self._check_unchanged(sending, sending.revision, mailbox)
            sent_id = mailbox.send_draft(sending.draft_id)
        except SendInDoubt as error:
            return self._resolve(self._doubt(sending, str(error)))
        except ClassActError as error:
            logger.info("letter %s was not sent: %s", item.id, error.code)
            return self._end(sending, OutboxState.FAILED, problem=f"{error} {error.hint}".strip())
        self._journal(sending, "sent")
        return self._end(sending, OutboxState.SENT, sent_message_id=sent_id, problem="")

    def _resolve(self, item: OutboxItem) -> OutboxItem:
        """Look whether a letter in doubt has gone. Never sends."""
        try:
            mailbox = self.open_mailbox(item.mailbox)
            sent = _sent_copy(mailbox, item)
            draft = None if sent else mailbox.draft(item.draft_id)
        except ClassActError as error:  # also an account that is no longer connected: the other letters must still go
            logger.info("letter %s is still in doubt: %s", item.id, error.code)
            return self._look_later(item)
        if sent:
            self._journal(item, "sent")
            return self._end(item, OutboxState.SENT, sent_message_id=sent, problem="", next_look=None)
        waited = self.clock.now() - (item.doubted or item.changed)
        if draft is None:
            return self._look_later(item)
        if waited < SETTLE:
            return self._look_later(item)
        problem = _("The letter did not go: its draft is still there. You may send it again.")
        return self._end(item, OutboxState.FAILED, revision=draft.revision, problem=problem, next_look=None)

    def _look_later(self, item: OutboxItem) -> OutboxItem:
        """Every few seconds in the first two minutes, then every ten minutes for a day; it stays shown as unknown."""
        now = self.clock.now()
        waited = now - (item.doubted or item.changed)
        pause = timedelta(seconds=5) if waited < 2 * SETTLE else timedelta(minutes=10)
        later = now + pause if waited < timedelta(days=1) else None
        return self._end(item, OutboxState.UNKNOWN, next_look=later)

    def _doubt(self, item: OutboxItem, problem: str) -> OutboxItem:
        now = self.clock.now()
        return self._end(item, OutboxState.UNKNOWN, problem=problem, doubted=now, next_look=now)

    def _check_unchanged(self, item: OutboxItem, revision: str, mailbox: Mailbox | None = None) -> None:
        draft = (mailbox or self.open_mailbox(item.mailbox)).draft(item.draft_id)
        if draft is None:
            raise Refused(
                _("The draft of this letter is no longer there: it was deleted, or sent from Gmail."),
                _("Look into the thread; write it again from the card if you still want to."),
            )
        if draft.revision != item.revision or revision != item.revision:
            raise changed_elsewhere()

    def _check_unanswered(self, item: OutboxItem) -> None:
        mailbox = self.open_mailbox(item.mailbox)
        thread = [read(raw, mailbox.name) for raw in mailbox.fetch_thread(item.thread_id)]
        rejected = next((m.received for m in thread if m.id == item.message_id), None)
        later = [m for m in thread if rejected is not None and m.received > rejected and not m.is_draft]
        if any(m.is_sent and m.letter_id != item.id for m in later):
            raise Refused(
                _("You have already answered in this thread."),
                _("Send it all the same only if you mean to write twice."),
                code="answered",
            )

    def _move(
        self,
        item: OutboxItem,
        allowed: tuple[OutboxState, ...],
        state: OutboxState,
        *,
        undo_until: datetime | None,
        problem: str | None = None,
        only_if: Callable[[OutboxItem], bool] = lambda item: item is not None,
    ) -> OutboxItem | None:
        """One arrow of the picture above, atomically; None when the item is no longer in a state to leave from."""
        moved: list[OutboxItem] = []

        def change(now: OutboxItem | None) -> OutboxItem | None:
            if now is None or now.state not in allowed or not only_if(now):
                return None
            text = now.problem if problem is None else problem
            moved.append(replace(now, state=state, undo_until=undo_until, problem=text, changed=self.clock.now()))
            return moved[0]

        self.store.update(OutboxItem, item.id, change)
        return moved[0] if moved else None

    def _end(self, item: OutboxItem, state: OutboxState, **values: object) -> OutboxItem:
        """Write what became of an item that nobody else can move any more."""
        after = replace(item, state=state, undo_until=None, changed=self.clock.now(), **values)  # type: ignore[arg-type]
        self.store.put(after)
        return after

    def _get(self, outbox_id: str) -> OutboxItem:
        item = self.store.get(OutboxItem, outbox_id)
        if item is None:
            raise NotFound(_("No letter with that id is known here."), _("Reload the page and try again."))
        return item

    def _journal(self, item: OutboxItem, what: str) -> None:
        now = self.clock.now()
        entry = JournalEntry(f"{now.isoformat()} {what} {item.id}", item.mailbox, now, what, item.message_id, item.kind)
        self.store.put(entry)


def _window_closed(outbox: Outbox) -> Callable[[OutboxItem], bool]:
    def closed(item: OutboxItem) -> bool:
        return item.undo_until is not None and item.undo_until <= outbox.clock.now()

    return closed


def _sent_copy(mailbox: Mailbox, item: OutboxItem) -> str:
    """The id of the sent message that carries our letter id, "" if the thread holds none."""
    for raw in mailbox.fetch_thread(item.thread_id):
        if isinstance(raw, RawMessage) and "SENT" in raw.labels and read(raw, mailbox.name).letter_id == item.id:
            return raw.id
    return ""
