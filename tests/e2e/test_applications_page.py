"""The Applications page in real Chromium with scripts switched off: everything it offers is a plain form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.domain.matching_cases import TECH, mail
from tests.e2e.pages_ground import address, barriers, served, signed_in
from tests.e2e.test_pages import FEW, LOOKS
from tests.web.sample_ground import SampleGround

pytestmark = pytest.mark.e2e
A, B, C = (f"{ord(name):016x}" for name in "abc")


@pytest.fixture
def ground(tmp_path) -> Iterator[SampleGround]:
    with served(tmp_path, FEW) as made:
        made.store.put(
            mail("a", 0, "got", mailbox="sample"),
            mail("b", 1, "got", role=TECH, mailbox="sample"),
            mail("c", 9, "no", role=None, mailbox="sample"),
        )
        yield made


@pytest.fixture
def page(browser, ground) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    made = signed_in(context, ground)
    made.goto(address(ground, "/applications"))
    yield made
    context.close()


def test_two_are_ticked_merged_and_taken_apart_again(page, ground):
    before = len(ground.desk.applications.board().applications)
    page.get_by_role("checkbox", name="Brightwater · Gardener").check()
    page.get_by_role("checkbox", name=f"Brightwater · {TECH}").check()
    page.get_by_role("button", name="Merge into one").click()
    expect(page.get_by_text("Last change: applications merged")).to_be_visible()
    assert len(ground.desk.applications.board().applications) == before - 1
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Where do these belong?")).to_be_visible()
    assert len(ground.desk.applications.board().applications) == before


def test_by_keyboard_alone_a_mail_is_put_where_it_belongs(page, ground):
    page.locator(f"#u-{C} input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.locator(f"#u-{C} input[type=radio]").first.press("Enter")  # a form is sent from any of its fields
    expect(page.get_by_text("Where do these belong?")).to_have_count(0)
    assert ground.desk.applications.board().unsure == ()


def test_news_by_phone_are_added_and_edited(page, ground):
    page.get_by_text("Add what came by phone").click()
    page.get_by_label("Company", exact=True).first.fill("Kelp & Sons")
    page.get_by_label("Role", exact=True).first.fill("Boatman")
    page.get_by_role("button", name="Add it").click()
    added = page.locator("li.entry", has_text="Kelp & Sons")
    expect(added).to_contain_text("They said no")
    added.get_by_text("Edit", exact=False).first.click()
    added.get_by_label("How it stands").select_option("withdrew")
    added.get_by_role("button", name="Save").click()
    expect(page.locator("li.entry", has_text="Kelp & Sons").locator(".state")).to_have_text("You withdrew")
    assert "Kelp & Sons" in [line.company for line in ground.desk.log()]


@pytest.mark.parametrize("look", LOOKS)
def test_no_barrier_with_everything_open_and_nothing_scrolls_sideways(browser, ground, look):
    ground.desk.applications.edit([A], company="Brightwater " * 12, note="A note.\nOf two lines.")
    context = browser.new_context(**LOOKS[look])
    page = signed_in(context, ground)
    page.goto(address(ground, "/applications"))
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wide, page.complaints) == ([], 0, [])
    context.close()
