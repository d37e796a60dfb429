"""The wording files as they are read: what they must hold, and that a mistake is named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.domain.model import Tone
from server.domain.wording import OPTIONAL, SLOTS, WordingError, options, parse
from tests.wordings import LANGUAGES, REASONS, STAGES, WORDINGS

KNOWN = {frozenset({*stage, *reason}) for stage in STAGES for reason in REASONS}
ENGLISH = Path(__file__).parents[2] / "server" / "wording" / "en.toml"


def tables(**other: Any) -> dict[str, Any]:
    return {**tomllib.loads(ENGLISH.read_text(encoding="utf-8")), **other}


def block(**fields: Any) -> dict[str, Any]:
    return tables(wish=[{"lines": ["All the best."]}, {"lines": ["Well."], **fields}])


def test_there_are_letters_in_seven_languages():
    assert sorted(WORDINGS) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", Tone)
def test_whatever_is_known_there_are_four_different_lines_to_choose_from(language, tone):
    for known in KNOWN:
        for slot in SLOTS:
            found = options(WORDINGS[language], slot, tone, known)
            assert len(set(found)) == len(found)
            assert len(found) >= 4 or (not found and slot in OPTIONAL), (slot, known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_file_can_be_drawn(language):
    wording = WORDINGS[language]
    drawn = {
        (slot, line)
        for known in KNOWN
        for slot in SLOTS
        for tone in Tone
        for line in options(wording, slot, tone, known)
    }
    assert drawn == {(slot, line.text) for slot, lines in wording.slots.items() for line in lines}


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (block(needs=["salary"]), "xx: salary is no fact"),
        (block(tones=["angry"]), "xx: 'angry' is no tone; there are warm, brief, formal"),
        (tables(revenge=[]), "xx: 'revenge' is no slot of a letter; there are after_ask, ahead"),
        (block(lines=["At {company}."]), "speaks of a fact it does not need"),
        (block(needs=["first_name"], lines=["Dear {first_name}."]), "speaks of a fact it does not need"),
        (block(lines=["At {}."]), "speaks of a fact it does not need"),
        (block(lines=["At {company."]), "the braces of 'At {company.' do not match"),
        (block(lines=["Danke <Ihnen|dir."]), "the angle brackets of"),
        (block(lines=[3]), "3 is no text"),
        (tables(greeting={}), r"\[greeting\] needs an entry 'person'"),
        (tables(greeting="Dear,"), r"\[greeting\] is no table"),
        (tables(closing={"warm": "C"}), r"\[closing\] needs an entry 'brief'"),
        (tables(closing={"warm": "C {role}", "brief": "D", "formal": "E"}), "a fact it does not need"),
        (tables(wish=[{"needs": []}]), r"a block of \[\[wish\]\] has no 'lines'"),
        (tables(wish=[{"needs": ["talked"], "lines": ["x"]}]), r"\[\[wish\]\] needs lines for the tone warm"),
        (tables(guard={"bitterness": ["("], "argument": [], "pleading": []}), "cannot be looked for"),
        (tables(guard={"bitterness": "bad", "argument": [], "pleading": []}), "'bad' is no list of words"),
    ],
)
def test_a_mistake_in_a_wording_file_is_named(wrong, what):
    with pytest.raises(WordingError, match=what):
        parse("xx", wrong)


def test_of_a_slot_the_first_block_whose_needs_are_known_is_taken_with_those_that_need_the_same():
    own = tables(
        wish=[
            {"needs": ["filled"], "lines": ["a"]},
            {"needs": ["talked"], "lines": ["b"]},
            {"lines": ["c"]},
            {"needs": ["filled"], "tones": ["warm"], "lines": ["d"]},
        ]
    )
    wording = parse("xx", own)
    assert options(wording, "wish", Tone.WARM, frozenset({"talked", "filled"})) == ["a", "d"]
    assert options(wording, "wish", Tone.BRIEF, frozenset({"talked", "filled"})) == ["a"]
    assert options(wording, "wish", Tone.WARM, frozenset({"talked"})) == ["b"]
    assert options(wording, "wish", Tone.WARM, frozenset()) == ["c"]
