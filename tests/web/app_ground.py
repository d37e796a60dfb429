"""The whole application over a memory mailbox, asked as a browser, an extension or a command would ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import create_app
from server.config import Config
from server.services.background import Background
from server.services.connect import Connecting
from server.web.guard import EXTENSION_ORIGIN, Guard
from server.web.pairing import Pairings
from server.web.sessions import Sessions
from server.wiring import google
from server.wiring_keeping import build_keeping
from tests.services.desk_ground import Ground

PORT = 25277
BASE = f"http://127.0.0.1:{PORT}"
COMMAND_TOKEN = "the-token-of-this-users-commands"


class AppGround:
    """The application and short ways to ask it."""

    def __init__(self) -> None:
        self.ground = Ground()
        self.guard = Guard(PORT, COMMAND_TOKEN, Pairings(self.ground.store, self.ground.clock), Sessions())
        background = Background(self.ground.desk, lambda: None, 60.0)
        connecting = Connecting(lambda: google(Config(home=Path("/nonexistent"))), lambda: None)
        keeping = build_keeping(Config(home=Path("/nonexistent")), self.ground.desk)
        self.app = create_app(self.ground.desk, self.guard, background, self._command, connecting, keeping=keeping)
        self.client: FlaskClient = self.app.test_client()
        self.commands: list[str] = []
        self.token = ""

    def _command(self, name: str, _arguments: dict[str, Any], console: Any) -> int:
        self.commands.append(name)
        console.out("done")
        return 0

    def pair(self) -> tuple[str, str, str]:
        """Pair an extension: its token, the pairing's id, the server's key."""
        answer = self.post("/api/v1/pair", {"code": self.guard.pairings.new_code()})
        assert answer.status_code == 200, answer.json
        return answer.json["token"], answer.json["pairing"], answer.json["server_key"]

    def post(self, path: str, body: object, token: str = "", **headers: str) -> TestResponse:
        """A POST of the extension."""
        sent = {"Origin": EXTENSION_ORIGIN} | ({"Authorization": f"Bearer {token}"} if token else {})
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=body, headers=sent, base_url=BASE)

    def ask(self, operation: str, body: dict[str, object]) -> TestResponse:
        """A POST of the extension, paired."""
        self.token = self.token or self.pair()[0]
        return self.post(f"/api/v1/{operation}", body, self.token)

    def sign_in(self) -> None:
        """Sign the client's browser in."""
        self.client.get(f"/in/{self.guard.sessions.new_link()}", base_url=BASE)

    def paths(self, method: str) -> list[str]:
        """Every route that takes the method, with something in place of its variables."""
        rules = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        return [
            str(rule).replace("<path:filename>", "x").replace("<path:path>", "x").replace("<link>", "x")
            for rule in rules
        ]
