"""Connecting in real Chromium: the file, the new tab on Google's page, the account, and out again."""

from __future__ import annotations

import json
from collections.abc import Iterator

import keyring
import pytest
from keyring.backends import fail
from playwright.sync_api import Page, expect

from tests.e2e.pages_ground import address, barriers, served, signed_in
from tests.fakes.gmail import Decision, FakeGmail
from tests.web.gold import PLOT

pytestmark = pytest.mark.e2e


@pytest.fixture
def fake() -> Iterator[FakeGmail]:
    with FakeGmail("kim@seeker.example") as made:
        made.oauth.decision = Decision(ask=True)
        yield made
        made.violations[:] = [one for one in made.violations if "favicon" not in one]  # what browsers ask by themselves


@pytest.fixture
def page(tmp_path, fake, browser) -> Iterator[Page]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    with served(tmp_path, (PLOT,), google_url=fake.base) as ground, browser.new_context() as context:
        made = signed_in(context, ground)
        made.goto(address(ground, "/connect"))
        yield made
        assert made.complaints == []
    keyring.set_keyring(before)


def give(page: Page, content: object) -> None:
    file = {"name": "client.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}
    page.locator("#client").set_input_files(file)


def test_from_the_file_to_the_account_and_out_again(page, fake):
    give(page, fake.client_secret())
    expect(page.locator("#notice")).to_contain_text("The file is valid.")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Sign in with Google").click()
    tab = popup.value
    expect(page.get_by_text("Waiting for you on Google's page.")).to_be_visible()
    tab.get_by_role("link", name="allow").click()
    expect(tab.locator("body")).to_contain_text("You can close this tab")
    assert tab.evaluate("window.opener") is None
    expect(page.locator("#accounts h3")).to_have_text("kim@seeker.example")
    assert barriers(page) == []
    page.get_by_role("button", name="Disconnect").click()
    expect(page.locator("#notice")).to_contain_text("Disconnected.")
    expect(page.locator("#accounts")).to_be_hidden()
    assert fake.posts("revoke") == 1


def test_a_wrong_file_and_a_no_on_googles_page_are_said_in_words(page, fake):
    give(page, {"web": {}})
    expect(page.locator("#notice")).to_contain_text("web client")
    page.complaints.clear()  # the browser notes every refusal
    give(page, fake.client_secret())
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Sign in with Google").click()
    popup.value.get_by_role("link", name="deny").click()
    expect(page.locator("#steps .problem")).to_contain_text("You did not agree on Google's page")
