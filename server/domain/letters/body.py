"""Facts and wording become the text of a letter: one line for each slot, drawn by a hash, within its length."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from server.domain.model import Kind, Tone
from server.domain.wording import EITHER, SHAPES, SPECIFIC, Facts, Shape, Wording, options

LEAST, MOST = 50, 125  # words of a letter, greeting and name included: most answers come within (Boomerang, 40 M mails)
NOTE, NOTE_PREMIUM = 200, 300  # characters of LinkedIn's note, for free accounts and with Premium
_SPARE = (
    "courtesy",
    "fb_value",
    "wish",
    "after_ask",
    "later_thought",
    "time",
)  # left out first where a letter would grow too long
_TRIES = 12
_WORD = re.compile(r"[^\W_]\S*")  # from the first letter or digit on: one a word


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of the writer. One order gives one letter.

    `seed` decides between lines. `turn` sets letters apart that share a seed: two turns differ in every slot that has
    lines enough. `specific` is the seeker's own line, used as it is.
    """

    kind: Kind
    tone: Tone
    seed: str
    signature: str = ""
    specific: str = ""
    familiar: bool = False
    turn: int = 0
    note_limit: int = NOTE


def words(text: str) -> int:
    """Words that hold a letter or a digit: a lone French guillemet is none."""
    return len(_WORD.findall(text))


def write(wording: Wording, order: Order, facts: Facts) -> str:
    """The whole letter as plain text: greeting, paragraphs, closing, name; for a note, greeting and sentences alone."""
    if order.kind is Kind.CONNECT_NOTE:
        return _note(wording, order, facts)
    letter = ""
    for attempt in range(_TRIES):
        shape, chosen = _drawn(wording, order, facts, attempt)
        letter = _assembled(wording, order, facts, shape, chosen)
        for slot in _SPARE:
            if words(letter) > MOST and chosen.pop(slot, ""):
                letter = _assembled(wording, order, facts, shape, chosen)
        if LEAST <= words(letter) <= MOST:
            return letter
    return letter  # the seeker's own line is longer than a letter: theirs to judge


def _drawn(wording: Wording, order: Order, facts: Facts, attempt: int) -> tuple[Shape, dict[str, str]]:
    """An order of slots, and a line for each slot that has one. Two draws that differ have two other lines at least.

    For that the slot with the most lines is not drawn: the sum of all others decides on its line, as a check digit.
    """
    seed = f"{order.seed} {attempt}" if attempt else order.seed
    number = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=16).digest())
    shapes = SHAPES[order.kind]
    number, place = divmod(number, len(shapes))
    slots = [slot for part in shapes[0] for slot in part if slot != SPECIFIC]
    if facts.met_earlier:
        slots = [slot for slot in slots if slot != "courtesy"]  # it speaks of the answer, which they did not write
    found = {slot: options(wording, slot, order.tone, facts.known()) for slot in slots}
    counts = {slot: len(lines) for slot, lines in found.items() if lines}
    check = max(counts, key=lambda slot: counts[slot]) if len(counts) > 3 else ""  # noqa: PLR2004 - few slots: all free
    places = {}
    for slot, count in counts.items():
        if slot != check:
            number, places[slot] = divmod(number, count)
    if check:
        places[check] = sum(places.values()) % counts[check]
    chosen = {slot: found[slot][(places[slot] + order.turn) % counts[slot]] for slot in counts}
    return shapes[(place + order.turn) % len(shapes)], chosen


def _assembled(wording: Wording, order: Order, facts: Facts, shape: Shape, chosen: dict[str, str]) -> str:
    values = _values(wording, facts)
    paragraphs = [_greeting(wording, order, facts)]
    for part in shape:
        if part == (SPECIFIC,):
            paragraphs.append(order.specific)
        else:
            paragraphs.append(" ".join(_filled(chosen[slot], order, values) for slot in part if slot in chosen))
    closing = _filled(wording.closing[order.tone], order, {})
    paragraphs.append("\n".join(part for part in (closing, order.signature) if part))
    return "\n\n".join(filter(None, paragraphs))


def _note(wording: Wording, order: Order, facts: Facts) -> str:
    """The note that fits the limit. For variety, every other one names the company alone, even where both would fit."""
    shorter = replace(facts, role="")
    odd = hashlib.blake2b(order.seed.encode(), digest_size=1).digest()[0] % 2
    told = (facts if odd or not facts.company else shorter, shorter, replace(shorter, company="", topic=""))
    name = {"first_name": facts.first_name, "full_name": facts.full_name or facts.first_name}
    greeting = wording.greeting["formal_note" if order.tone is Tone.FORMAL or not facts.first_name else "note"]
    start = _filled(greeting, order, {**name, "last_name": facts.last_name})
    shortest = ""
    for each in told:
        for attempt in range(_TRIES):
            _shape, chosen = _drawn(wording, order, each, attempt)
            parts = [_filled(line, order, _values(wording, each)) for line in chosen.values()]
            for sentences in _ever_shorter(parts, order):
                note = " ".join([start, *sentences])
                if len(note) <= order.note_limit:
                    return note
                shortest = min(filter(None, (shortest, note)), key=len)
    return shortest[: order.note_limit].rstrip()  # a name that fills the note by itself


def _ever_shorter(parts: Sequence[str], order: Order) -> Iterator[Sequence[str]]:
    """With the seeker's own line, without it, and then without the wish at the end."""
    if order.specific:
        yield [parts[0], order.specific, *parts[1:]]
    yield parts
    yield parts[:-1]


def subject(wording: Wording, facts: Facts) -> str:
    """What a letter is about, as the subject of one that answers no mail."""
    matter = _values(wording, facts)["matter"]
    return matter[:1].upper() + matter[1:]


def _values(wording: Wording, facts: Facts) -> dict[str, str]:
    known = [name for name in ("role", "company") if getattr(facts, name)]
    matter = wording.matter["_".join(known) or "nothing"]
    named = {"role": facts.role, "company": facts.company}
    return {**named, "topic": facts.topic, "matter": matter.format(**named)}


def _greeting(wording: Wording, order: Order, facts: Facts) -> str:
    """A name is used only where it is whole: "J. Lee" has no first name to greet by, so the full one is used."""
    full_name = facts.full_name or facts.first_name
    values = {"full_name": full_name, "first_name": facts.first_name, "last_name": facts.last_name}
    formal = order.tone is Tone.FORMAL
    name = "person" if facts.first_name and not formal else "formal_person" if full_name else ""
    return _filled(wording.greeting[name or ("formal_nobody" if formal else "nobody")], order, values)


def _filled(line: str, order: Order, values: dict[str, str]) -> str:
    """The line in the form of address that is asked for, its braces filled; what is filled in is left as it is."""
    return EITHER.sub(r"\2" if order.familiar else r"\1", line).format(**values)
