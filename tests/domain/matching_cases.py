"""Invented mails, and into which applications they belong: the table that test_matching.py reads.

A case is its mails and what is expected: `ab c` are two applications, `?d` is asked about, `-e` belongs nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from nlp.verdict import Band, Label
from server.domain.model import Contact, Judged
from tests.builders import NOON, a_judged

_WHAT: dict[str, dict[str, Any]] = {
    "got": {"label": Label.APPLICATION_RECEIVED, "band": Band.NO, "reason": None},
    "talk": {"label": Label.INTERVIEW, "band": Band.NO, "reason": None},
    "test": {"label": Label.ASSESSMENT, "band": Band.NO, "reason": None},
    "offer": {"label": Label.OFFER, "band": Band.NO, "reason": None},
    "other": {"label": Label.OTHER_JOB, "band": Band.NO, "reason": None},
    "outreach": {"label": Label.RECRUITER_OUTREACH, "band": Band.NO, "reason": None},
    "alert": {"label": Label.JOB_ALERT, "band": Band.NO, "reason": None},
    "chat": {"label": Label.NOT_JOB, "band": Band.NO, "reason": None},
    "no": {},
    "maybe": {"band": Band.REVIEW, "score": 0.5},
    "pause": {"label": Label.OTHER_JOB, "band": Band.NO, "reason": None, "hold": True},
    "gone": {"label": Label.OTHER_JOB, "band": Band.NO, "reason": None, "withdrawn": True},
    "mine": {"label": None, "band": Band.NO, "own": True, "company": None, "role": None, "sender": Contact("", "")},
    "I-quit": {"label": None, "band": Band.NO, "own": True, "company": None, "role": None, "withdrawn": True}
    | {"sender": Contact("", "")},
    "broken": {"label": None, "band": "unreadable", "error": "its structure is broken"},
}

BOT = "no-reply@brightwater.example"
GREENHOUSE = "no-reply@us.greenhouse-mail.io"
WORKDAY = "brightwater@myworkday.com"
WORKABLE = "noreply@candidates.workablemail.com"
ADA = "Ada Lee <ada.lee@brightwater.example>"
BO = "Bo Winter <bo.winter@brightwater.example>"
ADA_AT_HOME = "Ada Lee <ada.lee.garden@gmail.com>"
RIA = "Ria Falk <ria@harbour-staffing.example>"  # recruits for several companies
GARDENER, TECH = "Gardener", "Irrigation Technician"


def mail(name: str, day: float, what: str, **fields: Any) -> Judged:
    """A mail `day` days after noon: of Brightwater about a gardener, unless `co`, `role`, `by`, `req` say otherwise."""
    number = f"{ord(name):016x}"
    sender, _bracket, address = fields.pop("by", BOT).rpartition("<")
    given: dict[str, Any] = {
        "message_id": number,
        "thread_id": fields.pop("thread", "") or number,
        "received": NOON + timedelta(days=day),
        "company": fields.pop("co", "Brightwater"),
        "role": fields.pop("role", GARDENER),
        "requisition": fields.pop("req", ""),
        "sender": Contact(sender.strip(), address.rstrip(">")),
        "evidence": (),
    }
    return replace(a_judged(**given), **{**_WHAT[what], **fields})


def name_of(row: Judged) -> str:
    """The letter that the case gave to the mail."""
    return chr(int(row.message_id, 16))


@dataclass(frozen=True)
class Case:
    """What is tried, the mails, and what is expected."""

    tells: str
    mails: tuple[Judged, ...]
    expected: str


def _case(tells: str, expected: str, *mails: Judged) -> Case:
    return Case(tells, mails, expected)


CASES = (
    # -- threads
    _case("one thread is one application", "abc",
          mail("a", 0, "got", thread="t"), mail("b", 5, "talk", thread="t", by=ADA),
          mail("c", 9, "no", thread="t", by=ADA)),
    _case("a mail that names nothing belongs to its thread", "ab",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 9, "no", thread="t", co=None, role=None, by=ADA)),
    _case("another spelling of the role in one thread is noise", "ab",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 9, "no", thread="t", role="Head Landscaper", by=ADA)),
    _case("another company in one thread is noise too", "ab",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 9, "no", thread="t", co="Tallow Press", by=ADA)),
    _case("what the seeker wrote belongs to its thread", "abc",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 1, "mine", thread="t"),
          mail("c", 9, "no", thread="t", by=ADA)),
    _case("a chat in the thread belongs to it, a chat elsewhere nowhere", "ab -c",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 1, "chat", thread="t", by=ADA),
          mail("c", 2, "chat", by=ADA)),
    _case("two receipts for two roles that Gmail put into one thread stay two", "a b",
          mail("a", 0, "got", thread="t", by=GREENHOUSE), mail("b", 1, "got", thread="t", role=TECH, by=GREENHOUSE)),
    _case("and the answers go where their role says", "ac bd",
          mail("a", 0, "got", thread="t"), mail("b", 1, "got", thread="t", role=TECH),
          mail("c", 8, "no", thread="t"), mail("d", 9, "no", thread="t", role=TECH)),
    _case("an answer that names no role in such a thread is asked about", "a b ?c",
          mail("a", 0, "got", thread="t"), mail("b", 1, "got", thread="t", role=TECH),
          mail("c", 8, "no", thread="t", role=None)),
    _case("after one of them has ended it is the other's", "ac bd",
          mail("a", 0, "got", thread="t"), mail("b", 1, "got", thread="t", role=TECH), mail("c", 8, "no", thread="t"),
          mail("d", 30, "no", thread="t", role=None)),
    _case("the same role a year later in the same thread is a new try", "ab cd",
          mail("a", 0, "got", thread="t"), mail("b", 20, "no", thread="t"),
          mail("c", 300, "got", thread="t"), mail("d", 320, "no", thread="t")),
    _case("a receipt for one's answer to a no is no new try", "abc",
          mail("a", 0, "got", thread="t"), mail("b", 20, "no", thread="t"), mail("c", 21, "got", thread="t")),
    _case("two vacancies' numbers in one thread are two", "a b",
          mail("a", 0, "got", thread="t", req="R-1001"), mail("b", 1, "got", thread="t", req="R-1002")),
    # -- company and role
    _case("receipt and answer of one company about one role", "ab", mail("a", 0, "got"), mail("b", 9, "no")),
    _case("legal forms, accents and case make no other company", "abcd",
          mail("a", 0, "got", co="Brightwater GmbH & Co. KG"), mail("b", 1, "test", co="BRIGHTWATER"),
          mail("c", 2, "talk", co="Bríghtwater Ltd."), mail("d", 9, "no", co="The Brightwater")),
    _case("one word or two", "ab", mail("a", 0, "got", co="Bright Water"), mail("b", 9, "no", co="Brightwater")),
    _case("the other way round", "ab", mail("a", 0, "got", co="University of Northmoor", by=GREENHOUSE),
          mail("b", 9, "no", co="Northmoor University", by=GREENHOUSE)),
    _case("a part of a word is no company: Meta, Metaverse", "a b",
          mail("a", 0, "got", co="Meta", by=GREENHOUSE), mail("b", 9, "no", co="Metaverse", by=GREENHOUSE)),
    _case("two companies with the same role are two", "a b",
          mail("a", 0, "got", by=GREENHOUSE), mail("b", 9, "no", co="Tallow Press", by=GREENHOUSE)),
    _case("two roles at one company stay two", "ac bd",
          mail("a", 0, "got"), mail("b", 1, "got", role=TECH), mail("c", 9, "no"), mail("d", 10, "no", role=TECH)),
    _case("two roles at one company, one refused", "ac b",
          mail("a", 0, "got"), mail("b", 1, "got", role=TECH), mail("c", 9, "no")),
    _case("a senior role is another one", "a b", mail("a", 0, "got"), mail("b", 9, "no", role="Senior Gardener")),
    _case("an internship is another one", "a b",
          mail("a", 0, "got", role="Product Design"), mail("b", 9, "no", role="Product Design Intern")),
    _case("level two is not level three", "a b",
          mail("a", 0, "got", role="Engineer II"), mail("b", 9, "no", role="Engineer III")),
    _case("what an advertisement adds makes no other role", "abc",
          mail("a", 0, "got", role="Gardener (m/f/d), full-time"), mail("b", 3, "talk", role="Gardener, 80 %"),
          mail("c", 9, "no", role="gardener - remote")),
    _case("he or she is one role", "abc", mail("a", 0, "got", role="Gärtner*in"),
          mail("b", 3, "talk", role="Gärtner:in (m/w/d)"),
          mail("c", 9, "no", role="Gärtnerin")),
    _case("a French feminine too", "ab", mail("a", 0, "got", role="Chargé(e) d’études"),
          mail("b", 9, "no", role="Chargé d'études")),
    _case("a title with its team is the same one when there is one receipt", "ab",
          mail("a", 0, "got", role="Product Designer, Payments"), mail("b", 9, "no", role="Product Designer")),
    _case("with a receipt each they are two", "a b",
          mail("a", 0, "got", role="Product Designer, Payments"), mail("b", 1, "got", role="Product Designer")),
    _case("with a no each they are two", "a b",
          mail("a", 0, "no", role="Product Designer, Payments"), mail("b", 1, "no", role="Product Designer")),
    _case("a no that could be either team's is asked about", "a b ?c",
          mail("a", 0, "got", role="Designer, Payments"), mail("b", 1, "got", role="Designer, Search"),
          mail("c", 9, "no", role="Designer")),
    _case("a no without a role is the only application's", "ab", mail("a", 0, "got"), mail("b", 9, "no", role=None)),
    _case("of two applications it is asked about", "a b ?c",
          mail("a", 0, "got"), mail("b", 1, "got", role=TECH), mail("c", 9, "no", role=None)),
    _case("of two it is the one that has not ended", "ac bd",
          mail("a", 0, "got"), mail("b", 1, "got", role=TECH), mail("c", 9, "no"), mail("d", 30, "no", role=None)),
    _case("a receipt without a role before the one with it is asked about", "b ?a",
          mail("a", 0, "got", role=None), mail("b", 20, "got")),
    _case("a system and a person both say that it came in", "abc",
          mail("a", 0, "got", role=None, by=GREENHOUSE), mail("b", 1, "got", by=ADA), mail("c", 9, "no")),
    _case("a firm and a part of it are asked about", "a ?b",
          mail("a", 0, "got", by=GREENHOUSE), mail("b", 9, "no", co="Brightwater Gardens", by=WORKABLE)),
    _case("unless both write from one domain", "ab",
          mail("a", 0, "got"), mail("b", 9, "no", co="Brightwater Gardens", by=ADA)),
    _case("a short name from the domain of the whole name is that company", "ab",
          mail("a", 0, "got", co="Brightwater Gardens", by=GREENHOUSE),
          mail("b", 9, "talk", role=None, by="Tom Wilk <tom@brightwater-gardens.example>")),
    _case("a short name from another domain is asked about", "a ?b",
          mail("a", 0, "got", co="Brightwater Gardens", by=GREENHOUSE),
          mail("b", 9, "talk", role=None, by="Tom Wilk <tom@brightwater-lights.example>")),
    _case("a mail without a company's name is its sender's domain's", "ab",
          mail("a", 0, "got", by=ADA), mail("b", 9, "no", co=None, by=BO)),
    # -- the same again
    _case("the same role half a year later is a new application", "ab cd",
          mail("a", 0, "got"), mail("b", 20, "no"), mail("c", 180, "got"), mail("d", 200, "no")),
    _case("also when only the answers were kept", "a b", mail("a", 0, "no"), mail("b", 180, "no")),
    _case("also when the first was never answered", "a bc", mail("a", 0, "got"), mail("b", 180, "got"),
          mail("c", 195, "no")),
    _case("a second receipt soon after a no is a new try", "ab c", mail("a", 0, "got"), mail("b", 5, "no"),
          mail("c", 20, "got")),
    _case("a second no within the month is the same no", "abc", mail("a", 0, "got"), mail("b", 20, "no"),
          mail("c", 28, "no", by=ADA)),
    _case("a slow answer after half a year is still the answer", "ab", mail("a", 0, "got"), mail("b", 190, "no")),
    _case("an invitation after a no opens it again", "abc", mail("a", 0, "got"), mail("b", 9, "no"),
          mail("c", 20, "talk", by=ADA)),
    _case("a letter for the talent pool a year later is nobody's", "ab -c",
          mail("a", 0, "got"), mail("b", 9, "no"), mail("c", 380, "other", role=None)),
    # -- the number of the vacancy
    _case("the number joins what the words do not", "ab",
          mail("a", 0, "got", req="R-1001"), mail("b", 9, "no", role="Grounds Care Operative", req="r 1001")),
    _case("two numbers are two openings of one name", "a b", mail("a", 0, "got", req="R-1001"),
          mail("b", 9, "no", req="R-1002")),
    _case("another company's R-1001 is another's", "a b",
          mail("a", 0, "got", req="R-1001", by=GREENHOUSE),
          mail("b", 9, "no", co="Tallow Press", req="R-1001", by=GREENHOUSE)),
    _case("the number stands for a company that is not named", "ab",
          mail("a", 0, "got", req="R-1001", by=WORKDAY),
          mail("b", 9, "no", co=None, role=None, req="R-1001", by=WORKDAY)),
    # -- relays
    _case("a relay's name is no company: Workable, twice", "a b",
          mail("a", 0, "got", co="Workable", role=None, by=WORKABLE),
          mail("b", 9, "no", co="Workable", role=None, by=WORKABLE)),
    _case("a relay's domain joins nothing", "a b",
          mail("a", 0, "got", co="Brightwater", role=None, by=GREENHOUSE),
          mail("b", 9, "no", co="Tallow Press", role=None, by=GREENHOUSE)),
    _case("two mails of a relay that name no company but one role are asked about", "a ?b",
          mail("a", 0, "got", co="Greenhouse", by=GREENHOUSE), mail("b", 9, "no", co=None, by=GREENHOUSE)),
    _case("Greenhouse itself, from its own house", "ab",
          mail("a", 0, "got", co="Greenhouse", by="Lio Marsh <lio@greenhouse.example>"),
          mail("b", 9, "no", co="Greenhouse", by="Lio Marsh <lio@greenhouse.example>")),
    _case("Lever hires through Greenhouse", "ab",
          mail("a", 0, "got", co="Lever", by=GREENHOUSE), mail("b", 9, "no", co="Lever", by=GREENHOUSE)),
    _case("a company's tenant and its own domain are one company", "ab", mail("a", 0, "got", by=WORKDAY),
          mail("b", 9, "no", by=ADA)),
    # -- people
    _case("a person's mail that names nothing is the application that they wrote about", "ab",
          mail("a", 0, "talk", by=ADA), mail("b", 9, "no", co=None, role=None, by=ADA)),
    _case("of two applications it is the one that this person wrote about", "ac b",
          mail("a", 0, "talk", by=ADA), mail("b", 1, "talk", role=TECH, by=BO), mail("c", 9, "no", role=None, by=ADA)),
    _case("a person who wrote about both is asked about", "a b ?c",
          mail("a", 0, "talk", by=ADA), mail("b", 1, "talk", role=TECH, by=ADA), mail("c", 9, "no", role=None, by=ADA)),
    _case("from a private address, naming the company", "ab",
          mail("a", 0, "talk", by=ADA), mail("b", 9, "no", role=None, by=ADA_AT_HOME)),
    _case("from a private address, naming nothing: it may be somebody else", "a ?b",
          mail("a", 0, "talk", by=ADA), mail("b", 9, "no", co=None, role=None, by=ADA_AT_HOME)),
    _case("from a private address, in the thread", "ab",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 9, "no", thread="t", co=None, role=None, by=ADA_AT_HOME)),
    _case("a stranger's mail that names nothing stands alone", "a b",
          mail("a", 0, "talk", by=ADA), mail("b", 9, "no", co=None, role=None, by="Uwe Brand <uwe@moorlicht.example>")),
    # -- agencies
    _case("an agency's two clients are two", "ac bd",
          mail("a", 0, "talk", co="Kelp & Sons", by=RIA), mail("b", 1, "talk", co="Tallow Press", by=RIA),
          mail("c", 9, "no", co="Kelp & Sons", by=RIA), mail("d", 10, "no", co="Tallow Press", by=RIA)),
    _case("an agency writes in its own name first, then in its client's", "ab",
          mail("a", 0, "talk", co="Harbour Staffing", by=RIA), mail("b", 9, "no", co="Kelp & Sons", by=RIA)),
    _case("an agency's mail that names no client is asked about", "a b ?c",
          mail("a", 0, "talk", co="Kelp & Sons", by=RIA), mail("b", 1, "talk", co="Tallow Press", by=RIA),
          mail("c", 9, "no", co=None, role=None, by=RIA)),
    _case("with the role named it is clear", "ac b",
          mail("a", 0, "talk", co="Kelp & Sons", by=RIA), mail("b", 1, "talk", co="Tallow Press", role=TECH, by=RIA),
          mail("c", 9, "no", co=None, by=RIA)),
    _case("the client's own answer is the client's application", "ab",
          mail("a", 0, "talk", co="Kelp & Sons", by=RIA), mail("b", 9, "no", co="Kelp & Sons", by="hr@kelp.example")),
    # -- a company with a new name
    _case("a new name in the old thread", "abc",
          mail("a", 0, "talk", thread="t", by=ADA), mail("b", 5, "other", thread="t", co="Tallow Press", by=ADA),
          mail("c", 9, "no", co="Tallow Press", by="hr@tallow.example")),
    _case("a new name elsewhere is another company until the seeker says so", "a b",
          mail("a", 0, "got"), mail("b", 9, "no", co="Tallow Press", by="hr@tallow.example")),
    # -- what founds no application
    _case("an alert, outreach and talk of jobs found nothing", "-a -b -c -d",
          mail("a", 0, "alert"), mail("b", 1, "outreach"), mail("c", 2, "other"), mail("d", 3, "broken")),
    _case("a mail that waits for a yes founds nothing", "-a", mail("a", 0, "maybe")),
    _case("and belongs to the application that is there", "ab", mail("a", 0, "got"), mail("b", 9, "maybe")),
    _case("outreach belongs to what came of it", "ab",
          mail("a", 0, "outreach", thread="t", by=RIA), mail("b", 9, "no", thread="t", by=RIA)),
    _case("an alert never belongs, not even in the thread", "a -b", mail("a", 0, "got", thread="t"),
          mail("b", 1, "alert", thread="t")),
    # -- withdrawn and on hold
    _case("a withdrawal in its thread", "ab", mail("a", 0, "talk", thread="t", by=ADA),
          mail("b", 3, "I-quit", thread="t")),
    _case("the company's word on it", "abc",
          mail("a", 0, "got"), mail("b", 3, "talk", by=ADA), mail("c", 5, "gone", by=BOT)),
    _case("a withdrawal alone shows that there was an application", "a", mail("a", 0, "gone")),
    _case("a role on hold", "ab", mail("a", 0, "got"), mail("b", 9, "pause")),
    # -- alone
    _case("a no that names nothing is an application without a name", "a", mail("a", 0, "no", co=None, role=None)),
    _case("two of them are two", "a b",
          mail("a", 0, "no", co=None, role=None, by=GREENHOUSE), mail("b", 1, "no", co=None, role=None, by=GREENHOUSE)),
    _case("an offer and a test found one each", "a b",
          mail("a", 0, "offer"), mail("b", 0, "test", co="Tallow Press", by=GREENHOUSE)),
)  # fmt: skip
