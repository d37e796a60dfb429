"""Which sentences a letter is made of: lines of the wording files, picked by the facts that are known."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any, TypeVar

from server.domain.model import Kind, Tone


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two for one slot of a letter."""

    slot: str
    text: str
    needs: frozenset[str]
    tones: frozenset[Tone]


@dataclass(frozen=True, slots=True)
class Wording:
    """All sentences of one language."""

    language: str
    greeting: Mapping[str, str]
    closing: Mapping[str, str]
    lines: Mapping[Kind, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, and may therefore be said. Empty text means unknown; nothing here is a guess."""

    company: str = ""
    role: str = ""
    full_name: str = ""
    first_name: str = ""
    last_name: str = ""
    talked: bool = False  # a person and the seeker have spoken or written to each other
    filled: bool = False
    cancelled: bool = False
    met_earlier: bool = False  # the letter goes to somebody who did not send the rejection

    def known(self) -> frozenset[str]:
        """Names of the facts that hold, with `not_talked` for the absence of contact."""
        names = {name for name in self.__dataclass_fields__ if getattr(self, name)}
        return frozenset(names if self.talked else names | {"not_talked"})


_NAMES = frozenset({"full_name", "first_name", "last_name"})
_SMALL_TABLES = {"greeting": ("person", "nobody", "formal_person", "formal_nobody"), "closing": tuple(Tone)}
_Name = TypeVar("_Name", Kind, Tone)


def parse(language: str, tables: Mapping[str, Any]) -> Wording:
    """A wording file's tables as Wording.

    Raises ValueError naming what is wrong: a missing table or entry, an unknown fact, tone or kind.
    """
    lines = {
        _known(language, Kind, name): [line for block in blocks for line in _lines(language, name, block)]
        for name, blocks in tables.items()
        if name not in _SMALL_TABLES
    }
    for table, entries in _SMALL_TABLES.items():
        missing = [name for name in entries if name not in tables.get(table, {})]
        if missing:
            raise ValueError(f"{language}: [{table}] needs an entry {str(missing[0])!r}")
        for text in tables[table].values():
            _check_fields(language, text, _NAMES)
    return Wording(language, dict(tables["greeting"]), dict(tables["closing"]), lines)


def body(wording: Wording, kind: Kind, tone: Tone, facts: Facts, *, seed: str, signature: str) -> str:
    """The whole letter as plain text: greeting, a paragraph or two, closing, name. One seed gives one letter."""
    values = {name: getattr(facts, name) for name in ("company", "role", *_NAMES)}
    values["full_name"] = facts.full_name or facts.first_name
    slots = list(dict.fromkeys(line.slot for line in wording.lines[kind]))
    chosen = [_pick(wording.lines[kind], slot, tone, facts.known(), seed) for slot in slots]
    sentences = [text.format(**values) for text in chosen if text]
    half = (len(sentences) + 1) // 2
    paragraphs = [" ".join(sentences[:half]), " ".join(sentences[half:])]
    closing = "\n".join(part for part in (wording.closing[tone], signature) if part)
    return "\n\n".join([_greeting(wording, tone, facts).format(**values), *filter(None, paragraphs), closing])


def _lines(language: str, kind: str, block: Mapping[str, Any]) -> list[Line]:
    missing = [name for name in ("slot", "needs", "lines") if name not in block]
    if missing:
        raise ValueError(f"{language}: a block of [[{kind}]] has no {missing[0]!r}")
    needs, tones = frozenset(block["needs"]), frozenset(_known(language, Tone, t) for t in block.get("tones", Tone))
    unknown = needs - set(Facts.__dataclass_fields__) - {"not_talked"}
    if unknown:
        raise ValueError(f"{language}: {', '.join(sorted(unknown))} is no fact that a letter can need")
    for text in block["lines"]:
        _check_fields(language, text, needs)
    return [Line(block["slot"], text, needs, tones) for text in block["lines"]]


def _known(language: str, names: type[_Name], name: str) -> _Name:
    try:
        return names(name)
    except ValueError as error:
        what = "kind of letter" if names is Kind else "tone"
        raise ValueError(f"{language}: {name!r} is no {what}; there are {', '.join(names)}") from error


def _check_fields(language: str, text: str, allowed: frozenset[str]) -> None:
    try:
        named = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise ValueError(f"{language}: the braces of {text!r} do not match") from error
    if not named <= allowed:
        raise ValueError(f"{language}: the line {text!r} speaks of a fact it does not need")


def _pick(lines: Sequence[Line], slot: str, tone: Tone, known: frozenset[str], seed: str) -> str:
    """The line that says most of what is known; among equals the seed decides."""
    fitting = [line for line in lines if line.slot == slot and tone in line.tones and line.needs <= known]
    most = max((len(line.needs) for line in fitting), default=0)
    best = [line.text for line in fitting if len(line.needs) == most]
    place = int.from_bytes(hashlib.blake2b(f"{seed}\n{slot}".encode(), digest_size=4).digest())
    return best[place % len(best)] if best else ""


def _greeting(wording: Wording, tone: Tone, facts: Facts) -> str:
    """A name is used only where it is whole: "J. Lee" has no first name to greet by, so the full one is used."""
    formal = tone is Tone.FORMAL
    if facts.first_name and not formal:
        return wording.greeting["person"]
    if facts.full_name or facts.first_name:
        return wording.greeting["formal_person"]
    return wording.greeting["formal_nobody" if formal else "nobody"]
