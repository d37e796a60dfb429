"""The Applications page as a browser without any script meets it, and its door as others find it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from server.domain.application import Application, Outcome, Stage
from server.domain.model import Judged
from server.services.desk import SAMPLE
from tests.builders import NOON
from tests.domain.matching_cases import ADA, TECH, mail
from tests.web.sample_ground import Browser, SampleGround
from tests.web.test_dashboard import words

A, B, C = (f"{ord(name):016x}" for name in "abc")


@pytest.fixture
def ground(tmp_path) -> Iterator[SampleGround]:
    """Two roles at Brightwater, and a no that could be either's."""
    made = SampleGround(tmp_path, ("19f522cdd0897f52",))
    made.store.put(
        mail("a", 0, "got", mailbox=SAMPLE),
        mail("b", 1, "talk", role=TECH, by=ADA, mailbox=SAMPLE),
        mail("c", 9, "no", role=None, mailbox=SAMPLE, subject="About your <application>"),
        mail("d", 2, "test", mailbox=SAMPLE),
    )
    yield made
    made.store.close()


class Forms(Browser):
    """A browser that sends forms as Chromium does from pages that keep their address to themselves."""

    def send(self, form: dict[str, object], path: str = "/applications", **headers: str) -> TestResponse:
        page = self.get("/applications").text
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', page).group(1)
        sent = {"Origin": "null", "Sec-Fetch-Site": "same-origin"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        return self.flask.post(path, data={"csrf": token} | form, headers=sent, base_url=self.base)


@pytest.fixture
def browser(ground: SampleGround) -> Forms:
    made = Forms(ground)
    made.sign_in()
    return made


def applications(ground: SampleGround) -> dict[str, Application]:
    return {one.role or "": one for one in ground.desk.applications.board().applications}


class TestThePage:
    def test_it_shows_each_application_with_how_it_stands_and_its_mails(self, browser):
        page = words(browser.get("/applications").text)
        assert "2 applications. Open: 2." in page
        assert "Brightwater" in page
        assert "after an interview" in page
        assert "2 messages" in page

    def test_what_could_belong_to_several_is_asked_with_its_candidates(self, browser):
        page = browser.get("/applications").text
        asked = page[page.index('id="unsure"') : page.index('id="all-title"')]
        assert re.findall(r'type="radio" name="to" value="([0-9a-f]*)"', asked) == [A, B, ""]
        assert "About your &lt;application&gt;" in asked

    def test_words_and_outcome_narrow_the_list(self, browser, ground):
        ground.desk.applications.edit([A], outcome="withdrew")
        assert "1 found" in words(browser.get("/applications?q=irrigation+bright").text)
        assert "1 found" in words(browser.get("/applications?outcome=withdrew").text)
        assert "Nothing here has these words." in browser.get("/applications?q=zebra").text
        for query in ("outcome=x&page=x", "page=99999999999", "page=-1", "q=" + "%00" * 300):
            assert browser.get(f"/applications?{query}").status_code == 200

    def test_many_are_shown_page_by_page(self, browser, ground):
        ground.store.put(
            *(mail(chr(300 + at), 20 + at, "no", co=f"Firm {at}", role="Poet", mailbox=SAMPLE) for at in range(60))
        )
        first, second = browser.get("/applications").text, browser.get("/applications?page=2").text
        assert [len(re.findall('name="id" value="[0-9a-f]+" form', page)) for page in (first, second)] == [50, 12]
        assert "Page 1 of 2" in first
        assert "page=1" in second

    def test_without_any_application_it_says_that_they_come_by_themselves(self, tmp_path):
        made = SampleGround(tmp_path, ("19f522cdd0897f52",))
        assert "appear by themselves" in Browser(made).sign_in().get("/applications").text
        made.store.close()

    def test_it_needs_no_script_and_no_inline_style(self, browser):
        page = browser.get("/applications").text
        assert "<script" not in page
        assert not re.search(r"\sstyle=|\son\w+=", re.sub(r">[^<]*<", "><", page))

    def test_names_are_shown_as_text(self, browser, ground):
        ground.desk.applications.edit([A], company="<script>alert(1)</script>", note="</textarea><b>")
        page = browser.get("/applications").text
        assert "<script" not in page
        assert "</textarea><b>" not in page

    def test_every_field_has_a_label_of_its_own(self, browser):
        page = browser.get("/applications").text
        ids = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(ids) == set(re.findall(r'<label for="([^"]+)"', page))


class TestWhatItsFormsDo:
    def test_merging_all_that_are_ticked(self, browser, ground):
        answer = browser.send({"do": "merge", "id": [A, B]})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/applications#a-{A}")
        assert len(ground.desk.applications.board().applications) == 1

    def test_marking_all_that_are_ticked(self, browser, ground):
        browser.send({"do": "mark", "id": [A, B], "outcome": "withdrew", "stage": ""})
        assert {one.outcome for one in applications(ground).values()} == {Outcome.WITHDREW}
        assert applications(ground)[TECH].stage is Stage.INTERVIEW

    def test_splitting(self, browser, ground):
        browser.send({"do": "split", "message": [f"{ord('d'):016x}"]})
        assert len(ground.desk.applications.board().applications) == 3

    @pytest.mark.parametrize(("to", "count"), [(B, 2), ("", 3)])
    def test_saying_where_a_mail_belongs(self, browser, ground, to, count):
        browser.send({"do": "place", "message": C, "to": to})
        board = ground.desk.applications.board()
        assert (board.unsure, len(board.applications)) == ((), count)

    def test_editing_says_only_what_was_changed(self, browser, ground):
        form = {
            "do": "edit",
            "id": A,
            "company": "Brightwater",
            "role": "Head Gardener",
            "stage": "",
            "outcome": "",
            "note": "",
        }
        browser.send(form)
        work = ground.desk.applications
        said = work.said_of(work.of(A))
        assert (said.company, said.role, said.stage, said.note) == (None, "Head Gardener", None, "")

    def test_adding_news_and_undoing_it(self, browser, ground):
        form = {
            "do": "add",
            "company": "Kelp",
            "role": "Boatman",
            "what": "no",
            "way": "phone",
            "day": "2026-03-05",
            "note": "Close.\r\nAsk again.",
        }
        browser.send(form)
        line = ground.desk.log()[0]
        assert (line.company, line.mailbox) == ("Kelp", SAMPLE)
        page = browser.get("/applications").text
        assert "By phone" in page
        assert "Close.\nAsk again." in page
        assert "Open the mail" not in browser.get("/").text
        browser.send({"do": "undo"})
        assert ground.desk.log() == []

    def test_a_query_is_kept(self, browser):
        answer = browser.send({"do": "merge", "id": [A, B]}, "/applications?q=bright&outcome=open")
        assert answer.headers["Location"] == f"/applications?q=bright&outcome=open#a-{A}"

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"do": "merge", "id": [A]}, "Choose at least two"),
            ({"do": "merge"}, "Choose at least two"),
            ({"do": "merge", "id": ["x", B]}, "No application holds"),
            ({"do": "mark", "id": [A]}, "Nothing was said"),
            ({"do": "mark", "outcome": "open"}, "Choose at least one"),
            ({"do": "mark", "id": [A], "outcome": "rejected"}, "makes no sense"),
            ({"do": "split", "message": [B]}, "nothing behind"),
            ({"do": "place", "message": C}, "Nothing was chosen"),
            ({"do": "edit", "id": A}, "Nothing was changed"),
            ({"do": "add", "company": ""}, "company is missing"),
            ({"do": "add", "company": "Kelp", "day": "soon"}, "makes no sense"),
            ({"do": "add", "company": "Kelp", "address": "ada"}, "no mail address"),
            ({"do": "undo"}, "nothing to undo"),
            ({"do": "wipe"}, "makes no sense"),
            ({}, "makes no sense"),
        ],
    )  # fmt: skip
    def test_what_makes_no_sense_is_said_on_the_page_and_changes_nothing(self, browser, ground, form, said):
        rows = ground.store.all(Judged)
        answer = browser.send(form)
        assert answer.status_code in (400, 404, 409)
        assert said in words(html.unescape(answer.text))
        assert ground.store.all(Judged) == rows
        assert ground.desk.applications.last_change() is None

    def test_what_was_typed_is_still_there(self, browser):
        page = browser.send({"do": "add", "company": "Kelp", "note": "Close.", "address": "ada"}).text
        assert 'value="Kelp"' in page
        assert ">Close.</textarea>" in page


