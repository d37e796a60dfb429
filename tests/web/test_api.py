"""The extension's routes: what the card asks for, and what it is told."""

from __future__ import annotations

import pytest

from server.errors import Offline, UsageError
from server.mailboxes.memory import MemoryMailbox
from server.web.guard import EXTENSION_ORIGIN
from tests.services.desk_ground import REJECTION
from tests.web.app_ground import BASE, AppGround


@pytest.fixture
def app() -> AppGround:
    return AppGround()


@pytest.fixture
def message_id(app) -> str:
    return app.ground.rejection()


def test_a_message_shows_its_verdict_and_evidence(app, message_id):
    answer = app.ask("message", {"message_id": message_id, "sender": "ada.lovell@harbour.example"}).json
    assert (answer["label"], answer["is_rejection"], answer["state"], answer["outbox"]) == (
        "rejection",
        True,
        "new",
        None,
    )
    assert answer["evidence"][0]["text"] == "NO:"


def test_an_unknown_message_is_not_found(app):
    answer = app.ask("message", {"message_id": "0123456789abcdef"})
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_message_whose_sender_differs_from_the_page_is_not_found(app, message_id):
    assert app.ask("message", {"message_id": message_id, "sender": "mallory@harbour.example"}).status_code == 404


def test_a_message_that_no_scan_has_met_is_judged_when_it_is_opened(app):
    message_id = app.ground.mailbox.deliver(REJECTION)
    assert app.ask("message", {"message_id": message_id}).json["is_rejection"] is True


@pytest.mark.parametrize("message_id", ["", "xyz", "0123", "0" * 21, "0123456789ABCDEF", "../../etc"])
def test_what_is_no_id_is_a_bad_request(app, message_id):
    assert app.ask("message", {"message_id": message_id}).status_code == 400


def test_an_unknown_field_is_a_bad_request_that_names_it(app, message_id):
    answer = app.ask("message", {"message_id": message_id, "sendr": "x"})
    assert answer.status_code == 400
    assert "sendr" in answer.json["error"]


def test_a_suggestion_has_the_fields_of_the_command_line(app, message_id):
    answer = app.ask("suggest", {"message_id": message_id, "kind": "thank_you"}).json
    names = ["kind", "allowed", "why", "advice", "one_click", "to", "subject", "body", "language", "tone"]
    assert sorted(answer) == sorted(names)
    assert (answer["to"], answer["subject"]) == ("ada.lovell@harbour.example", "Re: Your application")


def test_draft_send_undo_send(app, message_id):
    letter = {
        "message_id": message_id,
        "kind": "thank_you",
        "to": "ada.lovell@harbour.example",
        "subject": "Re: Your application",
        "body": "Thank you, Ada.",
    }
    draft = app.ask("draft", letter).json
    held = app.ask("send", {"draft_id": draft["draft_id"], "revision": draft["revision"]}).json
    assert held["state"] == "held"
    assert held["undo_until"].startswith("2026-09-01T09:00:10")
    assert app.ask("undo", {"outbox_id": held["outbox_id"]}).json == {"state": "undone"}
    app.ask("send", {"draft_id": draft["draft_id"], "revision": draft["revision"]})
    app.ground.wait(10)
    assert app.ask("outbox", {"outbox_id": held["outbox_id"]}).json["state"] == "sent"
    assert len(app.ground.mailbox.sent) == 1


def test_the_answer_to_send_names_the_new_draft_of_a_letter_whose_draft_was_deleted(app, message_id):
    old = app.ground.draft(message_id)
    app.ground.mailbox.remove(app.ground.mailbox.draft(old.draft_id).message_id)
    asked = {"draft_id": old.draft_id, "revision": old.revision}
    told = app.ask("send", asked)
    assert (told.status_code, told.json["code"]) == (409, "draft_gone")
    held = app.ask("send", asked).json
    assert held["state"] == "held"
    assert app.ground.mailbox.draft(held["draft_id"]).revision == held["revision"]


def test_a_note_to_connect_has_a_link_and_is_no_draft(app, message_id):
    note = app.ask("suggest", {"message_id": message_id, "kind": "connect_note"}).json
    assert (note["allowed"], note["to"], note["subject"]) == (True, "", "")
    assert note["link"].startswith("https://www.linkedin.com/search/results/people/?keywords=Ada%20Lovell")
    letter = {"message_id": message_id, "kind": "connect_note", "to": "ada.lovell@harbour.example"}
    refused = app.ask("draft", {**letter, "subject": "x", "body": note["body"]})
    assert (refused.status_code, refused.json["code"]) == (409, "refused")


def test_the_seeker_s_own_line_stands_in_the_letter(app, message_id):
    asked = {"message_id": message_id, "kind": "thank_you", "specific": "I still think of the harbour wall."}
    assert "\n\nI still think of the harbour wall.\n\n" in app.ask("suggest", asked).json["body"]


