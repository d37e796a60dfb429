"""The picture of the card in the README: `python -m tests.e2e.picture` writes docs/card.png from the demo inbox."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.cli.command import ROOT, classact, document, running, until
from tests.e2e.browser import QUIET, chromium

WIDTH, HEIGHT = 1000, 640


def main() -> int:
    """Open the demo inbox at a logged rejection that a person wrote, and photograph the card."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with running(home, "--demo") as server, sync_playwright() as playwright:
            lines = until(lambda: document(classact(home, "log", "--json")))
            thanks = {line["message_id"]: classact(home, "suggest", line["message_id"], "--json") for line in lines}
            new = {line["message_id"] for line in lines if line["state"] == "new"}
            warm = sorted(thanks, key=lambda i: (document(thanks[i])["allowed"], i in new), reverse=True)
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(server.link)
            page.goto(f"http://127.0.0.1:{server.port}/demo#{warm[0]}")
            for scheme, name in (("light", "card.png"), ("dark", "card-dark.png")):
                page.emulate_media(color_scheme=scheme)
                page.reload()
                page.locator("classact-card").wait_for()
                page.locator("classact-card").scroll_into_view_if_needed()
                page.wait_for_timeout(300)
                page.screenshot(path=ROOT / "docs" / name)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
