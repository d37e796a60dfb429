"""Thirty letters to read, of all kinds, tones and languages: `make letters` writes them to docs/letters.md.

Run as `python -m tests.letters_page` it prints the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from server.domain.letters import Wish, suggest
from server.domain.model import Kind, Profile, Suggestion, Tone
from tests.threads import SEEKER, Story, case_of, stories
from tests.wordings import LANGUAGES, WORDINGS

NAMES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}
KIND_NAMES = {
    Kind.THANK_YOU: "Thank-you",
    Kind.FEEDBACK: "Request for feedback",
    Kind.STAY_IN_TOUCH: "Stay in touch, some weeks later",
    Kind.CONNECT_NOTE: "Note to connect",
    Kind.THANKS_FOR_FEEDBACK: "Thanks for feedback",
    Kind.KEEP_IN_MIND: "Answer to “we will keep you in mind”",
}
ORDER = ("en", "de", "fr", "es", "it", "nl", "pt")
INTRODUCTION = (Path(__file__).parent / "data" / "letters_intro.md").read_text(encoding="utf-8")


def chosen() -> Iterator[tuple[Story, Suggestion]]:
    """Thirty letters: six kinds in seven languages would be forty-two, so every language goes without one or two."""
    told = {language: list(stories(language)) for language in LANGUAGES}
    tones = cycle(Tone)
    count = dict.fromkeys(LANGUAGES, 0)
    for number in range(30):
        language = ORDER[number % len(ORDER)]
        kind = list(Kind)[(number // len(ORDER) + ORDER.index(language)) % len(Kind)]
        fitting = [story for story in told[language] if story.fits(kind)]
        story = fitting[(count[language] + 2 * number) % len(fitting)]
        count[language] += 1
        wish = Wish(tone=next(tones), specific=story.specific if number % 3 == 0 else "")
        yield story, suggest(case_of(story), kind, WORDINGS, Profile("Robin Avery", SEEKER), wish)


def page() -> str:
    """The page as Markdown."""
    parts = [INTRODUCTION]
    for number, (story, letter) in enumerate(chosen(), 1):
        title = f"## {number}. {KIND_NAMES[letter.kind]}, {NAMES[letter.language]}, {letter.tone}"
        lines = [f"> {line}".rstrip() for line in letter.body.split("\n")]
        to = f"To: {letter.to}" if letter.to else "To copy; no mail"
        parts.append("\n".join([title, "", f"{story.told} {to}.", "", *lines]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
