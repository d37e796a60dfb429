"""`classact labels` on a Google account, over real HTTP to the fake."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import document
from tests.cli.test_connect import MAIL, Google
from tests.fakes.gmail import FakeGmail

FORM = (
    MAIL.replace(b"Ada Lovell <ada.lovell@", b"Harbour Careers <no-reply@").replace(b"<1@", b"<2@")
    .replace(b"Harbour\r\n", b"Lighthouse\r\n")
    .replace(b"\r\nAda Lovell\r\n", b"\r\nThe Lighthouse team\r\n")
)  # fmt: skip


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    with FakeGmail("kim@seeker.example") as fake:
        fake.deliver(MAIL)
        fake.deliver(FORM)
        secret = tmp_path / "client.json"
        secret.write_text(json.dumps(fake.client_secret()))
        yield Google(fake, tmp_path / "home", {"CLASSACT_GOOGLE_URL": fake.base, "CLASSACT_CLIENT_SECRET": str(secret)})


def inbox(google: Google) -> list[bool]:
    return ["INBOX" in stored.labels for stored in google.fake.mailbox.messages.values()]


def labelled(google: Google) -> list[bool]:
    ours = next((i for i, name in google.fake.mailbox.labels.items() if name == "Class Act/Rejection"), "")
    return [ours in stored.labels for stored in google.fake.mailbox.messages.values()]


def log_both(google: Google) -> None:
    """Scan, and say of both mails that they are rejections: which ones the model is sure of is not the matter here."""
    scanned = google.call("scan")
    assert scanned.returncode == 0, scanned.stderr
    for message_id in google.fake.mailbox.messages:
        assert google.call("correct", message_id, "--rejection").returncode == 0


def test_from_switching_on_to_taking_everything_back(google):
    google.connect("--with", "labels")
    log_both(google)
    assert labelled(google) == [False, False]
    (standing,) = document(google.call("labels", "on", "both", "--json"))
    assert (standing["label"], standing["archive"], standing["labelled"], standing["archived"]) == (True, True, 2, 1)
    assert (labelled(google), inbox(google)) == ([True, True], [True, False])
    (first, *_rest) = document(google.call("log", "--json"))
    google.call("correct", first["message_id"], "--no-rejection")
    assert sorted(labelled(google)) == [False, True]
    done = google.call("labels", "undo")
    assert done.returncode == 0, done.stderr
    assert (labelled(google), inbox(google)) == ([False, False], [True, True])
    google.call("scan")
    assert (labelled(google), len(google.fake.mailbox.messages)) == ([False, False], 2)


def test_new_rejections_are_labelled_as_soon_as_they_are_logged(google):
    google.connect("--with", "labels")
    google.call("labels", "on")
    assert labelled(google) == [False, False]
    log_both(google)
    assert labelled(google) == [True, True]


def test_without_the_permission_it_says_how_to_get_it(google):
    google.connect()
    done = google.call("labels", "on")
    assert (done.returncode, "classact connect --with labels" in done.stderr) == (1, True)
    assert "has not been asked for it" in google.call("labels").stdout


def test_without_an_account_it_is_not_connected(google):
    assert google.call("labels").returncode == 3
    assert google.call("labels", "on", "--account", "nobody@seeker.example").returncode == 3
