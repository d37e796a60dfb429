"""A canary as refresh token: it is found nowhere but in the keyring or the token file, whatever goes well or wrong."""

from __future__ import annotations

import http.client
import json
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.cli.command import classact, running, start, until
from tests.fakes.gmail import FakeGmail

MAIL = (
    b"From: Ada Lovell <ada.lovell@harbour.example>\r\nTo: kim@seeker.example\r\nSubject: Your application\r\n"
    b"Message-ID: <1@harbour.example>\r\nDate: Mon, 31 Aug 2026 09:00:00 +0000\r\n\r\n"
    b"Dear Kim,\r\n\r\nUnfortunately we have decided not to move forward with your application.\r\n\r\nAda Lovell\r\n"
)


class Cage:
    """One data folder, and everything that was printed or answered on the way."""

    def __init__(self, folder: Path, fake: FakeGmail, *, ring: bool) -> None:
        self.home, self.fake, self.said = folder / "home", fake, ""
        secret = folder / "client.json"
        secret.write_text(json.dumps(fake.client_secret()))
        self.environment = {"CLASSACT_GOOGLE_URL": fake.base, "CLASSACT_CLIENT_SECRET": str(secret)}
        if ring:
            self.environment["PYTHON_KEYRING_BACKEND"] = "tests.fakes.keyrings.FileKeyring"
            self.environment["TEST_KEYRING"] = str(folder / "ring.json")

    def call(self, *arguments: str) -> None:
        done = classact(self.home, *arguments, **self.environment)
        self.said += done.stdout + done.stderr

    def connect(self) -> None:
        process = start(self.home, "connect", "--no-browser", **self.environment)
        assert process.stdout is not None
        url = process.stdout.readline()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.said += opener.open(url.strip(), timeout=30).read().decode()
        self.said += "".join(process.communicate(timeout=60))
        assert process.wait() == 0, self.said

    def ask(self, port: int, method: str, path: str, body: str = "", **headers: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(
            method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        text = f"{answer.headers}{answer.read().decode()}"
        connection.close()
        self.said += text
        return answer.headers.get("Set-Cookie", "").partition(";")[0]

    def holders(self, canary: str) -> list[str]:
        """The files below the test's folder that hold it."""
        files = [path for path in self.home.parent.rglob("*") if path.is_file()]
        return [str(path.relative_to(self.home.parent)) for path in files if canary.encode() in _unpacked(path)]


def _unpacked(path: Path) -> bytes:
    """What a file holds; what a zip holds inside, too."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return path.read_bytes() + b"".join(map(packed.read, packed.namelist()))


@pytest.mark.parametrize(
    ("ring", "allowed"),
    [(False, ["home/tokens/kim@seeker.example.json"]), (True, ["ring.json"])],
    ids=["file", "keyring"],
)
def test_the_canary_is_found_only_where_sign_ins_are_kept(tmp_path, ring, allowed):
    with FakeGmail("kim@seeker.example") as fake:
        fake.deliver(MAIL, received=time.time() - 3600)  # a first scan looks a year back
        cage = Cage(tmp_path, fake, ring=ring)
        cage.connect()
        canary = fake.oauth.grants[0].refresh_token
        assert cage.holders(canary) == allowed
        cage.call("scan", "--json")
        cage.call("log", "--all", "--json")
        cage.call("doctor", "--json")
        for form in ("csv", "json", "ics"):
            cage.call("export", "--format", form, "--out", f"out.{form}")
        cage.call("backup", "backup.zip")
        assert {"out.csv", "out.json", "out.ics", "backup.zip"} <= {path.name for path in tmp_path.iterdir()}
        assert (
            _unpacked(tmp_path / "backup.zip").count(fake.client_secret()["installed"]["client_secret"].encode()) == 0
        )
        with running(cage.home, **cage.environment) as server:
            _while_it_runs(cage, server, canary)
            server.kill()  # a crash in the middle of whatever it does
        fake.faults.clear()
        cage.call("doctor")
        cage.call("model", "status")
        assert canary not in cage.said
        assert cage.holders(canary) == allowed
        cage.call("disconnect")
        assert canary not in cage.said
        assert cage.holders(canary) == []


@pytest.mark.parametrize("ring", [False, True], ids=["file", "keyring"])
def test_a_wipe_takes_the_sign_in_back_and_leaves_nothing(tmp_path, ring):
    with FakeGmail("kim@seeker.example") as fake:
        cage = Cage(tmp_path, fake, ring=ring)
        cage.connect()
        canary = fake.oauth.grants[0].refresh_token
        (cage.home / "notes.txt").write_text("mine")
        cage.call("wipe", "--yes")
        assert "the permission that kim@seeker.example gave" in cage.said
        assert fake.posts("revoke") == 1
        assert cage.holders(canary) == []
        assert canary not in cage.said
        assert [path.name for path in cage.home.iterdir()] == ["notes.txt"]


def _while_it_runs(cage, server, canary):
    """Pages, an error page, the status, and a token server that throws back what it was given."""
    cookie = cage.ask(server.port, "GET", server.link[server.link.index("/in/") :])
    for path in ("/", "/connect", "/review", "/nothing-here", "/in/used", "/openapi.json", "/data/everything.json"):
        cage.ask(server.port, "GET", path, Cookie=cookie)
    cage.fake.oauth.expire_tokens()
    cage.fake.faults.add("token", "status", status=400, reason=canary, text=f"refresh_token={canary}", times=None)
    cage.fake.faults.add("messages.list", "status", status=400, reason=canary, text=canary, times=None)
    cage.fake.faults.add("history.list", "status", status=400, reason=canary, text=canary, times=None)
    cage.call("scan")
    cage.call("doctor", "--json")
    token = json.loads((cage.home / "server.json").read_text())["token"]
    headers = {"Authorization": f"Bearer {token}", "Content_Type": "application/json"}
    until(lambda: cage.ask(server.port, "POST", "/api/v1/status", "{}", **headers) or '"error":{' in cage.said, 30)
    # Once the token server has thrown it back, the next try meets a no: five tries would wait for half a minute.
    cage.fake.faults.add("batch", "status", status=400, reason=canary, text=canary, skip=1, times=None)
    cage.ask(server.port, "POST", "/api/v1/message", '{"message_id": "18f3c2d4e5f60001"}', **headers)
    cage.ask(server.port, "POST", "/cli", '{"command": "suggest", "arguments": {"x": 1}}', **headers)  # a crash inside
    assert "classact.log" in [path.name for path in cage.home.iterdir()]
