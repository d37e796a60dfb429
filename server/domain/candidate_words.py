"""Words of applications in the languages that we judge: what a mailbox is searched for. Gmail matches whole words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Gmail's search knows no stems, so each form stands for itself; accents are left out where Gmail folds them itself, and
# written where a word would mean something else. Chosen from what the words mean (applying, selecting, filling a post),
# never from a mail that was missed: tests/test_recall.py says what they find.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        *("application", "applications", "applied", "applying", "applicant", "applicants"),
        *("candidate", "candidates", "candidacy", "candidature", "shortlist", "shortlisted", "longlist"),
        *("interview", "interviews", "interviewed", "interviewing", "interviewer", "audition", "casting"),
        *("recruiter", "recruiters", "recruiting", "recruitment", "hiring", "hire", "hired"),
        *("vacancy", "vacancies", "internship", "traineeship", "apprenticeship", "fellowship", "placement"),
        *("résumé", "resume", "cv", "portfolio", "cover letter", "talent acquisition", "talent pool", "talent team"),
        *(
            "the position",
            "this position",
            "position of",
            "position as",
            "position at",
            "position has",
            "open position",
        ),
        *("the role", "this role", "role of", "role as", "role at", "role has", "open role", "the post of", "post has"),
        *("your interest in", "interest in joining", "joining our team", "join our team", "job title", "job opening"),
        *("selection process", "selection panel", "selection committee", "hiring manager", "other opportunities"),
        *("not been successful", "not successful", "unsuccessful", "not selected", "not be moving forward"),
        *("not to proceed", "not be proceeding", "moving forward with", "move forward with", "keep your details"),
    ),
    "de": (
        *("Bewerbung", "Bewerbungen", "Bewerbungsunterlagen", "Bewerbungsverfahren", "Bewerbungsprozess"),
        *("Bewerber", "Bewerberin", "Bewerberinnen", "Bewerbenden", "beworben", "Kandidat", "Kandidatin"),
        *(
            "Kandidaten",
            "Kandidatur",
            "Initiativbewerbung",
            "Vorstellungsgespräch",
            "Bewerbungsgespräch",
            "Probearbeiten",
        ),
        *("Unterlagen", "Lebenslauf", "Stelle", "Stellen", "Stellenausschreibung", "Stellenanzeige", "Position"),
        *("Ausbildungsplatz", "Ausbildung", "Praktikum", "Praktikumsplatz", "Werkstudent", "Lehrstelle", "Probetag"),
        *("Auswahlverfahren", "Auswahlprozess", "Personalabteilung", "Besetzung", "besetzt", "Absage", "eingestellt"),
    ),
    "fr": (
        *("candidature", "candidatures", "candidat", "candidate", "candidats", "postulé", "postuler", "postulation"),
        *("recrutement", "recruter", "recruteur", "recruteuse", "entretien", "entretiens", "embauche", "embaucher"),
        *("poste", "CV", "curriculum", "stage", "stagiaire", "alternance", "apprentissage", "lettre de motivation"),
        *("profil", "offre d'emploi", "votre dossier", "pourvu", "ressources humaines", "essai", "audition"),
    ),
    "es": (
        *("candidatura", "candidaturas", "candidato", "candidata", "candidatos", "postulación", "postulaciones"),
        *("postular", "postulado", "postulante", "solicitud", "solicitud de empleo", "vacante", "vacantes", "puesto"),
        *("entrevista", "entrevistas", "selección", "proceso de selección", "reclutamiento", "contratación", "plaza"),
        *("currículum", "curriculum", "currículo", "CV", "perfil", "prácticas", "oferta de trabajo", "empleo", "beca"),
        *("inscripción", "contratar", "recursos humanos", "prueba"),
    ),
    "it": (
        *("candidatura", "candidature", "candidato", "candidata", "candidati", "candidarsi", "colloquio", "colloqui"),
        *("selezione", "selezioni", "posizione", "ricerca di personale", "assunzione", "assunto", "assunta"),
        *("curriculum", "CV", "profilo", "tirocinio", "stage", "apprendistato", "posto", "risorse umane", "prova"),
        *("offerta di lavoro", "annuncio", "bando", "graduatoria", "ruolo", "provino"),
    ),
    "pt": (
        *("candidatura", "candidaturas", "candidato", "candidata", "candidatos", "candidatou", "vaga", "vagas"),
        *("entrevista", "entrevistas", "seleção", "selecção", "processo seletivo", "recrutamento", "contratação"),
        *("currículo", "curriculum", "CV", "perfil", "estágio", "posição", "cargo", "função", "lugar de", "bolsa"),
        *("recursos humanos", "contratar", "emprego", "inscrição"),
    ),
    "nl": (
        *("sollicitatie", "sollicitaties", "sollicitant", "sollicitanten", "solliciteren", "gesolliciteerd"),
        *("sollicitatiegesprek", "sollicitatieprocedure", "kandidaat", "kandidaten", "vacature", "vacatures"),
        *("functie", "selectie", "selectieprocedure", "werving", "stage", "stageplek", "stageplaats", "traineeship"),
        *("cv", "motivatiebrief", "profiel", "proefdag", "gesprek", "baan", "procedure", "afwijzing"),
    ),
}

# Departments and desks that write to applicants, as their address or name has them.
DESKS: Final = (
    *("jobs", "job", "careers", "career", "recruiting", "recruitment", "recruiter", "recruiters", "talent", "hiring"),
    *("hr", "people", "candidate", "candidates", "applications", "admissions", "casting", "interviews"),
    *("bewerbung", "bewerbungen", "karriere", "personal", "personalabteilung", "recrutement", "rh", "candidatures"),
    *("seleccion", "selección", "rrhh", "empleo", "candidaturas", "reclutamiento", "selezione", "personale"),
    *("risorse umane", "lavoro", "candidature", "recrutamento", "vagas", "emprego", "seleção", "werving"),
    *("vacatures", "sollicitatie", "sollicitaties", "werkenbij"),
)

# Senders of advertisements for jobs, by the thousand a year: never an answer to an application.
ASIDE: Final = ("alert", "alerts", "jobalert", "jobalerts", "job-alerts", "newsletter", "digest")

# Senders that are nobody: what they say about applications has the words above.
MACHINES: Final = (
    *("noreply", "no-reply", "donotreply", "do-not-reply", "notification", "notifications", "notify", "mailer"),
    *("automated", *ASIDE),
)
