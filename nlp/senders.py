"""What a sender's domain says: the name somebody registered, and whether it belongs to a relay."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import tldextract

_WEBMAIL = "free"  # kind of domain at which people have accounts of their own
_DOMAINS = Path(__file__).parent / "ats_domains.tsv"
_RELAY_NAMES = frozenset(
    "greenhouse lever ashby workday icims smartrecruiters taleo oracle successfactors workable bamboohr jobvite breezy "
    "teamtailor recruitee personio jazzhr rippling avature eightfold phenom brassring comeet pinpoint join softgarden "
    "zoho ukg ultipro dayforce paylocity linkedin indeed glassdoor ziprecruiter monster stepstone xing hackerrank "
    "codility hirevue codesignal testgorilla".split()
)


@lru_cache(maxsize=2048)
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
    labels = address.rpartition("@")[2].strip().lower().split(".")
    known = _relay_domains()
    return any(".".join(labels[start:]) in known for start in range(len(labels)))


def is_webmail(address: str) -> bool:
    """Whether the address is somebody's own at a common mail provider."""
    return _relay_domains().get(address.rpartition("@")[2].strip().lower()) == _WEBMAIL


def is_relay_name(name: str) -> bool:
    """Whether the name is that of a tracking system or board."""
    return name.lower().removesuffix(" hire").removesuffix(" recruiting") in _RELAY_NAMES


@cache
def _relay_domains() -> dict[str, str]:
    """Domains of relays, with what each is: ats, board or free."""
    lines = _DOMAINS.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {domain: kind for domain, kind, *_source in rows}


@cache
def _extractor() -> tldextract.TLDExtract:
    """The offline list that ships with tldextract; nothing is fetched."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
