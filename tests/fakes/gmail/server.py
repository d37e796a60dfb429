"""The fake Gmail itself: a small HTTP server on the loopback, checked against Gmail's own description."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit

from tests.fakes.gmail import batch, fields, methods, shapes, takeout
from tests.fakes.gmail.answers import Answer, RefusedError, as_error, as_json
from tests.fakes.gmail.faults import BEFORE, DropError, Fault, Faults
from tests.fakes.gmail.mailbox import Mailbox, Stored
from tests.fakes.gmail.oauth import CLIENT_ID, CLIENT_SECRET, OAuth, client_secret, form_of
from tests.fakes.gmail.quota import Units
from tests.fakes.gmail.wire import Server

SCOPE: Final = "https://www.googleapis.com/auth/"
_HANG: Final = 60.0  # seconds a hanging answer is held at most


@dataclass(frozen=True)
class Seen:
    """A request that came in. `name`: `drafts.send`, `token`, `batch` ...; parts of a batch are seen one by one."""

    name: str
    verb: str
    target: str
    in_batch: bool = False


class FakeGmail:
    """One account's Gmail. Use as a context manager: leaving it asserts that nobody broke the API's rules."""

    def __init__(
        self, address: str = "robin@example.com", *, port: int = 0, now: Callable[[], float] = time.time
    ) -> None:
        self.mailbox, self.oauth, self.faults = Mailbox(address, now), OAuth(now), Faults()
        self.violations: list[str] = []
        self.requests: list[Seen] = []
        self.history_floor = 0  # start ids below it are too old: 404
        self.units = 0  # quota spent
        self.quota = Units()  # no limit, until a test sets one: quota.limit = NEW or OLD
        self.tick: Callable[[Seen], None] | None = None  # called before each answer, where a test makes time pass
        self.stopping = threading.Event()
        self._lock = threading.RLock()
        self._server = Server(("127.0.0.1", port), self.answer, self.violations.append)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="fake-gmail")

    @property
    def base(self) -> str:
        """Its URL, without a slash at the end: the value for CLASSACT_GOOGLE_URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def address(self) -> str:
        """The seeker's address."""
        return self.mailbox.address

    @property
    def sent(self) -> list[Stored]:
        """Messages that left, in order."""
        return self.mailbox.sent

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End every connection and give the port back."""
        self.stopping.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if kind is None and self.violations:
            raise AssertionError("the API's rules were broken:\n" + "\n".join(self.violations))

    def deliver(
        self,
        raw: bytes,
        labels: Iterable[str] = ("INBOX", "UNREAD"),
        id: str | None = None,  # noqa: A002 - Gmail's own word
        thread_id: str | None = None,
        received: float | None = None,
    ) -> str:
        """Put a message in, as if it had just come; its id."""
        with self._lock:
            stored = self.mailbox.add(raw, labels, message_id=id, thread_id=thread_id, received=received)
            if "DRAFT" in stored.labels:
                self.mailbox.adopt_draft(stored)
            return stored.id

    def remove(self, message_id: str) -> None:
        """Delete a message for good, as the seeker can by hand."""
        with self._lock:
            self.mailbox.remove(message_id)

    def load_mbox(self, path: Path) -> list[str]:
        """Put in all messages of a Takeout file; their ids."""
        return [self.deliver(m.raw, m.labels, m.id, m.thread_id) for m in takeout.messages(path)]

    def posts(self, name: str) -> int:
        """How many requests of that name came in, by any verb."""
        return sum(seen.name == name for seen in self.requests)

    def client_secret(self) -> dict[str, object]:
        """The JSON of a Desktop client that points here."""
        return client_secret(self.base)

    def credentials(self, *scopes: str) -> dict[str, Any]:
        """Tokens as after a consent, for short or full scope names (`gmail.readonly`)."""
        full = frozenset(scope if "//" in scope else SCOPE + scope for scope in scopes)
        grant = self.oauth.grant(full)
        return {
            "token": self.oauth.access_token(grant),
            "refresh_token": grant.refresh_token,
            "token_uri": f"{self.base}/token",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scopes": sorted(full),
        }

    def answer(self, verb: str, target: str, headers: Mapping[str, str], body: bytes, *, inner: bool = False) -> Answer:
        """The answer to one request; raises DropError when the line is to break."""
        url = urlsplit(target)
        found = None if url.path in _PLAIN else shapes.find(verb, url.path)
        name = _PLAIN.get(url.path) or (found[0].name if found else "unknown")
        seen, cost = Seen(name, verb, target, inner), methods.UNITS.get(name, 0)
        if self.tick:
            self.tick(seen)
        with self._lock:
            self.requests.append(seen)
            if not self.quota.spend(cost, self.mailbox.now()):
                return as_error(403, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'")
            self.units += cost
        fault = self.faults.take(name, url.path)
        if fault and fault.kind in BEFORE:
            return _failed(fault)
        answer = self._worked(name, found, target, headers, body)
        return _spoiled(fault, answer, self.stopping) if fault else answer

    def _worked(
        self,
        name: str,
        found: tuple[shapes.Method, dict[str, str]] | None,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Answer:
        try:
            if name == "batch":
                kind, bearer = headers.get("content-type", ""), headers.get("authorization", "")
                self.oauth.scopes_of(bearer)
                return batch.answer(kind, bearer, body, self._inner)
            with self._lock:
                if name in _PLAIN.values():
                    return self._signed_in(name, target, headers, body)
                return self._called(found, target, headers, body)
        except shapes.ViolationError as violation:
            self.violations.append(str(violation))
            status = 400 if str(violation).startswith("q:") else 500
            return Answer(status, f"fake Gmail: {violation}".encode(), {"Content-Type": "text/plain; charset=utf-8"})
        except RefusedError as refused:
            return as_error(refused.status, refused.reason, refused.text)

    def _inner(self, verb: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        return self.answer(verb, target, headers, body, inner=True)

    def _signed_in(self, name: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if name == "consent":
            query = parse_qs(urlsplit(target).query, keep_blank_values=True)
            return self.oauth.consent({key: values[-1] for key, values in query.items()})
        form = form_of(body)
        if name == "token":
            return self.oauth.token(headers.get("authorization", ""), form)
        return self.oauth.revoke(form)

    def _called(
        self,
        found: tuple[shapes.Method, dict[str, str]] | None,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Answer:
        if found is None:
            raise shapes.ViolationError(f"no such route: {urlsplit(target).path}")
        method, path = found
        scopes = self.oauth.scopes_of(headers.get("authorization", ""))
        if not scopes & method.scopes:
            raise RefusedError(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
        if path.get("userId") not in {"me", self.address}:
            raise RefusedError(403, "forbidden", "Delegation denied.")
        handler = methods.HANDLERS.get(method.name)
        if handler is None:
            raise shapes.ViolationError(f"{method.name} is not part of the fake")
        raw_query = parse_qs(urlsplit(target).query, keep_blank_values=True)
        query = shapes.checked_query(method, raw_query)
        value = handler(methods.Call(self.mailbox, path, query, _checked_body(method, body), self.history_floor))
        return _answer(method, value, raw_query.get("fields", [""])[0])


_PLAIN: Final = {
    "/o/oauth2/v2/auth": "consent",
    "/token": "token",
    "/revoke": "revoke",
    "/batch/gmail/v1": "batch",
}


def _checked_body(method: shapes.Method, body: bytes) -> dict[str, Any]:
    if method.request is None:
        if body:
            raise shapes.ViolationError(f"{method.name}: takes no body")
        return {}
    try:
        value: dict[str, Any] = json.loads(body)
    except ValueError as error:
        raise shapes.ViolationError(f"{method.name}: the body is not JSON") from error
    shapes.check(method.request, value, f"{method.name}: body")
    return value


def _answer(method: shapes.Method, value: dict[str, Any] | None, selector: str) -> Answer:
    if value is None or method.response is None:
        return Answer(204)
    shapes.check(method.response, value, f"{method.name}: answer")
    return as_json(fields.select(selector, value, method.response) if selector else value)


def _failed(fault: Fault) -> Answer:
    if fault.kind == "status":
        return as_error(fault.status, fault.reason, fault.text or "ordered by the test", fault.retry_after)
    raise DropError(fault.kind.partition("_")[0])


def _spoiled(fault: Fault, answer: Answer, stopping: threading.Event) -> Answer:
    if fault.kind == "status_after_work":
        return as_error(fault.status, fault.reason, fault.text or "ordered by the test", fault.retry_after)
    if fault.kind == "garbage_after_work":
        return Answer(200, b"<html>the proxy says hello</html>", {"Content-Type": "text/html"})
    if fault.kind == "cut_after_work":
        half = answer.body[: len(answer.body) // 2]
        return Answer(answer.status, half, {**answer.headers, "X-Cut": str(len(answer.body))})
    if fault.kind == "hang_after_work":
        stopping.wait(_HANG)
    raise DropError(fault.kind.partition("_")[0])
