"""Tables of other trackers: which column is what, what is a no, and which day is meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain import trackers


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Company Name,Job Title,Status,Applied Date,Job URL", "company=0 role=1 status=2 applied=3"),
        ("Title,Company,List Name,Created At,Location,URL", "company=1 role=0 status=2 applied=3"),
        ("company_name,application_status,received_at,job_title,subject,email_from,id",
         "company=0 role=3 status=1 date=2 address=5"),
        ("#,Date,Company,Role,Score,Status,PDF,Notes", "company=2 role=3 status=5 date=1 note=7"),
        ("Application Date,Contact Email,Company Name,Job Title,Job Url", "company=2 role=3 applied=0 address=1"),
        ("Firma;Stelle;Ergebnis;Absage am;Ansprechpartner;Notizen",
         "company=0 role=1 status=2 date=3 contact=4 note=5"),
        ("Firm,Job,Date,Status,Notes", "company=0 role=1 status=3 date=2 note=4"),
        ("Entreprise,Poste,Statut,Date de candidature", "company=0 role=1 status=2 applied=3"),
        ("Société,Intitulé du poste,Résultat,Date de refus", "company=0 role=1 status=2 date=3"),
        ("Empresa,Puesto,Estado,Fecha de rechazo", "company=0 role=1 status=2 date=3"),
        ("Azienda,Ruolo,Stato,Data rifiuto", "company=0 role=1 status=2 date=3"),
        ("Bedrijf,Functie,Resultaat,Afgewezen op", "company=0 role=1 status=2 date=3"),
        ("Employer,Position applied for,Current status,Date Rejected", "company=0 role=1 status=2 date=3"),
        ("CompanyName,JobTitle,ApplicationStatus,DateApplied", "company=0 role=1 status=2 applied=3"),
        ("Accompany,Unrolled,Understated", ""),
    ],
)  # fmt: skip
def test_columns_are_known_by_whole_words(header, columns):
    found = trackers.guess([name.strip() for name in header.replace(";", ",").split(",")])
    assert " ".join(f"{name}={found[name]}" for name in trackers.FIELDS if name in found) == columns


@pytest.mark.parametrize(
    "status",
    ["Rejected", "REJECTED ❌", "rejection", "Not selected", "Turned down", "Declined", "Absage", "abgelehnt", "Refusé",
     "Rechazado", "Rifiutata", "Afgewezen", "Recusado", "Rejected by company after offer", "Not moving forward"],
)  # fmt: skip
def test_a_no_is_known(status):
    assert trackers.says_no(status)


@pytest.mark.parametrize(
    "status",
    ["", "Applied", "Interview", "Offer declined", "I declined", "Withdrawn", "Ghosted", "Not rejected", "Wishlist",
     "Rejected offer", "Zurückgezogen", "Accepted", "Unrejectable"],
)  # fmt: skip
def test_what_is_no_no_is_left_alone(status):
    assert not trackers.says_no(status)


@pytest.mark.parametrize(
    ("value", "day_first", "day"),
    [
        ("2026-05-03", False, (2026, 5, 3)),
        ("2026/5/3", False, (2026, 5, 3)),
        ("03/05/2026", True, (2026, 5, 3)),
        ("03/05/2026", False, (2026, 3, 5)),
        ("3.5.26", True, (2026, 5, 3)),
        ("May 3, 2026", False, (2026, 5, 3)),
        ("3rd Sept 2026", False, (2026, 9, 3)),
        ("Sun, 3 May 2026", False, (2026, 5, 3)),
        ("46145", False, (2026, 5, 3)),
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(value, day_first, day):
    assert trackers.day(value, day_first=day_first) == datetime(*day, tzinfo=UTC)


def test_a_time_with_its_zone_is_kept_exactly():
    assert trackers.day("2026-05-03T10:00:00+02:00", day_first=False) == datetime(2026, 5, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", "soon", "31/31/2026", "2026-13-01", "May 42, 2026", "99999999", "0000-00-00"])
def test_what_names_no_day_is_none(value):
    assert trackers.day(value, day_first=True) is None


@pytest.mark.parametrize(
    ("values", "day_first"),
    [(["01/02/2026", "13/02/2026"], True), (["01/02/2026", "02/13/2026"], False), (["01.02.2026"], True),
     (["01/02/2026"], False), ([], False)],
)  # fmt: skip
def test_the_order_of_day_and_month_follows_from_the_values(values, day_first):
    assert trackers.is_day_first(values) is day_first


@given(st.text(max_size=40), st.booleans())
@settings(deadline=None)
def test_no_text_breaks_the_reading_of_days_and_states(text, day_first):
    moment = trackers.day(text, day_first=day_first)
    assert moment is None or moment.tzinfo is UTC
    trackers.says_no(text)
    trackers.guess([text, text])
