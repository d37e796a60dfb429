"""A first scan in simulated time: the fake Gmail, its quota and our own bucket all go by one clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.candidate_senders import candidate_senders
from server.domain.model import ScanReport
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_patience import Patience
from server.mailboxes.gmail_quota import Quota
from server.mailboxes.gmail_tokens import READ, Account, Endpoints, TokenStore
from server.ports import Store
from server.services.scan import Scanner
from server.stores.memory import MemoryStore
from tests.builders import NO, StubClassifier
from tests.fakes.gmail import FakeGmail
from tests.fakes.gmail.server import Seen

START = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ROUND_TRIP = 0.2  # simulated seconds for one request to Gmail
PART = 0.02  # and for each part of a batch
JUDGING = 0.02  # and for reading, judging and logging one mail: half as fast as measured


@dataclass
class Time:
    """A clock that moves when somebody waits, asks Gmail or judges a mail."""

    start: datetime = START
    passed: float = 0.0

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def epoch(self) -> float:
        return self.now().timestamp()

    def ask(self, seen: Seen) -> None:
        self.passed += PART if seen.in_batch else ROUND_TRIP


@dataclass
class Ground:
    """The parts of a first scan."""

    fake: FakeGmail
    time: Time
    folder: Path
    store: Store = field(default_factory=MemoryStore)
    classifier: StubClassifier = field(default_factory=StubClassifier)
    _open: list[GmailMailbox] = field(default_factory=list)

    def mailbox(self) -> GmailMailbox:
        """A fresh mailbox with a fresh bucket, as after a start of the program."""
        tokens, given = TokenStore(self.folder / "tokens"), self.fake.credentials(*READ)
        account = Account(
            address=self.fake.address,
            scopes=READ,
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            refresh_token=given["refresh_token"],
            token=given["token"],
        )
        tokens.save(account)
        mailbox = GmailMailbox(
            replace(account, expires=self.time.now() + timedelta(days=2000)),
            tokens,
            Endpoints.at(self.fake.base),
            timeout=600.0,  # real seconds: on a busy machine the fake takes long to search 20,000 mails
            patience=Patience(account.address, sleep=self.time.sleep, chance=lambda: 1.0),
            quota=Quota(clock=self.time.monotonic, sleep=self.time.sleep),
            senders=candidate_senders(),
        )
        self._open.append(mailbox)
        return mailbox

    def scanner(self) -> Scanner:
        """A scanner over such a mailbox."""
        return Scanner(self.mailbox(), self.store, self.classifier, self.time)

    def scan(self) -> ScanReport:
        """One scan."""
        return self.scanner().scan()

    def gets(self) -> list[str]:
        """Ids of the messages that were fetched, each as often as it was."""
        seen = (one.target.partition("?")[0] for one in self.fake.requests if one.name == "messages.get")
        return [path.rpartition("/")[2] for path in seen]

    def close(self) -> None:
        """Close every mailbox."""
        for mailbox in self._open:
            mailbox.close()


@contextmanager
def opened(folder: Path) -> Iterator[Ground]:
    """The ground with an empty mailbox on it."""
    time = Time()
    fake = FakeGmail("robin@example.com", now=time.epoch)
    fake.tick = time.ask
    with fake:
        ground = Ground(fake, time, folder)
        try:
            yield ground
        finally:
            ground.close()


def mail(
    number: int,
    *,
    subject: str = "Your application as Gardener",
    body: str = f"Dear Robin,\n\n{NO}\n",
    sender: str = "Ada Lee <ada.lee@brightwater.example>",
) -> bytes:
    """A mail as bytes, each with an id of its own."""
    head = f"From: {sender}\r\nTo: robin@example.com\r\nSubject: {subject}\r\nMessage-ID: <{number}@mail.example>\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()


def bulk(number: int) -> bytes:
    """A newsletter as any inbox has them by the thousand."""
    return mail(
        number,
        subject=f"Garden Post {number}: tulips",
        sender="Garden Post <post@garden.example>",
        body="Bulbs go in before the frost. To leave the list, write to us.\n",
    )


def fill(fake: FakeGmail, total: int, *, every: int, days: float = 360.0) -> set[str]:
    """`total` mails over so many days up to now, every so many-th of them a no; the ids of those. The rest is bulk."""
    wanted: set[str] = set()
    end = fake.mailbox.now()
    for number in range(total):
        is_no = number % every == 0
        when = end - (total - number) * days * 86400 / total
        labels = ("INBOX", "UNREAD") if is_no else ("INBOX", "CATEGORY_PROMOTIONS")
        id_ = fake.deliver(mail(number) if is_no else bulk(number), labels, received=when)
        if is_no:
            wanted.add(id_)
    return wanted
