"""Company and role of an application, as the mail names them; nothing is better than something wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nlp.extraction.company import Companies
from nlp.extraction.contact import Contact, contact_of
from nlp.extraction.persons import Persons
from nlp.extraction.ranker import Ranker
from nlp.extraction.requisition import requisition_of
from nlp.extraction.role import Roles
from nlp.extraction.sender import sender_of
from nlp.extraction.tables import weights
from nlp.extraction.tokens import parts_of
from nlp.language import language_of
from nlp.verdict import MailText

# Least probability at which a name is told; a wrong one ends up in a letter. Of corpus mails with a key, about 3 in
# 100 get a wrong company and 2 in 100 a wrong role at these limits, by weights that the other half of writers taught.
_SURE_COMPANY = 0.22
_SURE_ROLE = 0.45
_NO_TITLE = 0.5  # at which a company's name is not looked for in titles


@dataclass(frozen=True, slots=True)
class Named:
    """What the mail names; None when it does not, or not clearly."""

    company: str | None
    role: str | None
    contact: Contact | None = None
    requisition: str | None = None


def extract(mail: MailText, language: str | None = None) -> Named:
    """Company and role of the application the mail speaks of, the person who wrote it, and the vacancy's number.

    Every stretch that may be a name is weighed by what stands around it, by the sender's name and by the domain;
    a relay or job board is never the company. `language` is found out when it is not told.
    """
    company, role = company_and_role(mail, language or language_of(mail))
    return Named(company, role, contact_of(mail), requisition_of(mail))


def company_and_role(mail: MailText, language: str) -> tuple[str | None, str | None]:
    """The two names of `extract` that a verdict holds; None for what the mail does not name."""
    parts = parts_of(mail, language)
    sender = sender_of(mail)
    company = _companies().best(Companies(parts, sender, Persons(mail, sender)))
    # A title never holds the company; but what may be a title itself must not be lost to a company half guessed.
    role = _roles().best(Roles(parts, _sure(company, _NO_TITLE)))
    return _sure(company, _SURE_COMPANY), _sure(role, _SURE_ROLE)


def _sure(found: tuple[str, float] | None, least: float) -> str | None:
    return found[0] if found and found[1] >= least else None


@cache
def _companies() -> Ranker:
    return Ranker(weights("company"), Companies)


@cache
def _roles() -> Ranker:
    return Ranker(weights("role"), Roles)
