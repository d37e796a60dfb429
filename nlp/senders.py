"""What a sender's name and domain say of the company: names minus team words, never a relay's name."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tldextract

from nlp.verdict import MailText

_DOMAINS = Path(__file__).parent / "ats_domains.tsv"
_TEAM = re.compile(
    r"\b(?:the )?(?:talent(?: acquisition| team| partners?)?|recruit(?:ing|ment|ers?)|hiring|hr|human resources|people(?: team| operations| ops| & culture| and culture)?|"
    r"careers?|jobs?|no-?reply|do not reply|notifications?|team|bewerbermanagement|personal(?:abteilung)?|recrutement|seleccion|"
    r"selección|rrhh|candidate experience|applications?|workforce|onboarding)\b",
    re.IGNORECASE,
)
_TEAM_ONLY = re.compile(r"^[\W_]*$")
_VIA = re.compile(r"^.{2,60}? (?:from|at|@|von|de chez|bei|via) (.{2,60})$", re.IGNORECASE)
_RELAY_NAMES = frozenset(
    "greenhouse lever ashby workday icims smartrecruiters taleo oracle successfactors workable bamboohr jobvite breezy teamtailor "
    "recruitee personio jazzhr rippling avature eightfold phenom brassring comeet pinpoint join softgarden zoho ukg ultipro dayforce "
    "paylocity linkedin indeed glassdoor ziprecruiter monster stepstone xing hackerrank codility hirevue codesignal testgorilla".split()
)


def company_of_sender(mail: MailText) -> Iterator[tuple[float, str]]:
    """Votes (weight, name) for the company from the From header; none when it is absent, a person or a relay."""
    name, domain = mail.sender_name, registrable_domain(mail.sender_address)
    cleaned = re.sub(r"\s+", " ", _TEAM.sub(" ", name)).strip(" -|,&@.()")
    told = _TEAM.search(name) is not None
    if via := _VIA.match(name):
        yield 0.9, _TEAM.sub(" ", via.group(1)).strip(" -|,&@.()")
    elif cleaned and told and not _TEAM_ONLY.match(cleaned):
        yield 1.2, cleaned
    if aside := re.search(r"\(([^()]{2,40})\)$", name):
        yield 1.2, aside.group(1)
    if not domain:
        return
    if is_relay_domain(mail.sender_address):
        if cleaned and not told and not via and _is_named_as_firm(cleaned, mail):
            yield 1.2, cleaned
        return
    stem = _folded(domain.split(".")[0])
    for candidate in (cleaned, *_names_like(stem, f"{mail.subject}\n{mail.body[:6000]}")):
        if candidate and _folded(candidate) == stem:
            yield 1.0, candidate
            return


def _is_named_as_firm(name: str, mail: MailText) -> bool:
    """Whether a relay's display name is a firm: one word, or named after "at", "to" or "with", or in the subject."""
    quoted = re.escape(name)
    return (
        " " not in name
        or name in mail.subject
        or re.search(rf"\b(?:at|to|with|join(?:ing)?|from|bei|chez) (?:the )?{quoted}\b", mail.body) is not None
    )


def _folded(name: str) -> str:
    """A name as domains spell it: letters and digits only, umlauts written out, accents dropped."""
    spelled = name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", spelled)
    return re.sub(r"[^a-z0-9]", "", plain)


def _names_like(stem: str, text: str) -> Iterator[str]:
    """Runs of capitalised words in the text that, joined, spell the domain: "Tide Pool" for tidepool.example."""
    for match in re.finditer(r"[A-Z][\w&'-]*(?: (?:&|[A-Z][\w&'-]*)){0,3}", text):
        words = match.group().split(" ")
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                joined = " ".join(words[start : start + size])
                if _folded(joined) == stem:
                    yield joined


def registrable_domain(address: str) -> str:
    """The domain somebody registered, "" if there is none: mail.eu.acme.co.uk -> acme.co.uk."""
    host = address.rpartition("@")[2].strip().lower().rstrip(".>")
    if not host:
        return ""
    parts = _extractor()(host)
    if parts.domain and parts.suffix:
        return f"{parts.domain}.{parts.suffix}"
    return ".".join(host.split(".")[-2:])  # reserved names such as acme.example are on no public list


def is_relay_domain(address: str) -> bool:
    """Whether the address belongs to a tracking system, job board or free mail provider, not to an employer."""
    host = address.rpartition("@")[2].strip().lower()
    return any(host == domain or host.endswith(f".{domain}") for domain in _relay_domains())


def is_relay_name(name: str) -> bool:
    """Whether the name is that of a tracking system or board."""
    return name.lower().removesuffix(" hire").removesuffix(" recruiting") in _RELAY_NAMES


@cache
def _relay_domains() -> frozenset[str]:
    lines = _DOMAINS.read_text("utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


@cache
def _extractor() -> tldextract.TLDExtract:
    """The offline list that ships with tldextract; nothing is fetched."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
