"""The choice between stretches of words: what is looked up is what was fitted, and nothing is told without ground."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extraction.company import Companies
from nlp.extraction.lexicon import GIVEN, NOUN, STOP, kinds
from nlp.extraction.names import folded, key_of, without_legal_form
from nlp.extraction.ranker import Ranker, all_clues, weights
from nlp.extraction.role import Roles
from nlp.extraction.sender import sender_of
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
    parts = parts_of(mail)
    return {"company": Companies(parts, sender_of(mail)), "role": Roles(parts, None)}


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
