"""Undo for the whole window, from card, popup and dashboard, and across a stop of the server: real parts throughout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.cli.command import classact, running, until
from tests.e2e.browser import extension_id
from tests.e2e.scene import Scene, standing

pytestmark = pytest.mark.e2e
WINDOW = 10_000  # ms, what the seeker has
# Half of the window has passed: late, and time enough left for a browser on a busy machine.
LATE = re.compile(r" in [1-5] s")


class Stage:
    """The scene, with a server that can be stopped and started again where the extension looks for it."""

    def __init__(self, scene: Scene, stack: ExitStack) -> None:
        self.scene, self._stack = scene, stack
        self._message_id = ""
        self._used: set[str] = set()
        self.dashboard = scene.context.new_page()
        self.dashboard.goto(scene.server.link)
        self.popup_url = f"chrome-extension://{extension_id(scene.context)}/popup/popup.html"

    def stop(self, *, hard: bool) -> None:
        """End the server: as a crash would, or as Ctrl+C does."""
        self.scene.server.kill() if hard else self.scene.server.stop()

    def start(self) -> None:
        """Start it again on the same port; the dashboard signs in anew."""
        scene = self.scene
        again = running(scene.home, "--port", str(scene.server.port), **scene.environment)
        scene.server = self._stack.enter_context(again)
        self.dashboard.goto(scene.server.link)

    def hold(self) -> int:
        """Write a letter from the card and press Send: it is held now. How many mails had been sent before."""
        scene = self.scene
        before = len(scene.fake.sent)
        self._message_id = until(self._unanswered)
        self._used.add(self._message_id)
        scene.open_rejection(self._message_id)
        scene.button("Edit first").click()
        scene.button("Create draft").click()
        scene.button("Send").click()
        expect(scene.button("Undo")).to_be_visible()
        return before

    def _unanswered(self) -> str:
        found, log = self.scene.found(), self.scene.log("--all")
        return next((i for i in found if log[i]["state"] == "new" and i not in self._used), "")

    def popup(self) -> Page:
        page = self.scene.context.new_page()
        page.goto(self.popup_url)
        expect(page.locator("#waiting")).to_be_visible()
        return page

    def state(self) -> str:
        """Where the rejection that was written about last stands."""
        return str(self.scene.log("--all")[self._message_id]["state"])


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, playwright: Playwright) -> Iterator[Stage]:
    folder: Path = tmp_path_factory.mktemp("undo")
    with ExitStack() as stack:
        scene = stack.enter_context(standing(folder, playwright))
        classact(scene.home, "scan", **scene.environment)  # waits for the scan that is under way
        yield Stage(scene, stack)


def held_in(stage: Stage, place: str) -> tuple[Locator, Callable[[], Locator]]:
    """In that place: the line that counts down, and the button that takes the letter back."""
    if place == "card":
        return stage.scene.card.locator(".count"), lambda: stage.scene.button("Undo")
    if place == "popup":
        popup = stage.popup()
        return popup.locator("#letters .about"), lambda: popup.locator("#letters").get_by_role("button", name="Undo")
    letters = stage.dashboard.locator("#letters")
    return letters.locator(".counting"), lambda: letters.get_by_role("button", name="Undo")


@pytest.mark.parametrize("place", ["card", "popup", "dashboard"])
def test_late_in_its_window_a_letter_is_taken_back_from_every_place_and_never_goes(stage, place):
    before = stage.hold()
    count, undo = held_in(stage, place)
    expect(count).to_contain_text(LATE)
    undo().click()
    expect(stage.scene.card).to_contain_text("Taken back.")
    expect(stage.dashboard.locator("#letters")).to_be_hidden()
    stage.scene.page.wait_for_timeout(WINDOW)
    assert (len(stage.scene.fake.sent), stage.state()) == (before, "drafted")


@pytest.mark.parametrize(("place", "hard"), [("card", True), ("popup", False), ("dashboard", True)])
def test_a_stop_within_the_window_holds_the_letter_until_it_is_taken_back(stage, place, hard):
    before = stage.hold()
    stage.stop(hard=hard)
    if place == "card":  # pressed while nobody listens: said so, and the letter waits all the same
        stage.scene.button("Undo").click()
        expect(stage.scene.card.locator(".status")).to_contain_text("Class Act is not answering")
    stage.scene.page.wait_for_timeout(WINDOW)
    stage.start()
    expect(stage.scene.card).to_contain_text("Your letter is waiting.")
    assert len(stage.scene.fake.sent) == before
    if place == "popup":
        popup = stage.popup()
        popup.locator("#letters").get_by_role("button", name="Keep as draft").click()
        expect(popup.locator("#taken")).to_contain_text("Taken back.")
    elif place == "dashboard":
        stage.dashboard.locator("#letters").get_by_role("button", name="Keep as draft").click()
        expect(stage.dashboard.locator("#notice")).to_contain_text("Taken back.")
    else:
        stage.scene.button("Keep as draft").click()
        expect(stage.scene.card).to_contain_text("Taken back.")
    until(lambda: stage.state() == "drafted")
    assert len(stage.scene.fake.sent) == before
