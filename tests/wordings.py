"""The shipped wording files, and every combination of facts that a letter can meet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from server.domain.model import Kind, Tone
from server.domain.wording import Facts
from server.wording_files import read_wordings


def refuse(sentence: str) -> None:
    raise AssertionError(sentence)


WORDINGS = read_wordings(Path("/nonexistent"), refuse)
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
LETTERS = tuple(kind for kind in Kind if kind is not Kind.CONNECT_NOTE)
CASES = [(language, kind, tone) for language in LANGUAGES for kind in LETTERS for tone in Tone]
NOTES = [(language, tone) for language in LANGUAGES for tone in Tone]
COMPANIES = ("", "Zephyrine", "Royal Society for Kite Flying")
ROLES = ("", "Quizmaster", "Senior Product Manager for Digital Health and Care")
NAMES = (("", "", ""), ("Ada von Berg", "Ada", "von Berg"), ("J. Lockhart", "", "Lockhart"), ("", "Ines", ""))
TOPICS = {
    "de": "über die neue Fährkarte",
    "en": "about the ferry map",
    "es": "sobre el mapa de los ferris",
    "fr": "sur la carte des ferries",
    "it": "sulla mappa dei traghetti",
    "nl": "over de kaart van de veerboten",
    "pt": "sobre o mapa das barcas",
}
# How far it got, and what the mail said: each step on the way, and each reason, once.
STAGES = (
    {},
    {"talked": True},
    {"talked": True, "interviewed": True},
    {"talked": True, "interviewed": True, "topic": "about the ferry map"},
    {"talked": True, "called": True},
    {"talked": True, "interviewed": True, "several": True},
    {"talked": True, "interviewed": True, "panel": True},
    {"talked": True, "interviewed": True, "final": True},
    {"talked": True, "interviewed": True, "final": True, "topic": "about the ferry map"},
    {"talked": True, "interviewed": True, "offered": True},
    {"tested": True},
)
REASONS = (
    {},
    {"filled": True},
    {"cancelled": True},
    {"encouraged": True},
    {"kept": True},
    {"met_earlier": True},
    {"heard": True},
)


def all_facts(language: str = "en", names: tuple[tuple[str, str, str], ...] = NAMES) -> Iterator[Facts]:
    for company, role, (full, first, last), stage, reason in product(COMPANIES, ROLES, names, STAGES, REASONS):
        said = {**stage, "topic": TOPICS[language]} if "topic" in stage else stage
        yield Facts(company, role, full, first, last, **said, **reason)


def middle(letter: str) -> str:
    """The letter without greeting and closing."""
    return " ".join(letter.split("\n\n")[1:-1])
