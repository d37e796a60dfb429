"""Mail that went to many and speaks of no job, by its headers alone: what a big mailbox need not be read for."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Word beginnings in the seven languages that are judged. Wide on purpose: a word too many costs a mail that is read for
# nothing, one too few would cost a rejection.
_STEMS = """
appl candida position role job career recruit hiring hire talent interview vacanc opportunit employ internship trainee
resume interest thank update hr people assess opening shortlist bewerb stelle karriere gespräch praktik ausbildung
absage zusage rückmeldung personal vorstellung dank emploi poste recrut carrière entretien stage alternance réponse
merci intérêt empleo puesto vacante selecci entrevista prácticas solicitud interés gracias proceso trabajo lavoro
posizione selezion colloquio tirocinio assunzion curricul grazie vacature sollicit functie baan werk gesprek wervi
belangstelling bedankt vaga emprego processo estágio contrata obrigad
decis décis entscheid besliss besluit outcome regret unfortunat leider result résult ergebnis risultat esito uitslag
audition casting profil
"""
_JOB = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(set(_STEMS.split()), key=len, reverse=True))})", re.IGNORECASE)

# Gmail's own sorting, as Takeout writes it in its labels. Localised names are not known to us: they count as no sign.
_CATEGORIES = frozenset({"category promotions", "category social", "category forums"})
_PRECEDENCE = frozenset({"list", "junk"})


def is_marked(*, labels: frozenset[str], list_id: str, precedence: str, unsubscribe: str) -> bool:
    """Whether a mail says that it went to many.

    Marks are a mailing list's id (RFC 2919), Precedence (as RFC 3834 §3.1.8 speaks of it), or Gmail's categories for
    promotions, social networks and forums together with List-Unsubscribe, which Gmail asks of everybody who sends to
    many (https://support.google.com/a/answer/81126): what a person wrote may be filed there, and has none.
    List-Unsubscribe alone is no mark: applicant tracking systems send it with refusals. Nor is Precedence: bulk, which
    any machine may say of a mail to one person.
    """
    if list_id or precedence.strip().lower() in _PRECEDENCE:
        return True
    return bool(unsubscribe) and any(label.casefold() in _CATEGORIES for label in labels)


def sent_from(domains: Iterable[str]) -> re.Pattern[str]:
    """Finds an address at one of these domains, or below one, in a From field."""
    names = "|".join(map(re.escape, domains)) or "(?!)"
    return re.compile(rf"[@.](?:{names})(?![\w.-])", re.IGNORECASE)


NOBODY = sent_from(())


def speaks_of_jobs(sender: str, subject: str, systems: re.Pattern[str] = NOBODY) -> bool:
    """Whether a marked mail is to be read all the same: a word of jobs stands in who sends it, or in its subject.

    So it is when an applicant tracking system sends it (`systems`, from `sent_from`), and when it has no subject.
    """
    return not subject or bool(_JOB.search(f"{sender} {subject}") or systems.search(sender))
