"""`classact scan` on a Gmail account: what it says it has looked at, and how to look further."""

from __future__ import annotations

import time

import pytest

from tests.cli.command import document
from tests.cli.test_connect import MAIL, Google, google

__all__ = ["google"]
YEAR = 365 * 86400
NEWS = (
    b"From: Garden Post <post@garden.example>\r\nTo: kim@seeker.example\r\nSubject: Tulips\r\n"
    b"Message-ID: <9@garden.example>\r\n\r\nBulbs go in before the frost.\r\n"
)


@pytest.fixture
def connected(google: Google) -> Google:
    """An account with one rejection of today, one of two years ago, and a newsletter."""
    old = MAIL.replace(b"<1@", b"<2@").replace(b"deckhand", b"pilot")
    google.fake.deliver(old, received=time.time() - 2 * YEAR)
    google.fake.deliver(NEWS, ["INBOX", "CATEGORY_PROMOTIONS"], received=time.time() - 7200)
    google.connect()
    return google


def test_a_scan_says_what_it_looked_at_and_looks_further_when_told(connected: Google) -> None:
    first = connected.call("scan")
    assert "Looked at 1 mail received since" in first.stdout
    assert "1 other was left out" in first.stdout
    assert "--all-mail" in first.stdout
    assert document(connected.call("scan", "--since", "all", "--json"))["rejections"] == 1
    last = connected.call("scan", "--all-mail")
    assert "Looked at 3 mails from the beginning on. None of that time was left out." in last.stdout


@pytest.mark.parametrize("arguments", [("--since", "soon"), ("--mailbox", "sample", "--all-mail")])
def test_what_cannot_be_is_refused_with_what_to_write(connected: Google, arguments: tuple[str, ...]) -> None:
    done = connected.call("scan", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
