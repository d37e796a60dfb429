"""Why the sender of a mail may be another than it says: each reason a code, and one plain sentence for the seeker.

None of it forbids a letter. It takes the one-click send away, so that a person looks first.
Sources: RFC 7489 §6 (DMARC);
Chen, Paxson, Jiang: Composition Kills, USENIX Security 2020 (how mail programs are made to show another sender);
UTS #39 (confusable names).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from server.domain import oddities
from server.domain.domains import FREE_MAIL, domain_of, host_of, is_free_mail, is_relay
from server.domain.lookalike import is_disguised, is_mixed, readable
from server.domain.model import Contact, Message
from server.domain.people import is_no_reply
from server.texts import _

_FINE = frozenset({"", "pass", "bestguesspass"})  # Microsoft writes the latter for domains without a record
_NO_RECORD = "none"
_ADDRESS_IN_NAME = re.compile(r"[^\s<>@,;:\"'()\[\]]+@[\w.-]+\.\w+")
_DOMAIN_IN_NAME = re.compile(
    r"\b(?:[\w-]+\.)*[\w-]{3,}\.(?:com|net|org|io|ai|co|jobs|careers|app|dev|example|(?:co\.)?uk|de|fr|es|it|nl|pt|eu|ch|"
    r"at|be|ie|us|ca)\b",
    re.IGNORECASE,
)
# Who sends invitations and forwards for others by design, named in Sender.
_SENDS_FOR_OTHERS = frozenset({"google.com", "calendly.com"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look twice. The code is kept with the mail's record; the sentence is for the seeker."""

    code: str
    sentence: str


def doubts_of(message: Message) -> tuple[Doubt, ...]:
    """What the mail alone gives reason to doubt, the gravest first, each code once."""
    found = {doubt.code: doubt for doubt in reversed(list(_all(message)))}
    return tuple(reversed(found.values()))


def _all(message: Message) -> Iterator[Doubt]:
    if message.is_spam:
        yield Doubt("spam", _("Gmail holds this mail for spam. Look twice before you answer it."))
    yield from _on_proof(message)
    yield from (Doubt(code, _odd(code)) for code in message.oddities)
    yield from _on_name(message.sender)
    yield from _on_other_senders(message)


def _on_proof(message: Message) -> Iterator[Doubt]:
    """A DMARC fail is grave; where there is no DMARC record, SPF or DKIM must vouch for the domain (RFC 7489 §3.1)."""
    proof, domain = message.proof, domain_of(readable(message.sender.address))
    dmarc = message.dmarc or proof.dmarc
    if dmarc not in _FINE | {_NO_RECORD}:
        yield Doubt("dmarc", _("The sender of this mail could not be proved. Look twice before you answer it."))
    if proof.broken:
        yield Doubt("tampered", _("This mail tampers with the check of its sender. Look twice before you answer it."))
    judged = domain_of(f"@{readable(proof.judged_from)}") if proof.judged_from else domain
    if judged != domain:
        yield Doubt(
            "other-judged",
            _("Your mail service checked another sender (%(domain)s) than this mail shows.") % {"domain": judged},
        )
    vouched = {domain_of(f"@{readable(one)}") for one in proof.passed}
    if proof.checked and dmarc in ("", _NO_RECORD) and domain not in vouched:
        yield Doubt("unproved", _("Nothing proves that this mail comes from %(domain)s.") % {"domain": domain})


def _odd(code: str) -> str:
    if code in (oddities.TWO_FROM, oddities.TWO_AUTHORS):
        return _("This mail names more than one sender, so nobody can tell whose it is.")
    if code == oddities.ADDED:
        return _("Somebody may have added to this mail after it was signed.")
    if code == oddities.TWICE:
        return _("This mail says one thing twice in its headers, as forged copies do.")
    return _("The sender of this mail is written in a way that hides who it is.")


def _on_name(sender: Contact) -> Iterator[Doubt]:
    name = unicodedata.normalize("NFKC", sender.name)
    held = [address.lower() for address in _ADDRESS_IN_NAME.findall(name)]
    if any(not same_place(address, sender.address) for address in held):
        yield Doubt("name-address", _("The sender's name holds another address than the one this mail came from."))
    hosts = [f"@{host.lower()}" for host in _DOMAIN_IN_NAME.findall(_ADDRESS_IN_NAME.sub("", name))]
    if not is_relay(sender.address) and any(domain_of(host) != domain_of(sender.address) for host in hosts):
        yield Doubt("name-domain", _("The sender's name speaks of another domain than this mail came from."))
    if is_disguised(host_of(sender.address)) or is_mixed(sender.address.rpartition("@")[0]):
        yield Doubt("disguised-domain", _("The address is written with letters that only look like the usual ones."))
    if is_mixed(name):
        yield Doubt("disguised-name", _("The name is written with letters that only look like the usual ones."))


def _on_other_senders(message: Message) -> Iterator[Doubt]:
    """Sender and Reply-To, where they lead elsewhere."""
    domain, by = domain_of(message.sender.address), message.sent_by
    if by and domain_of(by) not in {domain, *_SENDS_FOR_OTHERS} and not is_relay(by):
        yield Doubt(
            "sent-by", _("Another address sent this mail than the one it names: %(address)s.") % {"address": by}
        )
    read = [one.address for one in message.reply_to if not is_no_reply(one.address)]
    elsewhere = [address for address in read if not same_place(address, message.sender.address)]
    if elsewhere:
        told = _("The answer would go to another domain than the mail came from: %(address)s.")
        if domain_of(elsewhere[0]) == domain:
            told = _("The answer would go to another address than the mail came from: %(address)s.")
        yield Doubt("reply-to", told % {"address": elsewhere[0]})


def same_place(one: str, other: str) -> bool:
    """Whether two addresses have one owner: one registrable domain, and at free mail hosts one address."""
    if domain_of(one) in FREE_MAIL and is_free_mail(other):
        return one.lower() == other.lower()
    return domain_of(one) == domain_of(other)
