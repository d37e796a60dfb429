"""A mailbox that lives in memory, for tests and for trying things out. Nothing leaves it."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32
from email.utils import parsedate_to_datetime
from typing import Final

from server.domain.compose import LETTER_ID_HEADER, letter_bytes
from server.domain.model import Draft, Letter, RawMessage
from server.errors import CursorExpired, NotFound, SendInDoubt
from server.ports import Page, Unfetched
from server.texts import _

_MESSAGE_ID: Final = re.compile(r"<[^<>\s]+>")
_NO_NEWS: Final = frozenset({"DRAFT", "CHAT", "SPAM", "TRASH"})


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MemoryMailbox:
    """`server.ports.Mailbox` in memory, threaded by References. Safe for threads."""

    def __init__(
        self,
        address: str = "robin@example.com",
        *,
        name: str = "",
        page: int = 500,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """`page` is how many ids a page of `changes` holds."""
        self.address, self.name = address, name or address
        self._page, self._now = page, now
        self._messages: dict[str, RawMessage] = {}
        self._arrived: dict[str, int] = {}  # message id -> when, as a count
        self._drafts: dict[str, str] = {}  # draft id -> message id
        self._count = 0
        self._oldest_cursor = 0
        self._lock = threading.RLock()

    @property
    def sent(self) -> tuple[RawMessage, ...]:
        """For tests: the messages labelled SENT, in the order they came."""
        with self._lock:
            return tuple(message for message in self._messages.values() if "SENT" in message.labels)

    def deliver(
        self,
        content: bytes,
        *,
        labels: Iterable[str] = ("INBOX", "UNREAD"),
        thread_id: str = "",
        received: datetime | None = None,
    ) -> str:
        """Put a message in, as if it had just come; its id. Without a thread it joins the one it answers."""
        with self._lock:
            thread = thread_id or self._answered(content)
            message = self._add(content, labels, thread, received or _date(content) or self._now())
            if "DRAFT" in message.labels:
                self._drafts[f"r{message.id}"] = message.id
            return message.id

    def remove(self, message_id: str) -> None:
        """For tests: the seeker deletes a message by hand."""
        with self._lock:
            del self._messages[message_id]
            self._drafts = {draft: held for draft, held in self._drafts.items() if held != message_id}

    def expire_cursors(self) -> None:
        """For tests: every cursor given out so far is forgotten."""
        with self._lock:
            self._count += 1
            self._oldest_cursor = self._count

    def changes(self, cursor: str | None) -> Iterator[Page]:
        """As ports.Mailbox."""
        with self._lock:
            start = int(cursor) if cursor is not None else -1
            if cursor is not None and start < self._oldest_cursor:
                raise CursorExpired
            known = [m for m in self._messages.values() if not m.labels & _NO_NEWS and self._arrived[m.id] > start]
            ids = [message.id for message in sorted(known, key=_when, reverse=True)]
            end = str(self._count)
        for at in range(0, len(ids) or 1, self._page):
            last = at + self._page >= len(ids)
            yield Page(tuple(ids[at : at + self._page]), end if last else None, len(ids))

    def relist(self, since: datetime) -> Iterator[Page]:
        """As ports.Mailbox."""
        for page in self.changes(None):
            with self._lock:
                ids = [id_ for id_ in page.message_ids if _when(self._messages[id_])[0] >= since]
            yield Page(tuple(ids), page.cursor, page.total)

    def interrupt(self) -> None:
        """As ports.Mailbox: nothing waits here."""

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        """As ports.Mailbox."""
        for message_id in message_ids:
            with self._lock:
                message = self._messages.get(message_id)
            yield message or Unfetched(message_id, _("It is not in this mailbox."), gone=True)

    def fetch_thread(self, thread_id: str) -> tuple[RawMessage, ...]:
        """As ports.Mailbox."""
        with self._lock:
            members = [message for message in self._messages.values() if message.thread_id == thread_id]
        return tuple(sorted(members, key=_when))

    def put_draft(self, letter: Letter, draft_id: str = "") -> Draft:
        """As ports.Mailbox."""
        content = letter_bytes(letter)
        with self._lock:
            if draft_id and draft_id not in self._drafts:
                raise NotFound(_("That draft is no longer there."), _("Write it again."))
            message = self._add(content, ("DRAFT",), letter.thread_id, self._now())
            if draft_id:
                del self._messages[self._drafts[draft_id]]
            draft_id = draft_id or f"r{message.id}"
            self._drafts[draft_id] = message.id
            return self._draft(draft_id)

    def draft(self, draft_id: str) -> Draft | None:
        """As ports.Mailbox."""
        with self._lock:
            return self._draft(draft_id) if draft_id in self._drafts else None

    def find_draft(self, letter_id: str, thread_id: str) -> Draft | None:  # noqa: ARG002 - the port's signature
        """As ports.Mailbox."""
        with self._lock:
            for draft_id, message_id in self._drafts.items():
                if _header(self._messages[message_id].content, LETTER_ID_HEADER).strip() == letter_id:
                    return self._draft(draft_id)
        return None

    def send_draft(self, draft_id: str) -> str:
        """As ports.Mailbox: the draft goes, and a new message labelled SENT appears."""
        with self._lock:
            if draft_id not in self._drafts:
                raise SendInDoubt(_("the draft is gone"))
            draft = self._messages.pop(self._drafts.pop(draft_id))
            return self._add(draft.content, ("SENT",), draft.thread_id, self._now()).id

    def _add(self, content: bytes, labels: Iterable[str], thread_id: str, received: datetime) -> RawMessage:
        self._count += 1
        message_id = f"{0x19AC000000000000 + self._count:016x}"
        message = RawMessage(message_id, thread_id or message_id, content, received, frozenset(labels))
        self._messages[message_id] = message
        self._arrived[message_id] = self._count
        return message

    def _draft(self, draft_id: str) -> Draft:
        message = self._messages[self._drafts[draft_id]]
        digest = hashlib.sha256(message.content).hexdigest()[:24]
        return Draft(draft_id, f"{message.id}-{digest}", message.thread_id, message.id)

    def _answered(self, content: bytes) -> str:
        ids = set(_MESSAGE_ID.findall(f"{_header(content, 'References')} {_header(content, 'In-Reply-To')}"))
        for message in self._messages.values() if ids else ():
            if ids & set(_MESSAGE_ID.findall(_header(message.content, "Message-ID"))):
                return message.thread_id
        return ""

    def edit_draft(self, draft_id: str, content: bytes) -> None:
        """For tests: the seeker edits a draft by hand, so that its message changes."""
        with self._lock:
            old = self._messages.pop(self._drafts[draft_id])
            fresh = self._add(content, old.labels, old.thread_id, self._now())
            self._drafts[draft_id] = fresh.id

    def label(self, message_id: str, *labels: str) -> None:
        """For tests: give a message these labels and no others."""
        with self._lock:
            self._messages[message_id] = replace(self._messages[message_id], labels=frozenset(labels))


def _header(content: bytes, name: str) -> str:
    return str(message_from_bytes(content, policy=compat32).get(name, ""))


def _date(content: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_header(content, "Date"))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _when(message: RawMessage) -> tuple[datetime, str]:
    return message.received or datetime.min.replace(tzinfo=UTC), message.id
