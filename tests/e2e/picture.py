"""The picture of the card in the README: `python -m tests.e2e.picture` writes docs/card.png from the demo inbox."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from server.web.demo import _HINTS
from tests.cli.command import ROOT, classact, running
from tests.e2e.browser import QUIET, chromium

WIDTH, HEIGHT = 1000, 640


def main() -> int:
    """Open the demo inbox at the first mail it recommends, and photograph the card."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with running(home, "--demo") as server, sync_playwright() as playwright:
            classact(home, "scan", "--mailbox", "sample")  # ends when all is read: earlier mails tell company and role
            message_id = _HINTS[0].message_id
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(server.link)
            page.goto(f"http://127.0.0.1:{server.port}/demo#{message_id}")
            page.locator("classact-card").wait_for()
            yes = page.locator("classact-card").get_by_role("button", name="Yes", exact=True)
            if yes.is_visible():
                yes.click()
            for scheme, name in (("light", "card.png"), ("dark", "card-dark.png")):
                page.emulate_media(color_scheme=scheme)
                page.reload()
                page.locator("classact-card").get_by_role("button", name="Send thanks").wait_for()
                page.locator("classact-card").scroll_into_view_if_needed()
                page.wait_for_timeout(300)
                page.screenshot(path=ROOT / "docs" / name)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
