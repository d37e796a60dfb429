"""Names and domains made to be taken for others, and those that are merely alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.asking import asks_for_data
from server.domain.lookalike import imitates, is_disguised, is_mixed, readable, resembles, same_name, skeleton, twin_of

KNOWN = "brightwater.example"


@pytest.mark.parametrize(
    "host",
    ["brightwater.test", "brlghtwater.example", "bright-water.example", "brightwater-careers.example",
     "brightwatercareers.com", "hr-brightwater-jobs.com", "brightwater24.example", "brightwater.example.attack.example",
     "xn--brightwter-y4a.example", "brightwaer.example", "brightwaater.example", "brightwtaer.example",
     "brightvvater.example", "brightwaterexample.com", "brіghtwater.example"],
)  # fmt: skip
def test_made_to_be_taken_for_it(host: str) -> None:
    assert resembles(f"ada@{host}", KNOWN)


@pytest.mark.parametrize(
    "host",
    [KNOWN, "careers.brightwater.example", "harbour.example", "brightside.example", "clearwater.example",
     "brightwater.teamtailor-mail.com", "greenhouse-mail.io", "gmail.com", "brightwaterfalls.example", ""],
)  # fmt: skip
def test_not_to_be_taken_for_it(host: str) -> None:
    assert not resembles(f"ada@{host}", KNOWN)


@pytest.mark.parametrize(
    ("one", "other"), [("brückenwerk.example", "brueckenwerk.example"), ("bw.example", "bv.example")]
)
def test_umlauts_written_either_way_and_short_names_are_no_look_alikes(one: str, other: str) -> None:
    assert not resembles(f"a@{one}", other)
    assert not resembles(f"a@{other}", one)


@pytest.mark.parametrize(
    ("address", "company", "copy"),
    [
        ("a@brlghtwater.example", "Brightwater", True),
        ("a@brightvvater-jobs.example", "Brightwater", True),
        ("a@brightwäter.example", "Brightwater", True),
        ("a@brightwater.example", "Brightwater", False),
        ("a@brightwater-jobs.example", "Brightwater", False),
        ("a@cafe-mueller.example", "Café Müller", False),
        ("a@cafemuller.example", "Café Müller", False),
        ("a@kelp-and-sons.example", "Kelp & Sons", False),
        ("a@harbour.example", "Brightwater", False),
        ("a@x.example", "", False),
    ],
)
def test_a_domain_spelt_almost_like_the_firm(address: str, company: str, *, copy: bool) -> None:
    assert imitates(address, company) is copy


@pytest.mark.parametrize(
    ("host", "disguised"),
    [("аррӏе.example", True), ("brightwаter.example", True), ("xn--80ak6aa92e.com", True), ("пример.example", False),
     ("müller.example", False), ("θάλασσα.example", False), ("山田.example", False), ("brightwater.example", False)],
)  # fmt: skip
def test_letters_that_only_look_latin(host: str, *, disguised: bool) -> None:
    assert is_disguised(host) is disguised


def test_a_word_of_two_scripts_is_mixed_and_two_words_are_not() -> None:
    assert is_mixed("Аda Lee")
    assert not is_mixed("Анна Lee")
    assert not is_mixed("Ada Lee, 山田")


def test_names_are_the_same_to_the_eye_in_any_order() -> None:
    assert same_name("Ada Lee", "Lee Ada")
    assert same_name("Аda Lее", "Ada Lee")
    assert not same_name("Ada Lee", "Ada Leo")
    assert not same_name("", "")


def test_far_off_only_what_reads_the_same_letter_for_letter_counts() -> None:
    assert twin_of("a@brlghtwater.example", [KNOWN]) == KNOWN
    assert not twin_of("a@brightwaer.example", [KNOWN])
    assert not twin_of("a@brightwater.example", [KNOWN, "mail.brightwater.example"])


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_it(one: str, other: str) -> None:
    assert isinstance(resembles(f"a@{one}", other), bool)
    assert isinstance(imitates(f"a@{one}", other), bool)
    assert isinstance(is_disguised(one), bool)
    assert isinstance(readable(one), str)
    assert not resembles(f"a@{one}", one)
    assert skeleton(skeleton(one)) == skeleton(one) or not one.isascii()


@pytest.mark.parametrize(
    "words",
    ["Please send us your bank details.", "To go on, pay the registration fee of 50 EUR.",
     "We will need a copy of your ID before we close the file.", "Kindly confirm your social security number.",
     "Please purchase gift cards for the onboarding.", "Bitte senden Sie uns eine Kopie Ihres Personalausweises.",
     "Bitte Ihre Bankverbindung an uns senden.", "Merci de nous envoyer votre RIB.",
     "Veuillez fournir une copie de votre passeport.", "Envíe su pasaporte y sus datos bancarios.",
     "Envie-nos os seus dados bancários.", "Inviaci una copia della carta d'identità.",
     "Stuur ons een kopie van je paspoort."],
)  # fmt: skip
def test_asking_for_money_papers_or_bank_details(words: str) -> None:
    assert asks_for_data(f"Dear Kim,\n\nWe chose somebody else. {words}\n\nRegards")


@pytest.mark.parametrize(
    "words",
    ["We will delete your bank details.", "We never ask for your password.", "Thank you for sending your application.",
     "Your passport of skills impressed us.", "Wir werden Ihre Bankdaten nicht speichern und senden nichts.",
     "Your data will be removed after six months.", "Nous supprimons la copie de votre passeport.",
     "Please send us your availability for a call."],
)  # fmt: skip
def test_not_asking(words: str) -> None:
    assert not asks_for_data(words)
