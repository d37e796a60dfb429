"""What the services need from the outside: a mailbox, a store, a classifier, a clock. Few methods, on purpose.

Each port has a contract suite in tests/contracts that every adapter passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from nlp.verdict import MailText, Verdict
from server.domain.model import Draft, Letter, RawMessage


@dataclass(frozen=True, slots=True)
class Page:
    """One step of a walk over what is new: ids, newest first where the mailbox can, and how many there are in all.

    `cursor` is None until the last page: it is what to save when everything on all pages is logged.
    """

    message_ids: tuple[str, ...]
    cursor: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A message that could not be fetched. `why` is a sentence; `gone`: deleted meanwhile, nothing to report."""

    id: str
    why: str
    gone: bool = False


class Mailbox(Protocol):
    """Where letters come from and leave. Methods raise `server.errors.MailboxError` kinds, and nothing foreign.

    No method deletes mail. Message ids are 10 to 20 lower-case hex digits.
    """

    @property
    def name(self) -> str:
        """Key of this mailbox in the store: the address, `sample`, or `mbox:PATH`."""

    @property
    def address(self) -> str:
        """The seeker's own address in it ("" if it cannot be told)."""

    def changes(self, cursor: str | None) -> Iterator[Page]:
        """Pages of ids of messages new since the cursor (None: of all). The last page, and only it, has a cursor.

        Raises CursorExpired when the mailbox no longer knows the cursor.
        """

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        """Each message, in the order asked. One that fails alone comes as Unfetched; failures of the whole raise."""

    def fetch_thread(self, thread_id: str) -> tuple[RawMessage, ...]:
        """All messages of a thread, oldest first, drafts and sent ones included. An unknown thread is empty."""

    def put_draft(self, letter: Letter, draft_id: str = "") -> Draft:
        """Save the letter as a draft in its thread, or replace the draft `draft_id` by it.

        Raises PermissionMissing, or NotFound when the draft to replace is gone. Never retried inside: a lost answer
        raises Offline and `find_draft` tells whether the draft exists.
        """

    def draft(self, draft_id: str) -> Draft | None:
        """The draft as it is now, or None when it is gone."""

    def find_draft(self, letter_id: str, thread_id: str) -> Draft | None:
        """The draft that carries this X-ClassAct-Id, if the mailbox holds one."""

    def send_draft(self, draft_id: str) -> str:
        """Send the draft, by one request that is never repeated; the id of the sent message.

        Raises SendInDoubt when the letter may have gone; any other MailboxError means that it has not.
        """


class Keyed(Protocol):
    """A record of the store: a frozen dataclass with a key."""

    @property
    def key(self) -> str:
        """Unique among the records of its kind."""


R = TypeVar("R", bound=Keyed)


class Store(Protocol):
    """Keeps our records. Every write is on disk when the call returns; a failed write changes nothing.

    Safe for threads. Records are the frozen dataclasses of domain/model.py; a kind of record is its class.
    Raises HomeNotWritable when the disk refuses, StoreDamaged when a file is not ours.
    """

    def get(self, kind: type[R], key: str) -> R | None:
        """The record with that key."""

    def all(self, kind: type[R]) -> list[R]:
        """All records of a kind, in the order they were first put."""

    def put(self, *records: Keyed) -> None:
        """Insert or replace records of any kinds, all or none."""

    def delete(self, kind: type[R], key: str) -> None:
        """Remove a record; no error when it is not there."""

    def update(self, kind: type[R], key: str, change: Callable[[R | None], R | None]) -> R | None:
        """Read, change and write one record with nobody in between; None from `change` leaves it as it is.

        Returns what is stored afterwards.
        """

    def close(self) -> None:
        """Flush and let go of the files."""


class Classifier(Protocol):
    """Judges mails."""

    @property
    def version(self) -> str:
        """Names the model: the same version judges the same mail the same way."""

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        """One verdict per mail, in order. Never raises on a mail."""


class Clock(Protocol):
    """Time, so that tests can hold it."""

    def now(self) -> datetime:
        """The time, UTC, timezone-aware."""
