"""How mails are named in the log, on the page and in the popup: by their applications, else by who wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.domain.model import Judged, Rejection, record_key
from server.web import entries
from tests.services.desk_ground import SEEKER
from tests.web.app_ground import AppGround


@pytest.fixture
def app() -> AppGround:
    return AppGround()


@pytest.fixture
def message_id(app) -> str:
    return app.ground.rejection()


def test_the_log_page_shows_the_role_that_the_seeker_gave_the_application(app, message_id):
    app.ground.desk.applications.edit([message_id], company="Harbour", role="Pilot")
    (month,) = entries.months(app.ground.desk)
    assert [(entry.title, entry.role) for entry in month.entries] == [("Harbour", "Pilot")]


def test_the_popup_gets_the_same_names(app, message_id):
    app.ground.desk.applications.edit([message_id], role="Pilot")
    (row,) = app.ask("log", {}).json["rejections"]
    assert (row["title"], row["role"], row["company"]) == ("Ada Lovell", "Pilot", None)


def test_a_line_whose_verdict_is_not_kept_is_shown_all_the_same(app, message_id):
    key = record_key(SEEKER, message_id)
    row, line = app.ground.store.get(Judged, key), app.ground.store.get(Rejection, key)
    app.ground.store.put(replace(line, company="Harbour"), gone=[row])
    (month,) = entries.months(app.ground.desk)
    assert [(entry.title, entry.state) for entry in month.entries] == [("Harbour", "new")]


def test_the_page_is_fetched_again_when_an_application_was_renamed(app, message_id):
    app.sign_in()
    before = stamp(app)
    app.ground.desk.applications.edit([message_id], role="Pilot")
    assert stamp(app) != before


def stamp(app: AppGround) -> str:
    page = app.client.get("/", base_url="http://127.0.0.1:25277").text
    return page.split('data-stamp="')[1].split('"')[0]
