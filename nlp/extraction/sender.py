"""Who writes to whom: the From header, the name in the greeting, the names under the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.extraction.letter import GREETING
from nlp.extraction.lexicon import NOUN, TEAM, kinds
from nlp.extraction.names import folded
from nlp.senders import is_relay_domain, is_webmail, registrable_domain
from nlp.verdict import MailText

_WORD = re.compile(r"[^\W\d_]{2,}")
_HOST = re.compile(r"(?<![\w.])(?:[a-zA-Z0-9-]{2,}\.){1,3}[a-z]{2,12}(?![\w.]*@)\b")
_CHUNK = re.compile(r"[^\W_](?:[\w.'&-]*\w)?")
_SIGN_OFF = 4  # lines at the end in which people sign
_SHORT = 3  # words; a longer line is a sentence


@dataclass(frozen=True, slots=True)
class Sender:
    """The From header and the people of a mail."""

    name: str
    low: str  # the name in lower case
    core: str  # the same without team words at its ends; "" if nothing else is left
    domain: str
    stem: str  # marsh-heron.example -> marshheron; at a relay the account: marshheron@myworkday.com
    kind: str  # of the domain: relay, own (the employer's, as far as is known) or none
    webmail: bool  # a relay at which people have accounts of their own
    local: frozenset[str]
    greeted: frozenset[str]
    signers: frozenset[str]
    linked: frozenset[str]  # words of the domains that the text links to

    @property
    def own(self) -> bool:
        """Whether the domain is neither a relay's nor unknown."""
        return self.kind == "own"

    def writes_small(self, name: str) -> bool:
        """Whether the sender is called so, in small letters only: "dotlake <no-reply@relay>"."""
        return name == self.core and self.name == self.low


def sender_of(mail: MailText) -> Sender:
    """What From, greeting and signature say of who writes to whom."""
    domain = registrable_domain(mail.sender_address)
    relay = bool(domain) and is_relay_domain(mail.sender_address)
    local = frozenset(_WORD.findall(mail.sender_address.partition("@")[0].lower()))
    named = _WORD.findall(mail.sender_name.lower())
    greeting = GREETING.match(mail.body)
    return Sender(
        name=mail.sender_name,
        low=mail.sender_name.lower(),
        core=_core(mail.sender_name.lower()),
        domain=domain,
        stem=folded(mail.sender_address.partition("@")[0] if relay else domain.split(".")[0]),
        kind="relay" if relay else "own" if domain else "none",
        webmail=relay and is_webmail(mail.sender_address),
        local=local,
        greeted=frozenset(_WORD.findall(greeting.group(1).lower())) if greeting else frozenset(),
        signers=_signers(mail.body, named),
        linked=frozenset(label for host in _HOST.findall(mail.body) for label in host.lower().split(".")[:-1]),
    )


def _core(name: str) -> str:
    """What is left of a sender's name when "Careers", "Nurse Recruitment" and the like go from its ends."""
    words = list(_CHUNK.finditer(name))
    first, last = 0, len(words) - 1
    while first <= last and kinds(words[first].group()) & TEAM:
        first += 1
    kept = last
    while first <= last and kinds(words[last].group()) & (TEAM | NOUN if last < kept else TEAM):
        last -= 1
    return name[words[first].start() : words[last].end()] if first <= last else ""


def _signers(body: str, named: list[str]) -> frozenset[str]:
    """First names that stand alone on one of the last lines, or before a comma, and in the sender's name too."""
    found = set()
    for line in body[-400:].rsplit("\n", _SIGN_OFF)[-_SIGN_OFF:]:
        head = _WORD.findall(line.partition(",")[0].lower())
        if head and len(head) <= _SHORT and (len(head) == 1 or head[0] in named):
            found.add(head[0])
    return frozenset(found) if not named else frozenset(found & set(named))