class TestItsDoor:
    FORM = {"do": "merge", "id": [A, B]}  # noqa: RUF012 - never changed

    def refused(self, ground: SampleGround, answer: TestResponse) -> bool:
        return answer.status_code in (401, 403, 415) and ground.desk.applications.last_change() is None

    @pytest.mark.parametrize("token", ["", "wrong"])
    def test_a_form_without_the_pages_token_is_refused(self, browser, ground, token):
        assert self.refused(ground, browser.send({**self.FORM, "csrf": token}))

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
    def test_a_form_without_an_origin_from_elsewhere_is_refused(self, browser, ground, site):
        assert self.refused(ground, browser.send(self.FORM, Sec_Fetch_Site=site))

    @pytest.mark.parametrize("origin", ["https://evil.example", "https://mail.google.com", "http://127.0.0.1:1"])
    def test_a_form_of_another_origin_is_refused(self, browser, ground, origin):
        assert self.refused(ground, browser.send(self.FORM, Origin=origin))

    def test_a_form_of_our_own_origin_is_taken(self, browser, ground):
        assert browser.send(self.FORM, Origin=browser.base, Sec_Fetch_Site="").status_code == 303

    def test_a_form_without_the_cookie_is_refused_in_words(self, ground):
        stranger = Forms(ground)
        answer = stranger.flask.post("/applications", data=self.FORM, base_url=stranger.base)
        assert (answer.status_code, "not signed in" in answer.text) == (401, True)

    @pytest.mark.parametrize("path", ["/ui/correct", "/ui/undo", "/api/v1/scan", "/cli", "/applications/"])
    def test_no_other_address_takes_forms(self, browser, path):
        assert browser.send(self.FORM, path).status_code == 415

    def test_nothing_changes_by_looking(self, browser, ground):
        browser.get(f"/applications?do=merge&id={A}&id={B}")
        assert ground.desk.applications.last_change() is None


def test_what_was_kept_before_there_were_applications_opens_and_is_grouped(ground):
    assert all(row.requisition == "" for row in ground.store.all(Judged))
    assert {one.started for one in applications(ground).values()} >= {NOON}
