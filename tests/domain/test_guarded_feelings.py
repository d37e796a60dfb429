"""What an upset person writes, and what a calm one does: the first is pointed out, the second let be.

The texts were written as people write, before the lists of words were made to know them. How few of them the lists knew
then, and how few of others they know now, stands in docs/letters.md: a list knows what it has met.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from server.domain.guarding import Flaw, Guarded, check
from tests.wordings import WORDINGS

ADA = Guarded(recipient="Ada Lee", seeker="Robin Avery", company="Kelp")
FELT = {Flaw.BITTERNESS, Flaw.ARGUMENT, Flaw.PLEADING}
LINES = (Path(__file__).parents[1] / "data" / "feelings.txt").read_text(encoding="utf-8").splitlines()
UPSET = [line.removeprefix("upset: ") for line in LINES if line.startswith("upset: ")]
CALM = [line.removeprefix("calm: ") for line in LINES if line.startswith("calm: ")]


def felt(text: str) -> list[str]:
    return [found.words for found in check(text, ADA, WORDINGS.values()) if found.kind in FELT]


@pytest.mark.parametrize("text", UPSET)
def test_an_upset_sentence_is_pointed_out(text):
    assert felt(text)


@pytest.mark.parametrize("text", CALM)
def test_a_calm_sentence_is_let_be(text):
    assert felt(text) == []


def test_a_curly_apostrophe_and_a_wrapped_line_change_nothing_and_the_words_are_shown_as_they_stand():
    text = "I don’t\nunderstand why I was not chosen."
    assert felt(text) == ["don’t\nunderstand why I"]
