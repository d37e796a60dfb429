"""What the services need from the outside: a mailbox, a store, a classifier, a clock. Few methods, on purpose.

Each port has a contract suite in tests/contracts that every adapter passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable

from nlp.verdict import Heard, MailText, Verdict
from server.domain.model import Draft, Figures, Letter, RawMessage


@dataclass(frozen=True, slots=True)
class Page:
    """One step of a walk over what is new: ids, newest first where the mailbox can, and how many there are in all.

    `cursor` is None until the last page: it is what to save when everything on all pages is logged.
    """

    message_ids: tuple[str, ...]
    cursor: str | None = None
    total: int | None = None
    left_out: int = 0  # messages that a search did not name; told with its last page


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

    def relist(self, since: datetime) -> Iterator[Page]:
        """As `changes` without a cursor, for what the mailbox received from that moment on; it may name more.

        For a mailbox that no longer knows the cursor: nothing may be missed, and old mail not be looked at again.
        """

    def interrupt(self) -> None:
        """The program stops: end waits and reads at once, from any thread; they raise MailboxError. Writes may end."""

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


@runtime_checkable
class Searching(Protocol):
    """A mailbox that can be searched where it lies, so that a first scan need not fetch everything."""

    @property
    def name(self) -> str:
        """See Mailbox.name."""

    @property
    def per_minute(self) -> float:
        """How many messages a scan gets from it in a minute at most."""

    def search(self, since: datetime | None, *, everything: bool) -> Iterator[Page]:
        """As `changes` without a cursor, for mail received from then on that may be about an application.

        The likeliest come first, newest first among them. `everything`: the other mail of that time after them.
        """


class Keyed(Protocol):
    """A record of the store: a frozen dataclass with a key."""

    @property
    def key(self) -> str:
        """Unique among the records of its kind."""


R = TypeVar("R", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment in the life of an open store; means nothing to another one, or after it was closed."""

    opened: object
    count: int


@dataclass(frozen=True, slots=True)
class News:
    """What changed in a store: records that were put, kinds and keys of those that were removed.

    `whole`: these are all records that there are, and what was known of the store before counts no more.
    """

    mark: Mark
    records: list[Keyed]
    gone: list[tuple[type[Keyed], str]]
    whole: bool = False


class Store(Protocol):
    """Keeps our records. Every write is on disk when the call returns; a failed write changes nothing.

    Safe for threads. Records are the frozen dataclasses of domain/model.py; a kind of record is its class.
    Raises HomeNotWritable when the disk refuses, StoreDamaged when a file is not ours.
    """

    def get(self, kind: type[R], key: str) -> R | None:
        """The record with that key."""

    def all(self, kind: type[R]) -> list[R]:
        """All records of a kind, in the order they were first put."""

    def put(self, *records: Keyed, gone: Iterable[Keyed] = ()) -> None:
        """Insert or replace records of any kinds, and remove those with the keys of `gone`, all or none.

        What is in both is removed and put again, so that it comes last.
        """

    def at_once(self, kinds: Iterable[type[Keyed]]) -> list[Keyed]:
        """All records of these kinds, kind after kind, as they stood at one moment."""

    def since(self, mark: Mark | None, kinds: Iterable[type[Keyed]]) -> News:
        """What was put and removed in these kinds since that mark, as it stands at one moment; each record once.

        Everything there is without a mark, or with one of another store. Costs no more than what changed.
        """

    def delete(self, kind: type[R], key: str) -> None:
        """Remove a record; no error when it is not there."""

    def update(
        self,
        kind: type[R],
        key: str,
        change: Callable[[R | None], R | None],
        also: Callable[[R], Iterable[Keyed]] = lambda _after: (),
    ) -> R | None:
        """Read, change and write one record with nobody in between; None from `change` leaves it as it is.

        `also` gives other records that are written with it, all or none. Returns what is stored afterwards.
        """

    def close(self) -> None:
        """Flush and let go of the files."""


class Rows(Protocol):
    """Records as rows of JSON values, and back: what leaves the store in files."""

    def kinds(self) -> dict[str, type[Keyed]]:
        """Every kind of record that a store keeps, by the name of its table."""

    def to_row(self, record: Keyed) -> dict[str, Any]:
        """The record as JSON values."""

    def from_row(self, kind: type[R], row: dict[str, Any]) -> R:
        """The record of a row; raises StoreDamaged when a field is missing or of another type."""


class Classifier(Protocol):
    """Judges mails."""

    @property
    def version(self) -> str:
        """Names the model: the same version judges the same mail the same way."""

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        """One verdict per mail, in order. Never raises on a mail."""


class ToneReader(Protocol):
    """Hears how a letter may sound to whoever gets it."""

    def hear(self, text: str) -> Sequence[Heard]:
        """The sentences that may sound bitter, arguing or pleading, in order; none if it cannot tell. Never raises."""


Row = dict[str, str | list[str]]  # a corrected mail, for the trainer


@dataclass(frozen=True, slots=True)
class Measured:
    """How a new model did beside the one in use. `worse`: ids of corrected mails that only the old one judges right."""

    before: Figures
    after: Figures
    worse: tuple[str, ...]
    used: int  # corrected mails that it learned from


class Trainer(Protocol):
    """Learns a model from the corpus and from corrected mails."""

    def __call__(
        self,
        rows: Sequence[Row],
        out: Path,
        current: Path | None,
        step: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> Measured | None:
        """Write the model into the folder `out`, and measure it and the one in `current` (None: the shipped one).

        `rows`: {"id", "label", "subject", "from", "body", "decisive"}: the label is `rejection` or "", `decisive` holds
        the sentences that the verdict rested on. `step` hears `training` and `checking`. None when `stopped` said so;
        raises LearningFailed when there is no result, whatever the cause.
        """


class Models(Protocol):
    """The seeker's own model beside the shipped one. Raises HomeNotWritable when the disk refuses."""

    fresh: Path  # where a new one is made

    def adopt(self, base: str) -> None:
        """Put the new one in place of the old, at once or not at all; `base`: the shipped model it grew from."""

    def discard(self) -> None:
        """Remove what was being made."""

    def reset(self) -> None:
        """Remove every own model."""


class Learner(Classifier, Protocol):
    """A classifier whose model may change while it runs."""

    @property
    def own(self) -> Path | None:
        """The folder of the own model in use, None for the shipped one."""

    @property
    def base(self) -> str:
        """The version of the shipped model."""

    @property
    def ignored(self) -> str:
        """A sentence on why an own model is there and not used, or ""."""

    def reload(self) -> None:
        """Use what is there now."""


class Clock(Protocol):
    """Time, so that tests can hold it."""

    def now(self) -> datetime:
        """The time, UTC, timezone-aware."""
