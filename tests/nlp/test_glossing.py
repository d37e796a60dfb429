"""Word-by-word English for the six other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.glossing import FOLDER, Glossary, glossary_of, glossed

LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")


def test_english_stays_as_it_is():
    assert glossed("We chose someone else.", "en") == "We chose someone else."


def test_known_words_become_english_and_the_rest_stays():
    glossary = Glossary({"wir": "we", "haben": "have"}, compounds=False)
    assert glossary.gloss("Wir haben Quux, 3-mal!") == "we have Quux, 3-mal!"


def test_an_inflected_form_is_met_through_its_nearest_relative():
    glossary = Glossary({"entscheiden": "decide", "entfernen": "remove"}, compounds=False)
    assert glossary.word("entscheidest") == "decide"


def test_a_short_common_beginning_makes_no_relative():
    assert Glossary({"entfernen": "remove"}, compounds=False).word("entgegen") == "entgegen"


def test_a_compound_is_read_part_by_part_where_the_language_builds_them():
    rows = {"stelle": "position", "stellen": "positions", "angebot": "offer"}
    assert Glossary(rows, compounds=True).word("Stellenangebot") == "positions offer"
    assert Glossary(rows, compounds=False).word("Angebotstafel") == "Angebotstafel"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_glossary_without_empty_or_double_rows(language):
    lines = [line for line in (FOLDER / f"{language}.tsv").read_text("utf-8").split("\n") if line]
    rows = [line.split("\t") for line in lines]
    assert len(rows) >= 4000
    assert all(len(row) == 2 and row[0] == row[0].lower().strip() and row[1].strip() for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_refusal_are_known(language):
    words = {
        "de": "leider absage entschieden andere besetzt", "es": "lamentamos elegido otra vacante cubierta",
        "fr": "malheureusement retenu autre poste pourvu", "it": "purtroppo scelto altra posizione coperta",
        "nl": "helaas afgewezen gekozen andere vervuld", "pt": "infelizmente escolhido outra vaga preenchida",
    }[language].split()  # fmt: skip
    glossary = glossary_of(language)
    assert glossary is not None
    assert [word for word in words if glossary.word(word) == word] == []


@given(st.text(), st.sampled_from(LANGUAGES))
def test_no_text_breaks_it(text, language):
    assert isinstance(glossed(text, language), str)
