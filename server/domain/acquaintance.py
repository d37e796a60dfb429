"""A sender beside those who wrote before: the same people, strangers, or somebody made to be taken for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.asking import asks_for_data
from server.domain.domains import SHARED_DOMAINS, domain_of, is_free_mail, is_relay
from server.domain.lookalike import imitates, resembles, same_name, skeleton, twin_of
from server.domain.model import Contact, Message
from server.domain.people import person_name, same_person
from server.domain.spoofing import Doubt
from server.texts import _


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody who wrote to the seeker, and when for the first time."""

    contact: Contact
    first: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """Who wrote before: about this application or from this firm, and everybody else about any job.

    `written_to` holds addresses that the seeker, or somebody in the conversation, wrote to: they are no strangers.
    """

    here: Sequence[Met] = ()
    elsewhere: Sequence[Met] = ()
    written_to: frozenset[str] = frozenset()

    def knows(self, address: str) -> bool:
        """Whether that very address has been in touch."""
        return address in self.written_to or any(same_person(met.contact.address, address) for met in self.here)


def doubts_beside(contact: Contact, company: str, known: Known, mail: Message | None = None) -> tuple[Doubt, ...]:
    """What those who wrote before give reason to doubt about an addressee. `mail`: what came from them just now."""
    if any(same_person(contact.address, address) for address in known.written_to):
        return ()
    found = [*_look_alikes(contact, company, known)]
    if mail is not None:
        found += _on_stranger(contact, company, known, mail)
    return tuple({doubt.code: doubt for doubt in found}.values())


def _look_alikes(contact: Contact, company: str, known: Known) -> Iterator[Doubt]:
    """Whoever came first is the original: a look-alike stays one however often it writes."""
    address, domain = contact.address, domain_of(contact.address)
    own = [met.first for met in (*known.here, *known.elsewhere) if domain_of(met.contact.address) == domain]
    since = min(own, default=None)
    here = [m for m in known.here if since is None or m.first < since]
    far = [m for m in known.elsewhere if since is None or m.first < since]
    alike = next((m.contact.address for m in here if resembles(address, _host(m))), "") or twin_of(
        address, dict.fromkeys(_host(m) for m in far)
    )
    if alike and not is_relay(address):
        yield Doubt(
            "look-alike",
            _("The address is at %(domain)s, which looks much like %(known)s, where mail came from before.")
            % {"domain": domain, "known": domain_of(alike)},
        )
    elif company and domain not in SHARED_DOMAINS and imitates(address, company):
        yield Doubt("look-alike", _("The address is spelt almost, but not quite, like %(name)s.") % {"name": company})
    yield from _new_address(contact, known)


def _host(met: Met) -> str:
    return met.contact.address.rpartition("@")[2]


def _new_address(contact: Contact, known: Known) -> Iterator[Doubt]:
    """The name of somebody who wrote from another place before. Relays write for everybody, so they prove nothing."""
    name = person_name(contact)
    if not name or is_relay(contact.address) or known.knows(contact.address):
        return
    domains = {domain_of(met.contact.address) for met in known.here} - SHARED_DOMAINS
    for met in known.here:
        other = met.contact.address
        elsewhere = domain_of(other) != domain_of(contact.address) or is_free_mail(other)
        is_theirs = domain_of(contact.address) in domains
        if elsewhere and not is_theirs and not is_relay(other) and same_name(name, person_name(met.contact)):
            yield Doubt(
                "new-address",
                _("%(name)s wrote to you from another address before: %(address)s.") % {"name": name, "address": other},
            )
            return


def _on_stranger(contact: Contact, company: str, known: Known, mail: Message) -> Iterator[Doubt]:
    """What makes no difference from people one knows, and does from those one does not."""
    address, domain = contact.address, domain_of(contact.address)
    if known.knows(address):
        return
    own_domains = {domain_of(met.contact.address) for met in known.here} - SHARED_DOMAINS
    if domain not in own_domains and asks_for_data(mail.body):
        yield Doubt(
            "asks-for-data",
            _("Somebody who never wrote to you before asks for money, papers or bank details. Do not send any."),
        )
    if is_free_mail(address) and (own_domains or _speaks_for_firm(contact, company)):
        yield Doubt("free-mail", _("This comes from a free mail address, though it speaks for a company."))


def _speaks_for_firm(contact: Contact, company: str) -> bool:
    """Whether name or address are a firm's rather than a person's."""
    if contact.name and not person_name(contact, company) and len(contact.name.split()) > 1:
        return True
    firm = skeleton(company)
    return len(firm) > 3 and firm in skeleton(f"{contact.name} {contact.address.rpartition('@')[0]}")  # noqa: PLR2004
