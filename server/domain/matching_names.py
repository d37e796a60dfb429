"""How two names of companies, roles or vacancies stand to each other. Whole words only: Meta is no Metaverse."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache

from server.domain.domains import RELAYS, SHARED_DOMAINS, domain_of, host_of, split_host


class Likeness(IntEnum):
    """How two names stand to each other."""

    UNKNOWN = 0  # one of them is not known
    DIFFERENT = 1
    NEAR = 2  # one says more than the other: "Brightwater", "Brightwater Gardens"
    SAME = 3


# Legal forms, as they end a name.
_LEGAL = frozenset(
    "gmbh mbh ggmbh ug ag se kg kgaa ohg gbr ev eg ltd limited plc llp llc lp inc incorporated corp corporation co "
    "company pty pte sa sas sasu sarl sl slu sau bv nv cv vof asbl spa srl srls lda ltda oy oyj ab as asa aps ky kk "
    "and".split()
)
_SMALL = frozenset(
    "the of and for a an at in to der die das den dem des fur und von im am zu als bei le la les l de du d et en au "
    "aux el los las y del al o os as da do dos e em no na il lo gli i di dei della delle per het een van voor met "
    "te".split()
)
_GENDER = re.compile(
    r"(?<=\w)(?:[:*_/·.-]in(?:nen)?|[:*_/·]-?(?:a|e|o|as|es|os|ne|rice|euse|trice)|\((?:e|a|in|o|s)\))(?!\w)"
)
_FEMALE = re.compile(r"(er|or|ant|ent|ist)in$")  # Gärtnerin, Praktikantin
_SITE = re.compile(r"\.(?:com|io|ai|org|net|co|de|fr|eu|nl|es|it|pt|example)\b")
# What an advertisement adds to a title: who may apply, where from and for how long.
_ASIDE = frozenset(
    "m w f d x h i n div all genders gender remote hybrid onsite fulltime parttime full part time contract permanent "
    "vollzeit teilzeit befristet unbefristet cdi cdd temps plein partiel".split()
)
_SHORT = {"sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "mgr": "manager", "eng": "engineer"} | {
    "dev": "developer",
    "asst": "assistant",
}
# Words that make another role of a title.
_RANKS = frozenset(
    "junior senior lead leader principal staff head chief intern internship trainee apprentice apprenticeship graduate "
    "director vice deputy assistant associate mid werkstudent praktikant praktikum leiter "
    "leitung stagiaire alternance alternant becario becaria practicas jefe jefa tirocinio tirocinante stagista "
    "estagio estagiario estagiaria stage stagiair hoofd leitend i ii iii iv v 1 2 3 4 5".split()
)
# Names of tracking systems and boards as they may be read from a mail: those in their domains, and what people say.
_SAID = frozenset("ashby workday oracle sap hackerrank codility hirevue codesignal testgorilla linkedin".split())


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Small letters without accents: "Müller" and "MULLER" are one."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("ß", "ss")


@lru_cache(maxsize=20_000)
def company_words(name: str) -> tuple[str, ...]:
    """The words of a company's name without its legal form, its site's ending or a "the" before it."""
    bare = _SITE.sub(" ", plain(name).replace("&", " and ").replace("+", " and "))
    words = re.findall(r"[^\W_]+", re.sub(r"['’.]", "", bare))
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=20_000)
def role_words(name: str) -> frozenset[str]:
    """The words of a title that tell it from another, without what an advertisement adds to it."""
    bare = re.sub(r"\b\d{1,3}\s?%", " ", _GENDER.sub("", plain(name)))
    words = [_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", re.sub(r"['’]", " ", bare))]
    words = [_FEMALE.sub(r"\1", word) for word in words]
    kept = frozenset(word for word in words if word not in _SMALL)
    return kept - _ASIDE or kept


def weighty(name: tuple[str, ...]) -> frozenset[str]:
    """The words of a name that carry it."""
    return frozenset(name) - _SMALL


def companies(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """How two companies' names stand to each other, given their words."""
    if not one or not other:
        return Likeness.UNKNOWN
    if "".join(one) == "".join(other):
        return Likeness.SAME
    left, right = weighty(one), weighty(other)
    if len(left) > 1 and left == right:  # "University of Northmoor", "Northmoor University"
        return Likeness.SAME
    short, long = sorted((one, other), key=len)
    return Likeness.NEAR if long[: len(short)] == short else Likeness.DIFFERENT


def roles(one: frozenset[str], other: frozenset[str]) -> Likeness:
    """How two titles stand to each other, given their words. A senior one and a plain one are two roles."""
    if not one or not other:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    return Likeness.NEAR if (one < other or other < one) and not (one ^ other) & _RANKS else Likeness.DIFFERENT


def vacancy(number: str) -> str:
    """A vacancy's number as it can be compared: "req #R-1001" and "R 1001" are one."""
    return "".join(c for c in plain(number) if c.isalnum())


@lru_cache(maxsize=20_000)
def own_domain(address: str) -> str:
    """The registrable domain of a sender, "" when many companies or people write from it."""
    domain = domain_of(address)
    return "" if domain in SHARED_DOMAINS else domain


@lru_cache(maxsize=20_000)
def is_of_domain(company: tuple[str, ...], address: str) -> bool:
    """Whether the address is the company's own, by its name: Harbour Staffing at harbour-staffing.example."""
    label = _squeezed(split_host(host_of(address))[1])
    return bool(label) and label in {"".join(company[:size]) for size in range(1, len(company) + 1)}


def is_name_of(domain: str, company: tuple[str, ...]) -> bool:
    """Whether the domain is the company's whole name: rookery-chess.example, Rookery Chess."""
    return _squeezed(split_host(domain)[1]) == "".join(company)


def is_relay_name(company: tuple[str, ...], address: str) -> bool:
    """Whether the name is that of the system that the mail came through, and not of an employer.

    Greenhouse hires too: its name is believed in a mail that comes from its own people, or from anywhere else.
    """
    name, domain = "".join(company), domain_of(address)
    return domain in RELAYS and name in _relay_names() and name[:5] in _squeezed(domain)


@cache
def _relay_names() -> frozenset[str]:
    return _SAID | {_squeezed(domain.partition(".")[0]) for domain in RELAYS}


def _squeezed(text: str) -> str:
    return "".join(c for c in plain(text) if c.isalnum())
