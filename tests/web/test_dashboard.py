"""The pages: signing in, the log, the review, the letters that wait, and what their buttons do."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest

from server.domain.model import Judged, Kind, OutboxItem, OutboxState, record_key
from server.errors import ModelError, ReconnectNeeded
from server.services.desk import SAMPLE
from server.services.scanning import ScanState
from server.web import phrases, waiting
from tests.web.app_ground import BASE, AppGround
from tests.web.gold import DOVECOTE, HALFMOON, KERR, KERR_SUBJECT, ON_HOLD, PLOT
from tests.web.sample_ground import Browser, SampleGround


def words(page: str) -> str:
    """A page's text as one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def entry(page: str, message_id: str) -> str:
    """One entry of a list, its markup."""
    found = re.search(rf'<li class="entry" id="m-{message_id}".*?</li>', page, re.DOTALL)
    return found.group() if found else ""


@pytest.fixture
def letter(ground: SampleGround) -> OutboxItem:
    """A thank-you letter to the Kerr, saved as a draft."""
    return ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba")


class TestSigningIn:
    def test_the_printed_link_leads_to_the_log_with_a_cookie_no_script_can_read(self, client, ground):
        answer = client.get(ground.link())
        cookie = answer.headers["Set-Cookie"]
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert cookie.startswith(f"{ground.guard.sessions.cookie}=")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert client.get("/").status_code == 200

    def test_a_link_works_once_and_then_says_how_to_get_a_new_one(self, client, ground):
        link = ground.link()
        client.get(link)
        again = Browser(ground).get(link)
        assert again.status_code == 403
        assert "classact run" in again.text
        assert "Set-Cookie" not in again.headers

    def test_a_preview_of_the_link_does_not_use_it_up(self, client, ground):
        link = ground.link()
        client.flask.head(link, base_url=client.base)
        assert client.get(link).status_code == 303

    @pytest.mark.parametrize("path", ["/", "/review", "/demo", "/openapi.json"])
    def test_a_browser_that_is_not_signed_in_sees_a_page_that_says_so(self, client, path):
        answer = client.get(path)
        assert answer.status_code == 401
        assert "not signed in" in answer.text
        assert "Kerr" not in answer.text


