"""A thousand suggestions and more over invented rejections, in seven languages: whole, true, in length, to somebody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, cycle
from pathlib import Path

import pytest
from rapidfuzz.fuzz import ratio

from server.domain.guarding import Guarded, check
from server.domain.letters import Wish, suggest
from server.domain.letters.alike import TOO_ALIKE
from server.domain.letters.body import LEAST, MOST, NOTE, words
from server.domain.model import Kind, Profile, Suggestion, Tone
from server.domain.people import is_no_reply
from tests.letters_page import page
from tests.threads import NOW, SEEKER, WORLD, Story, case_of, stories
from tests.wordings import LANGUAGES, WORDINGS

ROBIN = Profile("Robin Avery", SEEKER)
LATER = NOW + timedelta(weeks=6)
TONES = cycle(Tone)  # 56 stories a kind: another tone for each of them every time
ALL = [(story, kind, next(TONES)) for language in LANGUAGES for kind in Kind for story in stories(language)]
BROKEN = re.compile(r"[{}<>\[\]|]|  | [,.]|\(\)|«\s*»|„\s*“|\bNone\b|\n\n\n|\.\.|,,|\bX{2,}")
NAMES = {word for rows in WORLD.values() for *_rest, person in rows for word in (person, person.split()[0])}
NAMED = re.compile(rf"\b(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})\b")  # whole names before first names
FIRMS = {company for rows in WORLD.values() for company, *_rest in rows}


def asked(story: Story, kind: Kind, tone: Tone) -> Suggestion:
    return suggest(case_of(story), kind, WORDINGS, ROBIN, Wish(tone=tone), now=LATER)


@pytest.fixture(scope="module")
def suggestions() -> list[tuple[Story, Suggestion]]:
    return [(story, asked(story, kind, tone)) for story, kind, tone in ALL]


def test_there_are_more_than_a_thousand_and_each_goes_to_one_person_who_can_answer(suggestions):
    assert len(suggestions) > 1000
    for story, letter in suggestions:
        assert letter.allowed or story.from_machine
        if letter.kind is Kind.CONNECT_NOTE:
            assert (letter.to, bool(letter.link)) == ("", letter.allowed)
        elif letter.allowed:
            assert re.fullmatch(r"[a-z]+\.\d+@[a-z-]+\.example", letter.to)
            assert not is_no_reply(letter.to)


def test_every_one_is_within_its_length(suggestions):
    for _story, letter in suggestions:
        if letter.kind is Kind.CONNECT_NOTE:
            assert len(letter.body) <= NOTE
        else:
            assert LEAST <= words(letter.body) <= MOST


def test_none_holds_a_placeholder_or_a_name_from_elsewhere(suggestions):
    for story, letter in suggestions:
        assert not BROKEN.search(letter.body), letter.body
        own = {story.person, story.person.split()[0]}
        assert not [name for name in NAMES - own if name in story.person]
        assert not set(NAMED.findall(letter.body)) - own, letter.body
        for firm in FIRMS - {story.company}:
            assert firm not in letter.body


ONE_TALK = {
    "de": r"\b(?:das|dem|im|zum|unser) Gespräch\b",
    "en": r"\binterview\b|\bconversation\b",
    "es": r"\b(?:la|aquella) entrevista\b|conversación",
    "fr": r"\b(?:l'|cet )entretien\b|notre échange\b",
    "it": r"(?<!ogni )\bcolloquio\b",
    "nl": r"(?<!elk )\bgesprek\b",
    "pt": r"(?<!cada )\bentrevista\b|\bconversa\b",
}


def test_after_several_interviews_no_letter_speaks_of_one(suggestions):
    kinds = {Kind.THANK_YOU, Kind.FEEDBACK, Kind.STAY_IN_TOUCH, Kind.CONNECT_NOTE}
    several = [one for story, one in suggestions if story.parts == ("rounds", "no") and one.kind in kinds]
    assert len(several) == 7 * 4 * 4
    for letter in several:
        assert not re.search(ONE_TALK[letter.language], letter.body), letter.body


def test_numbers_stand_in_none(suggestions):
    assert not any(re.search(r"\d", letter.body) for _story, letter in suggestions)


def test_each_says_at_least_two_things_that_only_this_thread_knows(suggestions):
    for story, letter in suggestions:
        first = story.person.split()[0]
        firm = re.sub(r" GmbH$", "", story.company)
        role = re.sub(r" \(.*\)$", "", story.role)
        assert sum(known in letter.body for known in (first, firm, role)) >= 2, letter.body


def test_the_check_finds_nothing_to_say_about_any(suggestions):
    everything = [WORDINGS[language] for language in LANGUAGES]
    for story, letter in suggestions:
        facts = Guarded(letter.kind, story.person, "Robin Avery", story.company, frozenset(FIRMS - {story.company}))
        assert check(letter.body, facts, everything) == [], letter.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CONNECT_NOTE])
def test_one_after_the_other_letters_to_different_companies_never_read_alike(language, kind):
    """As they are suggested in life: each knows the letters of its kind that were written before."""
    written: list[str] = []
    for story in list(stories(language))[::2][:24]:
        wish = Wish(unlike=tuple(written))
        written.append(suggest(case_of(story), kind, WORDINGS, ROBIN, wish, now=LATER).body)
    assert max(ratio(one, other) for one, other in combinations(written, 2)) < TOO_ALIKE


def test_even_those_that_know_nothing_of_each_other_rarely_read_alike(suggestions):
    pairs = alike = 0
    for language in LANGUAGES:
        for kind in Kind:
            bodies = [
                (story.company, letter.body)
                for story, letter in suggestions
                if (letter.language, letter.kind) == (language, kind) and letter.allowed
            ]
            for (company, one), (other_company, other) in combinations(bodies, 2):
                if company != other_company:
                    pairs, alike = pairs + 1, alike + (ratio(one, other) >= TOO_ALIKE)
    assert pairs > 10_000
    assert alike / pairs < 0.001


def test_a_language_that_no_letter_is_written_in_gets_english():
    story = next(stories("en"))
    case = case_of(story)
    assert (
        suggest(replace(case, row=replace(case.row, language="fi")), Kind.THANK_YOU, WORDINGS, ROBIN).language == "en"
    )


def test_the_page_of_letters_shows_what_would_be_suggested_now():
    """`make letters` writes it."""
    assert (Path(__file__).parents[2] / "docs" / "letters.md").read_text(encoding="utf-8") == page()
