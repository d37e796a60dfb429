"""Who wrote a mail, as what, whether they can be written to, and the vacancy's number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extract import extract
from nlp.extraction.contact import Contact, contact_of
from nlp.extraction.requisition import requisition_of
from nlp.verdict import MailText

_NOTE = "Thank you for coming in on Tuesday. We chose somebody else in the end."


def mail(name="", address="", body="", subject=""):
    return MailText(subject=subject, sender_name=name, sender_address=address, body=body)


@pytest.mark.parametrize(
    ("given_mail", "contact"),
    [
        (
            mail(
                "Nora Feld", "nora@quillmoor.example", f"{_NOTE}\n\nKind regards,\nNora Feld\nHead of Talent\nQuillmoor"
            ),
            Contact("Nora Feld", "Head of Talent", "nora@quillmoor.example"),
        ),
        (
            mail("Nora Feld", "nora@quillmoor.example", f"{_NOTE}\n\nBest,\nNora"),
            Contact("Nora Feld", "", "nora@quillmoor.example"),
        ),
        (
            mail("Careers", "careers@quillmoor.example", f"{_NOTE}\n\nBest wishes,\nIvo Lindqvist, Recruiter"),
            Contact("Ivo Lindqvist", "Recruiter", "careers@quillmoor.example"),
        ),
        (
            mail("Ida from Tarnley", "ida@tarnley.example", f"{_NOTE}\n\nIda"),
            Contact("Ida", "", "ida@tarnley.example"),
        ),
        (
            mail("Ida Brandt (Tarnley)", "ida@tarnley.example", _NOTE),
            Contact("Ida Brandt", "", "ida@tarnley.example"),
        ),
        (
            mail("Ida Brandt | Tarnley", "ida@tarnley.example", _NOTE),
            Contact("Ida Brandt", "", "ida@tarnley.example"),
        ),
        (
            mail("Ida Brandt", "no-reply@hire.lever.co", f"{_NOTE}\n\nThanks,\nIda Brandt"),
            Contact("Ida Brandt", "", ""),
        ),
        (
            mail("", "", f"{_NOTE}\n\nYours sincerely,\nMrs Olive Tranter\nHead Teacher"),
            Contact("Olive Tranter", "Head Teacher", ""),
        ),
        (
            mail("", "", f"{_NOTE}\n\nMit freundlichen Grüßen\ni. A. Jutta Wendt\nReferentin Personal"),
            Contact("Jutta Wendt", "Referentin Personal", ""),
        ),
        (
            mail("", "", f"{_NOTE}\n\nCordialement,\nMaud Leroy\nChargée de recrutement"),
            Contact("Maud Leroy", "Chargée de recrutement", ""),
        ),
        (
            mail("", "", f"{_NOTE}\n\nUn saludo,\nPilar Egea\nTécnica de selección"),
            Contact("Pilar Egea", "Técnica de selección", ""),
        ),
        (
            mail("", "", f"{_NOTE}\n\nHartelijke groet,\nSanne de Wit\nRecruiter"),
            Contact("Sanne de Wit", "Recruiter", ""),
        ),
        (mail("", "", f"{_NOTE} Good luck. Emma, Tarnley Bikes"), Contact("Emma", "", "")),
    ],
)
def test_the_person_who_wrote_is_named(given_mail, contact):
    assert contact_of(given_mail) == contact


@pytest.mark.parametrize(
    "given_mail",
    [
        mail("Quillmoor Careers", "careers@quillmoor.example", f"{_NOTE}\n\nKind regards,\nThe Quillmoor Talent Team"),
        mail("Quillmoor Recruiting", "no-reply@greenhouse-mail.io", f"{_NOTE}\n\nBest,\nRecruiting Team"),
        mail("Tarnley Logistics Ltd", "jobs@tarnley.example", _NOTE),
        mail("no-reply", "no-reply@quillmoor.example", _NOTE),
        mail("", "", f"{_NOTE}\n\nRegards,\nHR Department"),
        mail(),
    ],
)
def test_a_team_or_a_machine_is_nobody(given_mail):
    assert contact_of(given_mail) is None


@pytest.mark.parametrize(
    ("subject", "body", "number"),
    [
        ("Your application (Req #55801)", "", "55801"),
        ("Update on JR-20993 Analyst", "", "JR-20993"),
        ("", "Job ID: 2031-7 has been closed.", "2031-7"),
        ("", "Kennziffer 17/25: die Stelle ist besetzt.", "17/25"),
        ("Planning Officer, ref HBC/2291", "", "HBC/2291"),
        ("", "We regret that vacancy VA/2026/041 is cancelled.", "VA/2026/041"),
        ("R-0092213 Laboratory Scientist", "", "R-0092213"),
        ("", "Réf. 4471-B : le poste est pourvu.", "4471-B"),
    ],
)
def test_the_number_of_the_vacancy_is_found(subject, body, number):
    assert requisition_of(mail(subject=subject, body=body)) == number


@pytest.mark.parametrize(
    "body",
    [
        "Application #88213 was received.",
        "We meet on 12 May 2026 at 10:30.",
        "Ring 0161 496 0000.",
        "Ref the talk we had.",
    ],
)
def test_other_numbers_are_not_the_vacancy(body):
    assert requisition_of(mail(body=body)) is None


def test_contact_and_number_come_with_the_names():
    named = extract(mail("Nora Feld", "nora@quillmoor.example", f"{_NOTE}\n\nBest,\nNora Feld", "Cook, ref QM-3312"))
    assert (named.contact, named.requisition) == (Contact("Nora Feld", "", "nora@quillmoor.example"), "QM-3312")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=300), st.text(max_size=100))
def test_no_mail_makes_contact_or_number_raise(name, body, subject):
    contact_of(mail(name, name, body, subject))
    requisition_of(mail(name, name, body, subject))
