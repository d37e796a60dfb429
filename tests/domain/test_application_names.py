"""What an application is called: the seeker's word first, then what most speaks for; better none than a wrong one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.application import Description
from server.domain.matching import Told, group
from server.domain.matching_called import as_called
from server.domain.model import Correction, Judged
from server.domain.particulars import Participant, Seen
from tests.builders import MAILBOX, NOON
from tests.domain.matching_cases import ADA, mail
from tests.domain.test_matching import placed


def talk(name: str, day: float, role: str | None, subject: str = "Hello", **fields: object) -> Judged:
    """A mail of one thread with a person of Brightwater, whose subject names no role."""
    return mail(name, day, str(fields.pop("what", "talk")), thread="t", by=ADA, role=role, subject=subject, **fields)


def role_of(*mails: Judged, told: Told | None = None) -> str | None:
    return group(mails, told).applications[0].role


def correction(row: Judged, hours: float = 0, **said: str) -> Told:
    made = Correction(MAILBOX, row.message_id, NOON + timedelta(hours=hours), None, **said)
    return Told(corrections={made.key: made})


class TestWhatTheSeekerSaid:
    def test_a_role_corrected_on_one_mail_is_that_of_the_application(self):
        no = talk("c", 9, "Founding Gardener", what="no")
        told = correction(no, role="Founding Gardener")
        assert role_of(talk("a", 0, "Head"), talk("b", 1, "Head"), no, told=told) == "Founding Gardener"

    def test_a_company_corrected_on_one_mail_is_that_of_the_application(self):
        no = talk("c", 9, None, what="no", co="Kelp & Sons")
        one = group([talk("a", 0, None), talk("b", 1, None), no], correction(no, company="Kelp & Sons")).applications[0]
        assert one.company == "Kelp & Sons"

    @pytest.mark.parametrize(("hours", "role"), [(-1, "Boatman"), (1, "Ferryman")])
    def test_of_two_words_of_the_seeker_the_later_one_counts(self, hours, role):
        no = talk("a", 0, "Ferryman", what="no")
        said = Description("x", NOON, role="Boatman")
        told = replace(correction(no, hours, role="Ferryman"), placements=placed(x="a"), descriptions={"x": said})
        assert role_of(no, told=told) == role


class TestWhatTheMailsSay:
    def test_a_role_in_a_subject_counts_for_more_than_one_found_in_the_text(self):
        mails = [talk("a", 0, "bell marked Dentist"), talk("b", 9, "Gardener", "Re: Gardener, the walled garden")]
        assert role_of(*mails) == "Gardener"

    def test_a_role_that_a_receipt_names_counts_for_more_than_one_in_the_text_of_a_later_mail(self):
        receipt = talk("a", 0, "Gardener", what="got")
        assert role_of(receipt, talk("b", 9, "half engineer", what="no")) == "Gardener"

    def test_the_fuller_of_two_names_of_one_role_is_taken(self):
        mails = [talk("a", 0, "Gardener", what="got"), talk("b", 9, "Gardener, Glasshouses", "Gardener, Glasshouses")]
        assert role_of(*mails) == "Gardener, Glasshouses"

    def test_a_companys_name_is_no_role(self):
        mails = [talk("a", 0, "Gardener"), talk("b", 9, "Brightwater", "The post at Brightwater")]
        assert role_of(*mails) == "Gardener"

    def test_mails_that_name_different_things_which_nothing_bears_out_tell_no_role(self):
        assert role_of(talk("a", 0, "DENTIST"), talk("b", 9, "half engineer", what="no")) is None

    def test_what_one_mail_alone_says_is_believed(self):
        assert role_of(talk("a", 0, None), talk("b", 9, "Gardener", what="no")) == "Gardener"


class TestAPersonIsNoCompany:
    BO = Participant("Bo Quist", "b.quist@brightwater.example", seen=Seen.COPIED)

    def test_whom_another_mail_shows_as_a_person_is_not_the_company(self):
        mails = [talk("a", 0, None, co="Bo Quist"), talk("b", 1, None, co=None, people=(self.BO,))]
        assert group(mails).applications[0].company is None
        mails.append(talk("c", 9, None, what="no"))
        assert group(mails).applications[0].company == "Brightwater"

    def test_nor_is_the_mail_itself_called_so(self):
        mails = [talk("a", 0, None, co="Bo Quist"), talk("b", 1, None, co=None, people=(self.BO,))]
        assert as_called(mails[0], group(mails).applications[0]).company is None

    def test_the_seekers_word_counts_for_more(self):
        no = talk("b", 1, None, what="no", co="Bo Quist", people=(self.BO,))
        assert group([no], correction(no, company="Bo Quist")).applications[0].company == "Bo Quist"


class TestOneMailByItsApplication:
    def test_it_has_its_applications_names_and_not_its_own(self):
        no = talk("b", 9, "half engineer", what="no", co=None)
        called = as_called(no, group([talk("a", 0, "Gardener", what="got"), no]).applications[0])
        assert (called.company, called.role) == ("Brightwater", "Gardener")

    def test_a_mail_of_no_application_keeps_its_own(self):
        no = talk("a", 0, "Gardener", what="no")
        assert as_called(no, None) == no
