"""Labels and archiving in real Chromium: two switches by keyboard, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from playwright.sync_api import Browser, Page, expect

from server.config import Config
from server.domain import judging
from server.mailboxes.gmail_tokens import LABELS, Account, TokenStore
from server.mailboxes.private_file import addresses
from server.wiring import Mailboxes, SystemClock
from server.wiring_labels import build_labels
from tests.builders import NOBODY_READS, a_judged, raw_mail
from tests.e2e.pages_ground import address, barriers, served, signed_in
from tests.fakes.gmail import FakeGmail
from tests.web.gold import PLOT
from tests.web.sample_ground import SampleGround

pytestmark = pytest.mark.e2e
ME = "kim@seeker.example"


@pytest.fixture
def fake() -> Iterator[FakeGmail]:
    with FakeGmail(ME) as made:
        yield made


def connect(ground: SampleGround, fake: FakeGmail) -> Mailboxes:
    """An account that may be labelled, with one form rejection in its inbox and in the log."""
    given = fake.credentials(*LABELS)
    secrets = {name: given[name] for name in ("client_id", "client_secret", "refresh_token", "token")}
    TokenStore(ground.folder / "tokens").save(Account(address=ME, scopes=LABELS, **secrets))
    config = Config(home=ground.folder, google_url=fake.base)
    mailboxes = Mailboxes(config, SystemClock())
    ground.desk.accounts = lambda: list(addresses(ground.folder / "tokens"))
    ground.desk.labels = build_labels(config, mailboxes, ground.store, ground.clock)
    known = fake.deliver(raw_mail(sender="Brightwater <no-reply@brightwater.example>"))
    row = a_judged(mailbox=ME, message_id=known, thread_id=known, sender=NOBODY_READS)
    ground.store.put(row, judging.rejection(row, row.judged))
    return mailboxes


@pytest.fixture
def page(tmp_path: Path, fake: FakeGmail, browser: Browser) -> Iterator[Page]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    with served(tmp_path, (PLOT,), google_url=fake.base) as ground, browser.new_context() as context:
        mailboxes = connect(ground, fake)
        made = signed_in(context, ground)
        made.goto(address(ground, "/connect"))
        yield made
        assert made.complaints == []
        mailboxes.open(ME).close()
    keyring.set_keyring(before)


def labels(fake: FakeGmail) -> set[str]:
    (stored,) = fake.mailbox.messages.values()
    return {fake.mailbox.labels[label] for label in stored.labels}


def test_switched_on_by_keyboard_and_taken_back(page, fake):
    label = page.get_by_role("switch", name="Label rejections in Gmail")
    archive = page.get_by_role("switch", name="Archive form rejections")
    expect(label).not_to_be_checked()
    label.focus()
    page.keyboard.press("Space")
    expect(page.locator("#notice")).to_contain_text("labelled from now on")
    expect(label).to_be_checked()
    expect(label).to_be_focused()
    assert labels(fake) == {"INBOX", "UNREAD", "Class Act/Rejection"}
    archive.check()
    expect(page.get_by_role("button", name="Put 1 mail back into the inbox")).to_be_visible()
    assert "INBOX" not in labels(fake)
    assert barriers(page) == []
    page.get_by_role("button", name="Put 1 mail back into the inbox").click()
    expect(page.locator("#notice")).to_contain_text("back in the inbox")
    expect(archive).not_to_be_checked()
    page.get_by_role("button", name="Take the label off 1 mail").click()
    expect(label).not_to_be_checked()
    assert labels(fake) == {"INBOX", "UNREAD"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_narrow_window_in_both_schemes(page, scheme, tmp_path):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(page) == []
    page.locator("#accounts").screenshot(path=tmp_path / f"labelling-{scheme}.png")
