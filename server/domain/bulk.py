"""Mail that went to many and speaks of no job, by its headers alone: what a big mailbox need not be read for."""

from __future__ import annotations

import re

# Word beginnings in the seven languages that are judged. Wide on purpose: a word too many costs a mail that is read for
# nothing, one too few would cost a rejection.
_STEMS = """
appl candida position role job career recruit hiring hire talent interview vacanc opportunit employ internship trainee
resume interest thank update hr people assess opening shortlist bewerb stelle karriere gespräch praktik ausbildung
absage zusage rückmeldung personal vorstellung dank emploi poste recrut carrière entretien stage alternance réponse
merci intérêt empleo puesto vacante selecci entrevista prácticas solicitud interés gracias proceso trabajo lavoro
posizione selezion colloquio tirocinio assunzion curricul grazie vacature sollicit functie baan werk gesprek wervi
belangstelling bedankt vaga emprego processo estágio contrata obrigad
"""
_JOB = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(set(_STEMS.split()), key=len, reverse=True))})", re.IGNORECASE)

# Gmail's own sorting, as Takeout writes it in its labels. Localised names are not known to us: they count as no sign.
_CATEGORIES = frozenset({"category promotions", "category social", "category forums"})
_PRECEDENCE = frozenset({"bulk", "list", "junk"})


def is_marked(*, labels: frozenset[str], list_id: str, precedence: str) -> bool:
    """Whether a mail says that it went to many.

    Marks are a mailing list's id (RFC 2919), Precedence (as RFC 3834 §3.1.8 speaks of it), or Gmail's categories for
    promotions, social networks and forums. List-Unsubscribe is none: applicant tracking systems send it with refusals.
    """
    if list_id or precedence.strip().lower() in _PRECEDENCE:
        return True
    return any(label.casefold() in _CATEGORIES for label in labels)


def speaks_of_jobs(sender: str, subject: str) -> bool:
    """Whether a marked mail is to be read all the same: a word of jobs stands in who sends it, or in its subject."""
    return bool(_JOB.search(f"{sender} {subject}"))
