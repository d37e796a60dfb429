"""The seeker's own line, a letter put off, one whose end nobody knows, and who took part: real Chromium, every look."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from server.domain.model import Kind, OutboxItem, OutboxState
from tests.e2e.pages_ground import address, barriers, served, signed_in
from tests.web.gold import KERR, KERR_SUBJECT
from tests.web.sample_ground import SampleGround

pytestmark = pytest.mark.e2e
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1200, "height": 900}},
    "zoomed": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
}
LINE = "The chart room with the brass instruments is still on my mind."
PICTURES = os.environ.get("CLASSACT_PICTURES", "")  # a folder to leave pictures in, to be looked at


@pytest.fixture
def ground(tmp_path) -> Iterator[SampleGround]:
    with served(tmp_path, (KERR,)) as made:
        yield made


@pytest.fixture(params=LOOKS)
def page(request, browser, ground) -> Iterator[Page]:
    """Signed in, in one of the looks; nothing was complained about, and nothing stood in anybody's way at the end."""
    context = browser.new_context(**LOOKS[request.param])
    made = signed_in(context, ground)
    yield made
    assert made.complaints == []
    assert barriers(made) == []
    assert made.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if PICTURES:
        made.screenshot(path=Path(PICTURES) / f"{request.node.originalname}-{request.param}.png", full_page=True)
    context.close()


def opened(page: Page, ground: SampleGround) -> Locator:
    page.goto(address(ground, "/demo"))
    page.goto(address(ground, f"/demo#{KERR}"))
    return page.locator("classact-card")


def button(card: Locator, name: str) -> Locator:
    return card.get_by_role("button", name=name, exact=True)


def in_doubt(ground: SampleGround, looked: timedelta) -> OutboxItem:
    """A letter whose draft and copy are both gone, and the last look at it so long after its send."""
    letter = ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba,")
    (ground.folder / "Outbox" / "drafts" / f"{letter.draft_id}.eml").unlink()
    since = datetime.now(UTC) - timedelta(minutes=5)
    later = since + looked if looked > timedelta(minutes=1) else datetime.now(UTC) + looked
    doubted = since if looked > timedelta(minutes=1) else datetime.now(UTC)
    item = dataclasses.replace(letter, state=OutboxState.UNKNOWN, doubted=doubted, next_look=later)
    ground.store.put(item)
    return item


def test_the_seekers_own_line_is_written_into_the_letter_and_is_there_the_next_time(page, ground):
    card = opened(page, ground)
    button(card, "Edit first").click()
    field = card.get_by_label("One specific thing that stayed with you from this conversation (optional)")
    field.fill(LINE)
    button(card, "Create draft").click()  # the line is seen in the letter first, and nothing is saved by this press
    expect(card.locator(".status")).to_contain_text("Your line is in the letter now.")
    assert LINE in card.get_by_label("Your letter").input_value()
    button(card, "Create draft").click()
    expect(card.locator(".status")).to_contain_text("in your drafts")
    page.reload()
    button(card, "Open letter").click()
    expect(field).to_have_value(LINE)
    button(card, "Close").click()
    button(card, "Ask for feedback").click()
    expect(card.get_by_label("Your letter")).to_have_value(re.compile("brass instruments"))


def test_a_letter_is_put_off_until_tomorrow_with_the_date_and_taken_back_after_a_reload(page, ground):
    card = opened(page, ground)
    button(card, "Remind me tomorrow morning").focus()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("You will be reminded on")
    expect(button(card, "Undo")).to_be_focused()
    due = ground.desk.reminders.waiting()[0].due
    expect(card.locator(".when")).to_contain_text(str(due.day))
    page.reload()
    expect(card).to_contain_text("You will be reminded on")
    button(card, "Undo").click()
    expect(button(card, "Remind me tomorrow morning")).to_be_focused()
    assert ground.desk.reminders.waiting() == []


def test_a_letter_put_off_in_the_log_says_the_date_and_is_taken_back(page, ground):
    page.locator(f"#m-{KERR}").get_by_role("button", name="Remind me tomorrow").click()
    expect(page.locator("#notice")).to_contain_text("You will be reminded on")
    page.locator("#notice button").click()
    expect(page.locator("#notice")).to_be_hidden()
    assert ground.desk.reminders.waiting() == []


def test_a_letter_in_doubt_is_looked_for_and_then_the_card_asks(page, ground):
    letter = in_doubt(ground, timedelta(seconds=40))
    card = opened(page, ground)
    expect(card).to_contain_text("Class Act is looking for it in your mailbox.")
    expect(button(card, "It went")).to_have_count(0)
    ground.store.put(dataclasses.replace(letter, doubted=datetime.now(UTC) - timedelta(minutes=5)))
    button(card, "It did not").click()
    expect(card).to_contain_text("You said that it did not go.")
    button(card, "Undo").click()
    button(card, "It went").click()
    expect(card).to_contain_text("Sent, as you said.")
    assert ground.desk.view(KERR).state == "sent"
    assert not list((ground.folder / "Outbox").glob("sent/*"))


def test_the_log_asks_how_a_letter_in_doubt_ended_and_takes_an_answer_back(page, ground):
    letter = in_doubt(ground, timedelta(minutes=6))
    page.reload()
    waiting = page.locator("#letters")
    expect(waiting).to_contain_text("It is never sent a second time by itself.")
    waiting.get_by_role("button", name="It went").click()
    expect(waiting).to_be_hidden()
    page.locator("#notice button").click()
    waiting.get_by_role("button", name="It did not").click()
    expect(waiting.get_by_role("button", name="Send again")).to_be_visible()
    expect(page.locator("#notice")).to_contain_text("Nothing is sent until you ask for it.")
    assert ground.desk.outbox.item(letter.id).state is OutboxState.FAILED


def test_who_took_part_is_one_step_from_the_log(page):
    page.locator(f"#m-{KERR}").get_by_role("link", name="Who took part").click()
    expect(page.get_by_role("heading", name="Jacoba Lockhart")).to_be_visible()
    expect(page.locator("#people")).to_contain_text("Can be answered")
    expect(page.locator("#people")).to_contain_text("Last contact: 14 July 2026")
