"""The contract of every mailbox, kept by our Gmail adapter before emulate; then a sign-in, a scan and the log."""

from __future__ import annotations

import base64
import html
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_patience import Patience
from server.mailboxes.gmail_tokens import LABELS, Account, Endpoints, TokenStore
from server.ports import Mailbox
from tests.cli.command import classact, document, start
from tests.contracts.agreed import AGREED, SEEKER, Agreed
from tests.contracts.mailbox import ArrivalContract, ReadingContract, WritingContract
from tests.second_opinion.door import Door

_CLIENT = {
    "client_id": "second-opinion.apps.googleusercontent.com",
    "client_secret": "not-a-secret",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
    "redirect_uris": ["http://localhost"],
}
_NO = (
    b"From: Ada Lovell <ada.lovell@harbour.example>\r\nTo: robin@example.com\r\n"
    b"Subject: Your application to Harbour\r\nMessage-ID: <1@harbour.example>\r\n\r\n"
    b"Dear Robin,\r\n\r\nUnfortunately we have decided not to move forward with your application for the deckhand "
    b"role; we chose another candidate.\r\n\r\nAda Lovell\r\n"
)
_SIGNED = {"authorization": "Bearer second-opinion", "content-type": "application/json"}
_MESSAGES = "/gmail/v1/users/me/messages"


class Ground:
    """emulate behind the door, with the agreed messages put in by its own API."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self._threads: dict[str, str] = {}

    def fill(self) -> None:
        """Deliver the agreed messages in their order."""
        for agreed in AGREED:
            self._threads[agreed.name] = self._put(agreed)["threadId"]

    def arrive(self, content: bytes) -> str:
        """A message in the inbox, by its id."""
        return str(self._post(_MESSAGES, {"raw": _raw(content), "labelIds": ["INBOX"]})["id"])

    def vanish(self, id_: str) -> None:
        """A message deleted for good."""
        assert self.door.answer("DELETE", f"{_MESSAGES}/{id_}", _SIGNED, b"").status < 300

    def _put(self, agreed: Agreed) -> Any:
        message: dict[str, object] = {"raw": _raw(agreed.content), "labelIds": list(agreed.labels)}
        if agreed.answers:
            message["threadId"] = self._threads[agreed.answers]
        if "DRAFT" in agreed.labels:
            return self._post("/gmail/v1/users/me/drafts", {"message": message})["message"]
        return self._post(f"{_MESSAGES}?internalDateSource=dateHeader", message)

    def _post(self, target: str, body: Mapping[str, object]) -> Any:
        found = self.door.answer("POST", target, _SIGNED, json.dumps(body).encode())
        assert found.status < 300, found.body
        return json.loads(found.body)


def _raw(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@pytest.fixture
def door(emulate: str) -> Iterator[Door]:
    with Door(emulate, SEEKER) as door:
        yield door


@pytest.fixture
def ground(door: Door) -> Ground:
    ground = Ground(door)
    ground.fill()
    return ground


class TestGmailMailboxBeforeEmulate(ReadingContract, ArrivalContract, WritingContract):
    @pytest.fixture
    def mailbox(self, ground: Ground, tmp_path: Path) -> Iterator[GmailMailbox]:
        account = Account(SEEKER, LABELS, "client", "secret", "refresh", "second-opinion")
        tokens = TokenStore(tmp_path / "tokens")
        tokens.save(account)
        patience = Patience(SEEKER, sleep=lambda _: None)
        mailbox = GmailMailbox(account, tokens, Endpoints.at(ground.door.base), timeout=10.0, patience=patience)
        yield mailbox
        mailbox.close()

    @pytest.fixture
    def arrive(self, ground: Ground) -> Callable[[bytes], str]:
        return ground.arrive

    @pytest.fixture
    def vanish(self, ground: Ground) -> Callable[[str], None]:
        return ground.vanish

    @pytest.mark.xfail(strict=True, reason="emulate leaves X- headers out of payload.headers; Gmail names them all")
    def test_a_draft_is_found_by_its_letter(self, mailbox: Mailbox) -> None:
        super().test_a_draft_is_found_by_its_letter(mailbox)

    @pytest.mark.xfail(strict=True, reason="as above")
    def test_a_draft_in_a_thread_of_its_own_is_found_too(self, mailbox: Mailbox) -> None:
        super().test_a_draft_in_a_thread_of_its_own_is_found_too(mailbox)


def test_a_seeker_connects_scans_reads_the_log_and_disconnects(ground: Ground, tmp_path: Path) -> None:
    client = tmp_path / "client.json"
    client.write_text(json.dumps({"installed": _CLIENT}))
    home = tmp_path / "home"
    leading = {"CLASSACT_GOOGLE_URL": ground.door.base, "CLASSACT_CLIENT_SECRET": str(client)}

    connecting = start(home, "connect", "--no-browser", **leading)
    assert connecting.stdout is not None
    _agree(connecting.stdout.readline().strip())
    connecting.communicate(timeout=60)
    assert connecting.wait() == 0
    ground.arrive(_NO)
    scanned = document(classact(home, "scan", "--mailbox", "gmail", "--all-mail", "--json", **leading))
    again = document(classact(home, "scan", "--mailbox", "gmail", "--all-mail", "--json", **leading))
    logged = document(classact(home, "log", "--json", **leading))
    gone = classact(home, "disconnect", **leading)

    assert scanned["failed"] == 0
    assert scanned["rejections"] >= 1
    assert again["judged"] == 0
    assert "Harbour" in [line["company"] for line in logged]
    assert {line["mailbox"] for line in logged} == {SEEKER}
    assert gone.returncode == 0
    assert classact(home, "scan", "--mailbox", "gmail", **leading).returncode == 3


def _agree(url: str) -> None:
    """Choose the seeker on emulate's sign-in page, as a browser would."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    page = opener.open(url, timeout=10).read().decode()
    form = next(form for form in page.split("<form")[1:] if SEEKER in form)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    sent = urllib.parse.urlencode({name: html.unescape(value) for name, value in fields.items()})
    opener.open(urllib.parse.urljoin(url, "/o/oauth2/v2/auth/callback"), sent.encode(), timeout=10).read()
