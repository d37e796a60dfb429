"""The whole of it, standing: Gmail's page and API, an account connected, the server scanning, the extension paired."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.wiring import SystemClock, sample_mbox
from tests.cli.command import Running, classact, document, running, start, until
from tests.e2e.browser import extension_id, gmail_page, with_extension
from tests.fakes.gmail import FakeGmail

SEEKER = "robin.avery@example.com"
GOLD = Path(__file__).parents[1] / "data" / "sample_gold.tsv"


def gold() -> dict[str, list[str]]:
    """Message id -> label, company, role, reason, answerable, note."""
    lines = [line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {line[0]: line[1:] for line in lines}


@dataclass
class Scene:
    """Everything that stands when a test begins."""

    fake: FakeGmail
    home: Path
    server: Running
    context: BrowserContext
    page: Page
    environment: dict[str, str]

    def open(self, message_id: str) -> None:
        """The seeker opens a mail in Gmail's list."""
        self.page.goto("https://mail.google.com/mail/u/0/#inbox")
        self.page.goto(f"https://mail.google.com/mail/u/0/#{message_id}")
        expect(self.page.locator(f"[data-legacy-message-id='{message_id}'] .a3s")).to_be_visible()

    @property
    def card(self) -> Locator:
        """The card, inside its shadow root."""
        return self.page.locator("classact-card")

    def button(self, name: str) -> Locator:
        return self.card.get_by_role("button", name=name, exact=True)

    def found(self) -> list[str]:
        """Ids of the rejections that a person reads answers to and that the classifier logged or asks about."""
        log = self.log("--all")
        return [i for i in answerable() if i in log and log[i]["band"] in ("auto", "review")]

    def open_rejection(self, message_id: str) -> None:
        """Open one of them, and say yes if the card asks whether it is one."""
        self.open(message_id)
        expect(self.button("Edit first").or_(self.button("Yes"))).to_be_visible()
        if self.button("Yes").is_visible():
            self.button("Yes").click()
        expect(self.button("Edit first")).to_be_visible()

    def log(self, *options: str) -> dict[str, dict[str, Any]]:
        """The lines of `classact log`, by message id."""
        lines = document(classact(self.home, "log", "--json", *options, **self.environment))
        return {line["message_id"]: line for line in lines}

    def stop_worker(self) -> None:
        """What Chrome does to an idle service worker after 30 s."""
        session = self.context.new_cdp_session(self.page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.detach()


@contextmanager
def standing(folder: Path, playwright: Playwright) -> Iterator[Scene]:
    """The scene in a folder of its own, until the block ends; a broken rule of Gmail's API fails it."""
    home = folder / "home"
    mailbox = MboxMailbox(sample_mbox(), OutboxFolder(folder / "Outbox", SystemClock()), "sample")
    with FakeGmail(SEEKER) as fake, gmail_page(mailbox) as port:
        fake.load_mbox(sample_mbox())
        secret = folder / "client_secret.json"
        secret.write_text(json.dumps(fake.client_secret()))
        environment = {"CLASSACT_GOOGLE_URL": fake.base, "CLASSACT_CLIENT_SECRET": str(secret)}
        connect(home, environment)
        with running(home, **environment) as server, with_extension(playwright, port) as context:
            scene = Scene(fake, home, server, context, context.new_page(), environment)
            until(lambda: len(scene.found()) >= 4)
            pair(context, home, server, environment)
            yield scene
        assert fake.violations == []


def connect(home: Path, environment: dict[str, str]) -> None:
    """`classact connect --no-browser`, and the seeker agreeing in the browser."""
    outcome = {}

    def run() -> None:
        process = start(home, "connect", "--with", "drafts", "--no-browser", **environment)
        assert process.stdout is not None
        outcome["url"] = process.stdout.readline().strip()
        process.communicate(timeout=60)
        outcome["code"] = process.wait()

    thread = threading.Thread(target=run)
    thread.start()
    url = until(lambda: outcome.get("url"))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(url, timeout=10).read()
    thread.join(60)
    assert outcome["code"] == 0


def pair(context: BrowserContext, home: Path, server: Running, environment: dict[str, str]) -> None:
    """Type the code of `classact pair` into the options page."""
    page = context.new_page()
    page.goto(f"chrome-extension://{extension_id(context)}/options/options.html")
    page.get_by_label("Port on this computer").fill(str(server.port))
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Code").fill(classact(home, "pair", **environment).stdout.strip())
    page.get_by_role("button", name="Pair").click()
    expect(page.locator("#state")).to_contain_text("Connected to Class Act")
    page.close()


def answerable() -> list[str]:
    """Ids of the sample's rejections that a person reads answers to."""
    return [i for i, row in gold().items() if row[0] == "rejection" and row[4] == "yes"]
