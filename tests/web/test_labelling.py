"""The Connect page's switches: off, allowed, on, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from server.config import Config
from server.domain import judging
from server.domain.model import Judged
from server.domain.tidying import Tidying
from server.errors import Offline
from server.wiring import Mailboxes, SystemClock
from server.wiring_labels import build_labels
from tests.builders import NOBODY_READS, a_judged, raw_mail
from tests.web.test_connect import Page, page

__all__ = ["page"]

ME = "kim@seeker.example"


@pytest.fixture
def connected(page: Page) -> Iterator[Page]:
    """An account that may be labelled, with one logged rejection in its inbox."""
    page.give(json.dumps(page.fake.client_secret()))
    desk, folder = page.ground.desk, page.ground.folder
    config = Config(home=folder, google_url=page.fake.base)
    mailboxes = Mailboxes(config, SystemClock())
    desk.labels = build_labels(config, mailboxes, desk.store, desk.clock)
    desk.tidy = desk.labels.changed
    page.sign_in("labels")
    known = page.fake.deliver(raw_mail(sender="Brightwater <no-reply@brightwater.example>"))
    row: Judged = a_judged(mailbox=ME, message_id=known, thread_id=known, sender=NOBODY_READS)
    desk.store.put(row, judging.rejection(row, row.judged))
    yield page
    for mailbox in mailboxes._open.values():
        mailbox.close()


def turn(page: Page, what: str, *, on: bool) -> int:
    return page.browser.post("/ui/labels", {"address": ME, "what": what, "on": on}).status_code


def labels(page: Page) -> set[str]:
    (stored,) = page.fake.mailbox.messages.values()
    return {page.fake.mailbox.labels[label] for label in stored.labels}


def test_both_are_off_at_first_and_nothing_is_changed(connected):
    assert connected.text.count('role="switch"') == 2
    assert "checked" not in connected.text
    assert labels(connected) == {"INBOX", "UNREAD"}


def test_switched_on_the_log_is_labelled_and_the_page_says_so(connected):
    assert turn(connected, "label", on=True) == 200
    assert labels(connected) == {"INBOX", "UNREAD", "Class Act/Rejection"}
    assert connected.text.count(" checked") == 1
    assert "Take the label off 1 mail" in connected.text


def test_archiving_is_a_switch_of_its_own_and_taken_back_by_its_own_button(connected):
    turn(connected, "label", on=True)
    turn(connected, "archive", on=True)
    assert "INBOX" not in labels(connected)
    answer = connected.browser.post("/ui/labels-undo", {"address": ME, "what": "archive"})
    assert answer.json == {"unlabelled": 0, "restored": 1}
    assert labels(connected) == {"INBOX", "UNREAD", "Class Act/Rejection"}
    assert connected.ground.store.get(Tidying, ME).label


def test_without_the_permission_there_is_a_button_that_asks_for_it_and_no_switch(connected):
    connected.sign_in()
    assert 'role="switch"' not in connected.text
    assert 'data-begin="labels"' in connected.text
    assert turn(connected, "label", on=True) == 403


def test_a_failure_is_shown_on_the_page_with_what_happens_next(connected):
    turn(connected, "label", on=True)
    connected.ground.desk.labels._problems[ME] = Offline("no answer in time")
    assert "Gmail cannot be reached" in connected.text
    assert "tried again" in connected.text


def test_the_page_notices_when_something_was_labelled(connected):
    before = connected.browser.post("/ui/connect-status", {}).json["stamp"]
    turn(connected, "label", on=True)
    assert connected.browser.post("/ui/connect-status", {}).json["stamp"] != before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"address": "nobody@seeker.example", "what": "label", "on": True}, 409),
        ({"address": ME, "what": "delete", "on": True}, 400),
        ({"address": ME, "what": "label"}, 400),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(connected, body, status):
    assert connected.browser.post("/ui/labels", body).status_code == status
