"""The page of who took part: who they are, their part, the last contact, whether they can be answered."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from server.domain.model import Kind
from server.services.by_hand import News, What
from server.web.entries import link_to
from tests.web.gold import DOVECOTE, HALFMOON, KERR, KERR_SUBJECT
from tests.web.sample_ground import Browser, SampleGround

BEFORE_KERR = ("19eeaaa2d1a92207", "19eeaf6a736122dd", "19f09734b1db2676", "19f098837432ece1")  # the same thread


@pytest.fixture
def ground(tmp_path) -> Iterator[SampleGround]:
    made = SampleGround(tmp_path, (*BEFORE_KERR, KERR, DOVECOTE, HALFMOON)).ready()
    yield made
    made.store.close()


@pytest.fixture
def signed_in(ground) -> Browser:
    return Browser(ground).sign_in()


def shown(signed_in: Browser, message_id: str) -> str:
    answer = signed_in.get(f"/people/{message_id}")
    assert answer.status_code == 200, answer.text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text[answer.text.index("<main") :])).split())


def test_each_is_named_with_the_last_contact_the_reason_and_that_they_can_be_answered(signed_in):
    text = shown(signed_in, KERR)
    assert "Jacoba Lockhart" in text
    assert re.search(r"Last contact: \d+ July 2026 Jacoba Lockhart", text)
    assert "Sent you this answer." in text
    assert "Can be answered j.lockhart@kerrmuseum.example" in text


def test_an_address_that_nobody_reads_is_said_to_be_one(signed_in):
    text = shown(signed_in, DOVECOTE)
    assert "Can be answered" not in text


def test_what_was_written_to_somebody_stands_beside_them(signed_in, ground):
    ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba")
    assert "Thank-you letter: Draft saved." in shown(signed_in, KERR)


def test_the_application_is_called_as_the_seeker_named_it(signed_in, ground):
    application = ground.desk.applications.of(KERR)
    ground.desk.applications.edit([application.id], company="Kerr House", role="Bell keeper")
    text = shown(signed_in, KERR)
    assert "Kerr House" in text
    assert "Bell keeper" in text


@pytest.mark.parametrize(
    ("account", "named"),
    [
        ("kim@seeker.example", "kim@seeker.example"),
        ("kim+jobs&more@seeker.example", "kim%2Bjobs%26more@seeker.example"),
    ],
)
def test_the_link_to_a_mail_names_the_account_whatever_its_address_holds(account, named):
    assert link_to(account, "19e") == f"https://mail.google.com/mail/u/?authuser={named}#all/19e"


def test_log_and_applications_lead_there(signed_in, ground):
    assert f'href="/people/{KERR}"' in signed_in.get("/").text
    assert f'href="/people/{KERR}"' in signed_in.get("/applications").text


def test_what_was_added_by_hand_has_no_such_page(signed_in, ground):
    news = News(what=What.NO, company="Tern & Vale", day=datetime.now(UTC).date())
    row = ground.desk.applications.add(news)
    assert f"/people/{row.message_id}" not in signed_in.get("/").text + signed_in.get("/applications").text
    answer = signed_in.get(f"/people/{row.message_id}")
    assert (answer.status_code, "added by hand" in answer.text) == (404, True)


def test_a_mail_that_nobody_knows_is_not_found(signed_in):
    assert signed_in.get("/people/00000000000000ff").status_code == 404
    assert signed_in.get("/people/no-id-of-a-mail").status_code == 404


def test_it_is_for_the_seeker_alone(ground):
    assert Browser(ground).get(f"/people/{KERR}").status_code == 401
