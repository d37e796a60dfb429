"""A desk over a memory mailbox and store, with a clock that stands still until it is told to move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nlp.verdict import Band, Evidence, Label, MailText, Verdict
from server.domain.model import Kind, OutboxItem
from server.mailboxes.memory import MemoryMailbox
from server.ports import Mailbox, Store
from server.services.desk import Desk
from server.stores.memory import MemoryStore
from server.wiring import wordings

START = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SEEKER = "kim.doyle@seeker.example"

REJECTION = b"""\
From: Ada Lovell <ada.lovell@harbour.example>
To: Kim Doyle <kim.doyle@seeker.example>
Subject: Your application
Message-ID: <no-1@harbour.example>
Date: Mon, 31 Aug 2026 09:00:00 +0000

Dear Kim,

It was good to talk with you last week. NO: the harbour went with another captain.

Ada Lovell
"""


class StandingClock:
    """A clock for tests."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class KeywordClassifier:
    """A stand-in for the model, so that these tests are about services: a body with `NO:` is a rejection."""

    version = "keyword"

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        for mail in mails:
            place = mail.cleaned.find("NO:")
            found = place >= 0
            evidence = (Evidence(mail.cleaned[place : place + 3], place, place + 3),) if found else ()
            label, band = (Label.REJECTION, Band.AUTO) if found else (Label.NOT_JOB, Band.NO)
            yield Verdict(label, float(found), band, False, "en", None, evidence, None, None, self.version)


class Ground:
    """The parts, and short ways to say what the tests say often."""

    def __init__(self, mailbox: Mailbox | None = None, store: Store | None = None) -> None:
        self.clock = StandingClock()
        self.mailbox = mailbox or MemoryMailbox(SEEKER, now=self.clock.now)
        self.store: Store = store or MemoryStore()
        self.desk = self.restart()

    def restart(self) -> Desk:
        """A new desk over the same store and mailbox, as after a stop of the program."""
        self.desk = Desk(
            self.store,
            KeywordClassifier(),
            self.clock,
            open_mailbox=lambda name: self.mailbox,
            accounts=lambda: [self.mailbox.address],
            wordings=wordings(Path("/nonexistent")),
            undo_seconds=10.0,
        )
        self.desk.outbox.recover()
        return self.desk

    def rejection(self) -> str:
        """Deliver the rejection and scan; its message id."""
        assert isinstance(self.mailbox, MemoryMailbox)
        message_id = self.mailbox.deliver(REJECTION)
        self.desk.scan(SEEKER)
        return message_id

    def draft(self, message_id: str, body: str = "Thank you, Ada.", kind: Kind = Kind.THANK_YOU) -> OutboxItem:
        return self.desk.draft(message_id, kind, "ada.lovell@harbour.example", "Re: Your application", body)

    def send(self, item: OutboxItem) -> OutboxItem:
        return self.desk.outbox.send(item.draft_id, item.revision)

    def wait(self, seconds: float) -> list[OutboxItem]:
        """Let time pass, then the outbox do what is due."""
        self.clock.advance(seconds)
        return self.desk.outbox.release_due()

    def item(self, item: OutboxItem) -> OutboxItem:
        return self.desk.outbox.item(item.id)


def patched(mailbox: MemoryMailbox, **methods: Callable[..., object]) -> MemoryMailbox:
    """The same mailbox failing in the named methods: what Gmail does, at the port's own seam."""
    for name, method in methods.items():
        setattr(mailbox, name, method)
    return mailbox
