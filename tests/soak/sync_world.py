"""One account in bad weather and the program that keeps up with it: months in seconds, and what must be true after."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Final, Self
from unittest.mock import patch

from nlp.verdict import MailText, Verdict
from server.domain import judging
from server.domain.model import Cursor, Judged, RawMessage, Rejection
from server.domain.quarantine import is_quarantined
from server.errors import ClassActError
from server.mailboxes import gmail
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_patience import Patience
from server.mailboxes.gmail_tokens import READ, Account, Endpoints, TokenStore
from server.ports import Keyed, Unfetched
from server.services.keeping_up import Rota
from server.services.scan import Scanner
from server.stores.journal import encode
from server.stores.tiny import TinyStore
from tests.builders import NO, a_verdict
from tests.fakes.gmail.server import Seen
from tests.fakes.gmail.storm import StormyGmail

SEEKER: Final = "kim@seeker.example"
START: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PAGE: Final = 40  # ids a page, fewer than in real life, so that every list has several
_BULK: Final = 0.25  # of the mail, once the first scan is over: no search would find it
_LATE: Final = 0.3  # of the mail is shown some time after it was received, up to so many seconds
_LATEST: Final = 20 * 3600.0
_ARRIVING: Final = 8  # how many come at most while the program looks once
_HIDDEN: Final = {"SPAM", "TRASH", "DRAFT", "CHAT"}
_DEATH_WRITING: Final = 0.02  # how likely the program is killed at each write, and at each message that it fetches
_DEATH_FETCHING: Final = 0.0025


class KilledError(BaseException):
    """The program dies here, as by kill -9: nothing of it runs any more. No `except Exception` meets it."""


class SimulatedTime:
    """A clock that pauses move on, so that months pass in seconds."""

    def __init__(self) -> None:
        self.seconds = START.timestamp()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def time(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class StubClassifier:
    """Says rejection where one sentence stands.

    No model: what is at stake here is whether a message reaches the log, not what is thought of it; and judging a
    million messages takes hours.
    """

    version = "stub-1"

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        return map(a_verdict, mails)


class MortalMailbox(GmailMailbox):
    """The real mailbox; the program may be killed between two messages that it fetches."""

    chance: Random

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        for item in super().fetch(message_ids):
            if self.chance.random() < _DEATH_FETCHING:
                raise KilledError
            yield item


class MortalStore(TinyStore):
    """The real store; the program may be killed before, in and after a write. It notes what is logged once more."""

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder)
        self.twice = 0
        journal = self._storage._journal
        real = journal.append

        def append(entry: dict[str, Any]) -> None:
            if chance.random() < _DEATH_WRITING:
                whole = encode(entry)
                os.write(journal._fd, whole[: chance.randrange(len(whole) + 1)])  # nothing, a torn line, or all of it
                raise KilledError
            real(entry)

        journal.append = append  # type: ignore[method-assign]

    def put(self, *records: Keyed, gone: Iterable[Keyed] = ()) -> None:
        self.twice += sum(isinstance(row, Rejection) and self.get(Rejection, row.key) is not None for row in records)
        super().put(*records, gone=gone)

    def drop_dead(self) -> None:
        """Leave the files as they are."""
        self._storage._journal.close()


@dataclass
class Result:
    """What a run came to. The first four must be 0."""

    missed: int = 0
    twice: int = 0
    wrong: int = 0  # in the log and no rejection, or not to be looked at
    stuck: int = 0  # still waiting or in quarantine although it can be had; not in quarantine although it cannot
    quarantined: int = 0
    messages: int = 0
    deaths: int = 0
    looks: int = 0
    failed_looks: int = 0  # among them, deaths included
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not (self.missed or self.twice or self.wrong or self.stuck)


class World:
    """A mailbox, its weather, the program, and what ought to be in the log. Use as a context manager."""

    def __init__(self, seed: int, *, deaths: bool = True) -> None:
        self.chance, self.clock = Random(seed), SimulatedTime()  # noqa: S311 - no secret
        self.deaths, self.dead = deaths, 0
        memory = Path("/dev/shm")  # a simulated death loses nothing that memory keeps
        self._folder = tempfile.TemporaryDirectory(prefix="class-act-soak-", dir=memory if memory.is_dir() else None)
        self.folder = Path(self._folder.name)
        self.gmail = StormyGmail(seed, SEEKER, now=self.clock.time)
        self.gmail.tick = self._meanwhile
        self.rejections: set[str] = set()  # every rejection there ever was
        self.followed: set[str] = set()  # all of it is to be judged
        self.messages = self.twice = self.looks = self.failed_looks = 0
        self._pages = patch.object(gmail, "PAGE", PAGE)
        self._tokens = TokenStore(self.folder / "tokens")
        self._arriving, self._settled = 0, False  # how many may yet come while somebody asks; the weather is over

    def __enter__(self) -> Self:
        self._pages.start()
        self.gmail.start()
        given = self.gmail.credentials(*READ)
        names = ("client_id", "client_secret", "refresh_token", "token")
        self.account = Account(address=SEEKER, scopes=READ, **{name: given[name] for name in names})
        self._tokens.save(self.account)
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.mailbox.close()
        with suppress(OSError):
            self.store.close()
        self.gmail.stop()
        self._pages.stop()
        self._folder.cleanup()

    def deliver(self, *labels: str) -> str:
        """A message comes, a rejection one time in eight."""
        self.messages += 1
        labels = labels or ("INBOX", "UNREAD")
        said = self.chance.random() < 0.125 and "SENT" not in labels
        is_bulk = "INBOX" in labels and self.chance.random() < _BULK and self.store.get(Cursor, SEEKER) is not None
        is_late = self.chance.random() < _LATE
        received = self.clock.time() - (self.chance.uniform(0, _LATEST) if is_late else 0)
        where = (*labels, "CATEGORY_PROMOTIONS") if is_bulk else labels
        id_ = self.gmail.deliver(_mail(self.messages, said, is_bulk), where, received=received)
        if said:
            self.rejections.add(id_)
        if "SENT" not in labels:  # what the seeker wrote is looked at with the thread it stands in
            self.followed.add(id_)
        return id_

    def look(self) -> bool:
        """Wait for the mailbox's turn, and scan once; whether that went through. A death is followed by a restart."""
        while not self._rota.take([SEEKER]):
            self.clock.sleep(self._rota.seconds() + 0.01)
        self._arriving = 0 if self._settled else _ARRIVING
        went_through = self._look()
        self.looks += 1
        self.failed_looks += not went_through
        return went_through

    def _look(self) -> bool:
        try:
            Scanner(self.mailbox, self.store, StubClassifier(), self.clock).scan()
        except KilledError:
            self.dead += 1
            self.mailbox.close()
            self.twice += self.store.twice
            self.store.drop_dead()
            self._open()
            return False
        except ClassActError as error:
            self._rota.done(SEEKER, error)
            return False
        self._rota.done(SEEKER)
        return True

    def expire_history(self) -> None:
        """Gmail forgets every history id so far."""
        self.gmail.mailbox.history_id += 1
        self.gmail.history_floor = self.gmail.mailbox.history_id

    def settle(self) -> None:
        """The weather clears up and the program gets a few days; raises SystemExit when it does not come to rest."""
        self.gmail.calm()
        self.deaths, self._settled = False, True
        self.twice += self.store.twice
        self.mailbox.close()
        self.store.close()
        self._open()
        for _ in range(12):
            self.clock.sleep(timedelta(days=1, hours=1).total_seconds())
            self.look()
        if not self.look():
            raise SystemExit("a scan in calm weather does not go through")

    def result(self) -> Result:
        """What is in the log, beside what ought to be."""
        rows = {row.message_id: row for row in self.store.all(Judged)}
        logged = [row.message_id for row in self.store.all(Rejection)]
        poison = self.gmail.storm.poison
        shown = {id_ for id_, one in self.gmail.mailbox.messages.items() if not _HIDDEN & set(one.labels)}
        there, wanted = shown - poison, self.rejections | self.followed
        done = {id_ for id_, row in rows.items() if row.band != judging.UNFETCHED}
        apart = (shown & poison & wanted) - done  # what was judged before it could not be had any more is not missed
        kept = {id_ for id_, row in rows.items() if is_quarantined(row)}
        return Result(
            missed=len((self.rejections & there) - set(logged)) + len((self.followed & there) - done),
            twice=self.twice + self.store.twice + len(logged) - len(set(logged)),
            wrong=len(set(logged) - self.rejections),
            stuck=len(rows.keys() - done - kept) + len(kept - poison) + len(apart - kept),
            quarantined=len(kept),
            messages=self.messages,
            deaths=self.dead,
            looks=self.looks,
            failed_looks=self.failed_looks,
            faults=dict(self.gmail.storm.met),
        )

    def _open(self) -> None:
        chance = self.chance if self.deaths else Random(0)  # noqa: S311 - no secret
        patience = Patience(SEEKER, sleep=self.clock.sleep, chance=chance.random)
        account = self._tokens.load(SEEKER) or self.account
        mailbox = MortalMailbox(account, self._tokens, Endpoints.at(self.gmail.base), timeout=30, patience=patience)
        mailbox.chance = self.chance if self.deaths else _Immortal()
        self.mailbox = mailbox
        self.store = MortalStore(self.folder, mailbox.chance)
        self._rota = Rota(60.0, steady=self.clock.time, wall=self.clock.time, chance=chance.random)

    def _meanwhile(self, seen: Seen) -> None:
        """Mail comes while Gmail is being asked."""
        if self._arriving and not seen.in_batch and self.gmail.storm.chance.random() < 0.2:
            self._arriving -= 1
            self.deliver()


class _Immortal(Random):
    """Chance that kills nobody."""

    def random(self) -> float:
        return 1.0


def _mail(number: int, rejection: bool, bulk: bool) -> bytes:
    body = f"Dear Kim,\n\n{NO}\n\nAda Lee\n" if rejection else "Tulips go in before the frost.\n"
    subject = "Your application" if rejection else "Tulips"
    sender = "Garden Post <no-reply@garden.example>" if bulk else "Ada Lee <ada.lee@brightwater.example>"
    head = f"From: {sender}\nTo: {SEEKER}\nSubject: {subject}\n"
    return f"{head}Message-ID: <{number}@brightwater.example>\n\n{body}".encode()
