"""To whom a letter about a rejection can go, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.verdict import Label
from server.domain.acquaintance import Known, Met, doubts_beside
from server.domain.model import Contact, Judged, Message
from server.domain.people import is_no_reply, person_name, same_person
from server.domain.spoofing import Doubt, doubts_of
from server.domain.unread import says_unread
from server.texts import _

_NO_CONTACT = frozenset({Label.NOT_JOB, Label.JOB_ALERT})  # mail that says nothing about an application


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a letter goes to, with the reasons to look twice before sending."""

    contact: Contact
    doubts: tuple[Doubt, ...] = ()
    met_earlier: bool = False  # not the sender of the rejection, but a person met before


@dataclass(frozen=True, slots=True)
class Choice:
    """The addressee, or why there is none."""

    addressee: Addressee | None
    why_not: str = ""


def choose(
    rejection: Message,
    thread: Sequence[Message],
    acquaintances: Sequence[Judged],
    me: str,
    *,
    company: str = "",
    elsewhere: Sequence[Met] = (),
) -> Choice:
    """Reply-To if it can be answered, else From, else the person met last, else nobody.

    Never Sender, Return-Path or an address found in the text. A mail that says nobody reads answers to it is
    believed. `elsewhere`: who else wrote about any job.
    """
    known = replace(acquaintances_of(rejection, thread, acquaintances, me), elsewhere=elsewhere)
    for candidate in (*rejection.reply_to[:1], rejection.sender):
        unread = candidate.address == rejection.sender.address and says_unread(rejection.body)
        if not unread and not is_no_reply(candidate.address) and not same_person(candidate.address, me):
            named = _named(candidate, rejection.sender)
            return Choice(Addressee(named, doubts_about(rejection, named, known, company)))
    met = people_met(rejection, thread, acquaintances, me)
    if met:
        doubts = doubts_about(rejection, met[0], known, company, wrote=False)
        return Choice(Addressee(met[0], doubts, met_earlier=True))
    return Choice(
        None,
        _(
            "This came from an address that nobody reads, and no person has written to you about this application. "
            "It is logged; there is nothing to send."
        ),
    )


def is_contact(row: Judged) -> bool:
    """Whether a mail that is kept of tells of somebody the seeker has been in touch with."""
    return row.label not in _NO_CONTACT and not row.doubts and not row.own


def people_met(
    rejection: Message, thread: Sequence[Message], acquaintances: Sequence[Judged], me: str
) -> list[Contact]:
    """People who wrote to the seeker before: in the thread first, then elsewhere at the company; the latest first."""
    earlier = [m for m in thread if m.received < rejection.received and not m.is_draft and not m.is_sent]
    earlier = [m for m in earlier if not doubts_of(m)]
    written = [(m.sender, "") for m in sorted(earlier, key=lambda m: m.received, reverse=True)]
    rows = [row for row in acquaintances if row.received < rejection.received and is_contact(row)]
    written += [(row.sender, row.company or "") for row in sorted(rows, key=lambda row: row.received, reverse=True)]
    met: dict[str, Contact] = {}
    for contact, company in written:
        answerable = person_name(contact, company) and not is_no_reply(contact.address)
        if answerable and not same_person(contact.address, me):
            met.setdefault(contact.address, contact)
    return list(met.values())


def _named(candidate: Contact, sender: Contact) -> Contact:
    """Reply-To often has no name; the From beside it does."""
    return (
        candidate if candidate.name or candidate.address != sender.address else Contact(sender.name, candidate.address)
    )


def acquaintances_of(rejection: Message, thread: Sequence[Message], rows: Sequence[Judged], me: str) -> Known:
    """Who wrote before: those whose own mail gave reason to doubt them do not count, and mail about no job neither."""
    earlier = [m for m in thread if m.received < rejection.received and m.id != rejection.id and not m.is_draft]
    own = [m for m in earlier if m.is_sent or same_person(m.sender.address, me)]
    theirs = [m for m in earlier if m not in own and not doubts_of(m)]
    written = [(m.sender, m.received) for m in theirs]
    written += [(row.sender, row.received) for row in rows if row.received < rejection.received and is_contact(row)]
    met: dict[str, Met] = {}
    for contact, received in sorted(written, key=lambda one: one[1]):
        if contact.address and not same_person(contact.address, me):
            met.setdefault(contact.address, Met(contact, received))
    copied = {contact.address for m in (*own, *theirs) for contact in (*m.to, *m.cc)}
    return Known(here=tuple(met.values()), written_to=frozenset(copied - {me}))


def doubts_about(
    rejection: Message, candidate: Contact, known: Known, company: str = "", *, wrote: bool = True
) -> tuple[Doubt, ...]:
    """Why to look twice before a letter goes to them. `wrote`: the mail is theirs, by From or Reply-To."""
    own = [doubt for doubt in doubts_of(rejection) if wrote or doubt.code != "reply-to"]
    return (*own, *doubts_beside(candidate, company, known, rejection if wrote else None))