class TestTheLog:
    def test_a_rejection_shows_when_who_which_role_and_the_sentence_that_says_no(self, signed_in):
        shown = words(entry(signed_in.get("/").text, HALFMOON))
        for part in ("24 September", "Halfmoon Steps Brewery", "Web Shop Product Owner", "has been filled"):
            assert part in shown
        assert "Not answered yet" in shown

    def test_months_stand_as_headings_newest_first(self, signed_in):
        names = re.findall(r'<h2 id="name-[\d-]+">([^<]+)</h2>', signed_in.get("/").text)
        assert names == ["September 2026", "August 2026", "July 2026"]

    def test_the_demo_inbox_is_the_first_link_of_the_content(self, signed_in):
        content = signed_in.get("/").text.partition("<main")[2]
        assert re.search(r'<a [^>]*href="([^"]+)"', content).group(1) == "/demo"
        assert "You are looking at the sample mailbox" in content

    def test_a_mail_of_the_sample_opens_in_the_demo_inbox(self, signed_in):
        assert f'href="/demo#{HALFMOON}"' in entry(signed_in.get("/").text, HALFMOON)

    def test_a_mail_without_a_company_is_called_by_its_sender(self, signed_in, ground):
        line = ground.store.get(Judged, record_key(SAMPLE, HALFMOON))
        rejection = next(r for r in ground.desk.log() if r.message_id == HALFMOON)
        assert rejection.company
        ground.store.put(dataclasses.replace(line, company=None))
        signed_in.post("/ui/correct", {"message_id": HALFMOON, "is_rejection": True})
        assert '<h3 tabindex="-1">Ruaridh Cairns</h3>' in entry(signed_in.get("/").text, HALFMOON)

    def test_not_a_rejection_takes_it_out_and_putting_it_back_brings_it_back(self, signed_in):
        signed_in.post("/ui/correct", {"message_id": KERR, "is_rejection": False})
        assert entry(signed_in.get("/").text, KERR) == ""
        signed_in.post("/ui/correct", {"message_id": KERR, "is_rejection": True})
        assert entry(signed_in.get("/").text, KERR)

    def test_a_mail_that_follows_an_earlier_correction_says_so(self, signed_in, ground):
        row = ground.store.get(Judged, record_key(SAMPLE, KERR))
        said = "as you said of a like mail"
        assert said not in entry(signed_in.get("/").text, KERR)
        ground.store.put(dataclasses.replace(row, like=HALFMOON))
        assert said in entry(signed_in.get("/").text, KERR)

    def test_the_summary_counts_what_was_answered(self, signed_in, ground, letter):
        ground.store.put(dataclasses.replace(letter, state=OutboxState.SENT))
        assert "3 mails that said no. You have answered 1." in words(signed_in.get("/").text)

    def test_an_empty_log_says_that_nothing_is_urgent(self, tmp_path):
        ground = SampleGround(tmp_path, (PLOT,)).ready()
        page = words(Browser(ground).sign_in().get("/").text)
        assert "Nothing here says no." in page
        assert "there is no hurry" in page

    def test_mail_text_is_shown_as_text(self, signed_in, ground):
        row = ground.store.get(Judged, record_key(SAMPLE, PLOT))
        ground.store.put(dataclasses.replace(row, subject="<script>alert(1)</script>"))
        page = signed_in.get("/review").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_no_page_calls_a_person_rejected(self, signed_in):
        pages = "".join(signed_in.get(path).text for path in ("/", "/review"))
        assert "rejected" not in words(pages).lower()

    def test_pages_hold_no_inline_script_and_no_inline_style(self, signed_in):
        for path in ("/", "/review", "/demo"):
            page = signed_in.get(path).text
            assert not re.search(r"<script(?![^>]* src=)", page)
            assert not re.search(r"<style|\sstyle=|\son\w+=", re.sub(r">[^<]*<", "><", page))


class TestConnected:
    @pytest.fixture
    def app(self) -> AppGround:
        made = AppGround()
        made.ground.rejection()
        made.sign_in()
        return made

    def test_a_mail_of_an_account_opens_in_that_account_in_gmail(self, app):
        message_id = app.ground.desk.log()[0].message_id
        page = app.client.get("/", base_url=BASE).text
        assert f"https://mail.google.com/mail/u/?authuser=kim.doyle@seeker.example#all/{message_id}" in page

    def test_the_account_is_named_and_the_demo_inbox_is_not_offered(self, app):
        page = app.client.get("/", base_url=BASE).text
        assert "Connected: kim.doyle@seeker.example." in words(page)
        assert "/demo" not in page

    def test_the_demo_inbox_is_closed(self, app):
        answer = app.client.get("/demo", base_url=BASE)
        assert answer.status_code == 404
        assert "classact run --demo" in answer.text

    def test_a_scan_that_failed_shows_its_mend(self, app):
        app.ground.desk.scanning.states["kim.doyle@seeker.example"] = ScanState(
            "kim.doyle@seeker.example", error=ReconnectNeeded("kim.doyle@seeker.example")
        )
        page = app.client.get("/", base_url=BASE).text
        assert "no longer accepts the sign-in for kim.doyle@seeker.example" in words(page)
        assert "<code>classact connect</code>" in page


class TestTheSixSteps:
    def test_all_six_are_there_in_order_and_lead_on(self, signed_in):
        page = signed_in.get("/steps").text
        assert re.findall(r"<h2>([^<]+)</h2>", page) == [
            "Feel the feelings",
            "Remember the rules of the game",
            "Be gracious",
            "Ask for feedback",
            "Stay connected",
            "Get back on the horse",
        ]
        for link in re.findall(r'<p><a href="([^"]+)"', page.partition("<main")[2]):
            assert signed_in.get(link.replace("&amp;", "&")).status_code == 200

    def test_the_log_leads_to_them(self, signed_in):
        assert 'href="/steps"' in signed_in.get("/").text.partition("<main")[2].partition("<footer")[0]


