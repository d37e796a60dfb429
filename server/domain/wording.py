"""The sentences that letters are made of, as the wording files hold them, checked when they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from string import Formatter
from typing import Any

from server.domain.model import Kind, Tone

# Either form of address inside a line: "danke für <Ihre|deine> Nachricht".
EITHER = re.compile(r"<([^<>|]*)\|([^<>|]*)>")

# The slots of each kind of letter, paragraph by paragraph, in the orders that they may stand in. SPECIFIC is the
# seeker's own line. docs/letters.md shows them all.
SPECIFIC = "specific"
Shape = Sequence[Sequence[str]]
SHAPES: Mapping[Kind, Sequence[Shape]] = {
    Kind.THANK_YOU: (
        (("opening", "courtesy", "time"), (SPECIFIC,), ("feeling", "ahead", "wish")),
        (("opening", "courtesy", "feeling"), (SPECIFIC,), ("time", "ahead", "wish")),
    ),
    Kind.FEEDBACK: (
        (("opening", "time"), (SPECIFIC,), ("ask", "way_out"), ("after_ask", "wish")),
        (("opening",), (SPECIFIC,), ("ask", "way_out"), ("time", "after_ask", "wish")),
    ),
    Kind.STAY_IN_TOUCH: (
        (("later_opening", "later_thought"), (SPECIFIC,), ("later_hope", "later_ease", "wish")),
        (("later_opening", "later_hope", "later_ease"), (SPECIFIC,), ("later_thought", "wish")),
        (("later_opening", "later_ease"), (SPECIFIC,), ("later_thought", "later_hope", "wish")),
    ),
    Kind.CONNECT_NOTE: ((("note_thanks", "note_bond", "note_end"),),),
    Kind.THANKS_FOR_FEEDBACK: (
        (("fb_thanks", "fb_value"), (SPECIFIC,), ("fb_use", "fb_ahead", "wish")),
        (("fb_thanks", "fb_use"), (SPECIFIC,), ("fb_value", "fb_ahead", "wish")),
    ),
    Kind.KEEP_IN_MIND: (
        (("opening", "feeling"), (SPECIFIC,), ("kept", "ready", "wish")),
        (("opening", "kept", "ready"), (SPECIFIC,), ("feeling", "wish")),
        (("opening", "feeling", "wish"), (SPECIFIC,), ("kept", "ready")),
    ),
}
OPTIONAL = frozenset({"courtesy", "after_ask"})  # slots that may have no line for some facts or tones
SLOTS = frozenset(slot for shapes in SHAPES.values() for part in shapes[0] for slot in part) - {SPECIFIC}


class WordingError(ValueError):
    """A wording file says something that makes no sense; `words` are some of it, to find the line by."""

    def __init__(self, language: str, what: str, words: str = "") -> None:
        super().__init__(f"{language}: {what}")
        self.words = words


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two for one slot of a letter."""

    text: str
    needs: frozenset[str]
    tones: frozenset[Tone]


