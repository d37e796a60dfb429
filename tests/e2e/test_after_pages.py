"""Reminders, replies and the journal in real Chromium: by keyboard, in every look, without barriers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.domain.model import Contact, Judged, Span, record_key
from server.domain.reminders import Reminder, What, key_of
from server.domain.replies import Reply, ReplyKind
from server.services.desk import SAMPLE
from tests.e2e.pages_ground import address, barriers, served, signed_in
from tests.web.gold import DOVECOTE, HALFMOON, KERR, KETTLEBACK
from tests.web.sample_ground import SampleGround

pytestmark = pytest.mark.e2e
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1200, "height": 900}},
    "zoomed": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
}
PICTURES = os.environ.get("CLASSACT_PICTURES", "")  # a folder to leave pictures in, to be looked at


@pytest.fixture
def ground(tmp_path) -> Iterator[SampleGround]:
    with served(tmp_path, (KERR, KETTLEBACK, DOVECOTE, HALFMOON)) as made:
        now, row = datetime.now(UTC), made.store.get(Judged, record_key(SAMPLE, KERR))
        text = "What was missing was an example of a ship that you have laid up yourself."
        made.store.put(
            Reply(
                SAMPLE, "1" * 16, row.thread_id, KERR, row.received + timedelta(days=1), now, ReplyKind.FEEDBACK,
                (Span(text, 0, len(text)),), Contact("Jacoba Lockhart", "j.lockhart@kerrmuseum.example"), "en",
            ),
            Reply(SAMPLE, "2" * 16, "3" * 16, HALFMOON, now, now, ReplyKind.UNSURE),
            Reminder(
                key_of(What.LETTER, SAMPLE, KETTLEBACK), SAMPLE, KETTLEBACK, now - timedelta(hours=2), What.LETTER,
                company="Kettleback", made=now - timedelta(days=1),
            ),
            Reminder(
                key_of(What.LETTER, SAMPLE, HALFMOON), SAMPLE, HALFMOON, now + timedelta(days=9), What.LETTER,
                company="Halfmoon", made=now,
            ),
        )  # fmt: skip
        yield made


@pytest.fixture
def page(browser, ground) -> Iterator[Page]:
    context = browser.new_context()
    made = signed_in(context, ground)
    yield made
    assert made.complaints == []
    context.close()


def test_what_is_due_can_be_done_by_keyboard_and_leaves_the_log(page):
    button = page.locator("#due").get_by_role("button", name="Done")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#due")).to_be_hidden()
    expect(page.locator("#notice")).to_contain_text("Taken off the list.")
    assert page.evaluate("document.activeElement !== document.body")


def test_a_letter_put_off_in_the_log_stands_under_reminders(page, ground):
    page.locator(f"#m-{DOVECOTE}").get_by_role("button", name="Remind me tomorrow").click()
    expect(page.locator("#notice")).to_contain_text("You will be reminded on")
    page.goto(address(ground, "/reminders"))
    expect(page.locator("#waiting > li")).to_have_count(3)
    page.locator("#waiting > li").first.get_by_role("button", name="Remove").click()
    expect(page.locator("#waiting > li")).to_have_count(2)


def test_feedback_stands_beside_its_rejection_and_can_be_thanked_for(page, ground):
    beside = page.locator(f"#m-{KERR} .reply")
    expect(beside.locator("blockquote")).to_contain_text("laid up yourself")
    beside.get_by_role("button", name="Draft a thank-you").click()
    expect(page.locator("#notice")).to_contain_text("Nothing was sent.")
    expect(page.locator(f"#m-{HALFMOON} .reply")).to_contain_text("This looks like a reply: read it.")


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_has_a_barrier_or_a_sideways_scroll(browser, ground, look):
    context = browser.new_context(**LOOKS[look])
    page = signed_in(context, ground)
    for path in ("/", "/reminders", "/journal"):
        page.goto(address(ground, path))
        expect(page.locator("h1")).to_be_visible()
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{look}{path.replace('/', '-')}.png", full_page=True)
    context.close()
