"""How far an account was looked through stands on the pages, and the Connect page lets the seeker choose."""

from __future__ import annotations

import json

import pytest

from server.domain.candidates import Coverage, Scope
from server.domain.model import Cursor, ScanReport
from server.services.scanning import ScanState
from tests.builders import NOON
from tests.web.test_connect import Page, page

__all__ = ["page"]
ME = "kim@seeker.example"


@pytest.fixture
def connected(page: Page) -> Page:
    """Signed in, and a first scan done."""
    assert page.give(json.dumps(page.fake.client_secret())) == 200
    page.sign_in()
    done = Coverage(ME, NOON, everything=False, ended=NOON, looked_at=607, left_out=19_393)
    page.ground.store.put(done, Cursor(ME, "7", NOON))
    return page


def test_what_was_left_out_stands_on_the_log_and_on_the_connect_page(connected):
    for path in ("/", "/connect"):
        text = connected.browser.get(path).text
        assert "Looked at 607 mails received since 2026-03-02. 19,393 others were left out:" in text
    assert "Look at all mail (about 70 minutes)" in connected.text


def test_a_choice_is_kept_and_its_page_shows_it(connected):
    answer = connected.browser.post("/ui/reach", {"address": ME, "days": None, "everything": True})
    assert answer.status_code == 200
    assert connected.ground.store.get(Scope, ME) == Scope(ME, None, everything=True)
    text = connected.text
    assert '<option value="all" selected>' in text
    assert "it comes with the next look" in text
    assert "Look at all mail" not in text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"address": "other@seeker.example", "days": 90, "everything": False}, 409),
        ({"address": ME, "days": 0, "everything": False}, 400),
        ({"address": ME, "days": "soon", "everything": False}, 400),
        ({"address": ME}, 400),
    ],
)
def test_a_senseless_choice_changes_nothing(connected, body, status):
    assert connected.browser.post("/ui/reach", body).status_code == status
    assert connected.ground.store.get(Scope, ME) is None


def test_a_time_that_the_page_does_not_offer_is_shown_all_the_same(connected):
    connected.ground.store.put(Scope(ME, 400))
    assert '<option value="400" selected>400 days</option>' in connected.text


def test_the_log_says_how_fast_the_reading_goes_and_how_long_it_will_take(connected):
    report = ScanReport(seen=100, judged=100, rejections=3, seconds=30.0)
    connected.ground.background._model = "ready"
    connected.ground.desk.scanning.states[ME] = ScanState(ME, running=True, report=report, total=700, most=280.0)
    words = connected.browser.post("/ui/status", {}).json["words"]
    assert words == "Reading your mail: 100 of 700. 3 say no. 200 a minute, about 3 minutes left."


def test_nothing_of_it_stands_in_the_demo(page: Page):
    assert "left out" not in page.browser.get("/").text
