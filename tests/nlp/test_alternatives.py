"""Lists of words as one pattern."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.alternatives import any_of, by_first_letter

PIECES = ["a", "ab", "abc", "ba", "b c", r"b\w+", "[ab]c", "(?:a|b) c", "a?b", "ca", r"c\.b", "c(?:a|b)", "bc{1,2}", ""]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8), st.text(alphabet="abc .", max_size=30))
def test_it_finds_what_the_alternatives_in_their_own_order_find(pieces, text):
    plain = re.compile(rf"\b(?:{'|'.join(pieces)})\b")
    assert [found.span() for found in any_of("|".join(pieces)).finditer(text)] == [
        found.span() for found in plain.finditer(text)
    ]


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ("hire|cv|hr", "h(?:ire|r)|cv"),
        ("ab|[ac]x|ac", "ab|[ac]x|ac"),
        (r"a(?:b|c)|a\|d|a[|)]", r"a(?:(?:b|c)|\|d|[|)])"),
        ("ab|a?c|ad", "ab|a?c|ad"),
    ],
)
def test_alternatives_with_one_first_letter_stand_together(alternatives, expected):
    assert by_first_letter(alternatives) == expected
