"""Replies beside their rejection, the reminders' page, the journal, and what their buttons do."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from server.domain.model import Contact, Judged, Kind, OutboxState, Span, record_key
from server.domain.reminders import How, Reminder, What, key_of
from server.domain.replies import Reply, ReplyKind
from server.services.desk import SAMPLE
from tests.web.app_ground import AppGround
from tests.web.gold import DOVECOTE, HALFMOON, KERR

ADVICE = "Bring <one> example of a ship that you have laid up yourself."


def words(page: str) -> str:
    """A page's text without its marks, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def entry(page: str, message_id: str) -> str:
    found = re.search(rf'<li class="entry" id="m-{message_id}".*?(?=<li class="entry"|</ol>)', page, re.DOTALL)
    return found.group() if found else ""


@pytest.fixture
def reply(ground) -> Reply:
    """Jacoba of the Kerr wrote back with advice: kept as a scan would keep it."""
    row = ground.store.get(Judged, record_key(SAMPLE, KERR))
    made = Reply(
        mailbox=SAMPLE,
        message_id="19f522cdd0890000",
        thread_id=row.thread_id,
        answers=KERR,
        received=row.received + timedelta(days=1),
        logged=datetime.now(UTC),
        kind=ReplyKind.FEEDBACK,
        sentences=(Span(ADVICE, 0, len(ADVICE)),),
        sender=Contact("Jacoba Lockhart", "j.lockhart@kerrmuseum.example"),
        language="en",
    )
    ground.store.put(made)
    return made


@pytest.fixture
def due(ground) -> Reminder:
    """A reminder whose time came while the computer slept."""
    made = Reminder(
        key=key_of(What.LETTER, SAMPLE, KERR),
        mailbox=SAMPLE,
        message_id=KERR,
        due=datetime.now(UTC) - timedelta(days=40),
        what=What.LETTER,
        company="The Kerr",
        made=datetime.now(UTC) - timedelta(days=41),
    )
    ground.store.put(made)
    return made


class TestReplies:
    def test_stand_beside_the_rejection_with_the_sentence_that_holds_feedback(self, signed_in, reply):
        page = signed_in.get("/").text
        assert "They wrote back with feedback." in entry(page, KERR)
        assert html.escape(ADVICE) in entry(page, KERR)
        assert "wrote back" not in entry(page, HALFMOON)

    def test_that_are_unsure_say_so(self, signed_in, ground, reply):
        ground.store.put(
            type(reply)(**{n: getattr(reply, n) for n in reply.__slots__} | {"kind": "unsure", "sentences": ()})
        )
        shown = entry(signed_in.get("/").text, KERR)
        assert "This looks like a reply: read it." in shown
        assert "Draft a thank-you" not in shown

    def test_make_the_page_look_again(self, signed_in, ground):
        before = signed_in.post("/ui/status", {}).json["stamp"]
        ground.store.put(Reply(SAMPLE, "1" * 16, "2" * 16, KERR, datetime.now(UTC), datetime.now(UTC), "thanks"))
        assert signed_in.post("/ui/status", {}).json["stamp"] != before

    def test_with_feedback_can_be_thanked_for_with_a_draft(self, signed_in, ground):
        answer = signed_in.post("/ui/thank", {"message_id": KERR})
        item = ground.desk.outbox.item(answer.json["outbox_id"])
        assert (item.kind, item.state) == (Kind.THANKS_FOR_FEEDBACK, OutboxState.DRAFTED)

    def test_to_nobody_cannot_be_thanked_for(self, signed_in):
        answer = signed_in.post("/ui/thank", {"message_id": DOVECOTE})
        assert answer.status_code == 409
        assert answer.json["error"]


