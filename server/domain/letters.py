"""A rejection and what led to it, to the letter one could write: to whom, in which words, or why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.verdict import Label, Reason
from server.domain.compose import address_field, reply_subject
from server.domain.model import Contact, Judged, Kind, Message, Profile, Suggestion, Tone
from server.domain.people import first_name, is_no_reply, last_name, person_name, signed_name
from server.domain.unread import says_unread
from server.domain.whom import Addressee, Choice, caution, choose, people_met
from server.domain.wording import Facts, Wording, body
from server.texts import _

FALLBACK_LANGUAGE = "en"

# The mail itself thanks for a talk. A form mail that only names interviews ("will not be invited") does not,
# nor does one that thanks for interest and goes on to an interview that will not be.
_ON = (
    r"(?:(?!\b(?:not|but|however|unable|unfortunately|select|selected|invite|invited|shortlist|shortlisted)\b|n't)"
    r"[^.!?\n]){0,80}?"
)
_THANKS_FOR_TALK = re.compile(
    rf"\b(?:thanks?|thank you|enjoyed|pleasure|grateful|appreciated?|great|lovely|good)\b{_ON}"
    r"\b(?:interview(?:s|ing|ed)?|conversations?|speaking|talking|meeting|met|spoke|chat(?:ting)?|call)\b"
    r"|\b(?:danke?n?|dank|gern|gefreut)\b[^.!?\n]{0,60}\b(?:\w*gespräche?s?|gesprochen|kennenlernen|kennengelernt)\b"
    r"|\b(?:merci|remercions|remercie|plaisir|ravis?)\b[^.!?\n]{0,60}"
    r"\b(?:entretien|échangé|échange|rencontrer?|l['’]heure passée)\b"
    r"|\b(?:gracias|agradecemos|agradezco|gusto|placer)\b[^.!?\n]{0,60}"
    r"\b(?:entrevista|conversación|conocerte|conocerle|charla|hablar)\b"
    r"|\b(?:obrigad[oa]s?|agradecemos|agradeço|prazer)\b[^.!?\n]{0,60}\b(?:entrevista|conversa|conhecer)\b"
    r"|\b(?:grazie|ringraziamo|ringrazio|piacere)\b[^.!?\n]{0,60}"
    r"\b(?:colloquio|conversazione|conoscerla|conoscerti|chiacchierata)\b"
    r"|\b(?:bedankt?|dank|leuk|prettig)\b[^.!?\n]{0,60}\b(?:gesprek(?:ken)?|kennismaking|ontmoeten)\b",
    re.IGNORECASE,
)
_STILL = r"(?:(?!\b(?:but|happy|glad|pleased|hesitate|though|aber|gern|gerne)\b)[^.!?\n]){0,60}?"
_REFUSES_FEEDBACK = re.compile(
    rf"\b(?:unable|not able|cannot|can['’]t|can not|do(?:es)? not|do(?:es)?n['’]t|won['’]t|will not|not possible|"
    rf"not in a position|regret)\b{_STILL}\b(?:feedback|correspondence about|comment on individual)\b"
    r"|\bno (?:individual |personal |further )?feedback\b|\bno comment on individual\b"
    rf"|\b(?:kein(?:e|erlei)?|leider)\b{_STILL}\b(?:feedback|rückmeldung (?:zu|geben))\b"
    r"|\b(?:pas|aucun)\b[^.!?\n]{0,60}\b(?:retour (?:détaillé|individuel|personnalisé)|feedback)\b"
    r"|\bno (?:podemos|nos es posible)\b[^.!?\n]{0,60}\b(?:feedback|comentarios|valoración)\b"
    r"|\bnão (?:podemos|nos é possível|é possível)\b[^.!?\n]{0,60}\b(?:feedback|comentários)\b"
    r"|\bnon (?:possiamo|ci è possibile|è possibile)\b[^.!?\n]{0,60}\b(?:feedback|riscontri|valutazioni)\b"
    r"|\b(?:geen|niet)\b[^.!?\n]{0,60}\b(?:feedback|terugkoppeling)\b",
    re.IGNORECASE,
)
# What an advertisement adds to a title and nobody says in a letter: "(m/w/d)", "(contract)"; and a firm's legal form.
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_LEGAL_FORM = re.compile(
    r",?\s+(?:GmbH(?: & Co\.? KG)?|AG|SE|KG|mbH|Ltd|Limited|plc|PLC|Inc|LLC|LLP|"
    r"S\.?A\.?S?|SARL|S\.?L\.?|B\.?V\.?|N\.?V\.?|"
    r"S\.?p\.?A\.?|S\.?r\.?l\.?|Lda)\.?$"
)
_LONGEST_ROLE, _LONGEST_COMPANY = 8, 5  # words; what is longer is no title one would write out in a letter


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a letter may rest on: the rejection, its thread, and what is kept of other mail from the company."""

    row: Judged
    message: Message
    thread: Sequence[Message]
    company_rows: Sequence[Judged]
    me: str  # the seeker's address

    @property
    def talked(self) -> bool:
        """Whether a person of the company and the seeker have really been in touch."""
        interviewed = any(row.label == Label.INTERVIEW for row in self.company_rows)
        wrote = any(m.is_sent and not m.letter_id and m.received < self.message.received for m in self.thread)
        met = people_met(self.message, self.thread, self.company_rows, self.me)
        return interviewed or (wrote and bool(met)) or bool(_THANKS_FOR_TALK.search(self.message.body))


