"""The sentence pipeline: judged by its own layer, without the Docs that spaCy would make first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from nlp.masking import marked, words_of
from nlp.pipeline import score, trained

TEXTS = ["We have chosen another candidate.", "The choir meets at eight.", "We have your application, root and all."]
LABELS = ["rejection", "not_job", "application_received"]


@pytest.fixture(scope="module")
def pipeline():
    return trained(TEXTS * 5, LABELS * 5, LABELS, epochs=3, rate=0.01)


def by_spacy(pipeline, text):
    doc = pipeline(Doc(pipeline.vocab, words=marked(words_of(text)) or ["xnothing"]))
    return doc.cats


@given(texts=st.lists(st.one_of(st.text(max_size=80), st.sampled_from(TEXTS)), max_size=5))
def test_any_sentences_are_scored_as_spacy_would(pipeline, texts):
    found = score(pipeline, map(words_of, texts))
    assert [
        one == pytest.approx(by_spacy(pipeline, text), abs=1e-5) for one, text in zip(found, texts, strict=True)
    ] == [True for _ in texts]


def test_what_was_learned_is_told_apart(pipeline):
    (scores,) = score(pipeline, [words_of("Another candidate was chosen.")])
    assert max(scores, key=scores.get) == "rejection"


@given(first=st.text(max_size=60), second=st.text(max_size=60), gap=st.sampled_from([" ", "\n", " \n "]))
def test_two_texts_have_the_words_of_the_one_and_of_the_other(first, second, gap):
    assert words_of(first + gap + second) == words_of(first) + words_of(second)
