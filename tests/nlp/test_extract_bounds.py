"""What bounds a name, how a letter ends, and what sort of mail it is: clues that tell a firm from a person or a job."""

import pytest

from nlp.extract import extract
from nlp.extraction.clues import EDGE, bound, mail_clue
from nlp.extraction.company import Companies
from nlp.extraction.company_clues import context_clues
from nlp.extraction.persons import Persons
from nlp.extraction.role import Roles
from nlp.extraction.role_clues import words_clues
from nlp.extraction.sender import sender_of
from nlp.extraction.tokens import SENDER, parts_of
from nlp.verdict import MailText


def firms(mail, language="en"):
    sender = sender_of(mail)
    proposer = Companies(parts_of(mail, language), sender, Persons(mail, sender))
    return {proposer.text(part, *span) for part in proposer.parts for span in proposer.spans(part)}


def spots(body):
    return [part.spot for part in parts_of(MailText(body=body))]


def clues_of(title, body):
    """Every clue in the title as a whole, at its first place in the body."""
    roles = Roles(parts_of(MailText(body=body)), None)
    for part in roles.parts:
        for first, last in roles.spans(part):
            if part.span(first, last) == title:
                return roles.own_clues(title, part, first, last)
    raise AssertionError(title)


def test_a_few_words_and_a_comma_close_a_letter_whatever_they_say():
    assert spots("Dear Wilf,\nWe chose Ann.\nKeep swimming,\nTamsin Orrell\nPondskater Books")[-2:] == ["c1", "c2."]


def test_a_greeting_closes_no_letter():
    assert not any(spot.startswith("c") for spot in spots("Dear Wilf,\nWe chose Ann.\nTamsin"))


def test_a_long_line_that_ends_in_a_comma_closes_no_letter():
    body = "Hello.\nWe read every word of what you sent us,\nand chose Ann."
    assert not any(spot.startswith("c") for spot in spots(body))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("our Administrator at St Budoc's.", "St Budoc's"),
        ("thanks from all at Wickett & Son", "Wickett & Son"),
        ("grazie da Locanda Cerro alle Betulle", "Locanda Cerro alle Betulle"),
    ],
)
def test_small_words_at_the_end_of_a_name_are_kept(text, name):
    assert name in firms(MailText(body=text))


@pytest.mark.parametrize("text", ["at Monday's meeting", "on Tamsin's desk"])
def test_what_belongs_to_a_day_or_a_person_is_no_firm(text):
    assert not {"Monday's", "Tamsin's"} & firms(MailText(body=text))


def test_a_job_behind_an_article_and_before_post_is_no_firm():
    assert "The Tailor" not in firms(MailText(subject="The Tailor post", body="Hello."))
    assert "The Tailor" in firms(MailText(subject="News of The Tailor", body="Hello."))


def test_a_couple_that_shares_its_name_is_no_firm():
    assert "Ehepaar Kolbinger" not in firms(MailText(body="Herzlich\nEhepaar Kolbinger"), "de")


def test_what_bounds_a_name_is_told_by_its_sort():
    part = parts_of(MailText(body="Yesterday Fernbank wrote, at Oxley"))[0]
    assert [bound(part, place) for place in (-1, 1, 2, 3, 4, 6)] == [EDGE, "C", "verb", ",", "at", EDGE]


@pytest.mark.parametrize(
    ("body", "sort"), [("One line.", "1"), ("One.\nTwo.", "few"), ("\n".join(["Line."] * 6), "many")]
)
def test_a_mail_is_told_by_its_length(body, sort):
    assert mail_clue(parts_of(MailText(body=body)), "own 11") == f"mail own 11 {sort}"


def test_the_sort_of_mail_is_heard_with_every_stretch():
    assert "mail 00 1" in clues_of("Site Fitter", "for the Site Fitter role")


def test_a_jobs_name_next_to_recruitment_is_no_part_of_the_senders_core():
    named = MailText(sender_name="Auklet Ferries Deckhand Recruitment", sender_address="jobs@auklet.example")
    assert sender_of(named).core == "auklet ferries"
    assert sender_of(MailText(sender_name="Village Baker", sender_address="x@vb.example")).core == "village baker"


def test_part_of_the_senders_name_that_spells_the_domain_is_heard():
    mail = MailText(sender_name="Auklet Ferries Bursary", sender_address="a@aukletferries.example", body="Hi.")
    part = next(part for part in parts_of(mail) if part.place == SENDER)
    assert "sender head own = firm" in set(context_clues(part, 0, 1, sender_of(mail)))
    assert any(clue.startswith("sender all own longer") for clue in context_clues(part, 0, 2, sender_of(mail)))


def test_a_small_title_is_weighed_by_whether_the_mail_writes_titles_large():
    assert any(clue.startswith("small True") for clue in clues_of("fitters", "The Site Fitter and two fitters left."))
    assert any(clue.startswith("small False") for clue in clues_of("fitters", "We took on two fitters."))


@pytest.mark.parametrize(
    ("text", "span", "clue"),
    [
        ("four Site Fitter jobs", (0, 2), "front a C"),
        ("of Site Fitter vanishes", (1, 3), "falls 2 C C"),
    ],
)
def test_an_end_without_a_capital_is_heard(text, span, clue):
    part = parts_of(MailText(body=text))[0]
    assert any(found.startswith(clue) for found in words_clues(part, *span))


def test_a_title_in_capitals_throughout_has_no_such_end():
    part = parts_of(MailText(body="of Site Fitter vanishes"))[0]
    assert not any(found.startswith(("front", "falls")) for found in words_clues(part, 1, 2))


@pytest.mark.parametrize(
    ("mail", "company"),
    [
        (
            MailText(body="Dear Wilf,\n\nWe chose Ann.\n\nYours in haste,\nHoratio Penk\nPondskater Theatre"),
            "Pondskater Theatre",
        ),
        (
            MailText(
                sender_name="Auklet Ferries Verwaltung",
                sender_address="verwaltung@auklet-ferries.example",
                body="Guten Tag, die Stelle ist vergeben.",
            ),
            "Auklet Ferries",
        ),
    ],
)
def test_the_company_is_told_apart_from_who_signs_and_from_its_departments(mail, company):
    assert extract(mail).company == company


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("We received many letters for the Junior Cataloguer post, all from graduates.", "Junior Cataloguer"),
        ("El puesto de Coordinador de Riegos desaparece este año.", "Coordinador de Riegos"),
        ("Your application for Postal Sorter has been closed.", "Postal Sorter"),
    ],
)
def test_the_role_is_told_without_what_stands_beside_it(body, role):
    assert extract(MailText(body=body)).role == role
