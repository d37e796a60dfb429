"""Clues in what may be an employer's name: its words, how it fills its line, how it spells the sender's domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.extraction.clues import shape
from nlp.extraction.firms import INSIDE
from nlp.extraction.lexicon import FIRM, GIVEN, JOB, LINK, NOUN, STOP, TEAM
from nlp.extraction.names import folded
from nlp.extraction.sender import Sender
from nlp.extraction.tokens import BODY, SENDER, Part


def words_clues(part: Part, first: int, last: int) -> list[str]:
    """Clues in the name's own words."""
    low, kind = part.lower[first : last + 1], part.kinds[first : last + 1]
    size = len(low)
    every = some = kind[0]
    for one in kind[1:]:
        some |= one
        every &= one | (TEAM if one & LINK else 0)
    where = (
        "last"
        if kind[-1] & FIRM
        else "first"
        if kind[0] & FIRM
        else "within"
        if some & FIRM
        else f"none {min(size, 3)}"
    )
    found = [
        f"firm {where}",
        f"kinds {some & (STOP | JOB | NOUN | GIVEN)}",
    ]
    if every & TEAM:
        found.append("team all")
    if loose := [word for word in part.words[first + 1 : last] if word.islower() and word not in INSIDE]:
        found.append(f"loose {len(loose)} {where}")
    if size > 2 and kind[1] & LINK:  # noqa: PLR2004 - "Guada de Brisa Norte", "Marketing da Cerrado Agro"
        found.append(f"led {kind[0] & (TEAM | GIVEN | NOUN | JOB | FIRM)} {low[1]}")
    found.extend([f"in {word}" for word in low[1:-1] if word in INSIDE or not word[0].isalnum()])
    return found


def context_clues(part: Part, first: int, last: int, sender: Sender) -> Iterator[str]:
    """Clues in how the name fills its line, and in whether it is a person."""
    firm = "firm" if (part.kinds[first] | part.kinds[last]) & FIRM else "one" if first == last else "more"
    if part.place == BODY:
        yield from _in_line(part, first, last, firm)
    elif part.place == SENDER:
        yield from _in_from(part, first, last, sender, firm)
    elif first == 0 and last == len(part.words) - 1:
        yield "subject all"
    low = part.lower[first]
    if low in sender.local or low in sender.signers:
        yield f"person {part.place} {firm}"
    if low in sender.greeted or part.lower[last] in sender.greeted:
        yield "greeted"


def _in_line(part: Part, first: int, last: int, firm: str) -> Iterator[str]:
    """A line of its own, or the tail of the letter: "Kind regards, Gwen, Theatr y Bont"."""
    if last != len(part.words) - 1:
        return
    if first == 0:
        yield f"line {min(part.back, 4)}"
        yield f"line {firm} {part.spot[0]}"
        if part.spot[0] == "c":
            yield f"line {part.spot} {firm}"
    elif part.back <= 1:
        yield f"tail {part.back} {part.lower[first - 1]}"
        if first > 1:
            yield f"signed {part.lower[first - 1]} {shape(part.words[first - 2])} {part.kinds[first - 2] & GIVEN}"


def _in_from(part: Part, first: int, last: int, sender: Sender, firm: str) -> Iterator[str]:
    """The whole sender's name, or all of it but "Careers" and the like; and how near it comes to the domain."""
    domain = sender.kind
    spelled = (
        _relation(folded(part.span(first, last)), sender.stem, part.lower[first : last + 1]) if sender.stem else ""
    )
    if first == 0 and last == len(part.words) - 1:
        yield f"sender all {domain}"
        yield f"sender all {domain} {firm}"
        yield f"sender all {domain} {spelled} {firm}"
        return
    rest = [n for n in range(len(part.words)) if not first <= n <= last]
    kinds = [part.kinds[n] for n in rest if part.words[n][0].isalnum()]
    if all(kind & (TEAM | LINK | NOUN) for kind in kinds) and any(kind & TEAM for kind in kinds):
        yield f"sender team {domain}"
        yield f"sender team {domain} {spelled}"
    elif first == 0 or last == len(part.words) - 1:
        yield f"sender {'head' if first == 0 else 'tail'} {domain} {spelled} {firm}"


def domain_clue(name: str, low: Sequence[str], sender: Sender) -> str:
    """How the name stands to the sender's own domain, or to the account name at a relay."""
    plain, stem = folded(name), sender.stem
    if min(len(plain), len(stem)) <= 1:  # one letter spells nothing
        return "dom none"
    return f"dom {_relation(plain, stem, low)} {'own' if sender.own else 'account'} {min(len(low), 3)}"


def _relation(plain: str, stem: str, low: Sequence[str]) -> str:
    """How a name spells a domain: in full, with more or less, word by word, by initials, or hardly."""
    if plain == stem:
        return "="
    if plain in stem or stem in plain:
        return "longer" if plain.startswith(stem) else "shorter" if stem.startswith(plain) else "within"
    real = [folded(word) for word in low if len(word) > 2]  # noqa: PLR2004 - "of" and "&" are left out of domains
    hits = sum([word[:4] in stem for word in real if word])
    if hits and hits == len(real):
        return "spelled"
    if len(low) > 1 and "".join([word[0] for word in low if word[0].isalnum()]) in stem:
        return "initials"
    return "some" if hits else "no"
