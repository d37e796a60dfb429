"""Journeys through the dashboard and the demo inbox in real Chromium, and no barrier on any page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from server.domain.model import Correction, Judged, Kind, OutboxState, ScanReport, record_key
from server.errors import ReconnectNeeded
from server.services.desk import SAMPLE
from server.services.scanning import ScanState
from tests.e2e.pages_ground import address, barriers, served, signed_in
from tests.web.gold import DOVECOTE, HALFMOON, KERR, KERR_SUBJECT, KETTLEBACK, ON_HOLD, PLOT
from tests.web.sample_ground import SampleGround

pytestmark = pytest.mark.e2e
FEW = (KERR, KETTLEBACK, DOVECOTE, HALFMOON, PLOT, ON_HOLD)
BEFORE_KERR = ("19eeaaa2d1a92207", "19eeaf6a736122dd", "19f09734b1db2676", "19f098837432ece1")  # the same thread
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1200, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1200, "height": 900}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 360, "height": 780}},
    "zoomed": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
}


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


@pytest.fixture
def ground(tmp_path) -> Iterator[SampleGround]:
    with served(tmp_path, FEW) as made:
        yield made


@pytest.fixture
def page(ground, context) -> Iterator[Page]:
    """Signed in, at the log; the browser had nothing to complain about."""
    made = signed_in(context, ground)
    yield made
    assert made.complaints == []


_BESIDE = """row => {
    const name = document.createRange();
    name.selectNodeContents(row.querySelector(".gD"));
    return name.getBoundingClientRect().right <= row.querySelector(".y2").getBoundingClientRect().left;
}"""


def press_until(page: Page, key: str, selector: str, most: int = 40) -> None:
    """Press a key until the focus is on what the selector means."""
    for _press in range(most):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is out of reach by {key}")


class TestTheLog:
    def test_the_link_signs_in_once(self, ground, context):
        link = address(ground, ground.link())
        page = context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="Log", exact=True)).to_be_visible()
        assert page.goto(link).status == 403
        expect(page.get_by_role("heading")).to_contain_text("has been used")

    def test_by_keyboard_alone_a_mail_is_said_to_be_no_rejection_and_put_back(self, page, ground):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        press_until(page, "Tab", f"#m-{KERR} [data-post]")
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_contain_text("Taken out of the log")
        expect(page.locator(f"#m-{KERR}")).to_have_count(0)
        assert page.evaluate("document.activeElement !== document.body")
        assert KERR not in [line.message_id for line in ground.desk.log()]
        press_until(page, "Tab", "#notice button")
        page.keyboard.press("Enter")
        expect(page.locator(f"#m-{KERR}")).to_be_visible()

    def test_the_filter_shows_what_has_all_the_words_with_or_without_accents(self, page):
        page.get_by_label("Find a company, a role or a word").fill("kerr navigation")
        expect(page.locator("[data-entry]:visible")).to_have_count(1)
        expect(page.locator(".found")).to_have_text("1 found")
        page.get_by_label("Find a company, a role or a word").fill("zebra")
        expect(page.locator(".found")).to_have_text("Nothing here has these words.")
        expect(page.get_by_role("heading", name="July 2026")).to_be_hidden()

    def test_what_happens_elsewhere_appears_without_a_reload(self, page, ground):
        report = ScanReport(seen=6, judged=6)
        ground.desk.scanning.states[SAMPLE] = ScanState(SAMPLE, running=True, report=report, total=152)
        page.reload()  # a look comes at once, and then every second and a half while something goes on
        page.evaluate("window.sameDocument = true")
        expect(page.get_by_text("Reading your mail: 6 of 152.")).to_be_visible()
        ground.desk.correct(PLOT, is_rejection=True)
        expect(page.locator(f"#m-{PLOT}")).to_be_visible()
        ground.desk.scanning.states[SAMPLE] = ScanState(SAMPLE, report=report, total=6)
        expect(page.locator("#progress")).to_be_hidden()
        assert page.evaluate("window.sameDocument") is True

    def test_a_letter_that_waits_is_sent_after_its_window_and_the_entry_says_so(self, page, ground):
        letter = ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba,")
        ground.store.put(dataclasses.replace(letter, state=OutboxState.HELD))
        object.__setattr__(ground.desk.outbox, "undo_seconds", 1.0)
        page.reload()
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("You can still take it back.")).to_be_visible()
        expect(page.locator("#letters")).to_be_hidden()
        expect(page.locator(f"#m-{KERR} .state")).to_have_text("Answered")

    def test_a_letter_in_its_window_counts_down_and_can_be_taken_back(self, page, ground):
        letter = ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba,")
        object.__setattr__(ground.desk.outbox, "undo_seconds", 600.0)
        ground.desk.outbox.send(letter.draft_id, letter.revision)
        page.reload()
        expect(page.locator(".counting")).to_contain_text("Going out in")
        page.get_by_text("Show the letter").click()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#letters")).to_be_hidden()
        assert ground.desk.outbox.item(letter.id).state is OutboxState.UNDONE

    def test_a_click_that_a_script_makes_does_nothing(self, page, ground):
        page.evaluate("document.querySelectorAll('[data-post]').forEach((button) => button.click())")
        page.reload()
        assert len(ground.desk.log()) == 4

    def test_a_server_that_stopped_is_said_to_be_silent(self, page, ground):
        page.route("**/ui/*", lambda route: route.abort())
        page.locator(f'#m-{KERR} [data-post="correct"]').click()
        expect(page.locator("#notice")).to_contain_text("Class Act is not answering")
        page.complaints.clear()  # the aborted request


class TestReview:
    def test_yes_and_no_lead_from_one_question_to_the_next(self, page, ground):
        page.goto(address(ground, "/review"))
        page.locator(f"#m-{PLOT}").get_by_role("button", name="Yes").click()
        expect(page.locator("#summary")).to_contain_text("Nothing waits for you here.")
        expect(page.locator(".nav .count")).to_have_count(0)
        assert PLOT in [line.message_id for line in ground.desk.log()]

    def test_one_key_answers_and_one_takes_it_back(self, page, ground):
        row = ground.store.get(Judged, record_key(SAMPLE, KERR))
        ground.store.put(dataclasses.replace(row, band="review", score=0.9))
        page.goto(address(ground, "/review"))
        page.keyboard.press("y")
        expect(page.locator("#questions > li")).to_have_count(2)  # without the focus in the list a key does nothing
        page.get_by_role("button", name="Answer with the keyboard").click()
        expect(page.locator(f"#m-{KERR} h2")).to_be_focused()
        page.keyboard.press("s")
        expect(page.locator(f"#m-{PLOT} h2")).to_be_focused()
        page.keyboard.press("s")
        page.keyboard.press("n")
        expect(page.locator(f"#m-{KERR}")).to_have_count(0)
        expect(page.locator(f"#m-{PLOT} h2")).to_be_focused()
        page.keyboard.press("u")
        expect(page.locator("#notice")).to_be_hidden()
        expect(page.locator(f"#m-{KERR} h2")).to_be_focused()
        assert ground.store.get(Judged, record_key(SAMPLE, KERR)).band == "review"
        assert ground.store.all(Correction) == []
        page.keyboard.press("y")
        expect(page.locator(f"#m-{KERR}")).to_have_count(0)
        page.keyboard.press("y")
        expect(page.locator("#summary")).to_contain_text("Nothing waits for you here.")
        expect(page.locator("#keys")).to_be_hidden()


class TestTheDemoInbox:
    def test_from_the_first_button_to_a_thank_you_letter_sent_and_taken_back(self, page, ground):
        page.get_by_role("link", name="Open the demo inbox").click()
        page.get_by_role("link", name="Kettleback", exact=True).click()
        card = page.locator("classact-card")
        expect(card.get_by_role("heading", name="They decided not to go ahead.")).to_be_visible()
        card.get_by_role("button", name="Edit first").click()
        expect(card.get_by_label("To", exact=True)).to_have_value("ishaan@kettleback.example")
        card.get_by_role("button", name="Create draft").click()
        expect(card.get_by_text("The letter is in your drafts.")).to_be_visible()
        card.get_by_role("button", name="Send").click()
        card.get_by_role("button", name="Undo").click()
        expect(card.get_by_text("Taken back.")).to_be_visible()
        assert ground.desk.view(KETTLEBACK).state == "drafted"

    def test_a_letter_that_was_sent_stands_in_the_thread_after_a_reload(self, page, ground):
        object.__setattr__(ground.desk.outbox, "undo_seconds", 0.0)
        page.goto(address(ground, f"/demo#{KERR}"))
        card = page.locator("classact-card")
        card.get_by_role("button", name="Edit first").click()
        card.get_by_role("button", name="Create draft").click()
        card.get_by_role("button", name="Send").click()
        expect(card.get_by_text("Sent.", exact=True)).to_be_visible()
        page.reload()
        expect(page.locator(".kv").last.locator(".gD")).to_have_text("me")
        expect(page.locator("classact-card")).to_have_count(1)

    def test_a_form_mail_says_that_there_is_nobody_to_write_to(self, page, ground):
        page.goto(address(ground, f"/demo#{DOVECOTE}"))
        card = page.locator("classact-card")
        expect(card).to_contain_text("an address that nobody reads")
        expect(card.get_by_role("button")).to_have_text(["Not a rejection"])

    def test_a_mail_that_says_nothing_of_the_kind_gets_no_card(self, page, ground):
        page.goto(address(ground, f"/demo#{ON_HOLD}"))
        expect(page.locator(".a3s")).to_be_visible()
        page.wait_for_timeout(500)
        expect(page.locator("classact-card")).to_have_count(0)

    def test_mails_that_are_not_open_take_no_room(self, ground, page):
        page.goto(address(ground, "/demo"))
        expect(page.locator("table.F")).to_be_visible()
        assert page.evaluate(
            "() => [...document.querySelectorAll('template')].every((one) => !one.getClientRects().length)"
        )

    def test_by_keyboard_one_opens_a_mail_and_comes_back_to_its_row(self, page, ground):
        page.goto(address(ground, "/demo"))
        press_until(page, "Tab", "tr.zA a")
        page.keyboard.press("Tab")
        row = page.evaluate("document.activeElement.closest('tr').dataset.thread")
        page.keyboard.press("Enter")
        expect(page.locator("h2.hP")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_role("link", name="Back to the inbox")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(f'tr[data-thread="{row}"] a')).to_be_focused()

    def test_a_folded_mail_opens_and_a_card_looks_at_it(self, context, tmp_path):
        with served(tmp_path, (*BEFORE_KERR, KERR)) as ground:
            page = signed_in(context, ground)
            page.goto(address(ground, f"/demo#{KERR}"))
            assert page.locator(".unfold").first.evaluate(_BESIDE)  # name and words, not one over the other
            page.locator(".unfold").first.click()
            expect(page.locator(".a3s")).to_have_count(2)
            expect(page.locator("classact-card")).to_have_count(1)


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Iterator[SampleGround]:
    """A dozen mails, with letters in every state that waits, a failed scan and an unreadable mail."""
    with served(tmp_path_factory.mktemp("full"), (*FEW, *BEFORE_KERR), undo_seconds=3600) as ground:
        kerr = ground.desk.draft(KERR, Kind.THANK_YOU, "j.lockhart@kerrmuseum.example", KERR_SUBJECT, "Dear Jacoba,")
        ground.desk.outbox.send(kerr.draft_id, kerr.revision)
        for number, state in enumerate((OutboxState.HELD, OutboxState.UNKNOWN, OutboxState.FAILED)):
            ground.store.put(dataclasses.replace(kerr, id=f"{number:032x}", state=state, problem="It did not go."))
        ground.desk.scanning.states[SAMPLE] = ScanState(SAMPLE, error=ReconnectNeeded("robin.avery@example.com"))
        row = ground.store.get(Judged, record_key(SAMPLE, DOVECOTE))
        ground.store.put(dataclasses.replace(row, band="unreadable", error="its structure is broken"))
        yield ground


@pytest.fixture(scope="module")
def looks(browser, full) -> Iterator[Callable[[str], Page]]:
    """A page that is signed in, in each of the looks; each is made once, and goes from page to page."""
    made: dict[str, Page] = {}

    def page(look: str) -> Page:
        if look not in made:
            made[look] = signed_in(browser.new_context(**LOOKS[look]), full)
        return made[look]

    yield page
    for one in made.values():
        one.context.close()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/review",
        "/applications",
        f"/people/{KERR}",
        "/reminders",
        "/journal",
        "/steps",
        "/connect",
        "/data",
        "/demo",
        f"/demo#{KERR}",
        "/nothing-here",
    ],
)
def test_no_page_has_a_barrier_or_scrolls_sideways(looks, full, path, look):
    page = looks(look)
    page.goto("about:blank")  # from /demo to a mail there would be no new page
    page.goto(address(full, path))
    page.locator("h1, h2").first.wait_for()
    if "#" in path:
        page.locator("classact-card").get_by_role("heading").wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (barriers(page), wide) == ([], 0)


@pytest.mark.parametrize("look", LOOKS)
def test_a_browser_that_is_not_signed_in_meets_no_barrier_either(browser, full, look):
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    page.goto(address(full, "/"))
    assert barriers(page) == []
    context.close()
