"""Patterns ruled out by how the words of a text begin."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.beginnings import Sieve, beginnings, needed
from nlp.phrases_en import ENGLISH, HOLDS
from nlp.phrases_other import OTHER_HOLDS, OTHERS

PATTERNS = [one.pattern for one in (*ENGLISH, *OTHERS)] + [*HOLDS, *OTHER_HOLDS]
SIEVE = Sieve((pattern.pattern, pattern) for pattern in PATTERNS)
# The pieces that the patterns themselves are made of, so that random texts of them are often found.
WORDS = sorted({word for pattern in PATTERNS for word in re.findall(r"[^\W\d_]+'?[^\W\d_]*", pattern.pattern)})
NEARLY = st.lists(st.sampled_from([*WORDS, "you", "the", "been", "- ", ", ", "; "]), max_size=12).map(" ".join)


@st.composite
def found_texts(draw):
    """A pattern, and a text that it is found in."""
    pattern = draw(st.sampled_from(PATTERNS))
    before, after = draw(st.tuples(NEARLY, NEARLY))
    return pattern, f"{before} {draw(st.from_regex(pattern))} {after}".lower()


@settings(deadline=None)  # texts from a pattern take their time
@given(found_texts())
def test_no_pattern_is_ruled_out_that_is_found(drawn):
    pattern, text = drawn
    if pattern.search(text):
        assert not needed(pattern.pattern).isdisjoint(beginnings(text))


@given(NEARLY)
def test_the_sieve_leaves_every_pattern_that_is_found_in_order(text):
    left = SIEVE.left(beginnings(text))
    assert [pattern for pattern in left if pattern.search(text)] == [one for one in PATTERNS if one.search(text)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\b(?:not|never) (?:\w+ )?hired\b", {"hir"}),
        (r"\bthe (?:seat|desk)\b", {"sea", "des"}),
        (r"\bno\b", {"no"}),
        (r"\bre(?:ject|new)(?:ed)?\b", {"rej", "ren"}),
        (r"\b(?:is|was) (?:now )?off\b", {"off"}),
    ],
)
def test_the_rarest_words_of_a_pattern_are_chosen(pattern, expected):
    assert needed(pattern) == expected


@pytest.mark.parametrize("pattern", [r"ject", r"\b\w+ing\b", r"\bno", r"\b(?:un)?\w+", r"\b[^a]bc\b"])
def test_a_pattern_that_tells_no_beginning_is_refused(pattern):
    with pytest.raises(ValueError, match="begin"):
        needed(pattern)


def test_most_of_an_ordinary_sentence_rules_the_phrases_out():
    assert not SIEVE.left(beginnings("the blue tent hangs behind our garden gate"))