def suggest(
    case: Case,
    kind: Kind,
    wordings: Mapping[str, Wording],
    profile: Profile,
    *,
    tone: Tone = Tone.WARM,
    language: str = "",
    to: str = "",
) -> Suggestion:
    """The letter of that kind for that case. `to` and `language` overrule what the case suggests."""
    wording = wordings.get(language or case.row.language) or wordings[FALLBACK_LANGUAGE]
    if kind not in wording.lines:
        return Suggestion(kind, allowed=False, why=_("Letters of this kind are not written yet."), tone=tone)
    choice = _chosen(case, to) if to else choose(case.message, case.thread, case.company_rows, case.me)
    if choice.addressee is None:
        return Suggestion(kind, allowed=False, why=choice.why_not, language=wording.language, tone=tone)
    facts = _facts(case, choice.addressee)
    advice = _advice(case, kind, choice.addressee)
    return Suggestion(
        kind=kind,
        allowed=True,
        advice=advice,
        one_click=not advice,
        to=choice.addressee.contact.address,
        subject=reply_subject(_subject(case, choice.addressee)),
        body=body(wording, kind, tone, facts, seed=f"{case.message.id} {kind}", signature=_signature(profile)),
        language=wording.language,
        tone=tone,
    )


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


def _subject(case: Case, addressee: Addressee) -> str:
    """The subject of what the letter answers: the rejection, or the last mail that its addressee wrote elsewhere."""
    if addressee.met_earlier and addressee.contact.address not in {m.sender.address for m in case.thread}:
        theirs = [row for row in case.company_rows if row.sender.address == addressee.contact.address and row.subject]
        if theirs:
            return max(theirs, key=lambda row: row.received).subject
    return case.message.subject


def _facts(case: Case, addressee: Addressee) -> Facts:
    own_words = addressee.contact.address == case.message.sender.address
    company = case.row.company or ""
    name = signed_name(case.message, company) if own_words else person_name(addressee.contact, company)
    return Facts(
        company=_said(_LEGAL_FORM.sub("", company), _LONGEST_COMPANY),
        role=_said(_ASIDE.sub(" ", case.row.role or ""), _LONGEST_ROLE),
        full_name=name,
        first_name=first_name(name),
        last_name=last_name(name),
        talked=case.talked,
        filled=case.row.reason == Reason.FILLED,
        cancelled=case.row.reason == Reason.CANCELLED,
        met_earlier=addressee.met_earlier,
    )


def _advice(case: Case, kind: Kind, addressee: Addressee) -> str:
    """The first reason to think twice, or ""."""
    if addressee.caution:
        return addressee.caution
    if kind is Kind.FEEDBACK and _REFUSES_FEEDBACK.search(case.message.body):
        return _("The mail says that they give no feedback. You can still ask, but a thank-you alone may be kinder.")
    if kind is Kind.FEEDBACK and case.row.reason == Reason.CANCELLED:
        return _("The role itself was withdrawn, so there may be nothing to learn about you from it. Ask if you like.")
    if kind is Kind.FEEDBACK and not case.talked:
        return _("You have not spoken with anybody there yet, so there is little they could tell you. Ask if you like.")
    if kind is Kind.THANK_YOU and not case.talked and not _is_personal(case):
        return _("This is a form mail, sent before anybody spoke with you. It needs no answer; you owe them nothing.")
    return ""


def _is_personal(case: Case) -> bool:
    """Whether a person puts a name to the mail, as its sender, in its signature or by its Reply-To."""
    company = case.row.company or ""
    by_name = any(person_name(contact, company) for contact in case.message.reply_to)
    return by_name or bool(signed_name(case.message, company))


def _said(text: str, longest: int) -> str:
    """A name as one would say it in a letter: on one line, without braces, or "" if it is too long to be one."""
    words = re.sub(r"[{}<>]", " ", text).split()
    return " ".join(words).strip(" ,;:-–") if len(words) <= longest else ""


def _signature(profile: Profile) -> str:
    return profile.sign_off or profile.name