class TestReview:
    def test_a_mail_that_may_be_a_no_is_asked_about_with_its_sentence(self, signed_in):
        shown = words(entry(signed_in.get("/review").text, PLOT))
        for part in ("Plot 31 (half), Leith Links", "Allotments Officer", "it has gone to the household ahead of you"):
            assert part in shown

    def test_the_likeliest_no_is_asked_about_first(self, signed_in, ground):
        row = ground.store.get(Judged, record_key(SAMPLE, PLOT))
        kerr = ground.store.get(Judged, record_key(SAMPLE, KERR))
        ground.store.put(dataclasses.replace(row, score=0.2), dataclasses.replace(kerr, band="review", score=0.7))
        page = signed_in.get("/review").text
        assert kerr.received < row.received
        assert page.index(f'id="m-{KERR}"') < page.index(f'id="m-{PLOT}"')

    @pytest.mark.parametrize(
        ("known", "said"),
        [
            ({"label": "rejection"}, "not clearly enough to be logged without asking"),
            ({"label": "application_received"}, "reads like a receipt"),
            ({"label": "not_job"}, "may be about something else"),
            ({"evidence": ()}, "no single sentence stands out"),
            ({"doubts": ("reply_to",)}, "its sender may be another than it says"),
            ({"like": HALFMOON}, "like a mail that you corrected"),
        ],
    )
    def test_each_question_says_why_it_is_asked(self, signed_in, ground, known, said):
        row = ground.store.get(Judged, record_key(SAMPLE, PLOT))
        ground.store.put(dataclasses.replace(row, **known))
        assert said in words(entry(signed_in.get("/review").text, PLOT))

    def test_yes_moves_it_into_the_log(self, signed_in):
        signed_in.post("/ui/correct", {"message_id": PLOT, "is_rejection": True})
        assert entry(signed_in.get("/review").text, PLOT) == ""
        assert entry(signed_in.get("/").text, PLOT)

    def test_no_sets_it_aside(self, signed_in):
        signed_in.post("/ui/correct", {"message_id": PLOT, "is_rejection": False})
        assert entry(signed_in.get("/review").text, PLOT) == ""
        assert entry(signed_in.get("/").text, PLOT) == ""
        assert "Nothing waits for you here." in signed_in.get("/review").text

    @pytest.mark.parametrize("is_rejection", [True, False])
    def test_an_answer_taken_back_is_asked_for_again(self, signed_in, is_rejection):
        before = entry(signed_in.get("/review").text, PLOT)
        assert before.count("take_back") == 2
        signed_in.post("/ui/correct", {"message_id": PLOT, "is_rejection": is_rejection})
        signed_in.post("/ui/correct", {"message_id": PLOT, "take_back": True})
        assert entry(signed_in.get("/review").text, PLOT) == before
        assert entry(signed_in.get("/").text, PLOT) == ""

    def test_the_number_waiting_stands_beside_the_link(self, signed_in):
        assert "Review 1 waiting" in words(signed_in.get("/").text)

    def test_roles_on_hold_stand_apart(self, signed_in):
        page = signed_in.get("/review").text
        holds = words(page[page.index('id="holds"') :])
        assert "Common Grid Co-op" in holds
        assert ON_HOLD in page
        assert "Common Grid" not in signed_in.get("/").text

    def test_mail_that_could_not_be_read_is_listed_with_the_reason(self, signed_in, ground):
        row = ground.store.get(Judged, record_key(SAMPLE, DOVECOTE))
        ground.store.put(dataclasses.replace(row, band="unreadable", error="its structure is broken"))
        page = signed_in.get("/review").text
        assert "Reason: its structure is broken" in words(page[page.index('id="unread"') :])

    def test_mail_in_a_language_that_is_not_judged_is_listed_too(self, signed_in, ground):
        row = ground.store.get(Judged, record_key(SAMPLE, DOVECOTE))
        ground.store.put(dataclasses.replace(row, band="not_judged", label=None, language="fi"))
        page = signed_in.get("/review").text
        assert "Reason: its language is not judged yet (fi)" in words(page[page.index('id="unread"') :])


