"""One seeker, one Gmail and many lives of the program between them: what the send soak and its short tests stand on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server.domain.model import Kind, OutboxItem
from server.errors import ClassActError
from server.ports import Keyed, Mailbox, R
from server.services.desk import Desk
from server.services.drafts import intent_id
from server.stores.tiny import TinyStore
from server.wiring import wordings
from tests.contracts.agreed import SEEKER
from tests.gmail_ground import Ground, opened
from tests.services.desk_ground import KeywordClassifier, StandingClock

SUBJECT, BODY = "Re: Your application", "Dear Ada,\n\nthank you for telling me yourself.\n\nRobin"
WINDOW = 10.0  # seconds
WORDINGS = wordings(Path("/nonexistent"))
Edge = Callable[[str], None]  # hears the name of every edge that is passed


class KilledError(BaseException):
    """The process ends here: nothing after it runs, and nobody may catch it."""


@dataclass
class Fuse:
    """Ends a life at its n-th edge; 0: never. `passed` are the edges so far."""

    at: int = 0
    passed: list[str] = field(default_factory=list)

    def __call__(self, edge: str) -> None:
        self.passed.append(edge)
        if len(self.passed) == self.at:
            raise KilledError(edge)


class EdgyStore(TinyStore):
    """The real store on disk, with an edge after every write of a letter."""

    def __init__(self, folder: Path, edge: Edge) -> None:
        super().__init__(folder)
        self._edge = edge

    def update(self, kind: type[R], key: str, change: Callable[[R | None], R | None], *also: Any) -> R | None:
        after = super().update(kind, key, change, *also)
        if kind is OutboxItem:
            self._edge(f"wrote {getattr(after, 'state', 'nothing')}")
        return after

    def put(self, *records: Keyed, **more: Any) -> None:
        super().put(*records, **more)
        if not any(isinstance(record, OutboxItem) for record in records):
            self._edge("noted")


class EdgyMailbox:
    """The real Gmail adapter, with an edge after every write to Gmail."""

    def __init__(self, inner: Mailbox, edge: Edge) -> None:
        self._inner, self._edge = inner, edge

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def put_draft(self, *arguments: Any) -> Any:
        draft = self._inner.put_draft(*arguments)
        self._edge("draft saved at Gmail")
        return draft

    def send_draft(self, draft_id: str) -> str:
        sent = self._inner.send_draft(draft_id)
        self._edge("sent at Gmail")
        return sent


def a_life(folder: Path, mailbox: Mailbox, clock: StandingClock, edge: Edge) -> Desk:
    """The program as it starts: a desk over what is on disk, what a stop cut off already looked at."""
    inner = EdgyMailbox(mailbox, edge)
    folder.mkdir(exist_ok=True)
    desk = Desk(
        EdgyStore(folder, edge),
        KeywordClassifier(),
        clock,
        open_mailbox=lambda _name: inner,  # type: ignore[arg-type, return-value]
        accounts=lambda: [SEEKER],
        wordings=WORDINGS,
        undo_seconds=WINDOW,
    )
    desk.outbox.recover()
    return desk


class World:
    """A fake Gmail over HTTP, a clock that stands, and the life that is lived just now."""

    def __init__(self, ground: Ground, folder: Path, chance: random.Random) -> None:
        self.ground, self.fake, self.folder, self.chance = ground, ground.fake, folder, chance
        self.clock = StandingClock(datetime.now(UTC))
        self.fake.mailbox.now = lambda: self.clock.now().timestamp()
        self.mailbox = ground.mailbox(timeout=1.0)
        self.fuse = Fuse()
        self.kills = 0
        self.taken_back: set[str] = set()  # to whom a letter was taken back, and the answer was that it came in time
        self.desk = self._begin()

    def _begin(self) -> Desk:
        def edge(name: str) -> None:
            self.fuse(name)  # the fuse of the moment, not the one of the beginning

        return a_life(self.folder / "home", self.mailbox, self.clock, edge)

    def live(self, work: Callable[[Desk], Any]) -> Any:
        """Do something; should the process die over it, another life begins, and None is what came of it."""
        try:
            return work(self.desk)
        except KilledError:
            self.kills += 1
            self.fuse = Fuse()
            self.desk.store.close()
            self.desk = self._begin()
            return None

    def deliver(self, number: int) -> tuple[str, str]:
        """A rejection by somebody new: its message id, and whom to thank."""
        to = f"ada.lee@firm{number}.example"
        content = (
            f"From: Ada Lee <{to}>\r\nTo: {SEEKER}\r\nSubject: Your application\r\n"
            f"Message-ID: <no-{number}@firm{number}.example>\r\n\r\nThank you for coming. NO: somebody else.\r\n"
        )
        return self.fake.deliver(content.encode(), received=self.clock.now().timestamp() - 3600), to

    def draft(self, message_id: str, to: str) -> OutboxItem | None:
        return self.live(lambda desk: desk.draft(message_id, Kind.THANK_YOU, to, SUBJECT, BODY))

    def row(self, message_id: str, to: str) -> OutboxItem | None:
        return self.desk.store.get(OutboxItem, intent_id(SEEKER, message_id, Kind.THANK_YOU, to))

    def wait(self, seconds: float) -> None:
        """Time passes, and the outbox does what is due, as the running server has it do."""
        self.clock.advance(seconds)
        for outbox_id in self.desk.outbox.due():
            try:
                self.live(lambda desk, outbox_id=outbox_id: desk.outbox.step(outbox_id))
            except ClassActError:
                continue

    def copies(self, to: str) -> int:
        """How many letters to that person have left."""
        return sum(to.encode() in stored.raw and to in stored.mail.recipients for stored in self.fake.sent)


@contextmanager
def world(folder: Path, chance: random.Random) -> Iterator[World]:
    """A world of its own, in a folder; leaving it asserts that no rule of Gmail's API was broken."""
    with opened(folder) as ground:
        made = World(ground, folder, chance)
        try:
            yield made
        finally:
            made.desk.store.close()
