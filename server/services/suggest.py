"""What one could write about a rejection; nothing is stored or sent."""

from __future__ import annotations

from collections.abc import Mapping

from server.domain import letters
from server.domain.model import Judged, Kind, Message, Profile, RawMessage, Suggestion, Tone
from server.domain.reading import read
from server.domain.whom import domain_of
from server.domain.wording import Wording
from server.errors import Refused, UnknownMessage
from server.ports import Mailbox, Store
from server.texts import _


def suggest(
    row: Judged,
    mailbox: Mailbox,
    store: Store,
    wordings: Mapping[str, Wording],
    *,
    kind: Kind,
    tone: Tone = Tone.WARM,
    language: str = "",
    to: str = "",
) -> Suggestion:
    """The suggestion for a judged message; raises UnknownMessage when the mailbox no longer holds it."""
    case = case_of(row, mailbox, store)
    return letters.suggest(case, kind, wordings, profile_of(case, mailbox), tone=tone, language=language, to=to)


def case_of(row: Judged, mailbox: Mailbox, store: Store) -> letters.Case:
    """The message with its thread and what is kept of other mail from the same company."""
    raw = next(iter(mailbox.fetch([row.message_id])), None)
    if not isinstance(raw, RawMessage):
        raise UnknownMessage(row.message_id)
    message = read(raw, mailbox.name)
    thread = [read(other, mailbox.name) for other in mailbox.fetch_thread(message.thread_id)]
    return letters.Case(row, message, thread, _of_company(row, store), mailbox.address)


def message_to_answer(case: letters.Case, to: str, mailbox: Mailbox) -> Message:
    """The message a letter to that address answers: the rejection, or the last one that this person wrote.

    Raises Refused when the rejection could not be read.
    """
    if case.message.unreadable:
        raise Refused(_("This mail could not be read, so it cannot be answered from here."), _("Answer it in Gmail."))
    sent_it = {case.message.sender.address, *(contact.address for contact in case.message.reply_to)}
    if to.lower() in sent_it or to.lower() in {m.sender.address for m in case.thread}:
        return case.message
    theirs = [row for row in case.company_rows if row.sender.address == to.lower()]
    for row in sorted(theirs, key=lambda row: row.received, reverse=True):
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


def _is_shared(domain: str) -> bool:
    """Whether many companies or people write from the domain, so that it joins nothing."""
    return domain in SHARED_DOMAINS


# Free mail hosts, job boards, and the relays of applicant tracking systems.
SHARED_DOMAINS = frozenset(
    "greenhouse.io greenhouse-mail.io lever.co ashbyhq.com myworkday.com myworkdaysite.com workday.com icims.com "
    "smartrecruiters.com workable.com workablemail.com teamtailor.com teamtailor-mail.com personio.de personio.com "
    "recruitee.com breezy.hr jobvite.com bamboohr.com taleo.net successfactors.com successfactors.eu oraclecloud.com "
    "applytojob.com pinpointhq.com softgarden.io softgarden.de welcomekit.co rippling.com gem.com jobteaser.com "
    "indeedemail.com stepstone.de xing.com glassdoor.com ziprecruiter.com monster.com totaljobs.com reed.co.uk "
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com proton.me "
    "protonmail.com gmx.de gmx.net web.de mail.com linkedin.com indeed.com example.com example.net example.org".split()
)
