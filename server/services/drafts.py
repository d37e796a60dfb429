"""A letter becomes a draft in the thread it answers. Nothing here sends."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from server.domain.compose import address_field, reply_subject, single_line, threaded_references
from server.domain.letters import Case
from server.domain.model import (
    Contact,
    Draft,
    JournalEntry,
    Kind,
    Letter,
    Message,
    OutboxItem,
    OutboxState,
    Profile,
)
from server.domain.people import is_no_reply
from server.errors import MailboxError, NotFound, Refused
from server.ports import Clock, Mailbox, Store
from server.services.suggest import message_to_answer, profile_of
from server.texts import _

# States in which the letter is on its way or gone: its draft must not be touched.
_GONE = (OutboxState.HELD, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN)


def save_draft(
    case: Case,
    mailbox: Mailbox,
    store: Store,
    clock: Clock,
    *,
    kind: Kind,
    to: str,
    subject: str,
    body: str,
) -> OutboxItem:
    """Save the edited letter as a draft, or replace the one this intent already has.

    There is one intent per rejection, kind and person: its row is on disk before the mailbox is called, so that an
    answer that gets lost leaves at worst a draft that the next try finds again.

    Raises:
        Refused: the kind is no mail, nobody reads that address, a header would be broken, the letter is already on its
            way, or somebody edited the draft in the mailbox meanwhile.
        MailboxError: the mailbox failed; the row stays and the next try goes on from it.

    """
    to = to.strip().lower()
    if kind is Kind.CONNECT_NOTE:
        raise Refused(_("A note to connect is no mail."), _("Copy its text into the request on the person's profile."))
    _check(to, subject, body)
    answered = message_to_answer(case, to, mailbox)
    item_id = intent_id(mailbox.name, case.message.id, kind, to)

    def begin(before: OutboxItem | None) -> OutboxItem:
        if before is not None and before.state in _GONE:
            raise Refused(
                _("This letter is already on its way or sent."),
                _("Look at it in the log; a second one to the same person is not made."),
            )
        return OutboxItem(
            id=item_id,
            mailbox=mailbox.name,
            message_id=case.message.id,
            thread_id=answered.thread_id,
            kind=kind,
            to=to,
            subject=subject,
            body=body,
            state=OutboxState.DRAFTED,
            changed=clock.now(),
            draft_id=before.draft_id if before else "",
            revision=before.revision if before else "",
        )

    item = store.update(OutboxItem, item_id, begin)
    if item is None:  # `begin` always answers an item
        raise NotFound(_("The letter could not be recorded."))
    letter = _letter(item, answered, profile_of(case, mailbox))
    draft = mailbox.put_draft(letter, _existing(item, mailbox))
    return _saved(item, draft, store, clock)


def intent_id(mailbox: str, message_id: str, kind: Kind, to: str) -> str:
    """The key of one intent, and the X-ClassAct-Id of its letter: the same for the same rejection, kind and person."""
    return hashlib.blake2b(f"{mailbox}\n{message_id}\n{kind}\n{to}".encode(), digest_size=16).hexdigest()


def changed_elsewhere() -> Refused:
    """Somebody edited the draft after we saved it."""
    return Refused(
        _("This draft was changed in the mailbox since you saved it here."),
        _("Send it from Gmail as it is, or delete it there and write it again from the card."),
    )


def _check(to: str, subject: str, body: str) -> None:
    if is_no_reply(to):
        raise Refused(
            _("Nobody reads mail to %(address)s.") % {"address": to or _("an empty address")},
            _("Choose a person you have been in touch with."),
        )
    address_field("To", Contact("", to))
    single_line("Subject", subject)
    if not body.strip():
        raise Refused(_("The letter is empty."), _("Write a line or two first."))


def _existing(item: OutboxItem, mailbox: Mailbox) -> str:
    """The id of the draft to replace, "" for a new one; raises Refused when somebody else changed it."""
    if not item.draft_id:
        found = mailbox.find_draft(item.id, item.thread_id)  # left by a try whose answer was lost
        return found.id if found else ""
    now = mailbox.draft(item.draft_id)
    if now is None:
        return ""
    if now.revision != item.revision:
        raise changed_elsewhere()
    return now.id


def _letter(item: OutboxItem, answered: Message, profile: Profile) -> Letter:
    answers_mail = bool(answered.rfc_message_id)
    return Letter(
        id=item.id,
        sender=Contact(profile.name, profile.address),
        to=Contact("" if answered.sender.address != item.to else answered.sender.name, item.to),
        subject=item.subject,
        body=item.body,
        thread_id=answered.thread_id if _same_subject(item.subject, answered.subject) else "",
        in_reply_to=answered.rfc_message_id if answers_mail else "",
        references=threaded_references(answered.references, answered.rfc_message_id) if answers_mail else (),
    )


def _same_subject(one: str, other: str) -> bool:
    """Gmail keeps a letter in the thread only when the subject matches."""
    return reply_subject(one).casefold() == reply_subject(other).casefold()


def _saved(item: OutboxItem, draft: Draft, store: Store, clock: Clock) -> OutboxItem:
    now = clock.now()

    def note(before: OutboxItem | None) -> OutboxItem | None:
        if before is None or before.state is not OutboxState.DRAFTED:
            return None
        thread_id = draft.thread_id or before.thread_id  # another subject starts another thread
        return replace(before, draft_id=draft.id, revision=draft.revision, thread_id=thread_id, changed=now)

    saved = store.update(OutboxItem, item.id, note)
    if saved is None or saved.draft_id != draft.id:
        raise MailboxError(_("The letter changed while it was being saved."), _("Try again."))
    entry = JournalEntry(
        f"{now.isoformat()} drafted {item.id}", item.mailbox, now, "drafted", item.message_id, item.kind
    )
    store.put(entry)
    return saved