def test_a_draft_is_saved_and_its_answer_shows_the_words_to_look_at_again(app, message_id):
    letter = {"message_id": message_id, "kind": "thank_you", "to": "ada.lovell@harbour.example", "subject": "Re: x"}
    offered = app.ask("suggest", {"message_id": message_id, "kind": "thank_you"}).json["body"]
    assert app.ask("draft", {**letter, "body": offered}).json["warnings"] == []
    answer = app.ask("draft", {**letter, "body": "Dear Bo,\n\nThat was unfair, [name].\n\nRobin"}).json
    assert answer["draft_id"]
    assert [warning["kind"] for warning in answer["warnings"]] == ["wrong_name", "bitterness", "placeholder"]
    assert answer["warnings"][1] | {"sentence": ""} == {
        "kind": "bitterness", "words": "unfair", "start": 19, "end": 25, "sentence": ""
    }  # fmt: skip
    assert all(warning["sentence"] for warning in answer["warnings"])


def test_a_letter_to_nobody_is_refused_with_words(app, message_id):
    letter = {
        "message_id": message_id,
        "kind": "thank_you",
        "to": "noreply@harbour.example",
        "subject": "x",
        "body": "y",
    }
    answer = app.ask("draft", letter)
    assert answer.status_code == 409
    assert answer.json["error"].startswith("Nobody reads mail to")


def test_a_correction_takes_the_message_out_of_the_log(app, message_id):
    answer = app.ask("correct", {"message_id": message_id, "is_rejection": False}).json
    assert (answer["label"], answer["state"]) == ("other_job", "dismissed")
    assert app.ask("log", {}).json["rejections"] == []
    assert app.ask("message", {"message_id": message_id}).json["is_rejection"] is False


def test_a_name_put_right_leaves_the_verdict(app, message_id):
    answer = app.ask("correct", {"message_id": message_id, "company": "Harbour Works", "role": "Baker"}).json
    assert (answer["label"], answer["company"], answer["role"]) == ("rejection", "Harbour Works", "Baker")
    (line,) = app.ask("log", {}).json["rejections"]
    assert (line["company"], line["role"], line["state"]) == ("Harbour Works", "Baker", "new")


def test_a_correction_that_says_nothing_is_refused(app, message_id):
    assert app.ask("correct", {"message_id": message_id}).status_code == 400


def test_a_correction_of_a_correction_brings_it_back(app, message_id):
    app.ask("correct", {"message_id": message_id, "is_rejection": False})
    app.ask("correct", {"message_id": message_id, "is_rejection": True, "company": "Harbour"})
    (line,) = app.ask("log", {}).json["rejections"]
    assert (line["company"], line["state"]) == ("Harbour", "new")


def test_a_scan_answers_with_its_report(app):
    app.ground.mailbox.deliver(REJECTION)
    report = app.ask("scan", {}).json
    assert {name: report[name] for name in ("seen", "judged", "rejections", "review", "failed", "known")} == {
        "seen": 1,
        "judged": 1,
        "rejections": 1,
        "review": 0,
        "failed": 0,
        "known": 0,
    }


def test_the_status_counts(app, message_id):
    status = app.ask("status", {}).json
    assert (status["mode"], status["rejections"], status["review"], status["scanning"]) == ("connected", 1, 0, False)


def test_the_openapi_document_names_every_route_of_the_api(app):
    paths = app.app.api_doc["paths"]
    stable = ["pair", "message", "suggest", "draft", "send", "undo", "correct", "scan", "status"]
    assert {f"/api/v1/{name}" for name in stable} <= set(paths)


def test_json_nested_too_deep_to_read_is_a_bad_request(app):
    token = app.pair()[0]
    headers = {"Origin": EXTENSION_ORIGIN, "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = app.client.post("/api/v1/status", data="[" * 100_000, headers=headers, base_url=BASE)
    assert answer.status_code == 400


def test_a_scan_of_what_is_no_mailbox_leaves_no_trace_in_the_status(app, monkeypatch):
    def refuse(name: str) -> None:
        raise UsageError(name)

    monkeypatch.setattr(app.ground.desk, "open_mailbox", refuse)
    assert app.ask("scan", {"mailbox": "nowhere"}).status_code == 400
    assert app.ask("status", {}).json["scans"] == []


def test_a_message_is_found_in_one_account_while_another_cannot_be_reached(app):
    mailbox = app.ground.mailbox
    message_id = mailbox.deliver(REJECTION)

    def open_mailbox(name: str) -> MemoryMailbox:
        if name == mailbox.name:
            return mailbox
        raise Offline("a test")

    app.ground.desk.accounts = lambda: ["away@seeker.example", mailbox.name]
    app.ground.desk.open_mailbox = open_mailbox
    assert app.ask("message", {"message_id": message_id}).json["label"] == "rejection"
    assert app.ask("message", {"message_id": "19ac0000000000ff"}).json["code"] == "offline"


@pytest.mark.parametrize("to", ["a@b.example\nBcc: x@y.example", "a@b.example, c@d.example", "Kim Li <kim@b.example>"])
def test_a_letter_is_suggested_to_one_bare_address_only(app, message_id, to):
    answer = app.ask("suggest", {"message_id": message_id, "kind": "thank_you", "to": to})
    assert answer.status_code == 409


def test_a_language_without_letters_is_a_bad_request_that_names_the_others(app, message_id):
    answer = app.ask("suggest", {"message_id": message_id, "kind": "thank_you", "language": "xx"})
    assert answer.status_code == 400
    assert "de, en" in answer.json["hint"]
