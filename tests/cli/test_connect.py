"""connect, scan and disconnect on a Google account, over real HTTP to the fake."""

from __future__ import annotations

import json
import stat
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import classact, document, start
from tests.fakes.gmail import FakeGmail

MAIL = (
    b"From: Ada Lovell <ada.lovell@harbour.example>\r\nTo: kim@seeker.example\r\n"
    b"Subject: Your application to Harbour\r\n"
    b"Message-ID: <1@harbour.example>\r\nDate: Mon, 31 Aug 2026 09:00:00 +0000\r\n\r\n"
    b"Dear Kim,\r\n\r\nUnfortunately we have decided not to move forward with your application for the deckhand role; "
    b"we chose another candidate.\r\n\r\nAda Lovell\r\n"
)


@dataclass
class Google:
    """The fake, and the environment that leads to it."""

    fake: FakeGmail
    home: Path
    environment: dict[str, str]
    said: str = ""  # on stderr, by the last connect

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return classact(self.home, *arguments, **self.environment)

    def connect(self, *arguments: str) -> tuple[str, int]:
        """Connect, and agree in the browser: what stood on stdout, and the exit code."""
        process = start(self.home, "connect", "--no-browser", *arguments, **self.environment)
        assert process.stdout is not None
        url = process.stdout.readline()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(url.strip(), timeout=10).read()
        rest, self.said = process.communicate(timeout=60)
        return url + rest, process.wait()


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    with FakeGmail("kim@seeker.example") as fake:
        fake.deliver(MAIL, received=time.time() - 3600)  # a first scan looks a year back
        secret = tmp_path / "client.json"
        secret.write_text(json.dumps(fake.client_secret()))
        yield Google(fake, tmp_path / "home", {"CLASSACT_GOOGLE_URL": fake.base, "CLASSACT_CLIENT_SECRET": str(secret)})


def test_connect_prints_the_consent_address_alone_and_waits(google):
    printed, code = google.connect()
    assert code == 0
    assert printed.startswith(f"{google.fake.base}/o/oauth2/v2/auth?")
    assert printed.count("\n") == 1
    assert "code_challenge_method=S256" in printed
    assert "gmail.readonly" in printed
    assert "gmail.compose" not in printed


def test_more_is_asked_only_when_wanted(google):
    printed, _code = google.connect("--with", "drafts")
    assert "gmail.compose" in printed
    assert "gmail.modify" not in printed


def test_the_sign_in_is_kept_where_only_this_user_can_read_it(google):
    google.connect()
    (token,) = (google.home / "tokens").iterdir()
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert stat.S_IMODE(token.parent.stat().st_mode) == 0o700


def test_a_connected_account_is_scanned_and_logged(google):
    google.connect()
    report = document(google.call("scan", "--json"))
    (line,) = document(google.call("log", "--json"))
    assert (report["rejections"], line["mailbox"]) == (1, "kim@seeker.example")


def test_new_mail_is_found_by_the_next_scan_and_old_mail_is_not_read_again(google):
    google.connect()
    google.call("scan")
    google.fake.deliver(MAIL.replace(b"<1@", b"<2@").replace(b"deckhand", b"pilot"))
    report = document(google.call("scan", "--json"))
    assert (report["judged"], report["rejections"]) == (1, 1)


def test_a_revoked_sign_in_says_so_keeps_the_log_and_ends_with_3(google):
    google.connect()
    google.call("scan")
    google.fake.oauth.revoke_grants()
    google.fake.oauth.expire_tokens()
    done = google.call("scan")
    assert (done.returncode, "classact connect" in done.stderr) == (3, True)
    assert len(document(google.call("log", "--json"))) == 1


def keyring_of(google) -> dict[str, str]:
    """An environment with a keyring that works, in a file of the test's own."""
    return {
        "PYTHON_KEYRING_BACKEND": "tests.fakes.keyrings.FileKeyring",
        "TEST_KEYRING": str(google.home.parent / "ring.json"),
    }


def test_where_the_sign_in_is_kept_is_said_aloud(google):
    _printed, _code = google.connect()
    assert "readable by you alone (this computer has no keyring" in google.said
    google.environment |= keyring_of(google)
    google.connect()
    assert "The sign-in is kept in tests.fakes.keyrings" in google.said


def test_with_a_keyring_no_file_of_ours_holds_the_sign_in(google):
    google.environment |= keyring_of(google)
    google.connect()
    (grant,) = google.fake.oauth.grants
    held = [path for path in google.home.rglob("*") if path.is_file() and grant.refresh_token in path.read_text()]
    assert held == []
    assert document(google.call("scan", "--json"))["rejections"] == 1
    assert google.call("disconnect").returncode == 0
    assert grant.refresh_token not in (google.home.parent / "ring.json").read_text()


def test_a_sign_in_of_an_older_version_moves_to_the_keyring_and_goes_on_working(google):
    google.connect()
    google.environment |= keyring_of(google)
    (google.home / "token-store.json").unlink()
    assert google.call("scan").returncode == 0
    (file,) = (google.home / "tokens").iterdir()
    assert google.fake.oauth.grants[0].refresh_token not in file.read_text()


def test_a_client_file_is_taken_into_the_data_folder_for_good(google):
    downloaded = Path(google.environment.pop("CLASSACT_CLIENT_SECRET"))
    _printed, code = google.connect("--client", str(downloaded))
    kept = google.home / "client_secret.json"
    assert (code, stat.S_IMODE(kept.stat().st_mode)) == (0, 0o600)
    downloaded.unlink()
    assert google.connect()[1] == 0


def test_without_a_client_file_the_steps_are_named(google):
    del google.environment["CLASSACT_CLIENT_SECRET"]
    done = google.call("connect", "--no-browser")
    assert (done.returncode, "--client FILE" in done.stderr, done.stdout) == (2, True, "")


def test_two_accounts_live_side_by_side_and_leave_one_by_one(google):
    google.connect()
    google.fake.mailbox.address = "robin@other.example"
    google.connect()
    assert len(list((google.home / "tokens").iterdir())) == 2
    assert google.call("disconnect", "kim@seeker.example").returncode == 0
    (left,) = (google.home / "tokens").iterdir()
    assert left.name.startswith("robin@")
    assert google.call("disconnect", "kim@seeker.example").returncode == 3


def test_disconnect_without_google_deletes_here_and_says_what_is_left_to_do(google):
    google.connect()
    google.fake.faults.add("revoke", "drop_before_work", times=None)
    done = google.call("disconnect")
    assert (done.returncode, "myaccount.google.com/connections" in done.stderr) == (4, True)
    assert list((google.home / "tokens").iterdir()) == []


def test_a_project_in_testing_is_told_at_once(google):
    google.fake.oauth.testing = True
    google.connect()
    assert "Publish" in google.said


def test_disconnect_revokes_at_google_and_deletes_the_sign_in(google):
    google.connect()
    assert google.call("disconnect").returncode == 0
    assert list((google.home / "tokens").iterdir()) == []
    assert google.fake.posts("revoke") == 1
    assert google.call("scan").returncode == 3


@pytest.mark.parametrize("content", ["", "{}", "[]", "not json", '{"web": {"client_id": "x"}}', '{"installed": {}}'])
def test_a_client_file_that_is_none_is_a_usage_error_that_names_it(google, content):
    Path(google.environment["CLASSACT_CLIENT_SECRET"]).write_text(content)
    done = google.call("connect", "--no-browser")
    assert (done.returncode, "client.json" in done.stderr, done.stdout) == (2, True, "")
