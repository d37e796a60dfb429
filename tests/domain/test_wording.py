"""The sentences of the letters, over all facts, kinds, tones and languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.domain.model import Kind, Tone
from server.domain.wording import Facts, body, parse
from tests.wordings import CASES, COMPANIES, KINDS, ROLES, WORDINGS, all_facts, middle, words

SEEDS = ("one", "two", "three", "four")
GREETING = {"person": "A {first_name},", "nobody": "A,", "formal_person": "B {full_name},", "formal_nobody": "B,"}
CLOSING = {"warm": "C", "brief": "D", "formal": "E"}


def letters(language: str, kind: Kind, tone: Tone):
    for facts in all_facts():
        for seed in SEEDS:
            yield facts, body(WORDINGS[language], kind, tone, facts, seed=seed, signature="Robin Avery")


def with_block(**block: Any) -> dict[str, Any]:
    whole = {"slot": "thanks", "needs": [], "lines": ["Thank you."], **block}
    return {"greeting": GREETING, "closing": CLOSING, "thank_you": [whole]}


def flesch(text: str) -> float:
    """Flesch (1948): 206.835 - 1.015 words per sentence - 84.6 syllables per word."""
    tokens = re.findall(r"[A-Za-z']+", text)
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    return 206.835 - 1.015 * len(tokens) / sentences - 84.6 * sum(map(syllables, tokens)) / len(tokens)


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e: right to a few per cent over running text."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = (word.endswith("e") and not word.endswith(("le", "ee"))) or re.search(r"[^td]ed$|[^sxz]es$", word)
    return max(1, groups - (1 if silent and groups > 1 else 0))


def test_seven_languages_have_both_letters():
    assert set(WORDINGS) == {"de", "en", "es", "fr", "it", "nl", "pt"}
    assert all(set(KINDS) <= set(wording.lines) for wording in WORDINGS.values())


@pytest.mark.parametrize(("language", "kind", "tone"), CASES)
def test_every_letter_has_50_to_125_words_whatever_is_drawn(language, kind, tone):
    lines = WORDINGS[language].lines[kind]
    for facts in all_facts():
        shortest = longest = 0
        for slot in {line.slot for line in lines}:
            counts = [words(text) for text in drawn(lines, slot, tone, facts)] or [0]
            shortest, longest = shortest + min(counts), longest + max(counts)
        assert shortest >= 50, facts
        assert longest <= 112, facts  # the rest is for greeting, closing and name


@pytest.mark.parametrize(("language", "kind", "tone"), CASES)
def test_no_letter_holds_a_placeholder_a_stray_space_or_a_fact_not_given(language, kind, tone):
    for facts, letter in letters(language, kind, tone):
        assert not re.search(r"[{}<>\[\]]|  | [,.]|\(\)|«\s*»|\bNone\b|\n\n\n", letter), letter
        assert 50 <= words(letter) <= 125, letter
        for name in {*COMPANIES, *ROLES} - {"", facts.company, facts.role}:
            assert name not in letter
        assert facts.company in letter
        assert facts.role in letter


@pytest.mark.parametrize(("language", "kind", "tone"), CASES)
def test_main_slots_have_three_lines_to_choose_from_that_need_the_same_facts(language, kind, tone):
    lines = WORDINGS[language].lines[kind]
    for facts in all_facts():
        for slot in {line.slot for line in lines}:
            assert len(set(drawn(lines, slot, tone, facts))) not in {1, 2}, (slot, facts)
            best = [line for line in lines if line.slot == slot and tone in line.tones and line.needs <= facts.known()]
            most = max((len(line.needs) for line in best), default=0)
            assert len({line.needs for line in best if len(line.needs) == most}) <= 1, (slot, facts)


@pytest.mark.parametrize("language", sorted(WORDINGS))
@pytest.mark.parametrize("tone", Tone)
def test_a_feedback_letter_asks_once_at_most_whatever_is_drawn(language, tone):
    lines = WORDINGS[language].lines[Kind.FEEDBACK]
    for facts in all_facts():
        slots = {line.slot for line in lines}
        asked = sum(max(text.count("?") for text in drawn(lines, slot, tone, facts)) for slot in slots)
        assert asked <= 1, facts


def test_a_thank_you_asks_nothing():
    for language, tone in {(language, tone) for language, _kind, tone in CASES}:
        assert not any("?" in letter for _facts, letter in letters(language, Kind.THANK_YOU, tone))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tone", Tone)
def test_english_letters_are_easy_to_read(kind, tone):
    for facts, letter in letters("en", kind, tone):
        if len(facts.role.split()) < 2:
            assert flesch(middle(letter)) >= 60, letter


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_greetings_use_a_name_only_where_it_is_whole(language):
    wording = WORDINGS[language]

    def greets(facts: Facts, tone: Tone) -> str:
        return body(wording, Kind.THANK_YOU, tone, facts, seed="x", signature="").split("\n")[0]

    ada = Facts(full_name="Ada von Berg", first_name="Ada", last_name="von Berg")
    for tone in Tone:
        assert "Ada" in greets(ada, tone)
        assert "Ines" in greets(Facts(first_name="Ines"), tone)
        assert "J. Lockhart" in greets(Facts(full_name="J. Lockhart", last_name="Lockhart"), tone)
        assert re.fullmatch(r"[\w.,: ]+[,:]", greets(Facts(), tone))
    assert "Ada von Berg" in greets(ada, Tone.FORMAL)
    assert greets(Facts(), Tone.WARM) == wording.greeting["nobody"]


def test_the_same_seed_gives_the_same_letter_and_other_seeds_others():
    facts = Facts(company="Zephyrine", role="Quizmaster")
    for language, kind, tone in CASES:
        drawn_twice = [
            [body(WORDINGS[language], kind, tone, facts, seed=str(seed), signature="") for seed in range(40)]
            for _time in range(2)
        ]
        assert drawn_twice[0] == drawn_twice[1]
        assert len(set(drawn_twice[0])) >= 20, (language, kind, tone)


def test_the_tones_of_a_letter_differ():
    facts = Facts(company="Zephyrine", role="Quizmaster")
    for language, kind, _tone in CASES:
        texts = {middle(body(WORDINGS[language], kind, tone, facts, seed="x", signature="")) for tone in Tone}
        assert len(texts) == 3, (language, kind)


def test_braces_in_a_fact_stay_as_they_are():
    facts = Facts(company="{role}", role="Quizmaster")
    assert "{role}" in body(WORDINGS["en"], Kind.THANK_YOU, Tone.WARM, facts, seed="x", signature="")


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        (with_block(needs=["salary"]), "xx: salary is no fact"),
        (with_block(tones=["angry"]), "xx: 'angry' is no tone; there are warm, brief, formal"),
        ({**with_block(), "revenge": []}, "xx: 'revenge' is no kind of letter; there are thank_you"),
        (with_block(lines=["At {company}."]), "speaks of a fact it does not need"),
        (with_block(lines=["Dear {first_name}."]), "speaks of a fact it does not need"),
        (with_block(lines=["At {}."]), "speaks of a fact it does not need"),
        (with_block(lines=["At {company."]), "the braces of 'At {company.' do not match"),
        ({"closing": CLOSING}, r"\[greeting\] needs an entry 'person'"),
        ({"greeting": GREETING, "closing": {"warm": "C"}}, r"\[closing\] needs an entry 'brief'"),
        ({"greeting": {**GREETING, "nobody": "To {company},"}, "closing": CLOSING}, "a fact it does not need"),
        ({"greeting": GREETING, "closing": CLOSING, "feedback": [{"slot": "a"}]}, r"\[\[feedback\]\] has no 'needs'"),
    ],
)
def test_a_mistake_in_a_wording_file_is_named(tables, what):
    with pytest.raises(ValueError, match=what):
        parse("xx", tables)


def drawn(lines, slot: str, tone: Tone, facts: Facts) -> list[str]:
    """The lines of a slot that may be drawn, filled in."""
    fitting = [line for line in lines if line.slot == slot and tone in line.tones and line.needs <= facts.known()]
    most = max((len(line.needs) for line in fitting), default=0)
    return [line.text.format(company=facts.company, role=facts.role) for line in fitting if len(line.needs) == most]
