"""The Connect page: each step with how it stands, a sign-in that begins there, and accounts that leave."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from server.domain.model import ScanReport
from server.errors import Offline, ReconnectNeeded
from server.mailboxes.private_file import addresses
from server.services.scanning import ScanState
from tests.cli.command import until
from tests.fakes.gmail import Decision, FakeGmail
from tests.web.sample_ground import Browser, SampleGround


class Page:
    """A signed-in browser on the page, and the stand-in for Google behind it."""

    def __init__(self, folder: Path, fake: FakeGmail) -> None:
        self.fake, self.tokens = fake, folder / "tokens"
        self.ground = SampleGround(
            folder, ("19ee",), google_url=fake.base, accounts=lambda: list(addresses(self.tokens))
        )
        self.browser = Browser(self.ground).sign_in()

    @property
    def text(self) -> str:
        return self.browser.get("/connect").text

    def give(self, content: str) -> int:
        return self.browser.post("/ui/connect-client", {"name": "client.json", "content": content}).status_code

    def sign_in(self, more: str = "") -> None:
        """Press the button, agree in the new tab, and wait until the page has noticed."""
        url = self.browser.post("/ui/connect-begin", {"more": more}).json["url"]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(url, timeout=10).read()
        until(lambda: not self.browser.post("/ui/connect-status", {}).json["waiting"], 10)

    def has_failed(self, error) -> None:
        """The last scan of the account ended so."""
        address = self.fake.address
        self.ground.desk.scanning.states[address] = ScanState(address, report=ScanReport(), error=error)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    with FakeGmail("kim@seeker.example") as fake:
        made = Page(tmp_path, fake)
        yield made
        made.ground.store.close()
    keyring.set_keyring(before)


@pytest.fixture
def ready(page: Page) -> Page:
    """The client file has been given."""
    assert page.give(json.dumps(page.fake.client_secret())) == 200
    return page


def test_before_the_first_step_the_button_waits_for_the_file(page):
    assert "Checked in step 5" in page.text
    assert 'data-begin="" disabled' in page.text
    assert page.browser.post("/ui/connect-begin", {}).status_code == 400


def test_a_good_file_is_kept_and_its_project_shown(ready, tmp_path):
    assert "Done: class-act-fake" in ready.text
    assert "?project=class-act-fake" in ready.text
    assert (tmp_path / "client_secret.json").stat().st_mode & 0o777 == 0o600


def test_a_wrong_file_is_refused_with_what_to_do_and_the_old_one_stays(ready):
    answer = ready.browser.post("/ui/connect-client", {"name": "key.json", "content": '{"web": {}}'})
    assert answer.status_code == 400
    assert ("web client" in answer.json["error"], "Desktop app" in answer.json["hint"]) == (True, True)
    assert "Done: class-act-fake" in ready.text


def test_a_sign_in_ends_in_an_account_shown_by_its_address_and_where_it_is_kept(ready):
    ready.sign_in()
    text = ready.text
    assert "Connected: kim@seeker.example" in text
    assert "Drafts are asked for at your first letter." in text
    assert "readable by you alone" in text
    assert addresses(ready.tokens) == ("kim@seeker.example",)


def test_reading_alone_is_asked_first_and_drafts_when_wanted(ready):
    ready.sign_in()
    ready.sign_in("drafts")
    asked = [seen.target for seen in ready.fake.requests if seen.name == "consent"]
    assert ["gmail.compose" in target for target in asked] == [False, True]
    assert "gmail.modify" not in "".join(asked)
    assert "May read, save drafts and send them when you click." in ready.text


def test_an_unticked_box_is_named_and_reading_is_kept(ready):
    ready.fake.oauth.decision = Decision(drop=frozenset({"https://www.googleapis.com/auth/gmail.compose"}))
    ready.sign_in("drafts")
    assert "Manage drafts and send emails" in ready.text
    assert addresses(ready.tokens) == ("kim@seeker.example",)


def test_an_api_that_is_off_is_shown_at_its_step_with_the_link(ready):
    ready.fake.faults.add("getProfile", "status", status=403, reason="accessNotConfigured")
    ready.sign_in()
    assert "Google says that it is not switched on yet." in ready.text
    assert "apis/library/gmail.googleapis.com?project=class-act-fake" in ready.text


def test_a_project_in_testing_is_shown_at_its_step(ready):
    ready.fake.oauth.testing = True
    ready.sign_in()
    assert "It is still in “Testing”." in ready.text


def test_a_sign_in_that_waits_can_be_called_off_and_begun_again(ready):
    ready.browser.post("/ui/connect-begin", {})
    assert "Waiting for you on Google" in ready.text
    ready.browser.post("/ui/connect-cancel", {})
    assert "Waiting for you on Google" not in ready.text
    ready.browser.post("/ui/connect-begin", {})
    ready.sign_in()
    assert addresses(ready.tokens) == ("kim@seeker.example",)


@pytest.mark.parametrize("more", ["everything", 7])
def test_no_other_permission_can_be_asked_for(ready, more):
    assert ready.browser.post("/ui/connect-begin", {"more": more}).status_code == 400


def test_disconnecting_revokes_and_deletes(ready):
    ready.sign_in()
    assert ready.browser.post("/ui/connect-end", {"address": "kim@seeker.example"}).json == {"revoked": True}
    assert (addresses(ready.tokens), ready.fake.posts("revoke")) == ((), 1)
    assert ready.browser.post("/ui/connect-end", {"address": "kim@seeker.example"}).status_code == 409


def test_disconnecting_without_google_deletes_and_says_so(ready):
    ready.sign_in()
    ready.fake.faults.add("revoke", "drop_before_work", times=None)
    assert ready.browser.post("/ui/connect-end", {"address": "kim@seeker.example"}).json == {"revoked": False}
    assert addresses(ready.tokens) == ()


@pytest.mark.parametrize(
    ("error", "state", "name"),
    [
        (None, "connected", "Connected"),
        (ReconnectNeeded("kim@seeker.example"), "needs_reconnect", "Needs a new sign-in"),
        (Offline("no answer in time"), "offline", "Offline"),
    ],
)
def test_page_log_and_status_say_the_same_of_an_account(ready, error, state, name):
    ready.sign_in()
    ready.has_failed(error)
    token = {"Authorization": f"Bearer {ready.ground.guard.command_token}"}
    status = ready.browser.flask.post("/api/v1/status", json={}, headers=token, base_url=ready.browser.base).json
    (account,) = status["accounts"]
    assert (account["state"], account["name"], status["connection"]["state"]) == (state, name, state)
    assert name in ready.text
    assert name in ready.browser.get("/").text
    if error:
        assert (account["sentence"], account["mend"]) == (str(error), error.hint)


def test_before_an_account_the_status_is_not_connected(page):
    token = {"Authorization": f"Bearer {page.ground.guard.command_token}"}
    status = page.browser.flask.post("/api/v1/status", json={}, headers=token, base_url=page.browser.base).json
    assert (status["connection"]["state"], status["accounts"]) == ("not_connected", [])
    assert status["connection"]["mend"]


def test_the_stamp_changes_with_what_is_shown(ready):
    before = ready.browser.post("/ui/connect-status", {}).json["stamp"]
    assert ready.browser.post("/ui/connect-status", {}).json["stamp"] == before
    ready.sign_in()
    assert ready.browser.post("/ui/connect-status", {}).json["stamp"] != before
