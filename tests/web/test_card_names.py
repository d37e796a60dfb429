"""The company and role on the card are those of the application, and not what one mail alone was taken to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nlp.verdict import Band, Label
from server.domain.model import Judged, record_key
from tests.services.desk_ground import SEEKER
from tests.web.app_ground import AppGround


@pytest.fixture
def app() -> AppGround:
    return AppGround()


@pytest.fixture
def row(app) -> Judged:
    """The rejection, of which a role was misread."""
    kept = app.ground.store.get(Judged, record_key(SEEKER, app.ground.rejection()))
    misread = replace(kept, company="Harbour", role="half engineer")
    app.ground.store.put(misread)
    return misread


def shown(app: AppGround, row: Judged) -> tuple[str, str]:
    answer = app.ask("message", {"message_id": row.message_id}).json
    return answer["company"], answer["role"]


def test_a_role_that_an_earlier_mail_names_in_its_subject_is_on_the_card(app, row):
    earlier = replace(
        row,
        message_id="00000000000000e1",
        received=row.received - timedelta(days=9),
        label=Label.INTERVIEW,
        band=Band.NO,
        role="Founding Pilot",
        subject="Founding Pilot: shall we talk?",
    )
    app.ground.store.put(earlier)
    assert shown(app, row) == ("Harbour", "Founding Pilot")


def test_the_log_goes_by_the_names_of_the_application_too(app, row):
    app.ground.desk.applications.edit([row.message_id], company="Harbour & Daughters", role="Pilot")
    (line,) = app.ask("log", {}).json["rejections"]
    assert (line["company"], line["title"], line["role"]) == ("Harbour & Daughters", "Harbour & Daughters", "Pilot")


def test_what_the_seeker_put_right_on_the_applications_page_is_on_the_card(app, row):
    app.ground.desk.applications.edit([row.message_id], company="Harbour & Daughters", role="Pilot")
    assert shown(app, row) == ("Harbour & Daughters", "Pilot")


def test_what_the_seeker_corrected_last_is_on_the_card(app, row):
    app.ground.desk.applications.edit([row.message_id], role="Pilot")
    app.ground.clock.advance(60)
    app.ask("correct", {"message_id": row.message_id, "role": "Founding Pilot"})
    assert shown(app, row) == ("Harbour", "Founding Pilot")


def test_the_letter_speaks_of_the_role_that_the_card_shows(app, row):
    app.ground.desk.applications.edit([row.message_id], role="Founding Pilot")
    body = app.ask("suggest", {"message_id": row.message_id, "kind": "thank_you"}).json["body"]
    assert "half engineer" not in body


def test_a_mail_of_no_application_shows_its_own_names(app, row):
    app.ground.store.put(replace(row, band=Band.REVIEW))
    assert shown(app, row) == ("Harbour", "half engineer")
