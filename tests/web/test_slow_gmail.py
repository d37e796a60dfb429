"""A Gmail that does not answer costs whoever waits for it, and nobody else: real server, real client, a fake Gmail."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from waitress.server import create_server

from server.cli.ending import end
from server.cli.serving import _THREADS
from server.mailboxes.gmail import GmailMailbox
from tests.builders import a_judged
from tests.cli.command import until
from tests.gmail_ground import Ground, opened
from tests.web.sample_ground import SampleGround

PATIENCE = 20.0  # seconds; far less than the fake would hang


class Served:
    """The dashboard behind the real web server, over a mailbox whose Gmail hangs once the test says so."""

    def __init__(self, folder: Path, gmail: Ground) -> None:
        self.fake, self.mailbox = gmail.fake, gmail.mailbox(timeout=60.0)
        self.refused: list[str] = []
        listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = listener.getsockname()[1]
        self.ground = SampleGround(folder, ("19ee",), accounts=lambda: [self.fake.address], port=self.port)
        self.ground.desk.open_mailbox = self._open
        self.server = create_server(self.ground.app, sockets=[listener], threads=_THREADS)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        self.cookie = self.ask("GET", self.ground.link())[2].partition(";")[0]
        self.csrf = self.ground.guard.sessions.csrf(self.cookie.partition("=")[2])

    def _open(self, _name: str) -> GmailMailbox:
        return self.mailbox

    def ask(self, verb: str, path: str, body: object = None) -> tuple[int, str, str]:
        """One request on a connection of its own: status, text, cookie."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        head = {"Cookie": getattr(self, "cookie", ""), "Origin": f"http://127.0.0.1:{self.port}"}
        if body is not None:
            head |= {"Content-Type": "application/json", "X-CSRF-Token": self.csrf}
        try:
            line.request(verb, path, json.dumps(body) if body is not None else None, head)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.getheader("Set-Cookie") or ""
        finally:
            line.close()

    def close(self) -> None:
        self.mailbox.interrupt()
        self.fake.stopping.set()
        end(self.server, self.thread)
        self.ground.store.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with opened(tmp_path / "gmail") as gmail:
        made = Served(tmp_path, gmail)
        yield made
        made.close()


@pytest.fixture
def crowded(served: Served) -> Iterator[Served]:
    """More clicks wait for Gmail than the server has threads; those that found no place were told so."""
    for name in ("messages.get", "batch"):
        served.fake.faults.add(name, "hang_after_work", times=None)

    def click(number: int) -> None:
        asked = {"message_id": f"19ab0000000000{number:02x}", "is_rejection": True}
        status, text, _cookie = served.ask("POST", "/ui/correct", asked)
        if status == 503:
            served.refused.append(text)

    clicks = [threading.Thread(target=click, args=(n,)) for n in range(2 * _THREADS)]
    for thread in clicks:
        thread.start()
    until(lambda: len(served.refused) >= _THREADS, PATIENCE)
    yield served
    served.mailbox.interrupt()
    for thread in clicks:
        thread.join(PATIENCE)


def test_pages_and_status_answer_while_more_clicks_than_threads_wait_for_gmail(crowded: Served) -> None:
    assert "Try again in a moment." in crowded.refused[0]
    for path in ("/", "/review"):
        assert crowded.ask("GET", path)[0] == 200
    assert json.loads(crowded.ask("POST", "/ui/status", {})[1])["busy"] is not None


def test_a_click_on_a_known_mail_has_no_need_to_wait_with_them(crowded: Served) -> None:
    known = a_judged(mailbox=crowded.fake.address)
    crowded.ground.store.put(known)
    assert crowded.ask("POST", "/ui/correct", {"message_id": known.message_id, "is_rejection": False})[0] == 200
    assert crowded.ask("POST", "/ui/remind", {"message_id": known.message_id})[0] == 200


def test_a_scan_that_hangs_leaves_pages_and_status_quick(served: Served) -> None:
    served.fake.faults.add("getProfile", "hang_after_work", times=None)
    served.ground.background._model = "ready"
    scan = threading.Thread(target=lambda: _quietly(served))
    scan.start()
    until(lambda: served.fake.posts("getProfile"), PATIENCE)
    assert served.ask("GET", "/")[0] == 200
    assert json.loads(served.ask("POST", "/ui/status", {})[1])["busy"] is True
    served.mailbox.interrupt()
    scan.join(PATIENCE)
    assert not scan.is_alive()


def _quietly(served: Served) -> None:
    try:
        served.ground.desk.scan(served.fake.address)
    except Exception:  # noqa: BLE001 - it is called off, whatever that is called
        return
