"""Who registered a domain, and whether many strangers share it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Hosts where anybody gets an address: the domain says nothing about who writes.
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.fr hotmail.co.uk live.com msn.com "
    "yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com icloud.com me.com mac.com aol.com proton.me protonmail.com "
    "gmx.de gmx.net gmx.com gmx.at web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com zoho.com "
    "pm.me orange.fr free.fr laposte.net sfr.fr libero.it virgilio.it alice.it sapo.pt ziggo.nl kpnmail.nl "
    "tutanota.com tuta.io fastmail.com hey.com qq.com 163.com example.com example.net example.org".split()
)

# Applicant tracking systems and job boards that write in the name of many companies. Sources as in nlp/ats_domains.tsv.
RELAYS = frozenset(
    "greenhouse.io greenhouse-mail.io lever.co ashbyhq.com myworkday.com myworkdaysite.com myworkdayjobs.com "
    "workday.com icims.com smartrecruiters.com workable.com workablemail.com teamtailor.com teamtailor-mail.com "
    "personio.de personio.com recruitee.com breezy.hr jobvite.com bamboohr.com taleo.net successfactors.com "
    "successfactors.eu sapsf.com oraclecloud.com applytojob.com jazzhr.com pinpointhq.com softgarden.io softgarden.de "
    "welcomekit.co rippling.com gem.com jobteaser.com comeet-mail.com comeet-notifications.com zohorecruit.com "
    "avature.net eightfold.ai phenompeople.com brassring.com join.com ultipro.com ukg.com dayforcehcm.com "
    "paylocity.com linkedin.com indeed.com indeedemail.com stepstone.de xing.com glassdoor.com ziprecruiter.com "
    "monster.com totaljobs.com reed.co.uk".split()
)

# Domains that join nothing: mail from them is not mail of one company.
SHARED_DOMAINS = FREE_MAIL | RELAYS


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list in the package; no network. Loaded late: it takes 0.3 s that most commands can spare."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def split_host(host: str) -> tuple[str, str, str]:
    """A host as what stands before, the registered label, and the public ending: `mail.jobs`, `example`, `co.uk`.

    An ending the list does not know counts as one label (publicsuffix.org, rule "*"); an IP address is all label.
    """
    parts = _suffixes()(host)
    if parts.domain and parts.suffix:
        return parts.subdomain, parts.domain, parts.suffix
    labels = host.split(".")
    if parts.domain == host or len(labels) < 2:  # noqa: PLR2004 - a label and its ending
        return "", host, ""
    return ".".join(labels[:-2]), labels[-2], labels[-1]


def host_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def domain_of(address: str) -> str:
    """The registrable domain of an address: mail.jobs.example.co.uk counts as example.co.uk."""
    _before, label, ending = split_host(host_of(address))
    return f"{label}.{ending}" if ending else label


def is_free_mail(address: str) -> bool:
    """Whether anybody could have got that address."""
    return domain_of(address) in FREE_MAIL


def is_relay(address: str) -> bool:
    """Whether the address belongs to a system that writes for many companies.

    That says nothing on whether it can be answered: named recruiters write from `<tenant>.teamtailor-mail.com`.
    """
    return domain_of(address) in RELAYS
