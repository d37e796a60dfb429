"""Whom a mail shows as a person: their name is no company's, unless the domain or a word of firms says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from nlp.extraction.contact import is_unread, name_in, signed
from nlp.extraction.letter import GREETING
from nlp.extraction.lexicon import FIRM, GIVEN, LINK, NOUN, TEAM, kinds
from nlp.extraction.names import folded
from nlp.extraction.sender import Sender
from nlp.verdict import MailText

# Before a name: "Dr Hollis" is a person, and no firm without a word of firms.
HONOURS = frozenset(
    "mr mrs ms mx miss dr prof professor professore sir madam herr frau herrn monsieur madame mme mlle señor señora sr "
    "sra signor signora sig dott dottor dottoressa dra dhr mevr mevrouw meneer senhor senhora avv ing don doña dona "
    "dom mons sister schwester revd rev sgt mag familie famille familia famiglia família ehepaar".split()
)
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_MARK = re.compile(r" ?[,/|(]| [-\u2013\u2014] ")  # behind a first name under a letter
_INITIAL = re.compile(r"[A-Z]\.?")
_BESIDE = re.compile(r" ?(?:[(|@]| - |, ).*$")  # "Ines Halloran - Pocket Badger", "Jo Bell (Fernbank)"
# "Testwell for Sorrel Bank" writes for the employer, "Sorrel Bank via Testwell" through somebody.
_FOR = re.compile(r"^(.+?) (?:for|für|pour|para|per|voor|namens|on behalf of|im Auftrag von) (?=[^\W\d_a-z])")
_VIA = re.compile(r" (?:via|über|through) (?=[^\W\d_a-z])(.+)$")
_AND = re.compile(r" (?:and|und|et|y|e|en) ")
_GREETINGS = frozenset(
    "dear hi hello hey morning liebe lieber hallo grüß gruß grüße bonjour bonsoir salut hola buenas querida querido "
    "buongiorno buonasera ciao cara caro beste dag goedemorgen goedemiddag goedenavond groetjes groeten olá oi".split()
)
_NAMED = 2  # words of "Hannah Storm"
_LEAST_STEM = 4  # letters of a word that a domain may share with a name
_LAST = 4  # lines at the end in which a pair may sign
_PAIR, _HALF = 2, 2  # two people, or words of one half of a name turned round: "Oakeshott, Bryony"
Name = frozenset[str]


class Persons:
    """The people of one mail, as far as From, greeting and signature show that they are people."""

    def __init__(self, mail: MailText, sender: Sender) -> None:
        self._sender = sender
        self._agent = _agent(mail)
        self._names = tuple(_names(mail, sender))
        self._from = mail.sender_name
        self._is_unread = is_unread(mail.sender_address)

    def are_agent(self, words: Sequence[str]) -> bool:
        """Whether these words name who only writes for the employer: a tester, a portal; or that and the employer."""
        said = _plain(words)
        return bool(self._agent) and (said <= self._agent or self._agent < said)

    def hold(self, words: Sequence[str], before: str = "") -> bool:
        """Whether these words name a person; `before` is the word in front of them."""
        if self._is_of_domain(words):
            return False
        said, first = _plain(words), words[0].rstrip(".")
        if first.lower() in _GREETINGS or (words[1:] and all(map(_INITIAL.fullmatch, words[:-1]))):
            return True  # "Bonsoir Rosalie", "P. J. Wrotham"
        if kinds(first.lower()) & GIVEN and len(said) == _NAMED and not self._is_shown(" ".join(words)):
            return True  # whoever they are: "you met Hannah Storm"
        is_titled = not HONOURS.isdisjoint((before.lower().rstrip("."), words[0].lower().rstrip(".")))
        return is_titled or any(said <= name for name in self._names)

    def _is_shown(self, name: str) -> bool:
        """Whether From has it as a firm's: Iris Grove Careers, or Iris Grove at an address that nobody reads."""
        return name in self._from and (self._is_unread or name != self._from)

    def _is_of_domain(self, words: Sequence[str]) -> bool:
        """Whether the employer's own domain spells the name: Lockyer at lockyer-sons.example; no first name alone."""
        sender, plain = self._sender, [folded(word) for word in words]
        if not sender.own:
            return False
        if len(words) == 1 and kinds(words[0].lower()) & GIVEN:
            return plain[0] == sender.stem
        runs = (
            "".join(plain[first:last]) for first, last in combinations(range(len(plain) + 1), 2) if last > first + 1
        )
        return "".join(plain) in sender.stem or sender.stem in runs  # Rifugio Baita Scura at baitascura.example


