"""Tells a thing that is only described from a name: "museum in Bergen", "Head of Estimating"."""

from __future__ import annotations

from nlp.extraction.lexicon import FIRM, JOB, LINK, NOUN, TEAM
from nlp.extraction.names import folded
from nlp.extraction.tokens import Part

ARTICLES = frozenset("the la le les il lo de het o a el los las der die das os as al".split())
SMALL_FIRMS = frozenset("gemeente vzw asbl stichting stad".split())
# Before towns. Not "im" and "am": Theater am Ring and Hotel im Park are called so.
_IN = frozenset("in à a en em te".split())


def describes(part: Part, first: int, last: int, stem: str) -> bool:
    """Whether the stretch says what something is and not what it is called; what the domain spells is a name."""
    words, low, kind = part.words, part.lower, part.kinds
    plain = folded(part.span(first, last))
    if (
        plain != stem
        and low[first] in ARTICLES
        and _is_job(part, last)
        and any(one & JOB for one in kind[last + 1 : last + 2])
    ):
        return True  # "the Prop Maker post"
    if plain != stem and _is_sort(part, first, last + 1):
        return True  # "the Museum" alone is no name, whatever the domain
    is_lent = words[first] == low[first] and not (low[first] in ARTICLES | SMALL_FIRMS or low[first][0].isdigit())
    if is_lent and (plain not in stem or all(one & FIRM for one in kind[first : last + 1])):
        return plain != stem  # "museum" may begin a name only because kerrmuseum.example has it
    if plain in stem:
        return False
    small = next((n for n in range(first + 1, last) if kind[n] & LINK and words[n] == low[n]), 0)
    return bool(small) and (_is_job(part, small - 1) or (low[small] in _IN and _is_sort(part, first, small)))


def _is_job(part: Part, place: int) -> bool:
    """Whether the word is a job's, and of one person: Bomberos de la Sierra is a name."""
    return bool(part.kinds[place] & NOUN) and not part.lower[place].endswith("s")


def _is_sort(part: Part, first: int, end: int) -> bool:
    """Whether all words before `end` say what kind of place it is: "the Museum", "Team", "Büro"."""
    return all(part.kinds[n] & (FIRM | TEAM) or part.lower[n] in ARTICLES for n in range(first, end))