def in_doubt(ground, letter, looked: timedelta) -> None:
    """The answer to its send was lost a while ago, draft and copy are both gone; the last look was so long after."""
    since = datetime.now(UTC) - timedelta(minutes=2)
    (ground.folder / "Outbox" / "drafts" / f"{letter.draft_id}.eml").unlink()
    ground.store.put(
        dataclasses.replace(
            letter, state=OutboxState.UNKNOWN, problem="Gmail did not say.", doubted=since, next_look=since + looked
        )
    )


class TestLetters:
    def test_a_letter_that_a_restart_held_back_waits_on_top(self, signed_in, ground, letter):
        ground.store.put(dataclasses.replace(letter, state=OutboxState.HELD))
        page = signed_in.get("/").text
        assert page.index("Send it now?") < page.index('id="log-title"')
        assert 'data-post="send"' in page
        assert 'data-post="undo"' in page

    def test_a_letter_in_its_undo_window_can_be_taken_back_and_not_sent_again(self, signed_in, ground, letter):
        ground.desk.outbox.send(letter.draft_id, letter.revision)
        page = signed_in.get("/").text
        assert "data-until=" in page
        assert 'data-post="undo"' in page
        assert 'data-post="send"' not in page

    def test_a_letter_that_failed_says_why_and_can_be_sent_again(self, signed_in, ground, letter):
        ground.store.put(dataclasses.replace(letter, state=OutboxState.FAILED, problem="The disk was full."))
        page = signed_in.get("/").text
        assert "The disk was full." in page
        assert "Send again" in page

    def test_a_letter_in_doubt_has_no_button_while_it_is_looked_for(self, signed_in, ground, letter):
        in_doubt(ground, letter, looked=timedelta(seconds=10))
        page = signed_in.get("/").text
        assert "Class Act is looking for it in your mailbox." in page
        for op in ("send", "undo", "settle"):
            assert f'data-post="{op}"' not in page

    def test_a_letter_that_was_looked_for_in_vain_asks_how_it_ended(self, signed_in, ground, letter):
        in_doubt(ground, letter, looked=timedelta(seconds=70))
        page = signed_in.get("/").text
        assert "say here how it ended. It is never sent a second time by itself." in page
        assert page.count('data-post="settle"') == 2
        assert 'data-post="send"' not in page

    @pytest.mark.parametrize(("said", "state"), [("went", "sent"), ("did_not_go", "failed")])
    def test_the_seekers_word_ends_the_doubt_and_can_be_taken_back(self, signed_in, ground, letter, said, state):
        in_doubt(ground, letter, looked=timedelta(seconds=70))
        answer = signed_in.post("/ui/settle", {"outbox_id": letter.id, "said": said}).json
        assert (answer["state"], answer["told"], answer["can_settle"]) == (state, True, False)
        back = signed_in.post("/ui/settle", {"outbox_id": letter.id, "said": "take_back"}).json
        assert (back["state"], back["told"]) == ("unknown", False)
        assert signed_in.post("/ui/settle", {"outbox_id": letter.id, "said": "perhaps"}).status_code == 400

    def test_a_draft_does_not_wait_on_top(self, signed_in, letter):
        assert letter.id not in signed_in.get("/").text

    def test_send_and_undo_answer_to_the_buttons(self, signed_in, letter):
        payload = {"draft_id": letter.draft_id, "revision": letter.revision}
        assert signed_in.post("/ui/send", payload).json["state"] == "held"
        assert signed_in.post("/ui/undo", {"outbox_id": letter.id}).json == {"state": "undone"}

    def test_a_thread_answered_meanwhile_asks_twice(self, signed_in, ground, letter):
        other = ground.desk.draft(KERR, Kind.FEEDBACK, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "May I ask?")
        ground.mailbox.send_draft(other.draft_id)
        payload = {"draft_id": letter.draft_id, "revision": letter.revision}
        refused = signed_in.post("/ui/send", payload)
        assert (refused.status_code, refused.json["code"]) == (409, "answered")
        assert signed_in.post("/ui/send", payload | {"confirmed": True}).json["state"] == "held"


