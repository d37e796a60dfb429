"""Where a name begins and ends: a title keeps its field and loses place and hours, a firm keeps all its words."""

import pytest

from nlp.extract import extract
from nlp.extraction.company import Companies
from nlp.extraction.lexicon import FIELD, REGION, TERM, VERB, kinds
from nlp.extraction.persons import Persons
from nlp.extraction.ranker import Ranker
from nlp.extraction.role import Roles
from nlp.extraction.sender import sender_of
from nlp.extraction.tails import about, fuller_clues, tail_clues
from nlp.extraction.tokens import parts_of
from nlp.verdict import MailText


def titles(body, language="en"):
    proposer = Roles(parts_of(MailText(body=body), language), None)
    return {proposer.text(part, *span) for part in proposer.parts for span in proposer.spans(part)}


def firms(mail, language="en"):
    sender = sender_of(mail)
    proposer = Companies(parts_of(mail, language), sender, Persons(mail, sender))
    return {proposer.text(part, *span) for part in proposer.parts for span in proposer.spans(part)}


def line(text, language="en"):
    return parts_of(MailText(body=text), language)[0]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("storage", FIELD), ("part-time", TERM), ("glasgow", REGION), ("teilzeit", TERM), ("wien", REGION)],
)
def test_what_stands_behind_a_title_is_told_apart(word, kind):
    assert kinds(word) & kind


def test_a_field_is_known_by_its_gloss_and_by_either_half():
    assert about("verkoop", "sales") & FIELD
    assert about("ward/surgical", "ward/surgical") & FIELD
    assert not about("ward/dunmore", "ward/dunmore") & FIELD


def test_the_tail_of_a_title_and_what_follows_it_are_both_heard():
    part = line("Research Engineer, Storage (Leeds)")
    assert f"ts , only {FIELD}" in set(tail_clues(part, 0, 3))
    assert f"os ( only {REGION}" in set(tail_clues(part, 0, 3))
    assert f"os , only {FIELD}" in set(tail_clues(part, 0, 1))


def test_a_number_is_heard_by_its_form():
    assert "ts , only a-99 0" in set(tail_clues(line("Analyst, GS-11"), 0, 2))
    assert "ns  only 9 0" in set(tail_clues(line("Scientist 2"), 0, 0))


def test_a_title_that_is_longer_elsewhere_in_the_mail_is_heard():
    mail = "research engineer, storage\nthe research engineer role"
    assert list(fuller_clues(mail, "research engineer")) == [f"fuller , {FIELD}"]
    assert not list(fuller_clues(mail, "research engineer, storage"))


@pytest.mark.parametrize(
    ("language", "body", "title"),
    [
        ("nl", "De functie van data-analist zit sinds gisteren vol.", "data-analist zit"),
        ("es", "El puesto de recepcionista quedó cubierto.", "recepcionista quedó"),
    ],
)
def test_a_verb_met_by_its_gloss_ends_a_title(language, body, title):
    assert title.split()[0] in titles(body, language)
    assert title not in titles(body, language)


def test_a_verb_in_capitals_may_belong_to_a_title():
    assert kinds("left") & VERB
    assert "Station Left Luggage Attendant" in titles("the Station Left Luggage Attendant role")
    assert "porter left luggage" not in titles("the porter left luggage behind")


def test_a_field_in_small_letters_goes_on_behind_a_comma():
    assert "conseiller, services aux membres" in titles("le poste de conseiller, services aux membres.", "fr")
    assert "conseiller, nous" not in titles("le poste de conseiller, nous avons lu.", "fr")


def test_small_words_that_say_of_what_sort_a_house_is_are_part_of_its_name():
    said = MailText(body="Le Centre hospitalier de la Thève et le Cabinet dentaire Oudinot vous remercient.")
    assert {"Centre hospitalier de la Thève", "Cabinet dentaire Oudinot"} <= firms(said, "fr")
    assert "University offers Bob" not in firms(MailText(body="Eastmere University offers Bob a place."))


def test_an_apostrophe_behind_an_s_may_stand_in_a_name():
    assert "Allied Dockers' Federation" in firms(MailText(body="At the Allied Dockers' Federation we wrote."))


def test_a_sender_in_small_letters_is_a_name():
    mail = MailText(sender_name="dotlake", sender_address="no-reply@us.greenhouse-mail.io", body="Thanks from dotlake.")
    assert "dotlake" in firms(mail)
    assert "thanks" not in firms(mail)


def test_a_closing_is_no_name():
    mail = MailText(body="Wir danken Ihnen.\n\nFreundliche Grüsse\nUrs Imboden")
    assert not {name for name in firms(mail, "de") if "Grüsse" in name}


def test_a_couple_is_no_firm_unless_the_domain_is_called_so():
    body = "You would work with Martin and Dorcas Flint in the shop."
    assert "Martin and Dorcas Flint" not in firms(MailText(body=body))
    assert "Martin and Dorcas Flint" in firms(MailText(sender_address="hello@flint.example", body=body))


def test_two_lengths_of_one_name_do_not_speak_against_each_other():
    found = Ranker({"w9 officer": 3.0}, Roles).best(Roles(parts_of(MailText(body="as Deck Officer")), None))
    assert found is not None
    assert found[0].endswith("Officer")
    assert found[1] > 0.9
    apart = Ranker({"w9 officer": 3.0, "w9 baker": 3.0}, Roles).best(
        Roles(parts_of(MailText(body="as Officer\nas Baker")), None)
    )
    assert apart is not None
    assert apart[1] < 0.5


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("Thank you for applying for Research Engineer, Storage at Moorhen.", "Research Engineer, Storage"),
        ("Thank you for your application for the position of Site Engineer (Civil).", "Site Engineer (Civil)"),
        ("Thank you for your application for Mortgage Adviser (Leeds) at Moorhen.", "Mortgage Adviser"),
        ("Your application for Registered Nurse - Part-time was received.", "Registered Nurse"),
        ("Thank you for your application for Senior Lecturer in Nursing.", "Senior Lecturer in Nursing"),
    ],
)
def test_a_title_keeps_its_field_and_loses_place_and_hours(body, role):
    assert extract(MailText(body=body), "en").role == role
