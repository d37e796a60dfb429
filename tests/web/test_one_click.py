"""Send thanks: one click holds the letter that was shown, and only that one; whatever speaks against it is said."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from server.domain.model import Kind, OutboxState
from server.services import desk as desks
from server.services.one_click import Pressed, Shown, send_suggested
from tests.services.test_outbox_faults import by_hand
from tests.web.app_ground import AppGround


@pytest.fixture
def app() -> AppGround:
    return AppGround()


@pytest.fixture
def message_id(app) -> str:
    found = app.ground.rejection()
    app.ground.clock.advance(86_400)  # past the first hour, in which a letter is advised against
    return found


def shown(app, message_id) -> dict[str, str]:
    offer = app.ask("suggest", {"message_id": message_id, "kind": "thank_you"}).json
    assert offer["one_click"], offer
    return {"message_id": message_id, "kind": "thank_you"} | {n: offer[n] for n in ("to", "subject", "body")}


def press(app, letter):
    return app.ask("send_suggested", letter).json


def sent(app) -> int:
    return len(app.ground.mailbox.sent)


def test_one_click_holds_the_letter_that_was_shown_and_it_goes_when_the_window_closes(app, message_id):
    letter = shown(app, message_id)
    answer = press(app, letter)
    assert (answer["held"]["state"], answer["held"]["body"], answer["why"]) == ("held", letter["body"], "")
    assert answer["held"]["undo_until"]
    app.ground.wait(9.9)
    assert sent(app) == 0
    app.ground.wait(0.1)
    assert sent(app) == 1


def test_undo_takes_it_back_and_a_draft_is_left(app, message_id):
    held = press(app, shown(app, message_id))["held"]
    assert app.ask("undo", {"outbox_id": held["outbox_id"]}).json == {"state": "undone"}
    app.ground.wait(60)
    assert sent(app) == 0
    assert app.ground.mailbox.draft(held["draft_id"]) is not None


def test_a_second_click_answers_the_first_letter(app, message_id):
    letter = shown(app, message_id)
    first, second = press(app, letter), press(app, letter)
    assert second == first
    app.ground.wait(10)
    assert press(app, letter)["held"]["state"] == "sent"
    assert sent(app) == 1


def test_many_tabs_that_press_at_once_send_one_letter(app, message_id):
    letter = shown(app, message_id)
    what = Shown(letter["to"], letter["subject"], letter["body"])
    answers: list[Pressed] = []

    def press_here() -> None:
        answers.append(send_suggested(app.ground.desk, message_id, Kind.THANK_YOU, what))

    threads = [threading.Thread(target=press_here) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.held.id for answer in answers if answer.held}) == 1
    assert all(answer.held for answer in answers)
    assert len(answers) == 6
    app.ground.wait(10)
    assert sent(app) == 1


def test_a_click_after_a_restart_answers_the_letter_that_waits(app, message_id):
    letter = shown(app, message_id)
    press(app, letter)
    app.ground.desk.outbox.recover()
    answer = press(app, letter)
    assert (answer["held"]["state"], answer["held"]["undo_until"]) == ("held", None)
    app.ground.wait(60)
    assert sent(app) == 0


@pytest.mark.parametrize("field", ["to", "subject", "body"])
def test_a_letter_that_is_not_the_one_shown_is_not_sent(app, message_id, field):
    letter = shown(app, message_id)
    answer = press(app, letter | {field: "mallory@evil.example" if field == "to" else "Something else"})
    assert answer["held"] is None
    assert answer["why"]
    assert answer["offer"]["body"] == letter["body"]
    app.ground.wait(60)
    assert sent(app) == 0


def test_a_letter_that_is_advised_against_opens_with_the_advice(app):
    message_id = app.ground.rejection()  # in this very hour
    app.ground.clock.time = app.ground.mailbox.fetch_thread(message_id)[0].received
    offer = app.ask("suggest", {"message_id": message_id, "kind": "thank_you"}).json
    answer = press(
        app, {"message_id": message_id, "kind": "thank_you"} | {n: offer[n] for n in ("to", "subject", "body")}
    )
    assert (answer["held"], offer["one_click"]) == (None, False)
    assert offer["advice"] in answer["why"]


def test_an_answer_by_hand_meanwhile_opens_the_letter_and_says_so(app, message_id):
    letter = shown(app, message_id)
    by_hand(app.ground)
    answer = press(app, letter)
    assert answer["held"] is None
    assert "already answered" in answer["why"]
    assert answer["kept"]["state"] == "drafted"
    app.ground.wait(60)
    assert sent(app) == 1  # the one by hand


def test_a_draft_that_the_seeker_wrote_before_is_not_sent_unread(app, message_id):
    letter = shown(app, message_id)
    app.ask("draft", letter | {"body": "My own words."})
    answer = press(app, letter)
    assert (answer["held"], answer["kept"]["body"]) == (None, "My own words.")


def test_a_guard_that_warns_opens_the_letter(app, message_id, monkeypatch):
    letter = shown(app, message_id)
    finding = desks.Finding("bitterness", "x", 0, 1, "That sounds bitter.")
    monkeypatch.setattr(desks, "check", lambda *_arguments: [finding])
    answer = press(app, letter)
    assert (answer["held"], answer["why"], answer["kept"]["state"]) == (None, "That sounds bitter.", "drafted")


def test_a_mail_that_nobody_reads_answers_to_has_nothing_to_send(app):
    content = b"From: Careers <no-reply@harbour.example>\nTo: kim.doyle@seeker.example\nSubject: News\n\nNO: sorry\n"
    message_id = app.ground.mailbox.deliver(content)
    app.ground.desk.scan("kim.doyle@seeker.example")
    letter = {"message_id": message_id, "kind": "thank_you", "to": "", "subject": "", "body": ""}
    answer = press(app, letter)
    assert (answer["held"], answer["kept"], answer["offer"]["allowed"]) == (None, None, False)
    assert answer["why"] == answer["offer"]["why"]


def test_a_letter_that_failed_is_not_sent_by_another_first_click(app, message_id):
    letter = shown(app, message_id)
    held = press(app, letter)["held"]
    item = app.ground.desk.outbox.item(held["outbox_id"])
    app.ground.store.put(replace(item, state=OutboxState.FAILED, undo_until=None))
    assert press(app, letter)["held"] is None
