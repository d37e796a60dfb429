"""What one could write about a rejection; nothing is stored or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from server.domain import letters
from server.domain.acquaintance import Met
from server.domain.application import BY_HAND, Application, Stage, stage_reached
from server.domain.domains import SHARED_DOMAINS, domain_of
from server.domain.guarding import Guarded
from server.domain.matching import Grouping
from server.domain.matching_called import as_called
from server.domain.model import (
    Contact,
    Judged,
    Kind,
    Message,
    OutboxItem,
    OutboxState,
    Profile,
    RawMessage,
    Rejection,
    Suggestion,
)
from server.domain.people import person_name, signed_name
from server.domain.reading import read
from server.domain.replies import Reply
from server.domain.whom import is_contact
from server.domain.wording import Wording
from server.errors import Refused, UnknownMessage
from server.ports import Mailbox, Store
from server.texts import _

# States in which a letter is on its way or gone.
ON_ITS_WAY = (OutboxState.HELD, OutboxState.SENDING, OutboxState.SENT, OutboxState.UNKNOWN)


def suggest(
    row: Judged,
    mailbox: Mailbox,
    store: Store,
    wordings: Mapping[str, Wording],
    *,
    kind: Kind,
    wish: letters.Wish | None = None,
    now: datetime | None = None,
    board: Grouping | None = None,
) -> Suggestion:
    """The suggestion for a judged message, in words that no letter to another company has.

    `now` is None where the time of day plays no part. Raises UnknownMessage when the mailbox no longer holds it.
    """
    case = case_of(row, mailbox, store, board)
    wish = replace(wish or letters.Wish(), unlike=_written_to_others(row, kind, store))
    return letters.suggest(case, kind, wordings, profile_of(case, mailbox), wish, now=now)


def case_of(row: Judged, mailbox: Mailbox, store: Store, board: Grouping | None = None) -> letters.Case:
    """The message with its thread, what is kept of other mail from the same company, and what was written already.

    `board`: the applications, whose stage and names are then used: what the seeker said of them wins.
    """
    application = board.of(row.message_id) if board else None
    row = as_called(row, application)
    if row.model == BY_HAND:
        message, thread = _news(row, mailbox), []
    else:
        raw = next(iter(mailbox.fetch([row.message_id])), None)
        if not isinstance(raw, RawMessage):
            raise UnknownMessage(row.message_id)
        message = read(raw, mailbox.name)
        thread = [read(other, mailbox.name) for other in mailbox.fetch_thread(message.thread_id)]
    items = [item for item in store.all(OutboxItem) if (item.mailbox, item.message_id) == (row.mailbox, row.message_id)]
    written = frozenset(item.kind for item in items if item.state in ON_ITS_WAY)
    everybody = _everybody(row, store)
    rows = _of_company(row, store)
    return letters.Case(
        row,
        message,
        thread,
        rows,
        mailbox.address,
        written,
        everybody,
        stage=application.stage if application else None,
        elsewhere_placed=_elsewhere(application, board),
        feedback_came=_feedback_came(row, store),
    )


def _news(row: Judged, mailbox: Mailbox) -> Message:
    """What the seeker wrote down, in the form of a mail from the person who brought it."""
    return Message(
        id=row.message_id,
        thread_id=row.thread_id,
        mailbox=mailbox.name,
        received=row.received,
        subject="",
        sender=row.sender,
        to=(Contact("", mailbox.address),),
        body="",
    )


def _elsewhere(application: Application | None, board: Grouping | None) -> frozenset[str]:
    """Ids of mails that say nothing about this application: those of other ones.

    Where the seeker said that it got less far than its mails let one think, its own are among them.
    """
    if application is None or board is None:
        return frozenset()
    others = {row.message_id for one in board.applications if one != application for row in one.messages}
    order = list(Stage)
    if order.index(application.stage) < order.index(stage_reached(application.messages)):
        others |= {row.message_id for row in application.messages}
    return frozenset(others)


def _feedback_came(row: Judged, store: Store) -> bool:
    """Whether a reply to a letter about this rejection, or this very mail as one, tells the seeker something."""
    return any(
        bool(reply.sentences)
        and (reply.key == row.key or (reply.mailbox, reply.answers) == (row.mailbox, row.message_id))
        for reply in store.all(Reply)
    )


def guarded(case: letters.Case, kind: Kind, to: str, profile: Profile, store: Store) -> Guarded:
    """What the check of a letter to that address may know."""
    company = case.row.company or ""
    people = [case.message.sender, *case.message.reply_to, *(m.sender for m in case.thread)]
    people += [row.sender for row in case.company_rows]
    people += [Contact(one.name, one.address) for one in case.people]
    names = (person_name(each, company) for each in people if each.address == to.strip().lower())
    signed = signed_name(case.message, company) if to.strip().lower() == case.message.sender.address else ""
    logged = {row.company or "" for row in store.all(Rejection) if row.mailbox == case.row.mailbox}
    written = [case.message.subject, case.message.body, *(m.body for m in case.thread), case.row.role or ""]
    return Guarded(
        kind=kind,
        recipient=signed or next(filter(None, names), ""),
        seeker=profile.name,
        company=company,
        other_companies=frozenset(logged - {"", company}),
        source="\n".join(written),
    )


def message_to_answer(case: letters.Case, to: str, mailbox: Mailbox) -> Message:
    """The message a letter to that address answers: the rejection, or the last one that this person wrote.

    Raises Refused when the rejection could not be read.
    """
    if case.is_by_hand:
        return case.message
    if case.message.unreadable:
        raise Refused(_("This mail could not be read, so it cannot be answered from here."), _("Answer it in Gmail."))
    sent_it = {case.message.sender.address, *(contact.address for contact in case.message.reply_to)}
    if to.lower() in sent_it or to.lower() in {m.sender.address for m in case.thread}:
        return case.message
    for row in case.rows_with(to.lower()):
        raw = next(iter(mailbox.fetch([row.message_id])), None)
        if isinstance(raw, RawMessage):
            return read(raw, mailbox.name)
    return case.message


def profile_of(case: letters.Case, mailbox: Mailbox) -> Profile:
    """The seeker as the mailbox knows them: the name on their own letters, else the name others write to."""
    mine = mailbox.address.lower()
    named = [m.sender for m in case.thread if m.sender.address == mine]
    named += [contact for m in (case.message, *case.thread) for contact in (*m.to, *m.cc) if contact.address == mine]
    name = next((contact.name for contact in named if contact.name and "@" not in contact.name), "")
    return Profile(name=name, address=mailbox.address)


def _written_to_others(row: Judged, kind: Kind, store: Store) -> tuple[str, ...]:
    """Letters of that kind about other rejections, as far as they are on their way or lie as drafts."""
    of_kind = [item for item in store.all(OutboxItem) if item.kind is kind and item.mailbox == row.mailbox]
    return tuple(item.body for item in of_kind if item.message_id != row.message_id)


def _of_company(row: Judged, store: Store) -> list[Judged]:
    """Earlier mail of the same thread, the same company or the same sender domain."""
    company, domain = (row.company or "").casefold(), domain_of(row.sender.address)

    def belongs(other: Judged) -> bool:
        if other.mailbox != row.mailbox or other.own or other.message_id == row.message_id:
            return False
        same_company = bool(company) and (other.company or "").casefold() == company
        own_domain = bool(domain) and not _is_shared(domain) and domain_of(other.sender.address) == domain
        return other.thread_id == row.thread_id or same_company or own_domain

    return [other for other in store.all(Judged) if other.received < row.received and belongs(other)]


def _everybody(row: Judged, store: Store) -> tuple[Met, ...]:
    """Who wrote about any job before, each with their first mail."""
    met: dict[str, Met] = {}
    for other in store.all(Judged):
        if other.mailbox == row.mailbox and other.received < row.received and is_contact(other):
            known = met.get(other.sender.address)
            if other.sender.address and (known is None or other.received < known.first):
                met[other.sender.address] = Met(other.sender, other.received)
    return tuple(met.values())


def _is_shared(domain: str) -> bool:
    """Whether many companies or people write from the domain, so that it joins nothing."""
    return domain in SHARED_DOMAINS
