"""Tables from other job trackers and home-made sheets: which column is what, and what a row says.

The names are those of the commonest trackers' exports and of sheets as people keep them, in the seven languages. A
column is known by its whole name or by whole words of it, never by a part of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

FIELDS: Final = ("company", "role", "status", "date", "applied", "contact", "address", "note")
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "company": ("company", "company name", "firm", "firm name", "employer", "organisation", "organization", "firma",
                "unternehmen", "arbeitgeber", "entreprise", "société", "employeur", "empresa", "compañía", "azienda",
                "società", "bedrijf", "werkgever"),
    "role": ("role", "position", "job title", "title", "job", "job name", "role title", "position title", "stelle",
             "jobtitel", "poste", "intitulé du poste", "puesto", "cargo", "vaga", "ruolo", "posizione", "functie",
             "vacature"),
    "status": ("status", "application status", "stage", "list name", "list", "outcome", "result", "state", "ergebnis",
               "stand", "statut", "résultat", "estado", "resultado", "stato", "esito", "resultaat", "uitkomst"),
    "date": ("rejected", "rejected on", "rejected at", "date rejected", "rejection date", "rejected date",
             "decision date", "outcome date", "response date", "date of response", "received at", "closed date",
             "absage am", "date de refus", "fecha de rechazo", "data rifiuto", "afgewezen op", "last updated",
             "updated", "updated at", "last update", "status date", "date"),
    "applied": ("applied", "applied on", "applied at", "date applied", "applied date", "application date",
                "date of application", "date saved", "created at", "created", "beworben am", "date de candidature",
                "fecha de solicitud", "data candidatura", "datum sollicitatie", "datum"),
    "contact": ("contact", "contact name", "contact person", "recruiter", "recruiter name", "hiring manager",
                "ansprechpartner", "contactpersoon", "persona de contacto", "referente"),
    "address": ("email", "e mail", "contact email", "recruiter email", "email address", "email from", "contact e mail"),
    "note": ("note", "notes", "comment", "comments", "notizen", "bemerkung", "remarques", "notas", "appunti",
             "opmerkingen"),
}  # fmt: skip
# What a status says that is a no of the company. One that was withdrawn or went quiet is none.
_NO: Final = frozenset(
    "rejected rejection reject declined denied unsuccessful abgelehnt absage refusé refusée refus rechazado rechazada "
    "rifiutato rifiutata scartato afgewezen afwijzing recusado recusada rejeitado rejeitada reprovado".split()
)
_NO_PHRASES: Final = ("not selected", "turned down", "not moving forward", "no longer under consideration",
                      "position filled", "they said no", "not successful", "rejected by company")  # fmt: skip
_NOT_A_NO: Final = frozenset(
    "i me withdrawn withdrew withdraw offer ghosted not un accepted myself ich ik zurückgezogen".split()
)
_MONTHS: Final = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # fmt: skip
_NUMBERS: Final = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{2}|\d{4})(?!\d)")
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NAMED: Final = (
    re.compile(r"(?:\w{3,9}, )?(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? (?P<month>[A-Za-z]{3,9})\.?,? (?P<year>\d{4})"),
    re.compile(r"(?:\w{3,9}, )?(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)
_SERIAL: Final = re.compile(r"(\d{5})(\.\d+)?")  # days since 30 December 1899, as spreadsheets count
_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that says no. `received`: when, midnight UTC if the sheet names the day alone."""

    company: str
    role: str
    received: datetime
    contact: str = ""
    address: str = ""
    note: str = ""


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column holds which field, as far as the names tell: whole names first, whole words after."""
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for field in FIELDS:
        for wanted in map(plain, _NAMES[field]):
            if wanted in names and names.index(wanted) not in found.values():
                found[field] = names.index(wanted)
                break
    for field in FIELDS:
        if field not in found:
            place = _by_words(field, names, set(found.values()))
            if place is not None:
                found[field] = place
    return found


def _by_words(field: str, names: Sequence[str], taken: set[int]) -> int | None:
    single = {word for name in _NAMES[field] if " " not in (word := plain(name))}
    for place, name in enumerate(names):
        if place not in taken and single & set(name.split()):
            return place
    return None


def says_no(status: str) -> bool:
    """Whether a status says that the company said no."""
    said = plain(status)
    words = set(said.split())
    if words & _NOT_A_NO and not any(phrase in said for phrase in _NO_PHRASES):
        return False
    return bool(words & {plain(word) for word in _NO}) or any(phrase in said for phrase in _NO_PHRASES)


def is_day_first(values: Sequence[str]) -> bool:
    """Whether 03/05/2026 is the third of May in this sheet: as a value with a day over 12 shows; else a dot tells."""
    pairs = [(int(found[1]), int(found[2]), value) for value in values if (found := _NUMBERS.match(value.strip()))]
    if any(first > 12 for first, _second, _value in pairs):  # noqa: PLR2004 - months of a year
        return True
    if any(second > 12 for _first, second, _value in pairs):  # noqa: PLR2004
        return False
    return any("." in value for _first, _second, value in pairs)


def day(value: str, *, day_first: bool) -> datetime | None:
    """The time a cell names, UTC; None when it names none."""
    value = value.strip()
    try:
        if found := _ISO.match(value):
            return _moment(value, datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC))
        if found := _NUMBERS.match(value):
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            number, which = (first, second) if day_first else (second, first)
            return datetime(year + (_CENTURY if year < 100 else 0), which, number, tzinfo=UTC)  # noqa: PLR2004
        for pattern in _NAMED:
            if (found := pattern.match(value)) and (month := _MONTHS.get(found["month"][:3].lower())):
                return datetime(int(found["year"]), month, int(found["day"]), tzinfo=UTC)
        if found := _SERIAL.fullmatch(value):
            return datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=int(found[1]))
    except (ValueError, OverflowError):
        return None
    return None


def _moment(value: str, whole_day: datetime) -> datetime:
    """The time of day too, where it is written as RFC 3339 or SQL has it."""
    try:
        exact = datetime.fromisoformat(value)
    except ValueError:
        return whole_day
    return exact.astimezone(UTC) if exact.tzinfo else exact.replace(tzinfo=UTC)


def entry(cells: Mapping[str, str], *, day_first: bool) -> Entry | None:
    """What a row says; None when it names no company or no day."""
    when = day(cells.get("date", ""), day_first=day_first) or day(cells.get("applied", ""), day_first=day_first)
    company = line(cells.get("company", ""))
    if when is None or not company:
        return None
    address = cells.get("address", "").strip()
    return Entry(
        company, line(cells.get("role", "")), when, line(cells.get("contact", "")),
        address if re.fullmatch(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,250}", address) else "", line(cells.get("note", "")),
    )  # fmt: skip


def line(text: str) -> str:
    """A name on one line, at most as long as a correction may be."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())[:200]


def plain(text: str) -> str:
    """Lower case, no accents, words of letters and digits with one space between: names are compared like that."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)  # JobTitle
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", spread) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))
