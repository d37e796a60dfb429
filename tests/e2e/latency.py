"""How long a seeker waits for the card: `make bench` opens rejections in the stand-in Gmail and times it."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.scene import Scene, standing

ROUNDS = 5
# Time from the moment the opened mail stands in the page until the card does, in the page's own clock.
_TIMED = """id => new Promise(resolve => {
    let opened = 0;
    const look = () => {
        const mail = document.querySelector(`[data-legacy-message-id="${id}"] .a3s`);
        if (mail && !opened) opened = performance.now();
        if (opened && document.querySelector("classact-card")) resolve(performance.now() - opened);
        else requestAnimationFrame(look);
    };
    location.hash = id;
    look();
})"""


def times(scene: Scene, *, cold: bool) -> list[float]:
    """Milliseconds from mail to card, for each rejection that was found; `cold`: the worker was stopped before."""
    found = []
    for message_id in scene.found()[:ROUNDS]:
        scene.page.goto("https://mail.google.com/mail/u/0/#inbox")
        scene.page.wait_for_timeout(300)
        if cold:
            scene.stop_worker()
        found.append(scene.page.evaluate(_TIMED, message_id))
    return found


def main() -> int:
    """Print median and worst, with the worker awake and stopped."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        standing(Path(folder), playwright) as scene,
    ):
        for name, cold in (("worker awake", False), ("worker stopped", True)):
            taken = times(scene, cold=cold)
            sys.stdout.write(
                f"{name}: card after {statistics.median(taken):.0f} ms (worst {max(taken):.0f} of {len(taken)})\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
