"""Company and role, and whom not to take for the company."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extract import extract
from nlp.senders import is_relay_domain, is_webmail, registrable_domain
from nlp.verdict import MailText


@pytest.mark.parametrize(
    ("mail", "company"),
    [
        (MailText(body="Thank you for your interest in Quillfeather Labs. We will write."), "Quillfeather Labs"),
        (MailText(body="Thanks for applying to the Baker role at Crumbworks.\n\nBest"), "Crumbworks"),
        (
            MailText(sender_name="Moorhen Recruiting Team", sender_address="x@us.greenhouse-mail.io", body="Hello."),
            "Moorhen",
        ),
        (MailText(sender_name="Jo (Fernbank)", sender_address="jo@fernbank.example", body="Hello."), "Fernbank"),
        (
            MailText(sender_name="Jo Bell", sender_address="jo@tide-pool.example", body="We at Tide Pool liked it."),
            "Tide Pool",
        ),
        (MailText(subject="Your application to Ostrava Glass", body="Hello there."), "Ostrava Glass"),
        (MailText(body="All the best,\nKestrel Mills Talent Team"), "Kestrel Mills"),
    ],
)
def test_the_company_is_named(mail, company):
    assert extract(mail).company == company


@pytest.mark.parametrize(
    "mail",
    [
        MailText(sender_name="Workday", sender_address="acme@myworkday.com", body="Your application moved."),
        MailText(sender_name="Greenhouse", sender_address="no-reply@greenhouse.io", body="Hello."),
        MailText(sender_name="Ann Lee", sender_address="ann@gmail.com", body="We chose someone else."),
        MailText(sender_name="no-reply", sender_address="no-reply@hire.lever.co", body="See you at the Interview."),
        MailText(body="We look forward to seeing you at Monday's meeting."),
        MailText(),
    ],
)
def test_a_relay_or_a_person_is_never_the_company(mail):
    assert extract(mail).company is None


@pytest.mark.parametrize(
    ("mail", "role"),
    [
        (MailText(body="Thank you for applying for the Night Baker position with us."), "Night Baker"),
        (MailText(subject="Application for Data Engineer at Moorhen", body="Hello."), "Data Engineer"),
        (MailText(body="Job title: Ward Clerk\nEmployer: Eastmere Trust"), "Ward Clerk"),
        (MailText(body="We have filled the role of Lighting Designer."), "Lighting Designer"),
        (MailText(body="Nice to have met you."), None),
    ],
)
def test_the_role_is_named(mail, role):
    assert extract(mail).role == role


def test_relay_domains_are_known_by_suffix():
    assert is_relay_domain("a@us.greenhouse-mail.io")
    assert is_relay_domain("a@lever.co")
    assert not is_relay_domain("a@clever.co")


def test_webmail_is_known_and_is_no_firms():
    assert is_webmail("ada.lee@gmail.com")
    assert is_webmail("Odile@Orange.fr")
    assert not is_webmail("x@us.greenhouse-mail.io")
    assert not is_webmail("ada@brightwater.example")


def test_the_registrable_domain_needs_no_network():
    assert registrable_domain("a@mail.eu.acme.co.uk") == "acme.co.uk"
    assert registrable_domain("a@jobs.acme.example") == "acme.example"
    assert registrable_domain("") == ""


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.text(max_size=60), st.text(max_size=400))
def test_no_mail_makes_it_raise(subject, name, body):
    extract(MailText(subject=subject, sender_name=name, sender_address=name, body=body))
