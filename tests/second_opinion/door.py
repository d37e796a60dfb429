"""What stands between our program and `emulate`, a stand-in for Google that we did not write.

It answers nothing by itself that emulate can answer. It adds what emulate lacks (getProfile, batches), leads the
addresses that CLASSACT_GOOGLE_URL names to emulate's, and spells ids as Gmail does. docs/gmail-assumptions.md lists
what cannot be learned from emulate at all.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.fakes.gmail.answers import Answer
from tests.fakes.gmail.batch import answer as answer_batch

_PATIENCE: Final = 30.0  # seconds for one answer of emulate
_MOVED: Final = {"/token": "/oauth2/token", "/revoke": "/oauth2/revoke"}
_PROFILE: Final = "/gmail/v1/users/me/profile"
_BATCH: Final = "/batch/gmail/v1"
_ID: Final = re.compile(r"\b(?:msg|thr)_[\w-]+")
_OUR_ID: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
# emulate finds nothing at all by a negation, but for that of a label.
_NEGATIONS: Final = (("-in:drafts", "-label:DRAFT"), ("-in:chats", ""))


class Door:
    """The door as a context: `base` is the address for CLASSACT_GOOGLE_URL."""

    def __init__(self, inner: str, address: str) -> None:
        self._inner, self._address = inner, address
        self._theirs: dict[str, str] = {}  # emulate's id by ours
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.base = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, verb: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer to one request, batches and what emulate lacks included."""
        path = urlsplit(target).path
        if path == _BATCH:
            return answer_batch(headers.get("content-type", ""), headers.get("authorization", ""), body, self.answer)
        if path == _PROFILE:
            return self._profile(headers)
        return self.ask(verb, self._target(target), headers, self._in_their_ids(body))

    def ask(self, verb: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """What emulate answers, its ids spelled as Gmail's."""
        kept = {name: value for name, value in headers.items() if name in {"authorization", "content-type"}}
        request = urllib.request.Request(self._inner + target, body or None, kept, method=verb)  # noqa: S310 - loopback
        try:
            with self._opener.open(request, timeout=_PATIENCE) as found:
                return self._told(found.status, found.headers, found.read())
        except urllib.error.HTTPError as refusal:
            return self._told(refusal.code, refusal.headers, refusal.read())

    def _told(self, status: int, headers: Message, body: bytes) -> Answer:
        kept = {name: str(headers[name]) for name in ("Content-Type", "Location") if name in headers}
        if "json" in str(headers["Content-Type"]):
            body = _ID.sub(lambda found: self._our_id(found[0]), body.decode()).encode()
        return Answer(status, body, kept)

    def _profile(self, headers: Mapping[str, str]) -> Answer:
        history = self.ask("GET", "/gmail/v1/users/me/history?startHistoryId=1", headers)
        if history.status != 200:
            return history
        listed = self.ask("GET", "/gmail/v1/users/me/messages?maxResults=500", headers)
        told: dict[str, Any] = {
            "emailAddress": self._address,
            "historyId": json.loads(history.body)["historyId"],
            "messagesTotal": len(json.loads(listed.body)["messages"]),
        }
        return Answer(200, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _target(self, target: str) -> str:
        parts = urlsplit(target)
        query = []
        for name, value in parse_qsl(parts.query):
            if name == "q":
                for ours, theirs in _NEGATIONS:
                    value = value.replace(ours, theirs)  # noqa: PLW2901 - the query step by step
                value = value.strip()  # noqa: PLW2901
            query.append((name, value))
        path = _MOVED.get(parts.path, parts.path)
        return self._in_their_ids(f"{path}?{urlencode(query)}".encode()).decode()

    def _our_id(self, theirs: str) -> str:
        ours = hashlib.sha256(theirs.encode()).hexdigest()[:16]
        self._theirs[ours] = theirs
        return ours

    def _in_their_ids(self, text: bytes) -> bytes:
        return _OUR_ID.sub(lambda found: self._theirs.get(found[0], found[0]), text.decode()).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                found = door.answer(self.command, self.path, headers, body)
                self.send_response(found.status)
                for name, value in found.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(found.body)))
                self.end_headers()
                self.wfile.write(found.body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815 - http.server's names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
                """Nothing: a test says by itself what went wrong."""

        return Handler


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The browser follows redirects, not the door."""

    def redirect_request(self, *_details: object, **_more: object) -> None:
        return None
