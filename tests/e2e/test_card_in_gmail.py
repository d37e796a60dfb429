"""The whole promise with real parts: extension, Chromium, server, Google's client, HTTP to the fake Gmail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect

from tests.cli.command import classact, document
from tests.e2e.scene import Scene, gold, standing

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, playwright: Playwright) -> Iterator[Scene]:
    with standing(tmp_path_factory.mktemp("e2e"), playwright) as scene:
        yield scene


@pytest.fixture
def scene(stage: Scene) -> Scene:
    stage.page.goto("https://mail.google.com/mail/u/0/#inbox")
    return stage


def test_an_opened_rejection_shows_the_card_with_the_sentence_that_says_no(scene):
    message_id = scene.found()[0]
    log = scene.log("--all")
    scene.open_rejection(message_id)
    expect(scene.card).to_have_count(1)
    expect(scene.card.locator(".evidence")).to_contain_text(
        " ".join(log[message_id]["evidence"][0]["text"].split())[:40]
    )


def test_a_mail_that_is_no_rejection_shows_no_card(scene):
    everything = scene.log("--all")
    scene.open(next(i for i, row in gold().items() if row[0] == "job_alert" and i not in everything))
    scene.page.wait_for_timeout(1500)
    expect(scene.card).to_have_count(0)


def test_the_mail_of_another_account_shows_no_card(scene):
    other = "2" + scene.found()[0][1:]
    scene.page.goto("https://mail.google.com/mail/u/1/#inbox")
    scene.page.goto(f"https://mail.google.com/mail/u/1/#{other}")
    expect(scene.page.locator(f"[data-legacy-message-id='{other}'] .a3s")).to_be_visible()
    scene.page.wait_for_timeout(1500)
    expect(scene.card).to_have_count(0)


def test_draft_edit_send_undo_send_gives_exactly_one_message(scene):
    message_id = scene.found()[1]
    before = len(scene.fake.sent)
    scene.open_rejection(message_id)
    scene.button("Edit first").click()
    box = scene.card.get_by_label("Your letter")
    expect(box).to_be_visible()
    box.fill(box.input_value() + "\n\nP.S. The walk along the harbour was a fine idea.")
    scene.button("Create draft").click()
    expect(scene.card.locator(".status")).to_contain_text("in your drafts")
    scene.button("Send").click()
    scene.button("Undo").click()
    expect(scene.card).to_contain_text("Taken back")
    assert len(scene.fake.sent) == before
    scene.stop_worker()
    scene.button("Send").click()
    expect(scene.button("Undo")).to_be_visible()
    expect(scene.card).to_contain_text("Sent.", timeout=20_000)
    assert len(scene.fake.sent) == before + 1
    assert scene.fake.posts("drafts.send") == 1
    assert scene.log()[message_id]["state"] == "sent"


def test_not_a_rejection_closes_the_card_for_good(scene):
    message_id = scene.found()[2]
    scene.open_rejection(message_id)
    scene.button("Not a rejection").click()
    expect(scene.card).to_contain_text("Thank you for putting that right")
    scene.page.reload()
    scene.open(message_id)
    scene.page.wait_for_timeout(1500)
    expect(scene.card).to_have_count(0)
    assert message_id not in scene.log()


def test_the_seekers_own_line_and_a_reminder_reach_the_server_by_way_of_the_extension(scene):
    message_id = scene.found()[3]
    scene.open_rejection(message_id)
    scene.button("Remind me tomorrow morning").click()
    expect(scene.card).to_contain_text("You will be reminded on")
    assert put_off(scene) == [message_id]
    scene.button("Undo").click()
    expect(scene.card).to_contain_text("There is no reminder.")
    scene.button("Edit first").click()
    scene.card.get_by_label("One specific thing that stayed with you").fill("I still think of the tide tables.")
    scene.page.keyboard.press("Enter")
    expect(scene.card.locator(".status")).to_contain_text("Your line is in the letter now.")
    told = document(classact(scene.home, "suggest", message_id, "--json", **scene.environment))
    assert told["specific"] == "I still think of the tide tables."
    assert put_off(scene) == []


def put_off(scene: Scene) -> list[str]:
    """Ids of the mails whose letter was put off."""
    reminders = document(classact(scene.home, "reminders", "--json", **scene.environment))
    return [one["message_id"] for one in reminders if one["what"] == "letter"]
