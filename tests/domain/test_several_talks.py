"""Several interviews, or several interviewers, are spoken of where the calendar or the company proves them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.letters import Case
from server.domain.letters.meetings import meetings_held
from server.domain.model import Contact, Message
from server.domain.particulars import Invite, Participant, Proof, Seen
from server.domain.spoofing import doubts_of
from server.domain.whom import Addressee
from server.domain.wording import Facts
from tests.domain.test_letters import ADA, ME, NOW, earlier, message, row

BO, CY = ("Bo Hart", "bo@kelp.example"), ("Cy Dunn", "cy@kelp.example")
ROBIN = ("Robin Avery", ME)


def asks(told: int, starts: int, *people: tuple[str, str], called_off: bool = False) -> Message:
    """A mail that came `told` days before the rejection and asks to a meeting `starts` days before it."""
    invite = Invite(NOW - timedelta(days=starts), ("Ada Lee", "ada.lee@kelp.example"), (ROBIN, *people), called_off)
    return message(ADA, id=f"ab{told:04}{starts:04}", received=NOW - timedelta(days=told), invites=(invite,))


def facts(*thread: Message, before=(), body: str = "We chose somebody else.") -> Facts:
    rejection = message(body=body)
    case = Case(row(rejection), rejection, [*thread, rejection], before, ME)
    return case.facts(Addressee(ADA), "en")


def test_two_meetings_one_after_the_other_are_several_interviews():
    assert facts(asks(20, 18, BO), asks(15, 10, CY)).several


def test_one_meeting_is_not_several_however_often_it_is_sent():
    assert not facts(asks(20, 18, BO), asks(19, 18, BO)).several


def test_a_meeting_put_off_before_it_began_is_one():
    assert not facts(asks(20, 18, BO), asks(19, 15, BO)).several


def test_a_meeting_called_off_or_not_yet_held_does_not_count():
    assert not facts(asks(20, 18, BO), asks(15, 10, BO), asks(12, 10, BO, called_off=True)).several
    assert not facts(asks(20, 18, BO), asks(15, -3, BO)).several


def test_meetings_kept_of_other_mail_count_too():
    def kept(told: int, starts: int):
        seen = Participant(*BO, seen=Seen.INVITED, meeting=NOW - timedelta(days=starts))
        return replace(earlier(ADA), received=NOW - timedelta(days=told), people=(seen,))

    assert facts(before=[kept(20, 18), kept(15, 10)]).several
    assert not facts(before=[kept(20, 18)]).several


def test_the_company_s_own_words_prove_several():
    assert facts(body="Thank you for the three interviews. We chose somebody else.").several
    assert not facts(body="Thank you for the interview. We held three interviews with others.").several


def test_two_invitations_to_talk_alone_prove_nothing():
    assert not facts(before=[earlier(ADA), earlier(Contact(*BO))]).several


def test_two_people_asked_to_one_meeting_are_several_interviewers():
    assert facts(asks(20, 18, BO, CY)).panel


def test_whoever_called_the_meeting_and_the_seeker_are_no_further_interviewers():
    assert not facts(asks(20, 18, BO)).panel
    assert not facts(asks(20, 18)).panel


@pytest.mark.parametrize("several", [True, False])
def test_after_a_mere_call_no_interviews_are_spoken_of(several):
    thread = (asks(20, 18, BO, CY), asks(15, 10, CY)) if several else ()
    found = facts(*thread, body="Thank you for the call.")
    assert (found.called, found.several, found.panel) == (True, False, False)


def test_a_mail_from_a_sender_in_doubt_tells_of_no_meeting():
    told = NOW - timedelta(days=20)
    seen = Participant(*BO, seen=Seen.INVITED, meeting=told + timedelta(days=1))
    kept = replace(earlier(ADA), received=told, people=(seen,))
    assert len(meetings_held(message(), [], [kept], ME)) == 1
    assert meetings_held(message(), [], [replace(kept, doubts=("dmarc",))], ME) == []
    unproven = replace(asks(20, 18, BO), proof=Proof(checked=True, dmarc="fail"))
    assert doubts_of(unproven)
    assert meetings_held(message(), [unproven], [], ME) == []


def test_what_the_seeker_sent_or_drafted_proves_no_meeting():
    told = NOW - timedelta(days=20)
    seen = Participant(*BO, seen=Seen.INVITED, meeting=told + timedelta(days=1))
    own = replace(earlier(ADA), received=told, people=(seen,), own=True)
    for labels in ({"SENT"}, {"DRAFT"}):
        assert meetings_held(message(), [replace(asks(20, 18, BO), labels=frozenset(labels))], [own], ME) == []


def test_meetings_that_belong_to_another_application_say_nothing_of_this_one():
    def kept(number: int, told: int, starts: int):
        seen = Participant(*BO, seen=Seen.INVITED, meeting=NOW - timedelta(days=starts))
        received = NOW - timedelta(days=told)
        return replace(earlier(ADA), message_id=f"ac{number:08}", received=received, people=(seen,))

    rows = [kept(1, 20, 18), kept(2, 15, 10)]
    rejection = message()
    case = Case(row(rejection), rejection, [rejection], rows, ME)
    assert case.several
    assert not replace(case, elsewhere_placed=frozenset({"ac00000002"})).several
