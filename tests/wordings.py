"""The shipped wording files, and every combination of facts that a letter can meet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from server.domain.model import Kind, Tone
from server.domain.wording import Facts, Wording, parse

FOLDER = Path(__file__).parents[1] / "server" / "wording"
WORDINGS: dict[str, Wording] = {
    path.stem: parse(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.toml")
}
KINDS = (Kind.THANK_YOU, Kind.FEEDBACK)
CASES = [(language, kind, tone) for language in sorted(WORDINGS) for kind in KINDS for tone in Tone]
COMPANIES = ("", "Zephyrine", "Royal Society for Kite Flying")
ROLES = ("", "Quizmaster", "Senior Product Manager for Digital Health and Care")
NAMES = (("", "", ""), ("Ada von Berg", "Ada", "von Berg"), ("J. Lockhart", "", "Lockhart"), ("", "Ines", ""))


def all_facts() -> Iterator[Facts]:
    for company, role, name, talked, reason, met in product(
        COMPANIES, ROLES, NAMES, (False, True), ("", "filled", "cancelled"), (False, True)
    ):
        full, first, last = name
        yield Facts(
            company=company,
            role=role,
            full_name=full,
            first_name=first,
            last_name=last,
            talked=talked,
            filled=reason == "filled",
            cancelled=reason == "cancelled",
            met_earlier=met,
        )


def middle(letter: str) -> str:
    """The letter without greeting and closing."""
    return " ".join(letter.split("\n\n")[1:-1])


def words(text: str) -> int:
    """Words that hold a letter or a digit: a lone French guillemet is none."""
    return sum(any(c.isalnum() for c in word) for word in text.split())
