"""Word lists in seven languages (words.tsv): what roles, firms and teams are called, and what cuts a name."""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce
from operator import or_
from pathlib import Path

_FILE = Path(__file__).parent / "words.tsv"

# What a word is, as bits of `kinds(word)`.
TEAM, JOB, STOP, LINK, FIRM, OPEN, GIVEN, NOUN, DAY, FIELD, TERM, REGION, VERB = (1 << bit for bit in range(13))
_LISTS = {
    "team": TEAM,
    "job": JOB,
    "stop": STOP,
    "link": LINK,
    "firm": FIRM,
    "open": OPEN,
    "given": GIVEN,
    "day": DAY,
    "field": FIELD,
    "term": TERM,
    "region": REGION,
    "verb": VERB,
}
_ENDINGS = re.compile(r"(?:[:*/_-]?in(?:nen)?|/-?in|/a|/e|/o|s)$")


_SHORT = 3  # letters of an abbreviation that may look like a small word


@lru_cache(maxsize=8192)
def kinds(word: str) -> int:
    """Everything the lists know of a lower-case word: a sum of TEAM, JOB, STOP and the others."""
    lists = _lists()
    found = reduce(or_, [bits for name, bits in _LISTS.items() if word in lists[name]], 0)
    return found | NOUN if _is_role_noun(word) else found


@lru_cache(maxsize=32768)
def word_facts(word: str) -> tuple[str, int]:
    """The word in lower case, and its kinds; AI, IT and HAD in capitals are names, not small words."""
    low = word.lower()
    known = kinds(low)
    return low, known & ~STOP if 1 < len(word) <= _SHORT and word.isupper() else known


def _is_role_noun(word: str) -> bool:
    """Whether the word names a job: listed, a feminine or plural of one, or a compound that ends in one."""
    nouns, tails = _lists()["role"], _tails()
    bare = _ENDINGS.sub("", word)
    if word in nouns or bare in nouns or word.endswith(tails) or bare.endswith(tails):
        return True
    head = word.replace("/", "-").rpartition("-")  # bar-manager, Picker/Packer
    return bool(head[0]) and (head[2] in nouns or _ENDINGS.sub("", head[2]) in nouns)


@cache
def _tails() -> tuple[str, ...]:
    """Endings of Germanic compounds: Pflegefachkraft, magazijnmedewerker."""
    return tuple(sorted(_lists()["tail"]))


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, rest = line.partition("\t")
            lists.setdefault(kind, set()).update(rest.split())
    return {kind: frozenset(found) for kind, found in lists.items()}