class TestStatus:
    def test_it_says_how_far_the_reading_is(self, signed_in, ground):
        report = dataclasses.replace(ground.desk.scans()[0].report, seen=84, rejections=12)
        ground.desk.scanning.states[SAMPLE] = ScanState(SAMPLE, running=True, report=report, total=152)
        answer = signed_in.post("/ui/status", {}).json
        assert (answer["busy"], answer["seen"], answer["total"]) == (True, 84, 152)
        assert answer["words"] == "Reading your mail: 84 of 152. 12 say no."

    def test_it_says_that_the_model_is_being_loaded(self, signed_in, ground):
        ground.background._model = "loading"
        assert "Getting ready" in signed_in.post("/ui/status", {}).json["words"]

    def test_a_classifier_that_is_not_built_is_told_with_its_mend(self, signed_in, ground):
        ground.background._model = ModelError()
        page = signed_in.get("/").text
        assert "The classifier is not built yet." in page
        assert "<code>make model</code>" in page

    def test_its_stamp_stays_while_nothing_changes_and_changes_with_the_log(self, signed_in):
        first = signed_in.post("/ui/status", {}).json["stamp"]
        assert f'data-stamp="{first}"' in signed_in.get("/").text
        signed_in.post("/ui/correct", {"message_id": KERR, "is_rejection": False})
        assert signed_in.post("/ui/status", {}).json["stamp"] != first


class TestTheDoor:
    @pytest.mark.parametrize("path", ["/ui/status", "/ui/correct", "/ui/send", "/ui/undo"])
    def test_a_post_without_the_pages_token_is_refused(self, signed_in, path):
        assert signed_in.post(path, {}, X_CSRF_Token="wrong").status_code == 403

    def test_a_post_from_another_origin_is_refused(self, signed_in, ground):
        body = {"message_id": KERR, "is_rejection": False}
        assert signed_in.post("/ui/correct", body, Origin="https://evil.example").status_code == 403
        assert len(ground.desk.log()) == 3

    def test_a_browser_that_is_not_signed_in_changes_nothing(self, client, ground):
        assert client.post("/ui/correct", {"message_id": KERR, "is_rejection": False}).status_code == 401
        assert len(ground.desk.log()) == 3

    @pytest.mark.parametrize("op", ["draft", "suggest", "pair", "nothing"])
    def test_the_pages_reach_only_what_they_have_buttons_for(self, signed_in, op):
        assert signed_in.post(f"/ui/{op}", {}).status_code == 404

    @pytest.mark.parametrize("body", [{}, [], {"message_id": "../x", "is_rejection": True}, {"message_id": KERR}, "x"])
    def test_a_request_that_makes_no_sense_is_answered_in_words(self, signed_in, body):
        answer = signed_in.post("/ui/correct", body)
        assert (answer.status_code, answer.json["code"]) == (400, "usage")
        assert answer.json["error"]


def test_a_command_in_a_hint_is_set_as_code_and_nothing_else_is_markup():
    assert phrases.commands("Run `classact <x>` & <b>") == "Run <code>classact &lt;x&gt;</code> &amp; &lt;b&gt;"
    assert phrases.commands("a lone ` stays") == "a lone ` stays"


def test_a_letter_counts_down_from_a_time_with_its_zone(ground, letter):
    until = ground.clock.now() + timedelta(seconds=8)
    ground.store.put(dataclasses.replace(letter, state=OutboxState.HELD, undo_until=until))
    shown = waiting.letters(ground.desk)[0]
    assert shown.until.utcoffset() == timedelta(0)
    assert shown.moving
