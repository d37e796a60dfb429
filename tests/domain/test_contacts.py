"""Everybody who took part: found in the thread, in other mail of the firm, in Cc lines, signatures and invitations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nlp.verdict import Label
from server.domain.contacts import people_of
from server.domain.contacts_kept import MOST_COPIED, participants_of
from server.domain.contacts_parts import part_name, part_of, reason, refers
from server.domain.judging import judged
from server.domain.model import Contact, Judged, Message
from server.domain.particulars import How, Invite, Part, Participant, Person, Seen
from server.domain.reading import text_of
from tests.builders import ADA, ME, NO, NOBODY_READS, NOON, a_judged, a_message, a_verdict

BEN = Contact("Ben Osei", "ben.osei@brightwater.example")
CLEO = Contact("Cleo Park", "cleo.park@brightwater.example")
EARLIER = NOON - timedelta(days=9)
FORM = f"Dear Kim,\n\n{NO}\n\nBrightwater Careers"


def rejection(**fields: object) -> Message:
    return a_message(**({"sender": NOBODY_READS, "body": FORM} | fields))


def everybody(answer: Message, *thread: Message, rows: tuple[Judged, ...] = ()) -> list[Person]:
    return list(people_of(answer, [*thread, answer], rows, ME.address, "Brightwater"))


def before(sender: Contact = BEN, body: str = "Could we talk on Tuesday?", **fields: object) -> Message:
    return a_message(**({"id": "b1", "sender": sender, "body": body, "received": EARLIER, "to": (ME,)} | fields))


def meeting(starts: datetime | None = EARLIER + timedelta(days=2), **fields: object) -> Invite:
    given = {"starts": starts, "organizer": (BEN.name, BEN.address), "attendees": ((CLEO.name, CLEO.address),
             (ME.name, ME.address))}  # fmt: skip
    return Invite(**(given | fields))


def test_whoever_wrote_the_answer_comes_first_with_their_title() -> None:
    body = f"Dear Kim,\n\n{NO}\n\nKind regards\nAda Lee\nHead of Gardens"
    ada, *others = everybody(rejection(sender=ADA, body=body), before())
    assert (ada.name, ada.address, ada.how, ada.part) == ("Ada Lee", ADA.address, How.ANSWERED, Part.HIRING_MANAGER)
    assert ada.title == "Head of Gardens"
    assert [one.address for one in others] == [BEN.address]


def test_an_office_that_answers_is_listed_and_one_that_nobody_reads_is_not() -> None:
    jobs = Contact("Brightwater Careers", "jobs@brightwater.example")
    assert [one.address for one in everybody(rejection(sender=jobs))] == [jobs.address]
    assert everybody(rejection()) == []


def test_a_person_who_cannot_be_answered_is_listed_last_with_the_reason() -> None:
    answer = rejection(sender=Contact("Ada Lee", "no-reply@brightwater.example"))
    ben, ada = everybody(answer, before())
    assert (ben.is_answerable, ada.is_answerable) == (True, False)
    assert ada.why_not


def test_those_asked_to_a_meeting_that_was_held_interviewed() -> None:
    people = everybody(rejection(), before(invites=(meeting(),)))
    assert {(one.address, one.how, one.part) for one in people} == {
        (BEN.address, How.INTERVIEWED, Part.INTERVIEWER),
        (CLEO.address, How.INTERVIEWED, Part.INTERVIEWER),
    }
    assert people[0].when == EARLIER + timedelta(days=2)


@pytest.mark.parametrize("invite", [meeting(cancelled=True), meeting(NOON + timedelta(days=1)), meeting(None)])
def test_a_meeting_that_was_not_held_makes_no_interviewer(invite: Invite) -> None:
    assert Part.INTERVIEWER not in {one.part for one in everybody(rejection(), before(invites=(invite,)))}


def test_those_copied_in_are_found_and_the_seeker_is_nobody() -> None:
    people = everybody(rejection(), before(cc=(CLEO, ME)))
    assert {one.address: one.how for one in people} == {BEN.address: How.WROTE, CLEO.address: How.COPIED}


def test_whom_the_seeker_wrote_to_is_found() -> None:
    own = before(ME, "Thank you.", labels=frozenset({"SENT"}), to=(CLEO,))
    (cleo,) = everybody(rejection(), own)
    assert (cleo.how, cleo.last_contact) == (How.WRITTEN_TO, EARLIER)


def test_who_brought_them_together_is_the_referrer() -> None:
    dana = Contact("Dana Roy", "dana@friends.example")
    people = everybody(rejection(), before(dana, "Kim, I'd like to introduce Ben of Brightwater.", cc=(BEN,)))
    assert next(one.part for one in people if one.address == dana.address) == Part.REFERRER


def test_other_mail_of_the_firm_tells_of_people() -> None:
    people = (
        Participant("Ben Osei", BEN.address, "Senior Recruiter"),
        Participant("Cleo Park", CLEO.address, seen=Seen.INVITED, meeting=EARLIER),
        Participant("Dana Roy", "dana@brightwater.example", seen=Seen.COPIED),
    )
    row = a_judged(message_id="9", sender=BEN, received=EARLIER, label=Label.INTERVIEW, people=people)
    cleo, ben, dana = everybody(rejection(), rows=(row,))
    assert (cleo.part, ben.part, dana.part) == (Part.INTERVIEWER, Part.RECRUITER, Part.UNKNOWN)
    assert (ben.title, ben.how) == ("Senior Recruiter", How.INVITED)


@pytest.mark.parametrize(
    "fields",
    [{"doubts": ("dmarc",)}, {"label": Label.NOT_JOB}, {"label": Label.JOB_ALERT}, {"own": True},
     {"received": NOON + timedelta(days=1)}],
)  # fmt: skip
def test_mail_in_doubt_or_about_no_job_or_later_tells_of_nobody(fields: dict[str, object]) -> None:
    row = a_judged(**({"message_id": "9", "sender": BEN, "received": EARLIER, "label": Label.INTERVIEW} | fields))
    assert everybody(rejection(), rows=(row,)) == []


def test_a_forged_mail_in_the_thread_tells_of_nobody() -> None:
    assert everybody(rejection(), before(dmarc="fail", cc=(CLEO,))) == []


def test_a_forged_answer_tells_of_its_sender_alone() -> None:
    answer = rejection(sender=ADA, dmarc="fail", cc=(CLEO,))
    assert [one.address for one in everybody(answer)] == [ADA.address]


@pytest.mark.parametrize(
    ("title", "hows", "part"),
    [
        ("Senior Recruiter", {How.INTERVIEWED}, Part.RECRUITER),
        ("Talent Acquisition Partner", {How.WROTE}, Part.RECRUITER),
        ("Personalreferentin", {How.ANSWERED}, Part.RECRUITER),
        ("Chargée de recrutement", {How.ANSWERED}, Part.RECRUITER),
        ("Responsable de Recursos Humanos", {How.WROTE}, Part.RECRUITER),
        ("Recruiter werving en selectie", {How.WROTE}, Part.RECRUITER),
        ("Head of Design", {How.INTERVIEWED}, Part.HIRING_MANAGER),
        ("Bereichsleiterin Einkauf", {How.ANSWERED}, Part.HIRING_MANAGER),
        ("Directrice technique", {How.ANSWERED}, Part.HIRING_MANAGER),
        ("Hoofd redactie", {How.WROTE}, Part.HIRING_MANAGER),
        ("Head of Design", {How.COPIED}, Part.UNKNOWN),
        ("Gardener", {How.INTERVIEWED}, Part.INTERVIEWER),
        ("", {How.INTERVIEWED, How.REFERRED}, Part.INTERVIEWER),
        ("", {How.REFERRED}, Part.REFERRER),
        ("", {How.ANSWERED}, Part.UNKNOWN),
    ],
)
def test_the_part_somebody_played(title: str, hows: set[How], part: Part) -> None:
    assert part_of(title, frozenset(hows)) == part


@pytest.mark.parametrize(
    "words",
    ["I'd like to introduce you to Ben.", "I have referred you to our team.", "Ich habe dich empfohlen.",
     "Je te recommande à une amie.", "Te he recomendado a mi jefa.", "Recomendei o teu nome.", "Ti ho segnalato.",
     "Ik heb je aanbevolen."],
)  # fmt: skip
def test_words_that_bring_people_together(words: str) -> None:
    assert refers(words)
    assert not refers("We introduced a new tool, as recommended by our users.")


def test_the_reason_is_a_sentence_after_a_name() -> None:
    assert reason(How.INTERVIEWED, datetime(2026, 5, 3, 12, tzinfo=UTC), UTC) == "interviewed you on 3 May"
    assert all(reason(how, NOON, UTC) for how in How)
    assert part_name(Part.HIRING_MANAGER) == "hiring manager"


def test_a_judged_mail_keeps_its_people_and_none_of_its_text() -> None:
    body = f"Dear Kim,\n\n{NO}\n\nKind regards\nAda Lee\nHead of Gardens"
    message = a_message(sender=ADA, cc=(BEN, NOBODY_READS), invites=(meeting(),), body=body)
    people = participants_of(message)
    assert people[0] == Participant("Ada Lee", ADA.address, "Head of Gardens")
    assert {(one.address, one.seen) for one in people[1:]} == {
        (BEN.address, Seen.ORGANISED), (CLEO.address, Seen.INVITED), (ME.address, Seen.INVITED),
        (ME.address, Seen.COPIED), (BEN.address, Seen.COPIED),
    }  # fmt: skip


def test_a_list_of_readers_is_not_kept() -> None:
    crowd = tuple(Contact("", f"p{n}@brightwater.example") for n in range(MOST_COPIED + 1))
    assert participants_of(a_message(cc=crowd)) == ()


@pytest.mark.parametrize(("label", "kept"), [(Label.REJECTION, True), (Label.NOT_JOB, False), (Label.JOB_ALERT, False)])
def test_people_are_kept_of_mail_about_applications_only(label: Label, *, kept: bool) -> None:
    message = a_message(cc=(BEN,), dmarc="fail")
    verdict = a_verdict(text_of(message), label=label)
    row = judged(message, verdict, NOON)
    assert bool(row.people) is kept
    assert ("dmarc" in row.doubts) is (label is not Label.NOT_JOB)
