"""connect, scan and disconnect on a Google account, over real HTTP to the fake."""

from __future__ import annotations

import json
import stat
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import CLASSACT, classact, document, environment
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

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return classact(self.home, *arguments, **self.environment)

    def connect(self, *arguments: str) -> tuple[str, int]:
        """Connect, and agree in the browser: what stood on stdout, and the exit code."""
        process = subprocess.Popen(
            [*CLASSACT, "connect", "--no-browser", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(self.home, **self.environment),
            cwd=self.home.parent,
        )
        assert process.stdout is not None
        url = process.stdout.readline()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(url.strip(), timeout=10).read()
        rest, _errors = process.communicate(timeout=60)
        return url + rest, process.returncode


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    with FakeGmail("kim@seeker.example") as fake:
        fake.deliver(MAIL)
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
