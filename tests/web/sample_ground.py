"""The real application over a copy of the sample mailbox: TinyDB store, mbox file, outbox folder, gold labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import create_app
from server.config import Config
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Clock
from server.services.background import Background
from server.services.connect import Connecting
from server.services.desk import SAMPLE, Desk
from server.stores.tiny import TinyStore
from server.web.guard import Guard
from server.web.pairing import Pairings
from server.web.sessions import Sessions
from server.wiring import SystemClock, google, wordings
from server.wiring_keeping import build_keeping
from tests.web.gold import GoldClassifier, copy_of_sample

PORT = 25277
WORDINGS = wordings(Path("/nonexistent"))  # the shipped ones, read once


@dataclass
class SampleGround:
    """The application in demo mode over the messages `ids` of the sample, none named: all. Nothing is scanned yet."""

    folder: Path
    ids: tuple[str, ...] = ()
    accounts: Callable[[], list[str]] = list
    clock: Clock = field(default_factory=SystemClock)
    undo_seconds: float = 10.0
    port: int = PORT
    google_url: str = ""  # of a stand-in

    def __post_init__(self) -> None:
        self.mbox = copy_of_sample(self.folder / "mail.mbox", *self.ids)
        self.mailbox = MboxMailbox(self.mbox, OutboxFolder(self.folder / "Outbox", self.clock), SAMPLE)
        self.store = TinyStore(self.folder)
        self.desk = Desk(
            self.store,
            GoldClassifier(),
            self.clock,
            open_mailbox=lambda _name: self.mailbox,
            accounts=self.accounts,
            wordings=WORDINGS,
            undo_seconds=self.undo_seconds,
        )
        self.guard = Guard(self.port, "token-of-the-commands", Pairings(self.store, self.clock), Sessions())
        self.background = Background(self.desk, lambda: None, 3600.0)
        config = Config(home=self.folder, google_url=self.google_url)
        self.connecting = Connecting(lambda: google(config), lambda: None)
        self.app: Flask = create_app(
            self.desk,
            self.guard,
            self.background,
            lambda _name, _arguments, _console: 0,
            self.connecting,
            keeping=build_keeping(config, self.desk),
        )

    def ready(self) -> SampleGround:
        """Scan once, as the running server does after its model has been loaded."""
        self.background._model = "ready"
        self.desk.scan(SAMPLE)
        return self

    def link(self) -> str:
        """A path that signs in once."""
        return f"/in/{self.guard.sessions.new_link()}"


class Browser:
    """A browser's part: the cookie, the Host and Origin that it sends, and the page's CSRF token."""

    def __init__(self, ground: SampleGround) -> None:
        self.ground = ground
        self.base = f"http://127.0.0.1:{ground.port}"
        self.flask: FlaskClient = ground.app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.flask.get(path, base_url=self.base, buffered=True)

    def sign_in(self) -> Browser:
        assert self.get(self.ground.link()).status_code == 303
        return self

    def post(self, path: str, body: object, **headers: str) -> TestResponse:
        """A POST as our own page makes it; `headers` replace its own."""
        cookie = self.flask.get_cookie(self.ground.guard.sessions.cookie, "127.0.0.1")
        token = self.ground.guard.sessions.csrf(cookie.value) if cookie else ""
        sent = {"Origin": self.base, "X-CSRF-Token": token} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.flask.post(path, json=body, headers=sent, base_url=self.base)
