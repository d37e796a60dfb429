"""To whom a letter can go, and when to look twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nlp.verdict import Label
from server.domain.domains import domain_of
from server.domain.model import Contact, Message
from server.domain.whom import choose, people_met
from tests.builders import ADA, ME, NOBODY_READS, NOON, a_judged, a_message

JOBS = Contact("", "jobs@brightwater.example")
BEN = Contact("Ben Osei", "ben.osei@brightwater.example")
EARLIER = NOON - timedelta(days=3)


def address(message: Message, thread: tuple[Message, ...] = ()) -> str:
    chosen = choose(message, thread, (), ME.address).addressee
    return chosen.contact.address if chosen else ""


def caution(message: Message) -> str:
    chosen = choose(message, (), (), ME.address).addressee
    assert chosen is not None
    return " ".join(doubt.sentence for doubt in chosen.doubts)


def test_the_sender_is_answered() -> None:
    assert choose(a_message(), (), (), ME.address).addressee == _addressee(ADA)


def _addressee(contact: Contact) -> object:
    chosen = choose(a_message(sender=contact), (), (), ME.address).addressee
    assert chosen is not None
    assert (chosen.contact, chosen.doubts, chosen.met_earlier) == (contact, (), False)
    return chosen


def test_reply_to_comes_before_from() -> None:
    assert address(a_message(reply_to=(JOBS,))) == JOBS.address


def test_a_reply_to_that_nobody_reads_gives_way_to_from() -> None:
    assert address(a_message(reply_to=(NOBODY_READS,))) == ADA.address


def test_a_reply_to_to_the_seeker_gives_way_to_from() -> None:
    assert address(a_message(reply_to=(Contact("", "Kim+x@seeker.example".lower()),))) == ADA.address


def test_only_the_first_reply_to_counts() -> None:
    assert address(a_message(reply_to=(NOBODY_READS, Contact("", "x@evil.example")))) == ADA.address


def test_reply_to_without_a_name_borrows_the_one_of_the_same_address() -> None:
    chosen = choose(a_message(reply_to=(Contact("", ADA.address),)), (), (), ME.address).addressee
    assert chosen is not None
    assert chosen.contact == ADA


def test_reply_to_of_another_address_borrows_no_name() -> None:
    chosen = choose(a_message(reply_to=(JOBS,)), (), (), ME.address).addressee
    assert chosen is not None
    assert chosen.contact == JOBS


def test_an_address_in_the_text_is_never_written_to() -> None:
    message = a_message(sender=NOBODY_READS, body="Write to ada.lee@brightwater.example instead.")
    choice = choose(message, (), (), ME.address)
    assert choice.addressee is None
    assert choice.why_not


@pytest.mark.parametrize("sender", [Contact("", ""), Contact("Ada Lee", ""), ME])
def test_without_a_sender_there_is_nobody(sender: Contact) -> None:
    assert choose(a_message(sender=sender), (), (), ME.address).addressee is None


def test_behind_a_no_reply_the_person_met_in_the_thread_is_chosen() -> None:
    thread = (a_message(id="1", sender=BEN, received=EARLIER), a_message(id="2", sender=ME, received=EARLIER))
    chosen = choose(a_message(sender=NOBODY_READS), thread, (), ME.address).addressee
    assert chosen is not None
    assert (chosen.contact, chosen.met_earlier) == (BEN, True)


def test_people_met_are_named_latest_first_and_once() -> None:
    thread = (
        a_message(id="1", sender=ADA, received=EARLIER),
        a_message(id="2", sender=BEN, received=EARLIER + timedelta(hours=1)),
        a_message(id="3", sender=ADA, received=EARLIER + timedelta(hours=2)),
        a_message(id="4", sender=Contact("Talent Team", "talent@brightwater.example"), received=EARLIER),
    )
    assert people_met(a_message(sender=NOBODY_READS), thread, (), ME.address) == [ADA, BEN]


def test_drafts_own_letters_and_the_rejection_itself_are_nobody_met() -> None:
    rejection = a_message()
    thread = (
        rejection,
        a_message(id="1", sender=BEN, labels=frozenset({"DRAFT"}), received=EARLIER),
        a_message(id="2", sender=BEN, labels=frozenset({"SENT"}), received=EARLIER),
        a_message(id="3", sender=ME, received=EARLIER),
    )
    assert people_met(rejection, thread, (), ME.address) == []


def test_a_person_from_earlier_mail_of_the_company_counts() -> None:
    row = a_judged(message_id="9", sender=BEN, received=EARLIER, label=Label.INTERVIEW)
    assert people_met(a_message(sender=NOBODY_READS), (), (row,), ME.address) == [BEN]


@pytest.mark.parametrize(
    ("fields", "careful"),
    [
        ({}, False),
        ({"dmarc": "pass"}, False),
        ({"dmarc": "none"}, False),
        ({"dmarc": "fail"}, True),
        ({"labels": frozenset({"SPAM"})}, True),
        ({"reply_to": (JOBS,)}, False),
        ({"reply_to": (Contact("", "jobs@mail.brightwater.example"),)}, False),
        ({"reply_to": (Contact("", "jobs@brightwater.example.evil.example"),)}, True),
        ({"reply_to": (Contact("", "ada.lee@other.example"),)}, True),
        ({"reply_to": (Contact("", "ada.lee@brightwater-example.com"),)}, True),
        ({"sender": Contact("Ada Lee", "a@one.co.uk"), "reply_to": (Contact("", "a@two.co.uk"),)}, True),
    ],
)
def test_there_is_a_caution_where_the_sender_is_in_doubt(fields: dict[str, object], *, careful: bool) -> None:
    assert bool(caution(a_message(**fields))) is careful


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@mail.jobs.firm.co.uk", "firm.co.uk"),
        ("a@firm.com", "firm.com"),
        ("a@localhost", "localhost"),
        ("a@mail.jobs.firm.example", "firm.example"),
        ("a@", ""),
        ("", ""),
        ("a@192.0.2.1", "192.0.2.1"),
    ],
)
def test_the_registrable_domain_is_told(address: str, domain: str) -> None:
    assert domain_of(address) == domain
