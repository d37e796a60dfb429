"""To whom a letter about a rejection can go, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nlp.verdict import Label
from server.domain.model import Contact, Judged, Message
from server.domain.people import is_no_reply, person_name, same_person
from server.domain.unread import says_unread
from server.texts import _

if TYPE_CHECKING:
    from tldextract import TLDExtract

_NO_CONTACT = frozenset({Label.NOT_JOB, Label.JOB_ALERT})  # mail that says nothing about an application


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list in the package; no network. Loaded late: it takes 0.3 s that most commands can spare."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a letter goes to. `caution` is a sentence on why to look twice before sending, "" if there is none."""

    contact: Contact
    caution: str = ""
    met_earlier: bool = False  # not the sender of the rejection, but a person met before


@dataclass(frozen=True, slots=True)
class Choice:
    """The addressee, or why there is none."""

    addressee: Addressee | None
    why_not: str = ""


def choose(rejection: Message, thread: Sequence[Message], acquaintances: Sequence[Judged], me: str) -> Choice:
    """Reply-To if it can be answered, else From, else the person met last, else nobody.

    Never Sender, Return-Path or an address found in the text. A mail that says nobody reads answers to it is believed.
    """
    for candidate in (*rejection.reply_to[:1], rejection.sender):
        unread = candidate.address == rejection.sender.address and says_unread(rejection.body)
        if not unread and not is_no_reply(candidate.address) and not same_person(candidate.address, me):
            return Choice(Addressee(_named(candidate, rejection.sender), caution(rejection, candidate)))
    met = people_met(rejection, thread, acquaintances, me)
    if met:
        return Choice(Addressee(met[0], met_earlier=True))
    return Choice(
        None,
        _(
            "This came from an address that nobody reads, and no person has written to you about this application. "
            "It is logged; there is nothing to send."
        ),
    )


def people_met(
    rejection: Message, thread: Sequence[Message], acquaintances: Sequence[Judged], me: str
) -> list[Contact]:
    """People who wrote to the seeker before: in the thread first, then elsewhere at the company; the latest first."""
    earlier = [m for m in thread if m.received < rejection.received and not m.is_draft and not m.is_sent]
    written = [(m.sender, "") for m in sorted(earlier, key=lambda m: m.received, reverse=True)]
    rows = [row for row in acquaintances if row.received < rejection.received and row.label not in _NO_CONTACT]
    written += [(row.sender, row.company or "") for row in sorted(rows, key=lambda row: row.received, reverse=True)]
    met: dict[str, Contact] = {}
    for contact, company in written:
        answerable = person_name(contact, company) and not is_no_reply(contact.address)
        if answerable and not same_person(contact.address, me):
            met.setdefault(contact.address, contact)
    return list(met.values())


def domain_of(address: str) -> str:
    """The registrable domain of an address: mail.jobs.example.co.uk counts as example.co.uk."""
    host = address.rpartition("@")[2]
    parts = _suffixes()(host)
    if parts.domain and parts.suffix:
        return f"{parts.domain}.{parts.suffix}"
    # An ending the list does not know counts as one label (publicsuffix.org, rule "*"); an IP address stands as it is.
    return host if parts.domain == host else ".".join(host.split(".")[-2:])


def _named(candidate: Contact, sender: Contact) -> Contact:
    """Reply-To often has no name; the From beside it does."""
    return (
        candidate if candidate.name or candidate.address != sender.address else Contact(sender.name, candidate.address)
    )


def caution(rejection: Message, candidate: Contact) -> str:
    """Why to look twice before a letter goes to the sender or the Reply-To of that mail, or ""."""
    if rejection.is_spam:
        return _("Gmail holds this mail for spam. Look twice before you answer it.")
    if rejection.dmarc == "fail":
        return _("The sender of this mail could not be proved. Look twice before you answer it.")
    if domain_of(candidate.address) != domain_of(rejection.sender.address):
        return _("The answer would go to another domain than the mail came from: %(address)s.") % {
            "address": candidate.address
        }
    return ""
