"""An .mbox file, as Google Takeout exports it: read-only and streamed; letters go to an Outbox folder instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import compat32
from pathlib import Path
from typing import Final

from server.domain.headers import contacts, raw_header
from server.domain.mime import MAX_BYTES
from server.domain.model import Draft, Letter, RawMessage
from server.domain.reading import EPOCH
from server.mailboxes.mbox_head import Flags, labels_in
from server.mailboxes.mbox_index import Choice, Entry, Index, kept_at, walk
from server.mailboxes.mbox_wrong import unreadable
from server.mailboxes.outbox_folder import OutboxFolder
from server.ports import Page, Unfetched
from server.texts import _

_PAGE: Final = 500
_SAMPLE: Final = 50  # messages looked at to tell whose mailbox this is
_MOST: Final = MAX_BYTES + 1024 * 1024  # bytes of one mail; what is beyond is never read (domain/mime.py)
_ESCAPED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


class MboxMailbox:
    """`server.ports.Mailbox` over a file of any size.

    The cursor is how many messages it held and the last id: a grown file is walked anew, known ids are skipped.
    """

    def __init__(
        self,
        path: Path,
        outbox: OutboxFolder,
        name: str = "",
        *,
        kept: Path | None = None,
        senders: Sequence[str] = (),
        whole: bool = False,
    ) -> None:
        """`kept`: a folder for the index, so that a pass that was stopped goes on; None keeps it in memory.

        `senders`: domains of applicant-tracking systems, whose mail `search` never leaves out. `whole`: it leaves
        out none.
        """
        self._path, self._outbox = path, outbox
        self.name = name or f"mbox:{path}"
        self._index = Index(path, kept_at(kept, path) if kept else None, senders)
        self._address: str | None = None
        self._whole = whole

    @property
    def address(self) -> str:
        """The address most of the messages were delivered to."""
        if self._address is None:
            self._address = self._owner()
        return self._address

    @property
    def per_minute(self) -> float:
        """See Searching.per_minute: a disk's, so that the reading of mails is what takes time."""
        return 60_000.0

    def close(self) -> None:
        """Let go of the index; it opens again when it is needed."""
        self._index.close()

    def interrupt(self) -> None:
        """See Mailbox.interrupt."""
        self._index.interrupt()

    def changes(self, cursor: str | None) -> Iterator[Page]:
        """See Mailbox.changes. Newest first by the Date field; drafts, chats and trash are left out.

        A cursor that `search` gave keeps to what was searched for.
        """
        given = _Cursor.of(cursor)
        return self._walked(given.since, everything=given.everything, before=cursor)

    def relist(self, since: datetime) -> Iterator[Page]:
        """See Mailbox.relist."""
        return self._walked(since, everything=True)

    def search(self, since: datetime | None, *, everything: bool) -> Iterator[Page]:
        """See Searching.search: what the headers do not tell to be bulk mail about other things (domain/bulk.py)."""
        return self._walked(since, everything=everything or self._whole)

    def _walked(self, since: datetime | None, *, everything: bool, before: str | None = None) -> Iterator[Page]:
        self._index.refresh()
        end = self._end(since, everything=everything)
        if before == end:
            yield Page((), end, 0)
            return
        chosen = [Choice(Flags.NO_MAIL | Flags.LEFT_OUT, since=since)]
        others = Choice(Flags.NO_MAIL, Flags.LEFT_OUT, since)
        left_out = self._index.count(others)
        if everything:
            chosen, left_out = [*chosen, others], 0
        total, named = sum(map(self._index.count, chosen)), 0
        for entries in (entries for one in chosen for entries in walk(self._index, one, _PAGE)):
            named += len(entries)
            if named < total:
                yield Page(tuple(entry.id for entry in entries), None, total)
            else:
                yield Page(tuple(entry.id for entry in entries), end, total, left_out)
        if not named:
            yield Page((), end, total, left_out)

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        """See Mailbox.fetch. A mail in whose middle the file ends is said to be cut off."""
        self._index.refresh()
        for message_id in message_ids:
            entry = self._index.get(message_id)
            written = self._outbox.message(message_id) if entry is None else None
            if entry is None:
                yield written or Unfetched(message_id, _("It is not in this mailbox."), gone=True)
            elif entry.flags & Flags.CUT:
                why = _("The file ends in the middle of this mail: unpack it, or take it from Takeout, once more.")
                yield Unfetched(message_id, why)
            else:
                yield self._raw(entry)

    def fetch_thread(self, thread_id: str) -> tuple[RawMessage, ...]:
        """See Mailbox.fetch_thread."""
        self._index.refresh()
        return (*map(self._raw, self._index.thread(thread_id)), *self._outbox.messages(thread_id))

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

    def _end(self, since: datetime | None, *, everything: bool) -> str:
        """The cursor of someone who has seen all there is now, as far as it was searched for."""
        last = next(iter(self._index.last(1)), None)
        return str(_Cursor(f"{self._index.count()}:{last.id if last else ''}", since, everything=everything))

    def _raw(self, entry: Entry) -> RawMessage:
        content = self._content(entry)
        return RawMessage(entry.id, entry.thread_id, content, entry.received, labels_in(content))

    def _content(self, entry: Entry) -> bytes:
        """The message's RFC 822 bytes, without the separator line, with `>From ` turned back."""
        try:
            with self._path.open("rb") as file:
                file.seek(entry.start)
                data = file.read(min(entry.end - entry.start, _MOST))
        except OSError as error:
            raise unreadable(self._path, error.strerror or str(error)) from error
        return _ESCAPED.sub(rb"\1", data.partition(b"\n")[2])

    def _owner(self) -> str:
        """The address that most of the newest messages name as the one they were delivered to."""
        self._index.refresh()
        votes: Counter[str] = Counter()
        for entry in self._index.last(_SAMPLE):
            mail = message_from_bytes(self._content(entry), policy=compat32)
            field = "From" if entry.flags & Flags.SENT else "Delivered-To"
            named = contacts(raw_header(mail, field) or raw_header(mail, "To"))
            votes.update(contact.address for contact in named[:1])
        return votes.most_common(1)[0][0] if votes else ""


@dataclass(frozen=True, slots=True)
class _Cursor:
    """What was seen, and how far it was searched for; as text, what is usual is left out."""

    seen: str
    since: datetime | None = None
    everything: bool = True

    @classmethod
    def of(cls, text: str | None) -> _Cursor:
        seen, *more = (text or "").split(";")
        since = next((int(part[1:]) for part in more if part[:1] == "@" and part[1:].isdecimal()), None)
        moment = None if since is None else EPOCH + timedelta(seconds=since)
        return cls(seen, moment, everything="candidates" not in more)

    def __str__(self) -> str:
        since = [] if self.since is None else [f"@{max(0, int((self.since - EPOCH).total_seconds()))}"]
        return ";".join([self.seen, *since, *([] if self.everything else ["candidates"])])
