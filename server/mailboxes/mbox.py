"""An .mbox file, as Google Takeout exports it: read-only and streamed; letters go to an Outbox folder instead."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from email import message_from_bytes
from email.policy import compat32
from itertools import islice
from pathlib import Path

from server.domain.headers import contacts, raw_header
from server.domain.model import Draft, Letter, RawMessage
from server.domain.reading import EPOCH
from server.mailboxes.mbox_index import Entry, content, index, unreadable
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Page, Unfetched
from server.texts import _

_PAGE = 500
_NOT_MAIL = frozenset({"DRAFT", "TRASH", "Chat"})
_SAMPLE = 50  # messages looked at to tell whose mailbox this is


class MboxMailbox:
    """`server.ports.Mailbox` over a file.

    The cursor is how many messages it held and the last id: a grown file is walked anew, known ids are skipped.
    """

    def __init__(self, path: Path, outbox: OutboxFolder, name: str = "") -> None:
        self._path, self._outbox = path, outbox
        self.name = name or f"mbox:{path}"
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] = {}
        self._stamp: tuple[int, int] | None = None
        self._address: str | None = None

    @property
    def address(self) -> str:
        """The address most of the messages were delivered to."""
        if self._address is None:
            self._address = self._owner()
        return self._address

    def changes(self, cursor: str | None) -> Iterator[Page]:
        """See Mailbox.changes. Drafts, chats and trash are left out; newest first by the Date field."""
        entries = self._index()
        end = f"{len(entries)}:{next(reversed(entries), '')}"
        if cursor == end:
            yield Page((), end, 0)
            return
        kept = [entry for entry in entries.values() if not entry.labels & _NOT_MAIL]
        ids = [entry.id for entry in sorted(kept, key=_when, reverse=True)]
        pages = [tuple(ids[i : i + _PAGE]) for i in range(0, len(ids), _PAGE)] or [()]
        for number, page in enumerate(pages, 1):
            yield Page(page, end if number == len(pages) else None, len(ids))

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        """See Mailbox.fetch."""
        entries = self._index()
        for message_id in message_ids:
            entry = entries.get(message_id)
            written = self._outbox.message(message_id) if entry is None else None
            if entry is not None:
                yield self._raw(entry)
            else:
                yield written or Unfetched(message_id, _("It is not in this mailbox."), gone=True)

    def fetch_thread(self, thread_id: str) -> tuple[RawMessage, ...]:
        """See Mailbox.fetch_thread."""
        entries = [entry for entry in self._index().values() if entry.thread_id == thread_id]
        return (*map(self._raw, sorted(entries, key=_when)), *self._outbox.messages(thread_id))

    def put_draft(self, letter: Letter, draft_id: str = "") -> Draft:
        """See Mailbox.put_draft; the draft is a file in the Outbox folder."""
        return self._outbox.put(letter, draft_id)

    def draft(self, draft_id: str) -> Draft | None:
        """See Mailbox.draft."""
        return self._outbox.draft(draft_id)

    def find_draft(self, letter_id: str, thread_id: str) -> Draft | None:  # noqa: ARG002 - the port's signature
        """See Mailbox.find_draft."""
        return self._outbox.find(letter_id)

    def send_draft(self, draft_id: str) -> str:
        """See Mailbox.send_draft; the file moves from drafts to sent, and nothing leaves this computer."""
        return self._outbox.send(draft_id)

    def _index(self) -> dict[str, Entry]:
        """The file's entries by id, read again when the file has changed."""
        with self._lock:
            try:
                status = self._path.stat()
            except OSError as error:
                raise unreadable(self._path, error.strerror or str(error)) from error
            stamp = (status.st_size, status.st_mtime_ns)
            if stamp != self._stamp:
                self._entries = {entry.id: entry for entry in index(self._path)}
                self._stamp = stamp
            return self._entries

    def _raw(self, entry: Entry) -> RawMessage:
        try:
            with self._path.open("rb") as file:
                return RawMessage(entry.id, entry.thread_id, content(file, entry), entry.received, entry.labels)
        except OSError as error:
            raise unreadable(self._path, error.strerror or str(error)) from error

    def _owner(self) -> str:
        """The address that most of the newest messages name as the one they were delivered to."""
        votes: Counter[str] = Counter()
        for entry in islice(reversed(self._index().values()), _SAMPLE):
            mail = message_from_bytes(self._raw(entry).content, policy=compat32)
            field = "From" if "SENT" in entry.labels else "Delivered-To"
            named = contacts(raw_header(mail, field) or raw_header(mail, "To"))
            votes.update(contact.address for contact in named[:1])
        return votes.most_common(1)[0][0] if votes else ""


def _when(entry: Entry) -> datetime:
    return entry.received or EPOCH
