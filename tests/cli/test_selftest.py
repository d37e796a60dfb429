"""`classact selftest` as a person calls it: asked for twice, said aloud, and reported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import classact, document
from tests.cli.test_connect import Google
from tests.fakes.gmail import FakeGmail


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    with FakeGmail("kim@seeker.example") as fake:
        secret = tmp_path / "client.json"
        secret.write_text(json.dumps(fake.client_secret()))
        yield Google(fake, tmp_path / "home", {"CLASSACT_GOOGLE_URL": fake.base, "CLASSACT_CLIENT_SECRET": str(secret)})


def test_it_reports_what_is_as_assumed_and_says_before_that_it_deletes_its_own_drafts(google):
    google.connect("--with", "drafts")
    done = google.call("selftest", "--live", "--yes", "--json")
    report = document(done)
    assert (done.returncode, report["left"]) == (0, 0)
    assert all(one["same"] for one in report["observations"])
    assert "deletes these drafts" in done.stderr
    assert google.fake.mailbox.messages == {}


def test_a_no_at_the_question_does_nothing(google):
    google.connect("--with", "drafts")
    before = len(google.fake.requests)
    done = classact(google.home, "selftest", "--live", stdin="n\n", **google.environment)
    assert (done.returncode, len(google.fake.requests) - before) == (1, 0)


def test_what_differs_is_printed_and_ends_with_4(google):
    google.connect("--with", "drafts")
    google.fake.faults.add("history.list", "status", status=400, reason="invalidArgument", times=None)
    done = google.call("selftest", "--live", "--yes")
    assert (done.returncode, "DIFFERS" in done.stdout, "as assumed" in done.stdout) == (4, True, True)


def test_it_runs_on_nobodys_account_unasked(google):
    done = google.call("selftest")
    assert (done.returncode, "--live" in done.stderr) == (2, True)
    not_connected = google.call("selftest", "--live")  # nobody is asked a question that leads nowhere
    assert (not_connected.returncode, "Go on?" in not_connected.stderr) == (3, False)
    google.connect()
    done = google.call("selftest", "--live", "--yes")
    assert (done.returncode, "--with drafts" in done.stderr) == (1, True)