@dataclass(frozen=True, slots=True)
class Wording:
    """All sentences of one language, and the words that the check of a letter looks for."""

    language: str
    greeting: Mapping[str, str]
    closing: Mapping[str, str]
    matter: Mapping[str, str]
    slots: Mapping[str, Sequence[Line]]
    guard: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, and may therefore be said. Empty text means unknown; nothing here is a guess."""

    company: str = ""
    role: str = ""
    full_name: str = ""
    first_name: str = ""
    last_name: str = ""
    topic: str = ""  # what was talked about, with its preposition: "about the ferry map"
    talked: bool = False  # a person and the seeker have spoken or written to each other
    interviewed: bool = False
    called: bool = False  # there was a call, and no interview beyond it
    several: bool = False  # there was more than one interview
    panel: bool = False  # more than one person of the company was asked to one of them
    final: bool = False  # in the last round
    offered: bool = False  # it had come as far as an offer
    tested: bool = False  # a task or test was set and handed in
    filled: bool = False
    cancelled: bool = False
    encouraged: bool = False  # the mail invites to apply again
    kept: bool = False  # the mail says that they keep the seeker in mind, or the papers on file
    heard: bool = False  # the letter goes to somebody who brought the news by phone, post or in person
    met_earlier: bool = False  # the letter goes to somebody who did not send the rejection

    def known(self) -> frozenset[str]:
        """Names of the facts that hold."""
        return frozenset(each.name for each in fields(self) if getattr(self, each.name))


_NAMES = frozenset({"full_name", "first_name", "last_name"})
_GREETINGS = ("person", "nobody", "formal_person", "formal_nobody", "note", "formal_note")
_MATTERS = ("role_company", "company", "role", "nothing")
_GUARDS = ("bitterness", "argument", "pleading")
_TABLES: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {  # name: (entries, facts they may speak of)
    "greeting": (_GREETINGS, _NAMES),
    "closing": (tuple(Tone), frozenset()),
    "matter": (_MATTERS, frozenset({"role", "company"})),
}


def parse(language: str, tables: Mapping[str, Any]) -> Wording:
    """A wording file's tables as Wording.

    Raises WordingError naming what is wrong: a missing table or entry, an unknown fact, tone or slot.
    """
    for name, (entries, allowed) in _TABLES.items():
        table = _table(language, tables, name, entries)
        for text in table.values():
            _check(language, text, allowed)
    guard = _table(language, tables, "guard", _GUARDS)
    unknown = next((name for name in tables if name not in {*_TABLES, "guard", *SLOTS}), None)
    if unknown:
        raise WordingError(
            language, f"{unknown!r} is no slot of a letter; there are {', '.join(sorted(SLOTS))}", unknown
        )
    slots = {slot: [line for block in tables.get(slot, ()) for line in _lines(language, slot, block)] for slot in SLOTS}
    for slot in sorted(SLOTS - OPTIONAL):
        for tone in Tone:
            if not any(not line.needs and tone in line.tones for line in slots[slot]):
                raise WordingError(
                    language, f"[[{slot}]] needs lines for the tone {tone} that need no fact", f"[[{slot}]]"
                )
    return Wording(
        language,
        greeting=dict(tables["greeting"]),
        closing=dict(tables["closing"]),
        matter=dict(tables["matter"]),
        slots=slots,
        guard={name: _pattern(language, guard[name]) for name in _GUARDS},
    )


def options(wording: Wording, slot: str, tone: Tone, known: frozenset[str]) -> list[str]:
    """The lines of a slot that may be drawn: those of the first `needs`, as they stand in the file, that are known."""
    fitting = [line for line in wording.slots[slot] if tone in line.tones and line.needs <= known]
    return [line.text for line in fitting if line.needs == fitting[0].needs]


def _table(language: str, tables: Mapping[str, Any], name: str, entries: Iterable[str]) -> Mapping[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, Mapping):
        raise WordingError(language, f"[{name}] is no table", name)
    missing = next((entry for entry in entries if entry not in table), None)
    if missing:
        raise WordingError(language, f"[{name}] needs an entry {str(missing)!r}", f"[{name}]")
    return table


def _lines(language: str, slot: str, block: object) -> list[Line]:
    if not isinstance(block, Mapping) or not isinstance(block.get("lines"), list):
        raise WordingError(language, f"a block of [[{slot}]] has no 'lines'", f"[[{slot}]]")
    needs = frozenset(block.get("needs", ()))
    unknown = sorted(needs - set(Facts.__dataclass_fields__) - _NAMES)
    if unknown:
        raise WordingError(language, f"{', '.join(unknown)} is no fact that a letter can need", unknown[0])
    tones = frozenset(_tone(language, name) for name in block.get("tones", Tone))
    for text in block["lines"]:
        _check(language, text, (needs & {"role", "company", "topic"}) | {"matter"})
    return [Line(text, needs, tones) for text in block["lines"]]


def _tone(language: str, name: str) -> Tone:
    try:
        return Tone(name)
    except ValueError as error:
        raise WordingError(language, f"{name!r} is no tone; there are {', '.join(Tone)}", str(name)) from error


def _check(language: str, text: object, allowed: frozenset[str]) -> None:
    if not isinstance(text, str):
        raise WordingError(language, f"{text!r} is no text", str(text))
    if re.search(r"[<>]", EITHER.sub("", text)):
        raise WordingError(language, f"the angle brackets of {text!r} do not match; write <polite|familiar>", text)
    try:
        named = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise WordingError(language, f"the braces of {text!r} do not match", text) from error
    if not named <= allowed:
        raise WordingError(language, f"the line {text!r} speaks of a fact it does not need", text)


def _pattern(language: str, patterns: object) -> re.Pattern[str]:
    """Any of the patterns, as whole words, in any case."""
    if not isinstance(patterns, list):
        raise WordingError(language, f"{patterns!r} is no list of words", str(patterns))
    for pattern in patterns:
        try:
            re.compile(pattern)
        except (re.error, TypeError) as error:
            raise WordingError(language, f"{pattern!r} cannot be looked for ({error})", str(pattern)) from error
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns) or '(?!)'})(?!\w)", re.IGNORECASE)
