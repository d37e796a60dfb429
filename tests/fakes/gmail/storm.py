"""Bad weather for the fake Gmail, from a seed: refusals, broken lines, ended tokens, pages that come as they like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes.gmail import shapes
from tests.fakes.gmail.answers import Answer
from tests.fakes.gmail.faults import Fault, Faults
from tests.fakes.gmail.server import FakeGmail

READS: Final = ("history.list", "messages.list", "messages.get", "getProfile", "batch")
# What a request may meet instead of its answer. A part of a batch meets refusals alone: the line is the batch's.
_LINES: Final = (
    *("drop_before_work", "reset_before_work", "drop_after_work", "reset_after_work"),
    *("cut_after_work", "garbage_after_work"),
)
_REFUSALS: Final = (
    *((429, "rateLimitExceeded"), (403, "rateLimitExceeded"), (403, "userRateLimitExceeded")),
    *((500, "internalError"), (502, "backendError"), (503, "backendError")),
)
_WAITS: Final = (None, None, 1, 7, 45, 600)  # seconds in Retry-After; None: no such header
_START: Final = "storm-"
_MANY: Final = 1_000


@dataclass
class Weather:
    """How likely each fault is, a request."""

    refusal: float = 0.06
    line: float = 0.04
    token_ends: float = 0.02
    not_found: float = 0.015  # a message that is there, and one of Gmail's servers does not know it yet
    pages: float = 0.3  # a list whose pages come twice, in another order, or with empty ones between them


CALM: Final = Weather(0, 0, 0, 0, 0)
ROUGH: Final = Weather(0.4, 0.25, 0.05, 0.03, 0.6)


class Storm(Faults):
    """Faults from a seed, met by every read. `poison`: ids of messages that can never be had. `met` counts them."""

    def __init__(self, seed: int, weather: Weather | None = None) -> None:
        super().__init__()
        self.chance, self.weather = Random(seed), weather or Weather()  # noqa: S311 - no secret
        self.poison: set[str] = set()
        self.met: dict[str, int] = {}

    def count(self, kind: str) -> None:
        """Note that a fault of this kind was met."""
        self.met[kind] = self.met.get(kind, 0) + 1

    def take(self, method: str, path: str) -> Fault | None:
        """See Faults.take."""
        if method == "messages.get" and path.rpartition("/")[2] in self.poison:
            self.count("poison")
            return Fault(method, "status", status=500, reason="internalError")
        return self._rolled(method) if method in READS else super().take(method, path)

    def _rolled(self, method: str) -> Fault | None:
        inner, roll = method == "messages.get", self.chance.random()
        weather = self.weather
        if inner and roll < weather.not_found:
            self.count("404")
            return Fault(method, "status", status=404, reason="notFound")
        if not inner and roll < weather.line:
            kind = self.chance.choice(_LINES)
            self.count(kind)
            return Fault(method, kind)
        if self.chance.random() < weather.refusal / (10 if inner else 1):
            status, reason = self.chance.choice(_REFUSALS)
            self.count(f"{status} {'in a batch' if inner else 'alone'}")
            return Fault(method, "status", status=status, reason=reason, retry_after=self.chance.choice(_WAITS))
        return None


@dataclass
class _Pages:
    """Pages of one list that wait to be asked for, by the token that leads to each."""

    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)
    number: int = 0


class StormyGmail(FakeGmail):
    """A fake Gmail in bad weather; `storm` says how bad, and may be calmed."""

    def __init__(self, seed: int, address: str = "robin@example.com", **given: Any) -> None:
        super().__init__(address, **given)
        self.faults = self.storm = Storm(seed)
        self._shuffled = _Pages()

    def calm(self) -> None:
        """The weather clears up; only poison stays."""
        self.storm.weather = CALM

    def answer(self, verb: str, target: str, headers: Mapping[str, str], body: bytes, *, inner: bool = False) -> Answer:
        """See FakeGmail.answer. A token may end between any two requests."""
        if not inner and self.storm.chance.random() < self.storm.weather.token_ends:
            self.storm.count("401")
            self.oauth.expire_tokens()
        return super().answer(verb, target, headers, body, inner=inner)

    def _worked(
        self,
        name: str,
        found: tuple[shapes.Method, dict[str, str]] | None,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Answer:
        if name not in {"history.list", "messages.list"}:
            return super()._worked(name, found, target, headers, body)
        token = parse_qs(urlsplit(target).query).get("pageToken", [""])[0]
        if token.startswith(_START):
            if token not in self._shuffled.waiting:
                return Answer(400, b'{"error": {"code": 400, "message": "Invalid pageToken"}}')
            page = self._shuffled.waiting[token]
            if "historyId" in page:  # that of now, though what came since stands on none of these pages
                page = {**page, "historyId": str(self.mailbox.history_id)}
            return Answer(200, json.dumps(page).encode(), {"Content-Type": "application/json; charset=UTF-8"})
        first = super()._worked(name, found, target, headers, body)
        if first.status != 200 or token or self.storm.chance.random() >= self.storm.weather.pages:
            return first
        pages = self._all(name, found, target, headers, first)
        return Answer(200, json.dumps(self._muddled(pages)).encode(), first.headers)

    def _all(
        self,
        name: str,
        found: tuple[shapes.Method, dict[str, str]] | None,
        target: str,
        headers: Mapping[str, str],
        first: Answer,
    ) -> list[dict[str, Any]]:
        pages, answer = [json.loads(first.body)], first
        while token := json.loads(answer.body).get("nextPageToken"):
            url = urlsplit(target)
            query = urlencode({**parse_qs(url.query), "pageToken": token}, doseq=True)
            answer = super()._worked(name, found, f"{url.path}?{query}", headers, b"")
            pages.append(json.loads(answer.body))
        return pages

    def _muddled(self, pages: list[dict[str, Any]]) -> dict[str, Any]:
        """The pages in another order, some twice, some empty ones among them; the first of them, linked to the rest."""
        chance = self.storm.chance
        pages = [self._cut_up(page) for page in pages]
        bare = {name: value for name, value in pages[0].items() if not isinstance(value, list)}
        pages += [chance.choice(pages) for _ in range(chance.randrange(3))]
        pages += [bare for _ in range(chance.randrange(3))]
        chance.shuffle(pages)
        self.storm.count("pages")
        linked = [{k: v for k, v in page.items() if k != "nextPageToken"} for page in pages]
        if len(self._shuffled.waiting) > _MANY:
            self._shuffled.waiting.clear()  # tokens of lists that nobody walks any longer
        for page, following in pairwise(linked):
            self._shuffled.number += 1
            page["nextPageToken"] = f"{_START}{self._shuffled.number}"
            self._shuffled.waiting[page["nextPageToken"]] = following
        return linked[0]

    def _cut_up(self, page: dict[str, Any]) -> dict[str, Any]:
        shuffled = dict(page)
        for name in ("history", "messages"):
            if name in shuffled:
                shuffled[name] = self.storm.chance.sample(shuffled[name], len(shuffled[name]))
        return shuffled
