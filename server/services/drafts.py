"""A letter becomes a draft in the thread it answers. Nothing here sends."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from server.domain.compose import (
    MAX_SUBJECT,
    address_field,
    fitting_name,
    reply_subject,
    single_line,
    threaded_references,
)
from server.domain.letters import Case
from server.domain.model import (
    Contact,
    Draft,
    Kind,
    Letter,
    Message,
    OutboxItem,
    OutboxState,
    Profile,
    RawMessage,
)
from server.domain.people import is_no_reply
from server.domain.reading import read
from server.errors import MailboxError, NotFound, Refused
from server.ports import Clock, Mailbox, Store
from server.services.ledger import ON_ITS_WAY, Ledger
from server.services.letter_look import look, words_of
from server.services.suggest import message_to_answer, profile_of
from server.texts import _

_GMAIL = frozenset({"gmail.com", "googlemail.com"})  # where dots in the local part mean nothing


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
    answer that gets lost leaves at worst a draft that the next try finds again. The same letter once more, from another
    tab or after it went, answers the row as it stands.

    Raises:
        Refused: the kind is no mail, nobody reads that address, a header would be broken, another letter of this
            intent is on its way or gone, or somebody edited the draft in the mailbox meanwhile.
        MailboxError: the mailbox failed; the row stays and the next try goes on from it.

    """
    to = to.strip().lower()
    if kind is Kind.CONNECT_NOTE:
        raise Refused(_("A note to connect is no mail."), _("Copy its text into the request on the person's profile."))
    _check(to, subject, body)
    answered = message_to_answer(case, to, mailbox)
    item_id = intent_id(mailbox.name, case.message.id, kind, to)
    before = store.get(OutboxItem, item_id)
    asked = OutboxItem(
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
        seen=tuple(m.id for m in case.thread if not m.is_draft),
    )
    item = store.update(OutboxItem, item_id, lambda now: _begun(asked, now))
    if item is None:
        raise NotFound(_("The letter could not be recorded."))
    if item.state in ON_ITS_WAY:
        return item
    replaced = _existing(item, before, mailbox)
    if not replaced and (sent_id := _sent_before(item, case, mailbox, store)):
        Ledger(store, clock).went(item, sent_id)
        raise _on_its_way()
    letter = _letter(item, answered, profile_of(case, mailbox), starts=case.is_by_hand)
    return _saved(item, mailbox.put_draft(letter, replaced), store, clock)


def _begun(asked: OutboxItem, before: OutboxItem | None) -> OutboxItem | None:
    """The row to write before the mailbox is called; None when this very letter is on its way or gone.

    Raises Refused when another letter of the same intent is.
    """
    if before is None:
        return asked
    if before.state not in ON_ITS_WAY:
        return replace(asked, draft_id=before.draft_id, revision=before.revision, lost_draft=before.lost_draft)
    if (before.subject, before.body) != (asked.subject, asked.body):
        raise _on_its_way()
    return None


def intent_id(mailbox: str, message_id: str, kind: Kind, to: str) -> str:
    """The key of one intent, and the X-ClassAct-Id of its letter: the same for the same rejection, kind and person."""
    named = f"{mailbox}\n{message_id}\n{kind}\n{_person(to)}"
    return hashlib.blake2b(named.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _person(address: str) -> str:
    """One spelling for all that lead into one mailbox: without +tag, domain in ASCII, Gmail's dots left out."""
    local, _at, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0] or local
    if not domain.isascii():
        domain = address_field("To", Contact("", f"x@{domain}")).partition("@")[2]
    if domain in _GMAIL:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def _on_its_way() -> Refused:
    return Refused(
        _("This letter is already on its way or sent."),
        _("Look at it in the log; a second one to the same person is not made."),
    )


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
    single_line("Subject", subject, MAX_SUBJECT)
    if not body.strip():
        raise Refused(_("The letter is empty."), _("Write a line or two first."))


def _existing(item: OutboxItem, before: OutboxItem | None, mailbox: Mailbox) -> str:
    """The id of the draft to replace, "" for a new one; raises Refused when somebody else changed it."""
    now = mailbox.draft(item.draft_id) if item.draft_id else None
    if now is None:
        found = mailbox.find_draft(item.id, item.thread_id)  # left by a try whose answer was lost
        if found is not None and not _is_as_written(found, [item, *([before] if before else [])], mailbox):
            raise changed_elsewhere()
        return found.id if found else ""
    if now.revision != item.revision:
        raise changed_elsewhere()
    return now.id


def _is_as_written(draft: Draft, written: list[OutboxItem], mailbox: Mailbox) -> bool:
    """Whether a draft whose revision was never learnt holds what was written here, and no edit of the seeker's."""
    raw = next(iter(mailbox.fetch([draft.message_id])), None)
    if not isinstance(raw, RawMessage):
        return True  # deleted in this very moment: the mailbox will say so
    words = read(raw, mailbox.name).body.split()
    return any(words == words_of(item) for item in written)


def _sent_before(item: OutboxItem, case: Case, mailbox: Mailbox, store: Store) -> str:
    """The id of a copy of this letter that has left already: by hand from Gmail, or from another computer."""
    for message in case.thread:
        if message.is_sent and message.letter_id == item.id:
            return message.id
    elsewhere = item.thread_id != case.message.thread_id
    return look(mailbox, store, item).sent_id if elsewhere else ""


def _letter(item: OutboxItem, answered: Message, profile: Profile, *, starts: bool) -> Letter:
    """The letter as it is laid into the mailbox. `starts`: it answers no mail and begins a thread of its own."""
    answers_mail = bool(answered.rfc_message_id)
    return Letter(
        id=item.id,
        sender=Contact(fitting_name(profile.name), profile.address),
        to=Contact(fitting_name(answered.sender.name) if answered.sender.address == item.to else "", item.to),
        subject=item.subject,
        body=item.body,
        thread_id="" if starts or not _same_subject(item.subject, answered.subject) else answered.thread_id,
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
        lost = before.draft_id if before.draft_id not in ("", draft.id) else before.lost_draft
        saved = replace(before, draft_id=draft.id, revision=draft.revision, lost_draft=lost)
        return replace(saved, thread_id=thread_id, changed=now)

    saved = store.update(OutboxItem, item.id, note, lambda after: [Ledger(store, clock).entry(after, "drafted")])
    if saved is None or saved.draft_id != draft.id:
        raise MailboxError(_("The letter changed while it was being saved."), _("Try again."))
    return saved
