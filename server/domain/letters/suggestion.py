"""A rejection and what led to it, to the letter one could write: to whom, in which words, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from server.domain.compose import address_field, reply_subject
from server.domain.letters.advice import advice
from server.domain.letters.alike import TOO_ALIKE, ratio
from server.domain.letters.body import NOTE, NOTE_PREMIUM, Order, write
from server.domain.letters.case import Case
from server.domain.model import Contact, Kind, Profile, Suggestion, Tone
from server.domain.people import is_no_reply, signed_name
from server.domain.unread import says_unread
from server.domain.whom import Addressee, Choice, caution, choose, people_met
from server.domain.wording import Facts, Wording
from server.texts import _

FALLBACK_LANGUAGE = "en"
_SALT = "c"  # of the few that were tried, one by which no two letters about the sample mailbox read alike
_OTHER_WORDS = 6  # how often other words are looked for when a letter reads like one that was written before
_PEOPLE_SEARCH = "https://www.linkedin.com/search/results/people/?keywords="


@dataclass(frozen=True, slots=True)
class Wish:
    """What the seeker asks for, beyond the kind. Empty: what the case suggests.

    `specific` is one line of the seeker's own, `unlike` are letters of the kind that have been written to others.
    """

    tone: Tone = Tone.WARM
    language: str = ""
    to: str = ""
    specific: str = ""
    premium: bool = False
    unlike: Sequence[str] = ()


def suggest(
    case: Case,
    kind: Kind,
    wordings: Mapping[str, Wording],
    profile: Profile,
    wish: Wish | None = None,
    *,
    now: datetime | None = None,
) -> Suggestion:
    """The letter of that kind for that case. `now` is None where the time of day plays no part."""
    wish = wish or Wish()
    wording = wordings.get(wish.language or case.row.language) or wordings[FALLBACK_LANGUAGE]
    none = Suggestion(kind, allowed=False, language=wording.language, tone=wish.tone)
    choice = _chosen(case, wish.to) if wish.to else _choice(case, kind)
    if choice.addressee is None:
        return replace(none, why=choice.why_not)
    facts = case.facts(choice.addressee, wording.language)
    if kind is Kind.CONNECT_NOTE and not facts.full_name:
        return replace(none, why=_("No person's name is known here, so there is no profile to look for."))
    order = Order(
        kind=kind,
        tone=wish.tone,
        seed=f"{_SALT} {case.message.id} {kind}",
        signature=profile.sign_off or profile.name,
        specific=" ".join(wish.specific.split()),
        familiar=case.is_familiar(choice.addressee, wording.language) and wish.tone is not Tone.FORMAL,
        turn=_turn(case, choice.addressee),
        note_limit=NOTE_PREMIUM if wish.premium else NOTE,
    )
    words = _body(wording, order, facts, wish.unlike)
    told = advice(case, kind, choice.addressee, now)
    offer = replace(none, allowed=True, advice=told, body=words)
    if kind is Kind.CONNECT_NOTE:
        return replace(offer, link=_PEOPLE_SEARCH + quote(f"{facts.full_name} {facts.company}".strip()))
    return replace(
        offer,
        one_click=not told,
        to=choice.addressee.contact.address,
        subject=reply_subject(_subject(case, choice.addressee)),
    )


def _body(wording: Wording, order: Order, facts: Facts, unlike: Sequence[str]) -> str:
    """The letter in words that no other letter has, or in those that are least like any."""
    tries = [order, *(replace(order, seed=f"{order.seed} {n}") for n in range(1, _OTHER_WORDS))]
    best, least = "", 101.0
    for each in tries:
        letter = write(wording, each, facts)
        nearest = max((ratio(letter, other) for other in unlike), default=0.0)
        if nearest < least:
            best, least = letter, nearest
        if least < TOO_ALIKE:
            break
    return best


def _choice(case: Case, kind: Kind) -> Choice:
    """Whom the case suggests. A note needs no address: it can also go to who signed a mail that takes no answers."""
    choice = choose(case.message, case.thread, case.company_rows, case.me)
    signed = signed_name(case.message, case.row.company or "")
    if kind is Kind.CONNECT_NOTE and choice.addressee is None and signed:
        return Choice(Addressee(Contact(signed, case.message.sender.address)))
    return choice


def _chosen(case: Case, to: str) -> Choice:
    """The addressee that the seeker names; raises Refused for what is not one bare address."""
    address_field("To", Contact("", to))
    if is_no_reply(to):
        return Choice(None, _("Nobody reads mail to %(address)s. Choose a person.") % {"address": to})
    known = [case.message.sender, *case.message.reply_to, *(m.sender for m in case.thread)]
    known += [row.sender for row in case.company_rows]
    contact = next((c for c in known if c.address == to.lower()), Contact("", to.lower()))
    if contact.address not in {case.message.sender.address, *(c.address for c in case.message.reply_to)}:
        return Choice(Addressee(contact, met_earlier=True))
    warning = caution(case.message, contact)
    if not warning and contact.address == case.message.sender.address and says_unread(case.message.body):
        warning = _("The mail says that nobody reads answers to it.")
    return Choice(Addressee(contact, warning))


def _turn(case: Case, addressee: Addressee) -> int:
    """The place of that person among all who took part, so that each of them gets other sentences."""
    met = people_met(case.message, case.thread, case.company_rows, case.me)
    known = {c.address for c in (case.message.sender, *case.message.reply_to, *met)}
    address = addressee.contact.address
    return sorted(known | {address}).index(address)


def _subject(case: Case, addressee: Addressee) -> str:
    """The subject of what the letter answers: the rejection, or the last mail that its addressee wrote elsewhere."""
    if addressee.met_earlier and addressee.contact.address not in {m.sender.address for m in case.thread}:
        theirs = [row for row in case.company_rows if row.sender.address == addressee.contact.address and row.subject]
        if theirs:
            return max(theirs, key=lambda row: row.received).subject
    return case.message.subject
