"""Two mails are told to be alike from sketches that hold no text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.likeness import NEAR, SIZE, likeness, sketch, words, writer
from server.domain.model import Contact

LETTER = """\
Dear Kim, thank you for your interest in the role of {role}, reference {number}. We were glad to read your application.
After careful thought we have gone ahead with other applicants. Your status: https://jobs.harbour.example/s/{number}
We wish you all the best. The team at Harbour"""

texts = st.text(st.sampled_from("abc dé'1 \n."), max_size=120)


def jaccard(one: str, other: str) -> float:
    first, second = (
        {tuple(w[i : i + 3]) for i in range(len(w) - 2)} if len(w) >= 6 else set() for w in (words(one), words(other))
    )
    return len(first & second) / len(first | second) if first and second else 0.0


@settings(deadline=None)
@given(texts, texts)
def test_short_texts_have_their_exact_overlap(one: str, other: str) -> None:
    assert likeness(sketch(one), sketch(other)) == pytest.approx(jaccard(one, other))


@settings(deadline=None)
@given(texts, texts)
def test_likeness_has_no_direction_and_stays_between_none_and_all(one: str, other: str) -> None:
    there, back = likeness(sketch(one), sketch(other)), likeness(sketch(other), sketch(one))
    assert there == back
    assert 0.0 <= there <= 1.0


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_sketch_of_limited_size_and_is_like_itself(text: str) -> None:
    own = sketch(text)
    assert len(own) <= SIZE
    assert list(own) == sorted(set(own))
    assert likeness(own, own) == (1.0 if own else 0.0)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.floats(0.0, 1.0))
def test_long_texts_have_their_overlap_within_the_error_of_a_sketch(seed: int, share: float) -> None:
    draw = random.Random(seed)  # noqa: S311 - invented words
    shared = int(1200 * share)
    common = [f"w{draw.choice('abcdefgh')}{''.join(draw.choices('klmnop', k=5))}" for _ in range(shared)]
    one, other = (
        " ".join([*common, *("".join(draw.choices("qrstuv", k=8)) for _ in range(1200 - shared))]) for _ in range(2)
    )
    assert likeness(sketch(one), sketch(other)) == pytest.approx(jaccard(one, other), abs=0.2)


def test_numbers_links_and_case_make_no_difference() -> None:
    assert sketch(LETTER.format(role="Baker", number="17")) == sketch(
        LETTER.format(role="BAKER", number="2044").upper()
    )


def test_the_same_letter_for_another_role_is_near() -> None:
    one, other = (sketch(LETTER.format(role=role, number=7)) for role in ("Baker", "Head of Quiet Rooms"))
    assert likeness(one, other) > NEAR


def test_another_letter_is_not_near() -> None:
    other = "Dear Kim, thank you for your interest. Could you come in on Tuesday and meet the team of the harbour?"
    assert likeness(sketch(LETTER.format(role="Baker", number=7)), sketch(other)) < NEAR


def test_a_greeting_is_too_short_to_be_like_anything() -> None:
    assert sketch("See you on Monday then!") == ()
    assert likeness((), ()) == 0.0


def test_a_sketch_holds_no_text() -> None:
    assert all(isinstance(part, int) and part < 2**48 for part in sketch(LETTER))


def test_a_writer_is_an_address_or_else_a_name() -> None:
    assert writer(Contact("Ada Lee", "Ada@Harbour.example")) == "ada@harbour.example"
    assert writer(Contact("Ada  LEE", "")) == "ada lee"
    assert writer(Contact("", "")) == ""
