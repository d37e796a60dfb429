"""Finds the number an employer gave a vacancy: "Req #55801", "JR-20993", "Kennziffer 17/25"."""

from __future__ import annotations

import re

from nlp.verdict import MailText

_READ = 3000  # characters of the body
_NUMBER = re.compile(r"(?<![\w@./])[A-Z]{0,6}[-/_.]?(?:[A-Z]{1,6}[-/])?\d(?:[A-Za-z0-9]|[-/_.](?=[A-Z0-9])){1,24}")
_REACH = 28  # characters before a number in which its label stands

# A word for a vacancy, maybe "no." or "ID", right before the number.
_LABEL = re.compile(
    r"""
    (?:^|[^\w])(?:
        (?:job|position|vacancy|posting|requisition|opening|post)\ (?:id|no|nr|number|code|ref|reference)
      | ref|réf|rif|kennziffer|referenz(?:nummer|code)?|referen(?:ce|cia|tie|zia)|référence|referência
      | req|requisition|requisição|competition|vacaturenummer|stellennummer|stellen-id|job-id|jobnummer
      | offre|convocatoria|vacancy|vacante|vaga|selezione|concorso
    )
    \.?(?:\ ?(?:id|no|nr|number|code|n|num|is))?[.:°º]*\ ?[:\#]?\ ?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Shapes that are numbers of vacancies wherever they stand.
_BARE = re.compile(r"(?:R|JR|REQ|JOB|VA)[-_]?\d{4,}(?:[-/]\d+)?$|VA/\d{4}/\d+$")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def requisition_of(mail: MailText) -> str | None:
    """The first such number in subject or body, as it is written there; application and case numbers do not count."""
    text = f"{mail.subject}\n{mail.body[:_READ]}"
    bare = None
    for match in _NUMBER.finditer(text):
        number = match.group()
        if _YEAR.match(number):
            continue
        if _LABEL.search(text[max(0, match.start() - _REACH) : match.start()]):
            return number
        if bare is None and _BARE.match(number):
            bare = number
    return bare