def _names(mail: MailText, sender: Sender) -> Iterator[Name]:
    """Names of people, each as the set of its words."""
    lines = [line.strip(" ,.-*") for line in mail.body.split("\n") if line.strip()]
    shown, (signature, title) = _shown(mail.sender_name, mail.sender_address), signed(mail.body)
    if shown and _wrote(shown.split(), lines, mail.sender_address, sender):
        yield _plain(_WORD.findall(shown))
    words = _WORD.findall(signature)
    if len(words) > 1 and signature in lines and _signs(words, title):
        yield _plain(words)
    for line in lines[-_LAST:]:
        pair = _AND.split(line)
        if len(pair) == _PAIR and all(" " in name_in(one) for one in pair):
            yield _plain(_WORD.findall(line))
    if (greeting := GREETING.match(mail.body)) and (greeted := name_in(greeting.group(1))):
        yield _plain(_WORD.findall(greeted))


def _wrote(words: list[str], lines: list[str], address: str, sender: Sender) -> bool:
    """Whether the name in From is a person's: a first name, one that the address is made of, or one that signs."""
    if is_unread(address):
        return False
    if kinds(words[0].lower()) & GIVEN:
        return True
    if len(words) == 1:
        return False
    if words[0] in lines or _in_address(words, address, sender) or _signs_beside(words[0], lines, address):
        return True
    if " ".join(words) not in lines or not (sender.own or sender.webmail):
        return False
    in_domain = any(folded(word) in sender.stem for word in words if len(word) >= _LEAST_STEM)
    in_account = not sender.local.isdisjoint(map(folded, words))
    return sender.webmail or in_account or not in_domain


def _signs(words: list[str], title: str) -> bool:
    """Whether the name under the letter is sure to be a person's: a first name, or a job beside it."""
    works = any(kinds(word.lower().strip(".,")) & NOUN for word in title.split())
    return works or bool(kinds(words[0].lower()) & GIVEN)


def _signs_beside(first: str, lines: list[str], address: str) -> bool:
    """Whether an account of that first name alone signs with it: "Quilla, Creative Director" from quilla@."""
    is_account = folded(address.partition("@")[0]) == folded(first)
    return is_account and any(line.startswith(first) and _MARK.match(line, len(first)) for line in lines[-_LAST:])


def _in_address(words: list[str], address: str, sender: Sender) -> bool:
    """Whether the account is made of first and last name: j.lockhart, lockhart_j, jacobal; solentlife is a firm's."""
    local = address.partition("@")[0].partition("+")[0]
    first = folded(words[0])
    made: set[str] = set()
    for last in (folded(words[-1]), folded("".join(words[1:]))):  # "van der Berg" is berg or vanderberg
        if first and last:
            made |= {first[0] + last, last + first[0], first + last[0]}
            if sender.webmail or not local.isalnum():
                made |= {first + last, last + first}
    return folded(local) in made


def _agent(mail: MailText) -> Name:
    """Who only writes for the employer, as From says and the text bears out by naming the employer alone."""
    if found := _VIA.search(mail.sender_name):
        return _plain(_WORD.findall(found.group(1)))
    found = _FOR.match(mail.sender_name)
    if not found or kinds(found.group(1).split()[-1].lower()) & (FIRM | TEAM):
        return frozenset()  # the Trust for Rural Care
    text, employer = mail.cleaned, mail.sender_name[found.end() :]
    named = text.count(employer) - text.count(mail.sender_name)  # Wheels for Wessex is never Wessex alone
    return _plain(_WORD.findall(found.group(1))) if named else frozenset()


def _shown(name: str, address: str) -> str:
    """The name in From as "First Last"; "" if it holds words of teams, firms or jobs."""
    family, _comma, given = name.partition(", ")
    if given.strip() and max(len(family.split()), len(given.split())) <= _HALF:
        known = kinds(given.split()[0].lower()) & GIVEN
        return _person_in(f"{given} {family}") if known or folded(family) in folded(address.partition("@")[0]) else ""
    return _person_in(_BESIDE.sub("", name))


def _person_in(text: str) -> str:
    """The name the text consists of, "" if it is none; people may be called Baker or Page."""
    first, _space, last = text.rpartition(" ")
    is_job = bool(first) and bool(kinds(last.lower()) & NOUN) and not kinds(last.lower()) & FIRM
    return name_in(text) or (f"{named} {last}" if is_job and last.istitle() and (named := name_in(first)) else "")


def _plain(words: Sequence[str]) -> Name:
    """The words of a name as they are compared: without honours, initials and the small words between them."""
    low = [word.lower().rstrip(".") for word in words]
    kept = [word for word in low if word[:1].isalpha() and word not in HONOURS and not kinds(word) & LINK]
    return frozenset(word for word in kept if len(word) > 1) or frozenset(kept or low)
