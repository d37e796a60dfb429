"""Names and domains made to be taken for others: letters that look alike, hyphens, added words, other endings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from server.domain.domains import SHARED_DOMAINS, domain_of, host_of, split_host

# Letters and digits that look like Latin letters, by what they look like: the common part of Unicode's
# confusables.txt (UTS #39 §4), and Latin letters that no accent makes.
_LIKE = {
    "a": "аɑα", "b": "ьƅβ", "c": "сϲⅽ", "d": "ԁđⅾ", "e": "еєεҽ3", "f": "ƒſ", "g": "ɡցǥ", "h": "һհħ", "i": "іıɩι",
    "j": "јϳ", "k": "кκĸ", "l": "ӏłʟⅼ1ǀ", "m": "мⅿ", "n": "ոռη", "o": "оοօσø0", "p": "рρ", "q": "ԛգ", "r": "гɾ",
    "s": "ѕʂ5", "t": "тτŧ", "u": "υսц", "v": "νѵ", "w": "ԝաω", "x": "хχ", "y": "уγү", "z": "ᴢʐ",
}  # fmt: skip
_TWINS = str.maketrans({twin: letter for letter, twins in _LIKE.items() for twin in twins})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_GERMAN = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ø", "oe"), ("å", "aa"), ("æ", "ae"))
# Words that forgers, and now and then firms, put beside a firm's name.
_ADDED = frozenset(
    "career careers job jobs hr hiring hire recruiting recruitment recruit recruiter talent team teams mail email "
    "mails secure security support login online web group global inc corp ltd llc gmbh official people apply "
    "application applications work join the my get portal service services office offices staff "
    "staffing company international uk us usa eu de int "
    "app verify account info contact help desk onboarding offer offers interview "
    "interviews karriere bewerbung recrutement emploi empleo lavoro vacatures carreiras".split()
)
_SHORTEST = 4  # letters of a name that one can take for another; shorter ones are alike by chance
_SHORTEST_NEAR = 6  # letters from which one wrong letter is no chance


@lru_cache(maxsize=16384)
def skeleton(text: str) -> str:
    """What the eye sees: without case, accents, hyphens and dots, with look-alike letters made one."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_TWINS))
    seen = "".join(c for c in bare if c.isalnum()).translate(_TWINS)
    for pair, one in _PAIRS:
        seen = seen.replace(pair, one)
    return seen.replace("i", "l")


def resembles(address: str, known: str) -> bool:
    """Whether the domain of an address could be taken for that known domain, and is another."""
    host, other = readable(host_of(address)), readable(known)
    mine, theirs = domain_of(host), domain_of(other)
    if not host or mine == theirs or theirs in SHARED_DOMAINS or mine in SHARED_DOMAINS:
        return False
    before, label, end = split_host(host)
    _before, name, ending = split_host(other)
    if ending == end and _with_umlauts(label, name):
        return False
    seen, wanted = skeleton(label), skeleton(name)
    if len(wanted) < _SHORTEST:
        return False
    within = any(_near(skeleton(part), wanted) for part in before.split(".") if part)
    return _near(seen, wanted) or within or _has_added(label, name, ending)


def imitates(address: str, company: str) -> bool:
    """Whether a label of the domain looks like the firm's name and is spelt with other letters."""
    name = "".join(c for c in company.casefold() if c.isalnum())
    if len(name) < _SHORTEST:
        return False
    spellings = {name, _without_accents(name), _spelt(name)}
    _before, label, _ending = split_host(readable(host_of(address)))
    return any(
        skeleton(part) == skeleton(name) and part not in spellings for part in (_joined(label), *label.split("-"))
    )


def readable(host: str) -> str:
    """A host with its punycode labels as people see them (RFC 3492)."""
    return ".".join(_shown(label) for label in host.lower().strip(".").split("."))


def is_mixed(text: str) -> bool:
    """Whether a word mixes Latin letters with Cyrillic, Greek or Armenian ones, or is Latin to the eye alone."""
    for word in "".join(c if c.isalpha() else " " for c in text).split():
        scripts = {_script(c) for c in word}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN"}:
            return True
    return False


def is_disguised(host: str) -> bool:
    """Whether a label of the host mixes scripts, or is made of foreign letters that all look like Latin ones."""
    labels = [label for label in readable(host).split(".") if not label.isascii()]
    return any(is_mixed(label) or _looks_latin(label) for label in labels)


def same_name(one: str, other: str) -> bool:
    """Whether two people's names read the same to the eye, in whatever order."""
    return sorted(map(skeleton, one.split())) == sorted(map(skeleton, other.split())) != []


def twin_of(address: str, known: Iterable[str]) -> str:
    """The first of the known domains that reads the same as the address's, letter for letter, or ""."""
    mine = domain_of(readable(host_of(address)))
    seen = skeleton(mine)
    others = (domain for domain in known if domain_of(domain) != mine and domain_of(domain) not in SHARED_DOMAINS)
    return next((domain for domain in others if skeleton(readable(domain)) == seen and len(seen) > _SHORTEST), "")


def _shown(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, ValueError, IndexError, OverflowError):  # no punycode after all
        return label


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def _looks_latin(label: str) -> bool:
    letters = [c for c in unicodedata.normalize("NFKD", label) if c.isalpha()]
    foreign = [c for c in letters if _script(c) != "LATIN"]
    return bool(foreign) and all(c.translate(_TWINS).isascii() for c in letters)


def _near(seen: str, wanted: str) -> bool:
    """Whether two skeletons are the same but for one letter too many, missing, other, or two changed about."""
    if seen == wanted:
        return True
    if min(len(seen), len(wanted)) < _SHORTEST_NEAR or abs(len(seen) - len(wanted)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(seen, wanted, strict=False)) if a != b), min(len(seen), len(wanted)))
    mine, theirs = seen[start:], wanted[start:]
    swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


def _has_added(label: str, name: str, ending: str) -> bool:
    """Whether the label is the name with such a word, or with the name's own ending, before or behind it."""
    joined, own = _joined(label), _joined(name)
    seen, wanted = skeleton(label), skeleton(name)
    words = _ADDED | {ending.replace(".", "")}
    rests = {joined.removeprefix(own), joined.removesuffix(own)} - {joined}
    tokens = label.split("-")
    if any(_is_added(rest, words) for rest in rests) or (name in tokens and set(tokens) <= words | {name}):
        return True
    marks = {skeleton(word) for word in words}
    return any(seen in (wanted + mark, mark + wanted) for mark in marks)


def _is_added(rest: str, words: frozenset[str]) -> bool:
    """One or two such words, or a number."""
    halves = ((rest[:i], rest[i:]) for i in range(2, len(rest) - 1))
    return rest in words or rest.isdigit() or any(one in words and two in words for one, two in halves)


def _with_umlauts(one: str, other: str) -> bool:
    """Whether both spell one name, with umlauts and without: a firm registers both."""
    return _spelt(one) == _spelt(other) and one.isascii() != other.isascii()


def _joined(label: str) -> str:
    return "".join(c for c in label if c.isalnum())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _spelt(text: str) -> str:
    for letter, two in _GERMAN:
        text = text.casefold().replace(letter, two)
    return _joined(text)