class TestReminders:
    def test_a_letter_is_put_off_until_nine_tomorrow(self, signed_in, ground):
        answer = signed_in.post("/ui/remind", {"message_id": KERR}).json
        assert (answer["what"], answer["message_id"], answer["due_now"]) == ("letter", KERR, False)
        assert "that you put off" in words(signed_in.get("/reminders").text)
        assert datetime.fromisoformat(answer["due"]) > ground.clock.now()

    def test_what_is_due_stands_above_the_log_and_not_as_a_number(self, signed_in, due):
        page = signed_in.get("/").text
        assert page.index("When you have a moment") < page.index('id="months"')
        assert 'id="due" aria-labelledby="due-title" data-live hidden' not in page
        assert 'href="/reminders">Reminders</a>' in page

    def test_what_is_overdue_is_not_called_so(self, signed_in, due):
        shown = words(signed_in.get("/reminders").text)
        assert "The letter to The Kerr that you put off" in shown
        assert "late" not in shown.lower().replace("later", "").replace("latest", "")
        assert " now " in shown

    def test_nothing_due_shows_nothing(self, signed_in):
        assert 'id="due" aria-labelledby="due-title" data-live hidden' in signed_in.get("/").text

    @pytest.mark.parametrize(("action", "how"), [("done", How.DONE), ("remove", How.REMOVED)])
    def test_done_and_remove_take_it_off(self, signed_in, due, action, how):
        answer = signed_in.post("/ui/reminder", {"id": due.id, "action": action}).json
        assert (answer["done"], answer["how"]) == (True, how)
        assert "Nothing to remember." in words(signed_in.get("/reminders").text)

    def test_snoozed_it_comes_back_another_morning(self, signed_in, ground, due):
        answer = signed_in.post("/ui/reminder", {"id": due.id, "action": "snooze", "days": 1}).json
        assert datetime.fromisoformat(answer["due"]) > ground.clock.now()
        assert ground.desk.reminders.due() == []

    @pytest.mark.parametrize(
        "body",
        [
            {"id": "no", "action": "done"},
            {"id": "0" * 16, "action": "explode"},
            {"id": "0" * 16, "action": "snooze", "days": 0},
            {"id": "0" * 16, "action": "done", "more": 1},
        ],
    )
    def test_requests_that_make_no_sense_are_refused(self, signed_in, body):
        assert signed_in.post("/ui/reminder", body).status_code == 400

    def test_an_unknown_reminder_is_not_found(self, signed_in):
        assert signed_in.post("/ui/reminder", {"id": "0" * 16, "action": "done"}).status_code == 404

    def test_a_foreign_page_can_change_nothing(self, signed_in, due):
        foreign = signed_in.post("/ui/reminder", {"id": due.id, "action": "done"}, Origin="https://evil.example")
        assert foreign.status_code == 403


class TestTheJournal:
    def test_tells_the_days_in_sentences(self, signed_in):
        signed_in.post("/ui/correct", {"message_id": KERR, "is_rejection": True})
        shown = words(signed_in.get("/journal").text)
        assert "Looked at 5 mails you received." in shown
        assert re.search(r"You said that the mail of .+ says no\.", shown)

    def test_is_linked_from_every_page(self, signed_in):
        for path in ("/", "/review", "/reminders", "/journal"):
            assert 'href="/journal"' in signed_in.get(path).text

    def test_folds_many_of_a_kind_under_one(self, signed_in, ground):
        for number in range(6):
            ground.desk.correct(KERR, role=f"Role {number}")
        page = signed_in.get("/journal").text
        assert "5 more like it" in page

    def test_is_closed_to_whoever_is_not_signed_in(self, client):
        assert client.get("/journal").status_code == 401
        assert client.get("/reminders").status_code == 401


class TestTheExtension:
    def test_sets_a_reminder_and_sees_what_is_due(self):
        app = AppGround()
        no = app.ground.rejection()
        answer = app.ask("remind", {"message_id": no})
        assert answer.status_code == 200, answer.json
        assert app.ask("log", {}).json["reminders"] == []
        app.ground.clock.advance(2 * 86400)
        (shown,) = app.ask("log", {}).json["reminders"]
        assert (shown["message_id"], shown["due_now"]) == (no, True)

    def test_hears_for_when_it_is_and_can_take_it_back(self):
        app = AppGround()
        no = app.ground.rejection()
        assert app.ask("message", {"message_id": no}).json["reminder"] is None
        answer = app.ask("remind", {"message_id": no}).json
        assert answer["words"] == "You will be reminded on Wednesday, 2 September, at 09:00."
        assert app.ask("message", {"message_id": no}).json["reminder"]["due"] == answer["due"]
        assert app.ask("remind_undo", {"message_id": no}).json == {"reminder": None}
        assert app.ask("message", {"message_id": no}).json["reminder"] is None
        assert app.ask("remind_undo", {"message_id": no}).json == {"reminder": None}
