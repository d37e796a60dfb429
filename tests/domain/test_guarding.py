"""The last look at an edited letter: it shows the words it means, and is quiet about a good one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.guarding import Flaw, Guarded, check
from server.domain.model import Kind
from tests.wordings import LANGUAGES, WORDINGS

ADA = Guarded(
    recipient="Ada von Berg",
    seeker="Robin Avery",
    company="Kelp",
    other_companies=frozenset({"Ferrydown Maps", "Lantern", "Indeed"}),
    source="The KYTHERA team thanks you. Lantern Street 4.",
)
ALL = [WORDINGS[language] for language in LANGUAGES]


def flaws(text: str, facts: Guarded = ADA) -> list[tuple[Flaw, str]]:
    found = check(text, facts, ALL)
    for each in found:
        assert text[each.start : each.end] == each.words
        assert each.sentence
    return [(each.kind, each.words) for each in found]


def test_a_good_letter_is_passed_in_silence():
    letter = "Dear Ada,\n\nThank you for the interview. I had hoped for a yes, but I respect the decision!\n\nRobin"
    assert flaws(letter) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I find this unfair and a waste.", "unfair"),
        ("You wasted my time.", "wasted my time"),
        ("It is your loss.", "your loss"),
        ("Das war eine Zumutung.", "Zumutung"),
        ("C'est scandaleux.", "scandaleux"),
        ("Me parece una falta de respeto.", "falta de respeto"),
        ("È una vergogna.", "vergogna"),
        ("Dit is belachelijk.", "belachelijk"),
        ("Foi uma perda de tempo.", "perda de tempo"),
    ],
)
def test_bitterness_is_pointed_out_in_seven_languages(text, words):
    assert flaws(text) == [(Flaw.BITTERNESS, words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Please reconsider.", "reconsider"),
        ("I disagree with that.", "disagree"),
        ("I deserve better.", "I deserve"),
        ("Bitte überdenken Sie das.", "überdenken"),
        ("Je ne suis pas d'accord.", "Je ne suis pas d'accord"),
        ("No estoy de acuerdo.", "No estoy de acuerdo"),
        ("Non sono d'accordo.", "Non sono d'accordo"),
        ("Ik ben het er niet mee eens.", "niet mee eens"),
        ("Não concordo.", "Não concordo"),
    ],
)
def test_argument_is_pointed_out_in_seven_languages(text, words):
    assert flaws(text) == [(Flaw.ARGUMENT, words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I beg you.", "I beg you"),
        ("I'll do anything.", "I'll do anything"),
        ("Ich flehe Sie an.", "Ich flehe"),
        ("Je vous en supplie.", "Je vous en supplie"),
        ("Se lo suplico.", "Se lo suplico"),
        ("La supplico.", "La supplico"),
        ("Ik smeek u.", "Ik smeek"),
        ("Eu imploro.", "imploro"),
    ],
)
def test_pleading_is_pointed_out_in_seven_languages(text, words):
    assert flaws(text) == [(Flaw.PLEADING, words)]


@pytest.mark.parametrize(
    "left", ["[Name]", "{role}", "<company name>", "XXX", "____", "[...]", "TODO", "%(name)s", "your name here"]
)
def test_what_waits_to_be_filled_in_is_pointed_out(left):
    assert flaws(f"Thank you, {left}, for the talk.") == [(Flaw.PLACEHOLDER, left)]


@pytest.mark.parametrize(
    ("greeting", "wrong"),
    [
        ("Dear Bo,", "Bo"),
        ("Hi Ms Whitfield,", "Ms Whitfield"),
        ("Sehr geehrter Herr Ehrlich,", "Herr Ehrlich"),
        ("Bonjour Hugo,", "Hugo"),
        ("Hola, Iker:", "Iker"),
        ("Dear Ada,", ""),
        ("Dear Ms. von Berg,", ""),
        ("dear ÁDA,", ""),
        ("Guten Tag Frau Berg,", ""),
        ("Dear Kelp team,", ""),
        ("Dear hiring team,", ""),
        ("Hello,", ""),
        ("Good morning,", ""),
        ("Thank you, Bo,", ""),
    ],
)
def test_a_greeting_by_another_name_is_pointed_out(greeting, wrong):
    found = flaws(f"{greeting}\n\nThank you.")
    assert [(Flaw.WRONG_NAME, wrong)] * bool(wrong) == found
    assert flaws(f"{greeting}\n\nThank you.", Guarded()) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Thank you for the talk at Ferrydown Maps.", ["Ferrydown Maps"]),
        ("Ferrydown Maps was kind.", ["Ferrydown Maps"]),
        ("I was sure. Indeed, I was.", []),
        ("I saw it on Indeed.", ["Indeed"]),
        ("We met in Lantern Street.", []),
        ("I read ferrydown maps.", []),
        ("Kelp is fine.", []),
    ],
)
def test_another_company_of_the_log_is_pointed_out_unless_the_mail_names_it(text, wrong):
    assert flaws(text) == [(Flaw.OTHER_COMPANY, words) for words in wrong]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See https://robin.example/cv for more.", "https://robin.example/cv"),
        ("See www.robin.example.", "www.robin.example."),
        ("See linkedin.com/in/robin please", "linkedin.com/in/robin"),
    ],
)
def test_a_link_is_pointed_out(text, words):
    assert flaws(text) == [(Flaw.LINK, words)]


def test_too_many_words_are_shown_from_the_first_that_is_too_much():
    text = "Dear Ada,\n\n" + "word " * 123 + "last.\n"
    assert flaws(text) == [(Flaw.TOO_LONG, "last.")]
    assert flaws(text.replace("last.", "")) == []


def test_a_note_is_counted_in_characters():
    note = Guarded(kind=Kind.CONNECT_NOTE)
    assert flaws("x" * 200, note) == []
    assert flaws("x" * 203, note) == [(Flaw.TOO_LONG, "xxx")]
    assert flaws("x" * 300, Guarded(kind=Kind.CONNECT_NOTE, premium=True)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I am REALLY sad.", ["REALLY"]),
        ("I AM VERY sad.", ["AM VERY"]),
        ("Why NOT ME?", []),
        ("I know HTML and SQL.", []),
        ("The KYTHERA team.", []),
        ("ÜBERALL gut.", ["ÜBERALL"]),
    ],
)
def test_shouting_is_pointed_out_and_abbreviations_are_not(text, words):
    assert flaws(text) == [(Flaw.CAPITALS, each) for each in words]


@pytest.mark.parametrize(
    ("text", "words"), [("Thanks!!", ["!!"]), ("What?!", ["?!"]), ("Oh! ! !", ["! ! !"]), ("Thanks! Bye!", [])]
)
def test_runs_of_exclamation_marks_are_pointed_out(text, words):
    assert flaws(text) == [(Flaw.EXCLAMATION, each) for each in words]


def test_several_flaws_come_in_the_order_of_the_text():
    kinds = [kind for kind, _words in flaws("Dear Bo,\n\nThis is unfair!! Please reconsider, [name].")]
    assert kinds == [Flaw.WRONG_NAME, Flaw.BITTERNESS, Flaw.EXCLAMATION, Flaw.ARGUMENT, Flaw.PLACEHOLDER]


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_checked_and_each_finding_shows_its_words(text):
    flaws(text)
