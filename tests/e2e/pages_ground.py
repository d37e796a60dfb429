"""The pages as people meet them: a real server on a free port, real Chromium, and axe to look for barriers."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_core_python
from playwright.sync_api import BrowserContext, Page
from waitress.server import create_server

from server.cli.ending import end
from tests.web.sample_ground import SampleGround

CHROMIUM = shutil.which("chromium") or "chromium"  # where there is none, starting it fails: no test is skipped
PATIENCE = 60_000.0  # ms; the machine may be busy
ARGUMENTS = [
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Newest first: the npm package knows WCAG 2.2 (target size), the Python one carries a version of 2022.
_AXE = (
    Path(__file__).parents[1] / "extension" / "node_modules" / "axe-core" / "axe.min.js",
    Path(axe_core_python.__file__).parent / "axe.min.js",
)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def served(
    folder: Path, ids: tuple[str, ...] = (), undo_seconds: float = 10.0, google_url: str = ""
) -> Iterator[SampleGround]:
    """The application over the sample on a free port, scanned, its two threads running."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        port = listener.getsockname()[1]
        ground = SampleGround(folder, ids, port=port, undo_seconds=undo_seconds, google_url=google_url).ready()
        server = create_server(ground.app, sockets=[listener], threads=4, ident="")
        server.adj.asyncore_loop_timeout = 0.1  # seconds that its end may take; every test waits for it
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        ground.background.start()
        try:
            yield ground
        finally:
            ground.background.stop()
            end(server, thread)
            ground.store.close()


def address(ground: SampleGround, path: str) -> str:
    """The URL of a path."""
    return f"http://127.0.0.1:{ground.port}{path}"


def signed_in(context: BrowserContext, ground: SampleGround) -> Page:
    """A page that opened the printed link. What the browser complains about fails the test."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.complaints = complaints  # type: ignore[attr-defined]
    page.goto(address(ground, ground.link()))
    return page


def barriers(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now: rule and place."""
    source = next(path for path in _AXE if path.is_file()).read_text(encoding="utf-8")
    page.evaluate(source)
    run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
    found: dict[str, Any] = page.evaluate(run, _RULES)
    return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]
