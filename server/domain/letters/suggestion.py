"""A rejection and what led to it, to the letter one could write: to whom, in which words, or why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from server.domain.compose import address_field, reply_subject
from server.domain.letters.advice import advice
from server.domain.letters.alike import is_alike, ratio
from server.domain.letters.body import NOTE, NOTE_PREMIUM, Order, subject, write
from server.domain.letters.case import Case
from server.domain.letters.occasion import unsettled, why_none
from server.domain.model import Contact, Kind, Profile, Suggestion, Tone
from server.domain.particulars import How
from server.domain.people import is_no_reply, signed_name
from server.domain.spoofing import Doubt
from server.domain.unread import says_unread
from server.domain.whom import Addressee, Choice, choose, doubts_about, people_met
from server.domain.wording import Facts, Wording
from server.texts import _

FALLBACK_LANGUAGE = "en"
_SALT = "c"  # of the few that were tried, one by which no two letters about the sample mailbox read alike
_OTHER_WORDS = 6  # how often other words are looked for when a letter reads like one that was written before
# X-Auto-Response-Suppress is left out: business mail has it as a rule.
MACHINE_HEADERS = frozenset({"auto-submitted", "return-path", "precedence", "list-id", "list-unsubscribe"})
_IN_PERSON = frozenset({How.INTERVIEWED, How.INVITED})  # met, though they never wrote themselves
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
    wording = wordings.get(wish.language or case.language) or wordings[FALLBACK_LANGUAGE]
    none = Suggestion(kind, allowed=False, language=wording.language, tone=wish.tone)
    if why := why_none(case, kind):
        return replace(none, why=why, unlogged=True)
    none = replace(none, people=case.people)
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
    open_question = unsettled(case, kind)
    told = open_question if open_question.why else advice(case, kind, choice.addressee, now)
    offer = replace(
        none,
        allowed=True,
        advice=told.sentence,
        advice_code=told.why,
        body=words,
        warnings=tuple(one for one in _warnings(case, choice.addressee) if one != told.sentence),
        specific=order.specific,
    )
    if kind is Kind.CONNECT_NOTE:
        named = choice.addressee.contact.address
        others = tuple(one for one in case.people if one.address != named and one.name != facts.full_name)
        search = _PEOPLE_SEARCH + quote(f"{facts.full_name} {facts.company}".strip())
        return replace(offer, link=search, people=others)
    return replace(
        offer,
        one_click=not told.why and (not case.is_by_hand or choice.addressee.met_earlier),
        to=choice.addressee.contact.address,
        subject=_subject(case, choice.addressee, wording, facts),
    )


def _body(wording: Wording, order: Order, facts: Facts, unlike: Sequence[str]) -> str:
    """The letter in words that no other letter has, or in those that are least like any."""
    tries = [order, *(replace(order, seed=f"{order.seed} {n}") for n in range(1, _OTHER_WORDS))]
    best, least = "", 101.0
    for each in tries:
        letter = write(wording, each, facts)
        if not any(is_alike(letter, other) for other in unlike):
            return letter
        nearest = max(ratio(letter, other) for other in unlike)
        if nearest < least:
            best, least = letter, nearest
    return best


def _choice(case: Case, kind: Kind) -> Choice:
    """Whom the case suggests. A note needs no address: it can also go to who signed a mail that takes no answers."""
    choice = choose(
        case.message,
        case.thread,
        case.company_rows,
        case.me,
        company=case.row.company or "",
        elsewhere=case.elsewhere,
    )
    signed = signed_name(case.message, case.row.company or "")
    met = (one for one in case.people if one.is_answerable and one.how in _IN_PERSON)
    if choice.addressee is None and (one := next(met, None)):
        contact = Contact(one.name, one.address)
        doubts = doubts_about(case.message, contact, case.known, case.row.company or "", wrote=False)
        return Choice(Addressee(contact, doubts, met_earlier=True))
    if case.is_by_hand and choice.addressee is None:
        return Choice(None, _("This did not come by mail, and no address of a person is known. Name one to write to."))
    if kind is Kind.CONNECT_NOTE and choice.addressee is None and signed:
        return Choice(Addressee(Contact(signed, case.message.sender.address)))
    return choice


def _chosen(case: Case, to: str) -> Choice:
    """The addressee that the seeker names; raises Refused for what is not one bare address."""
    address_field("To", Contact("", to))
    if is_no_reply(to):
        return Choice(None, _("Nobody reads mail to %(address)s. Choose a person.") % {"address": to})
    to, company = to.lower(), case.row.company or ""
    by = {case.message.sender.address, *(c.address for c in case.message.reply_to)}
    contact = next((c for c in _everybody(case) if c.address == to), Contact("", to))
    doubts = doubts_about(case.message, contact, case.known, company, wrote=to in by)
    if to not in {c.address for c in _everybody(case)}:
        doubts = (*doubts, Doubt("unknown-address", _("Nobody has written to you from this address. Check it first.")))
    elif to == case.message.sender.address and says_unread(case.message.body):
        doubts = (*doubts, Doubt("unread", _("The mail says that nobody reads answers to it.")))
    return Choice(Addressee(contact, doubts, met_earlier=to not in by))


def _everybody(case: Case) -> list[Contact]:
    """All whose addresses are known from mail: who wrote, and who took part."""
    known = [case.message.sender, *case.message.reply_to, *(m.sender for m in case.thread)]
    known += [row.sender for row in case.company_rows]
    return known + [Contact(one.name, one.address) for one in case.people]


def _warnings(case: Case, addressee: Addressee) -> tuple[str, ...]:
    """All reasons to look twice, and a word on senders that look like machines.

    The latter stops nothing: RFC 3834 is about automatic answers, and here a person presses the button.
    """
    told = [doubt.sentence for doubt in addressee.doubts]
    if case.is_by_hand and not addressee.met_earlier:
        told.append(_("You wrote this address down yourself. Check it before the letter goes."))
    by_machine = MACHINE_HEADERS & set(case.message.automatic)
    if by_machine and addressee.contact.address == case.message.sender.address:
        told.append(_("A machine sent this mail. It may be that nobody reads the answer."))
    return tuple(dict.fromkeys(told))


def _turn(case: Case, addressee: Addressee) -> int:
    """The place of that person among all who took part, so that each of them gets other sentences."""
    met = people_met(case.message, case.thread, case.company_rows, case.me)
    known = {c.address for c in (case.message.sender, *case.message.reply_to, *met)}
    address = addressee.contact.address
    return sorted(known | {address}).index(address)


def _subject(case: Case, addressee: Addressee, wording: Wording, facts: Facts) -> str:
    """The subject of what the letter answers: the rejection, or the last mail that its addressee wrote elsewhere.

    News that came by no mail is answered by a new thread, which is about the application.
    """
    return subject(wording, facts) if case.is_by_hand else reply_subject(_answered(case, addressee))


def _answered(case: Case, addressee: Addressee) -> str:
    if addressee.met_earlier and addressee.contact.address not in {m.sender.address for m in case.thread}:
        theirs = [row.subject for row in case.rows_with(addressee.contact.address) if row.subject]
        return next(iter(theirs), case.message.subject)
    return case.message.subject
