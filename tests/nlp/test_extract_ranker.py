"""The choice between stretches of words: what is looked up is what was fitted, and nothing is told without ground."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extraction.clues import around_clues
from nlp.extraction.company import Companies
from nlp.extraction.lexicon import GIVEN, NOUN, STOP, kinds
from nlp.extraction.names import folded, key_of, without_legal_form
from nlp.extraction.persons import Persons
from nlp.extraction.proposer import all_clues
from nlp.extraction.ranker import Ranker
from nlp.extraction.role import Roles
from nlp.extraction.sender import sender_of
from nlp.extraction.tables import weights
from nlp.extraction.tokens import parts_of
from nlp.verdict import MailText

_MAIL = MailText(
    subject="Your application: Night Baker (part-time)",
    sender_name="Crumbworks Careers",
    sender_address="jobs@crumbworks.example",
    body="Dear Ola,\n\nThank you for applying for Night Baker at Crumbworks Ltd. We chose somebody else.\n\n"
    "Best,\nIvo\nCrumbworks",
)


def proposers(mail):
    parts, sender = parts_of(mail), sender_of(mail)
    return {"company": Companies(parts, sender, Persons(mail, sender)), "role": Roles(parts, None)}


def texts(proposer):
    spans = [(part, *span) for part in proposer.parts for span in proposer.spans(part)]
    return {proposer.text(part, first, last) for part, first, last in spans}


@pytest.mark.parametrize("name", ["company", "role"])
@settings(max_examples=60, deadline=None)
@given(subject=st.text("abN 1-(),.", max_size=40), body=st.text("aBcd of the at in,.\n-()1&'", max_size=200))
def test_what_is_looked_up_is_what_the_clues_weigh(name, subject, body):
    proposer = proposers(MailText(subject=subject, sender_name="Ab Cd", sender_address="a@bcd.example", body=body))[
        name
    ]
    table = weights(name)
    ranker = Ranker(table, type(proposer))
    spelled = [sum(table.get(clue, 0.0) for clue in clues) for _, clues in all_clues(proposer)]
    looked_up = [
        score + ranker._sum(proposer.own_clues(text, part, first, last))
        for score, part, first, last in ranker._rough(proposer)
        if (text := proposer.text(part, first, last))
    ]
    assert looked_up == pytest.approx(spelled)


def test_a_ranker_without_weights_is_sure_of_nothing():
    found = Ranker({}, Companies).best(proposers(_MAIL)["company"])
    assert found is not None
    assert found[1] < 1


def test_a_mail_without_names_has_no_best():
    assert Ranker({}, Companies).best(proposers(MailText(body="thanks, see you soon."))["company"]) is None


def test_both_spellings_of_a_title_are_proposed():
    assert {"Night Baker", "Night Baker (part-time)"} <= texts(proposers(_MAIL)["role"])


def test_a_legal_form_is_no_part_of_the_name():
    assert "Crumbworks" in texts(proposers(_MAIL)["company"])
    assert "Crumbworks Ltd" not in texts(proposers(_MAIL)["company"])
    assert without_legal_form("Kurbel & Söhne GmbH") == "Kurbel & Söhne"


@pytest.mark.parametrize("name", ["Greenhouse", "Workday", "Monday", "mardi"])
def test_a_relay_or_a_day_is_never_proposed(name):
    assert name.title() not in texts(proposers(MailText(body=f"We wrote to you on {name.title()}."))["company"])


def test_names_are_keyed_and_folded():
    assert key_of("Marsh & Heron-Co.") == "marshheronco"
    assert folded("Käserei Müßig") == "kaesereimuessig"


@pytest.mark.parametrize(
    "word", ["engineers", "pflegefachkraft", "verkäuferin", "magazijnmedewerker", "picker/packer", "celador/a"]
)
def test_names_of_jobs_are_known_by_list_and_ending(word):
    assert kinds(word) & NOUN


def test_a_word_may_be_several_things():
    assert kinds("we") & STOP
    assert kinds("grace") & GIVEN
    assert not kinds("quillmoor")


def role_texts(body, language="en"):
    return texts(Roles(parts_of(MailText(body=body), language), None))


def test_a_title_never_begins_with_half_or_an_article():
    found = role_texts("Somebody who is half engineer. Den Growth Lead haben wir. A first Community Lead.")
    assert "engineer" in found
    assert "Growth Lead" in found
    assert not {text for text in found if text.lower().startswith(("half ", "den ", "a "))}


def test_a_vacancy_number_is_no_part_of_a_title():
    found = role_texts("VA 2026/031 Hydrologist (REQ019482) applied")
    assert "Hydrologist" in found
    assert not {text for text in found if "031" in text or "REQ" in text}


def test_a_roman_one_may_end_a_title_though_i_is_a_small_word():
    assert {"Claims Adjuster I", "Claims Adjuster"} <= role_texts("the Claims Adjuster I role")
    assert not {text for text in role_texts("the Claims Adjuster. I saw") if text.endswith("I")}


def test_a_lower_case_title_of_two_words_is_proposed_whole():
    assert "depot supervisor" in role_texts("they made her depot supervisor last week")


def test_abbreviations_in_capitals_are_names_not_small_words():
    assert "Quern AI" in texts(proposers(MailText(body="thanks from all at Quern AI"))["company"])
    assert "IT Service Desk Analyst" in role_texts("for the IT Service Desk Analyst role")


def test_a_job_known_only_by_its_gloss_is_proposed():
    assert "koster" in role_texts("we vroegen toen koster Piet", "nl")
    assert "koster" not in role_texts("we vroegen toen koster Piet", "en")
    assert parts_of(MailText(body="le poste"), "fr")[0].plain[-1] != "poste"
    assert parts_of(MailText(body="the post"), "en")[0].plain == ("the", "post")


def test_words_around_a_stretch_are_heard_on_both_sides_only_so_far():
    plain = "one two three four five six seven NAME eight nine ten eleven twelve".split()
    assert around_clues(plain, 7, 7) == [
        *(f"b {word}" for word in "two three four five six seven".split()),
        *(f"a {word}" for word in "eight nine ten eleven".split()),
    ]
