"""The job gate: does a mail concern a job application at all? Absent headers never count for or against."""

# ruff: noqa: E501 - patterns stay on one line: cut up, they cannot be read or searched

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.alternatives import any_of
from nlp.verdict import MailText


class Gate(StrEnum):
    """What the words of a mail say about its subject matter."""

    OPEN = "open"  # about a job
    UNSURE = "unsure"  # too few words, or words of both worlds
    CLOSED = "closed"  # about something else that can be refused


# Words of hiring that hardly occur elsewhere. "Application" and "applicant" are left out on purpose: study places,
# grants, loans and flats are applied for too.
_JOB = any_of(
    r"interview(?:s|ed|ing|er|ers)?|recruit(?:er|ers|ing|ment)?|hiring|hire[ds]?|vacanc(?:y|ies)|candidates?|candidacy|"
    r"talent (?:acquisition|team|partner|pool|community)|careers?|human resources|hr|people (?:team|operations|ops|partner)|"
    r"cv|c\.v\.|resume|résumé|job|jobs|employer|employment|shortlist(?:ed|ing)?|short-listed|internship|apprenticeship|"
    r"job (?:title|description|posting|advert)|head ?count|onboarding|salary|notice period|shifts?|trial shift|start date|"
    r"(?:the|this|our|your) (?:\w+ ){0,4}(?:role|position|post|opening|opportunity)|(?:role|position|post|opening) (?:of|as|at|with|for)|"
    r"bewerb\w+|stelle|arbeitgeber|vorstellungsgespr[äa]ch\w*|lebenslauf|ausbildungsplatz|personal(?:abteilung|referat)|karriere|"
    r"candidature|poste|recrut\w+|entretien|emploi|embauche|lettre de motivation|stage|alternance|"
    r"candidatura|puesto|vacante|selecci[óo]n|entrevista|empleo|curr[íi]cul\w+|reclut\w+|contrataci[óo]n|"
    r"vaga|recrutamento|emprego|est[áa]gio|posizione|selezione|colloquio|lavoro|assunzione|"
    r"sollicit\w+|vacature|functie|gesprek|werving|baan"
)
_TITLES = any_of(
    r"engineer|developer|designer|manager|analyst|assistant|nurse|teacher|officer|coordinator|consultant|architect|accountant|"
    r"technician|specialist|administrator|barista|chef|driver|cleaner|carer|scientist|researcher|postdoc(?:toral)?|lecturer|"
    r"editor|producer|electrician|plumber|receptionist|cashier|supervisor|intern|apprentice|trainee|associate|director"
)
_ELSEWHERE = any_of(
    r"admissions?|undergraduate|postgraduate|msc|mba|bachelor'?s?|tuition|enrol\w*|study place|entry requirements|ucas|campus tour|"
    r"degree (?:program|programme|course)|your chosen course|graduate school|scholarship|bursary|grants?|grant (?:panel|application|committee)|"
    r"funding (?:round|panel|call|bid)|fund(?:ing)? (?:application|request)|principal investigator|loan|mortgage|overdraft|credit (?:card|score|limit|check|agency|reference|report)|lender|"
    r"borrow\w*|tenancy|tenants?|landlord|letting|lettings|apartment|flat|rental|lease|viewings?|property|manuscript|reviewers?|referees?|"
    r"abstract|camera-ready|proceedings|conference|paper|journal|peer review|resubmi\w*|visa (?:application|appointment|officer)|visa|embassy|consulate|"
    r"insur\w+|policy ?holder|claims?|refund|order (?:number|no)|your order|parcel|delivery|shipment|warranty|tender|bid|bidders?|procurement|supplier|vendor|rfp|"
    r"quotation|app store|app review|play store|guideline \d|binary|adoption|rehom\w+|allotment|nursery place|waiting list|school place|year \d+ place|"
    r"membership|planning (?:permission|application)|exhibition|gallery|submission(?:s)?|poem|stor(?:y|ies)|festival|competition|contest|award|accelerator|cohort|pitch|invest\w*|"
    r"studienplatz|zulassung|darlehen|kredit\w*|wohnung|mieter|versicherung|logement|pr[êe]t|locataire|assurance|universit[ée]|bourse|"
    r"beca|pr[ée]stamo|piso|alquiler|seguro|bolsa|empr[ée]stimo|mutuo|affitto|borsa di studio|hypotheek|huurwoning|lening|studieplek"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """How many different words of each world a mail uses."""

    job: int
    elsewhere: int

    @property
    def gate(self) -> Gate:
        """Open when hiring words prevail, closed when another world's do and hiring is hardly named."""
        if self.elsewhere > self.job or (self.elsewhere and not self.job):
            return Gate.CLOSED
        if self.job >= 1 + 2 * self.elsewhere:
            return Gate.OPEN
        return Gate.UNSURE


def subject_matter(mail: MailText) -> Subject:
    """What the mail talks about, by distinct words of its subject, body and sender's name."""
    text = f"{mail.subject}\n{mail.sender_name}\n{mail.body[:8000]}".lower()
    job = {match.group() for match in _JOB.finditer(text)}
    titles = {match.group() for match in _TITLES.finditer(text)}
    return Subject(job=len(job) + min(1, len(titles)), elsewhere=len({m.group() for m in _ELSEWHERE.finditer(text)}))


def is_elsewhere(sentence: str) -> bool:
    """Whether a lower-case sentence by itself speaks of another world's refusals: a loan, a paper, a tender."""
    return bool(_ELSEWHERE.search(sentence)) and not _JOB.search(sentence)
