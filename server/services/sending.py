"""The seeker pressed Send: the letter is held. One whose draft was deleted is laid into the mailbox once more first."""

from __future__ import annotations

from collections.abc import Callable

from server.domain.letters import Case
from server.domain.model import Kind, OutboxItem
from server.errors import Refused
from server.ports import Mailbox
from server.services.drafts import save_draft
from server.services.outbox import DRAFT_GONE, Outbox

CaseOf = Callable[[str, Kind], tuple[Case, Mailbox]]


def send(outbox: Outbox, case_of: CaseOf, draft_id: str, revision: str, *, confirmed: bool) -> OutboxItem:
    """Hold the letter for the undo window; see Outbox.send for what it raises.

    A draft that is no longer there was deleted or sent from Gmail, and only the seeker knows which. The first press
    says so and sends nothing. Whoever presses again knows: the same words become a new draft, unless a copy is found in
    the thread; after any answer by hand the seeker is asked first.
    """
    was = outbox.ledger.of_draft(draft_id)
    try:
        return outbox.send(draft_id, revision, confirmed=confirmed)
    except Refused as error:
        if error.code != DRAFT_GONE or not (was.told or was.lost_draft == was.draft_id):
            raise
    case, mailbox = case_of(was.message_id, was.kind)
    words = {"to": was.to, "subject": was.subject, "body": was.body}
    item = save_draft(case, mailbox, outbox.store, outbox.clock, kind=was.kind, **words)
    return outbox.send(item.draft_id, item.revision, confirmed=confirmed)
