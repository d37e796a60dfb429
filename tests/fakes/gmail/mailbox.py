"""The mailbox behind the fake: messages, threads, drafts, labels and a history of every change."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from tests.fakes.gmail.answers import RefusedError
from tests.fakes.gmail.mime import Mail, with_headers

SYSTEM_LABELS = (
    *("INBOX", "SENT", "DRAFT", "SPAM", "TRASH", "UNREAD", "STARRED", "IMPORTANT", "CHAT"),
    *("CATEGORY_PERSONAL", "CATEGORY_SOCIAL", "CATEGORY_PROMOTIONS", "CATEGORY_UPDATES", "CATEGORY_FORUMS"),
)
_REPLY = re.compile(r"^\s*((re|fwd?|aw|wg|sv|antw)\s*:\s*)+", re.IGNORECASE)


@dataclass
class Stored:
    """A message in the mailbox."""

    id: str
    thread_id: str
    raw: bytes
    labels: list[str]
    internal_date: int  # milliseconds since 1970
    history_id: int = 0
    mail: Mail = field(init=False)

    def __post_init__(self) -> None:
        self.mail = Mail(self.raw)


@dataclass
class Change:
    """One line of the history. `kind` is a historyTypes value; `labels` those added or removed."""

    id: int
    kind: str
    message_id: str
    thread_id: str
    labels: tuple[str, ...] = ()


@dataclass
class DraftEntry:
    """A draft and the message that holds it now."""

    id: str
    message_id: str


@dataclass
class Mailbox:
    """State and rules of one account; not safe for threads, the server holds a lock around it."""

    address: str
    now: Callable[[], float] = time.time
    messages: dict[str, Stored] = field(default_factory=dict)
    drafts: dict[str, DraftEntry] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=lambda: {name: name for name in SYSTEM_LABELS})  # id -> name
    changes: list[Change] = field(default_factory=list)
    sent: list[Stored] = field(default_factory=list)
    history_id: int = 1000
    searches: dict[Any, Any] = field(default_factory=dict)  # what was last found, while nothing has changed
    matched: dict[str, dict[str, tuple[int, bool]]] = field(default_factory=dict)  # by search
    _serial: int = 0
    _placed: int = 0  # messages that ever came
    _sorted: tuple[tuple[int, int], list[Stored]] = ((-1, -1), [])

    def new_id(self) -> str:
        """16 hex digits that grow with time, as Gmail's do."""
        self._serial += 1
        return f"{0x19AB000000000000 + self._serial * 0x10001:016x}"

    def add(
        self,
        raw: bytes,
        labels: Iterable[str],
        *,
        message_id: str | None = None,
        thread_id: str | None = None,
        received: float | None = None,
    ) -> Stored:
        """Store a message and note it in the history; without a thread it joins the one it answers, or a new one."""
        mail, id_ = Mail(raw), message_id or self.new_id()
        thread = thread_id or self._answered_thread(mail) or id_
        when = received if received is not None else _date(mail) or self.now()
        stored = Stored(id_, thread, raw, list(dict.fromkeys(labels)), int(when * 1000))
        for label in stored.labels:
            self.labels.setdefault(label, label)
        self.messages[id_] = stored
        self._placed += 1
        self._note("messageAdded", stored)
        return stored

    def remove(self, message_id: str) -> None:
        """Delete for good, as the seeker can by hand."""
        self._note("messageDeleted", self.messages.pop(message_id))

    def thread(self, thread_id: str) -> list[Stored]:
        """Its messages, oldest first."""
        found = [stored for stored in self.messages.values() if stored.thread_id == thread_id]
        return sorted(found, key=lambda stored: (stored.internal_date, stored.id))

    def newest_first(self) -> list[Stored]:
        """All messages."""
        if self._sorted[0] != (self._placed, len(self.messages)):
            newest = sorted(self.messages.values(), key=lambda stored: (-stored.internal_date, stored.id))
            self._sorted = ((self._placed, len(newest)), newest)
        return list(self._sorted[1])

    def modify(self, message_id: str, add: Iterable[str], remove: Iterable[str]) -> Stored:
        """Change labels; SENT and DRAFT cannot be touched, and unknown labels are refused."""
        stored = self.get(message_id)
        added, removed = tuple(add), tuple(remove)
        for label in (*added, *removed):
            if label not in self.labels or label in {"SENT", "DRAFT"}:
                raise RefusedError(400, "invalidArgument", f"Invalid label: {label}")
        new, gone = [x for x in added if x not in stored.labels], [x for x in removed if x in stored.labels]
        stored.labels = [x for x in stored.labels if x not in gone] + new
        if new:
            self._note("labelAdded", stored, tuple(new))
        if gone:
            self._note("labelRemoved", stored, tuple(gone))
        return stored

    def get(self, message_id: str) -> Stored:
        """The message, or 404."""
        if message_id not in self.messages:
            raise RefusedError(404, "notFound", "Requested entity was not found.")
        return self.messages[message_id]

    def draft(self, draft_id: str) -> DraftEntry:
        """The draft, or 404."""
        if draft_id not in self.drafts:
            raise RefusedError(404, "notFound", "Requested entity was not found.")
        return self.drafts[draft_id]

    def put_draft(self, raw: bytes, thread_id: str | None, draft_id: str | None = None) -> DraftEntry:
        """Create a draft, or replace one: then its message id changes, and the draft id stays."""
        entry = self.draft(draft_id) if draft_id else None
        thread, message_id = self._thread_for(Mail(raw), thread_id), self.new_id()
        stored = self.add(raw, ["DRAFT"], message_id=message_id, thread_id=thread or message_id, received=self.now())
        if entry is None:
            return self.adopt_draft(stored)
        self.remove(entry.message_id)
        entry.message_id = stored.id
        return entry

    def adopt_draft(self, stored: Stored) -> DraftEntry:
        """A draft the seeker began by hand gets its draft id."""
        self._serial += 1
        entry = DraftEntry(f"r{7_000_000_000_000_000_000 + self._serial}", stored.id)
        self.drafts[entry.id] = entry
        return entry

    def delete_draft(self, draft_id: str) -> None:
        """Delete the draft and its message."""
        self.remove(self.draft(draft_id).message_id)
        del self.drafts[draft_id]

    def send_draft(self, draft_id: str) -> Stored:
        """Send: the draft goes; a new message appears, labelled SENT, with a Message-ID of Gmail's own."""
        draft = self.get(self.draft(draft_id).message_id)
        if not draft.mail.recipients:
            raise RefusedError(400, "invalidArgument", "Recipient address required")
        raw = with_headers(draft.raw, sender=self.address, message_id=f"<CA+{self.new_id()}@mail.gmail.com>")
        self.delete_draft(draft_id)
        stored = self.add(raw, ["SENT"], thread_id=draft.thread_id, received=self.now())
        self.sent.append(stored)
        return stored

    def _note(self, kind: str, stored: Stored, labels: tuple[str, ...] = ()) -> None:
        self.history_id += 1
        stored.history_id = self.history_id
        self.changes.append(Change(self.history_id, kind, stored.id, stored.thread_id, labels))

    def _thread_for(self, mail: Mail, wanted: str | None) -> str | None:
        """Strict threading: named, answered by References or In-Reply-To, and of the same subject; else a new one."""
        if not wanted:
            return None
        members = self.thread(wanted)
        if not members:
            raise RefusedError(404, "notFound", "Requested entity was not found.")
        known = {member.mail.message_id for member in members}
        same = any(base_subject(member.mail.subject) == base_subject(mail.subject) for member in members)
        return wanted if same and known & set(mail.answers) else None

    def _answered_thread(self, mail: Mail) -> str | None:
        answers = set(mail.answers)
        for stored in self.messages.values() if answers else ():
            same = base_subject(stored.mail.subject) == base_subject(mail.subject)
            if same and stored.mail.message_id in answers:
                return stored.thread_id
        return None


def base_subject(subject: str) -> str:
    """The subject without Re:, Fwd: and their like."""
    return " ".join(_REPLY.sub("", subject).split())


def _date(mail: Mail) -> float | None:
    try:
        return parsedate_to_datetime(mail.header("Date")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
