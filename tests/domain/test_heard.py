"""Sentences that sound upset as a whole, among what the last look at a letter points out."""

from __future__ import annotations

import pytest

from nlp.verdict import Heard, Overtone
from server.domain.guarding import Flaw, Guarded, check
from tests.wordings import WORDINGS

ADA = Guarded(recipient="Ada Lee", seeker="Robin Avery", company="Kelp")
TEXT = "Thank you, Ada. You had all made up your minds by lunch. Good luck!!"
UPSET = (16, 56)


def found(heard, text=TEXT):
    return check(text, ADA, WORDINGS.values(), heard)


@pytest.mark.parametrize("overtone", Overtone)
def test_what_is_heard_is_shown_as_its_sentence_with_the_words_for_its_kind(overtone):
    first, second = found([Heard(overtone, *UPSET)])
    assert (first.kind, first.words) == (Flaw(overtone), "You had all made up your minds by lunch.")
    assert (first.start, first.end) == UPSET
    assert first.words in first.sentence
    assert second.kind is Flaw.EXCLAMATION


def test_where_words_of_the_sentence_are_known_they_are_shown_and_not_the_sentence():
    text = "I wish you well. That was unfair from the first minute on."
    shown = found([Heard(Overtone.BITTERNESS, 17, len(text))], text)
    assert [each.words for each in shown] == ["unfair"]


def test_known_words_in_one_sentence_hide_nothing_in_the_next():
    text = "That was unfair. You never meant to take me."
    shown = found([Heard(Overtone.BITTERNESS, 17, len(text))], text)
    assert [each.words for each in shown] == ["unfair", "You never meant to take me."]


def test_what_is_heard_in_nothing_is_nothing():
    assert [each.kind for each in found([])] == [Flaw.EXCLAMATION]
