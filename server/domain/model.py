"""The things Class Act speaks of, as frozen values. The glossary in README.md names them the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from server.domain.particulars import NO_PROOF, Invite, OwnVerdict, Participant, Person, Proof


@dataclass(frozen=True, slots=True)
class Contact:
    """A name (may be empty) and a bare address a letter came from or went to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as its mailbox holds it. `content` is RFC 822 bytes; `received` is what the mailbox says, UTC."""

    id: str
    thread_id: str
    content: bytes
    received: datetime | None = None
    labels: frozenset[str] = frozenset()  # Gmail's names: INBOX, SENT, DRAFT, SPAM ...


@dataclass(frozen=True, slots=True)
class Message:
    """A message that has been read: decoded headers, the newest part of its text, nothing that can raise.

    `body` is the newest part as plain text, without quoted history or signature delimiter blocks of older mails;
    `unreadable` holds the reason when the bytes could not be read, and then the other text fields are empty.
    """

    id: str
    thread_id: str
    mailbox: str
    received: datetime
    subject: str = ""
    sender: Contact = Contact("", "")
    reply_to: tuple[Contact, ...] = ()
    to: tuple[Contact, ...] = ()
    cc: tuple[Contact, ...] = ()
    body: str = ""
    rfc_message_id: str = ""  # with < >
    references: tuple[str, ...] = ()  # with < >, oldest first
    automatic: tuple[str, ...] = ()  # header hints that a machine sent it, e.g. "auto-submitted", "list-unsubscribe"
    labels: frozenset[str] = frozenset()
    letter_id: str = ""  # our own X-ClassAct-Id, on letters that we wrote
    dmarc: str = ""  # what the receiving server found: pass, fail, none ...; "" when it does not say
    unreadable: str = ""
    proof: Proof = NO_PROOF  # all that the receiving server found
    oddities: tuple[str, ...] = ()  # what is wrong with its headers (domain/oddities.py), where senders hide behind it
    sent_by: str = ""  # the address in Sender, "" when there is none
    invites: tuple[Invite, ...] = ()  # meetings that it asks to

    @property
    def is_sent(self) -> bool:
        """Whether the seeker wrote it, and it left."""
        return "SENT" in self.labels

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft of the seeker's."""
        return "DRAFT" in self.labels

    @property
    def is_spam(self) -> bool:
        """Whether the mailbox holds it for spam."""
        return "SPAM" in self.labels


class Kind(StrEnum):
    """What a letter is for."""

    THANK_YOU = "thank_you"
    FEEDBACK = "feedback"
    STAY_IN_TOUCH = "stay_in_touch"
    CONNECT_NOTE = "connect_note"
    THANKS_FOR_FEEDBACK = "thanks_for_feedback"
    KEEP_IN_MIND = "keep_in_mind"


class Tone(StrEnum):
    """How a letter speaks."""

    WARM = "warm"
    BRIEF = "brief"
    FORMAL = "formal"


class LetterState(StrEnum):
    """Where a rejection stands, as the log shows it."""

    NEW = "new"
    DRAFTED = "drafted"
    HELD = "held"  # the seeker pressed Send; the undo window is open, or a restart closed it: ask again
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # the outcome of the send could not be found out; never sent again by itself
    FAILED = "failed"
    ANSWERED = "answered"  # the seeker has answered by hand
    DISMISSED = "dismissed"  # corrected: not a rejection


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of a mail that carries a verdict, with its place in the cleaned text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What is kept of a message that was judged: the verdict and where it came from, no body.

    `key` is unique over all mailboxes. `band` is a nlp Band, or `unreadable` / `unfetched` with the reason in `error`.
    """

    mailbox: str
    message_id: str
    thread_id: str
    received: datetime
    judged: datetime
    label: str | None
    score: float | None
    band: str
    hold: bool
    language: str
    reason: str | None
    evidence: tuple[Span, ...]
    company: str | None
    role: str | None
    model: str
    sender: Contact = Contact("", "")
    subject: str = ""
    own: bool = False  # the seeker wrote it
    error: str = ""
    like: str = ""  # id of a like mail that the seeker corrected, when this verdict follows that one
    tries: int = 0  # failures in a row, on a message that could not be had or judged (domain/quarantine.py)
    next_try: datetime | None = None
    requisition: str = ""  # the number of the vacancy, as the mail writes it
    withdrawn: bool = False  # it says that the seeker has withdrawn the application
    people: tuple[Participant, ...] = ()  # who took part beside the sender; the sender, with the title they sign with
    doubts: tuple[str, ...] = ()  # why its sender may be another than it says (domain/spoofing.py), as codes
    mark: str = ""  # tells the same mail elsewhere: a hash of its Message-ID
    twin: str = ""  # of a file's mail: key of the account's record that stands for it (services/joining.py)
    before: OwnVerdict | None = None  # what it was judged as, where the seeker's word stands instead

    @property
    def key(self) -> str:
        """The store's key."""
        return record_key(self.mailbox, self.message_id)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A logged rejection: an `auto` verdict, or one the seeker confirmed."""

    mailbox: str
    message_id: str
    thread_id: str
    received: datetime
    logged: datetime
    company: str | None
    role: str | None
    reason: str | None
    hold: bool
    score: float | None
    band: str
    evidence: tuple[Span, ...]

    @property
    def key(self) -> str:
        """The store's key."""
        return record_key(self.mailbox, self.message_id)


@dataclass(frozen=True, slots=True)
class Correction:
    """The seeker overrules a verdict, a company or a role, for good. None, or an empty name, means: as it was.

    `writer` and `sketch` tell a like mail that comes later (domain/likeness.py). They are filled in by a scan, which
    has the mailbox open anyway: `sketch` is None until then, and empty when the mail is gone or too short.
    """

    mailbox: str
    message_id: str
    made: datetime
    is_rejection: bool | None
    company: str | None = None
    role: str | None = None
    writer: str = ""
    sketch: tuple[int, ...] | None = None

    @property
    def key(self) -> str:
        """The store's key."""
        return record_key(self.mailbox, self.message_id)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a classifier did on the mails that are held out for checking. None: nothing could be counted."""

    model: str  # its version
    mails: int
    f1: float | None  # of calling a mail a rejection
    auto_precision: float | None  # share of rejections among what is logged without asking


@dataclass(frozen=True, slots=True)
class Training:
    """One time that the classifier learned from corrections, or tried to. `why_not` is "" when it was accepted."""

    made: datetime  # when it began: corrections made later are not in it
    ended: datetime
    corrections: int  # mails it learned from
    why_not: str = ""
    before: Figures | None = None
    after: Figures | None = None

    @property
    def key(self) -> str:
        """The store's key."""
        return self.made.isoformat()


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the last scan of a mailbox got; opaque to everyone but that mailbox."""

    mailbox: str
    value: str
    saved: datetime

    @property
    def key(self) -> str:
        """The store's key."""
        return self.mailbox


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to become a draft: whole, addressed, threaded. No field holds CR, LF or NUL but `body` (LF)."""

    id: str  # ours: the X-ClassAct-Id header and the outbox key
    sender: Contact
    to: Contact
    subject: str
    body: str
    thread_id: str = ""  # "" starts a new thread
    in_reply_to: str = ""  # RFC Message-ID with < >
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter saved in the mailbox. `revision` changes whenever anybody edits it there."""

    id: str
    revision: str
    thread_id: str
    message_id: str


class OutboxState(StrEnum):
    """The life of an outbox item. held -> sending -> sent | failed | unknown; drafted is before the first click."""

    DRAFTED = "drafted"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    UNDONE = "undone"  # taken back inside the window; the draft stays


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One intent to write: one per rejection, kind and person. On disk before the mailbox is called.

    `undo_until` is None when a restart closed the window: then nothing is sent until the seeker asks again.
    """

    id: str
    mailbox: str
    message_id: str  # the rejection it answers
    thread_id: str
    kind: Kind
    to: str
    subject: str
    body: str
    state: OutboxState
    changed: datetime
    draft_id: str = ""
    revision: str = ""
    undo_until: datetime | None = None
    sent_message_id: str = ""
    problem: str = ""  # a sentence for people, on failed and unknown
    doubted: datetime | None = None  # when the outcome of the send became unknown
    next_look: datetime | None = None  # when to look for it again
    confirmed: bool = False  # the seeker wants it sent although the thread has moved on
    seen: tuple[str, ...] = ()  # ids of the rejection's thread when the letter was written; what is new is asked about
    told: bool = False  # that it went, or did not, is the seeker's word and was seen in no mailbox
    lost_draft: str = ""  # the draft it had when one was last found to be gone from the mailbox

    @property
    def key(self) -> str:
        """The store's key."""
        return self.id


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of what was done for the seeker: what, when, on which message. No mail text."""

    id: str
    mailbox: str
    at: datetime
    what: str
    message_id: str = ""
    detail: str = ""

    @property
    def key(self) -> str:
        """The store's key."""
        return self.id


@dataclass(frozen=True, slots=True)
class Pairing:
    """A browser extension that may speak to the server. Only the hash of its token is kept."""

    id: str
    origin: str  # chrome-extension://ID
    token_hash: str  # SHA-256, hex
    server_key: str  # base64url; the server proves with it that it is the one that was paired
    made: datetime

    @property
    def key(self) -> str:
        """The store's key."""
        return self.id


@dataclass(frozen=True, slots=True)
class Profile:
    """The seeker, as letters need them. Any field may be empty."""

    name: str = ""
    address: str = ""
    sign_off: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A letter offered, stored nowhere. `allowed` is False only if nobody can be written to or the kind cannot apply.

    Then `why` says so and `to` is "". `advice` speaks against sending and can be overruled. A connect_note is text to
    copy: it has no `to`, and `link` opens the search for the person's profile.
    """

    kind: Kind
    allowed: bool
    why: str = ""
    advice: str = ""
    one_click: bool = False
    to: str = ""
    subject: str = ""
    body: str = ""
    language: str = "en"
    tone: Tone = Tone.WARM
    link: str = ""
    advice_code: str = ""  # which advice it is (letters/advice.py), for what can be offered beside it
    warnings: tuple[str, ...] = ()  # beside the advice: why the sender may be another, and what hints at a machine
    people: tuple[Person, ...] = ()  # everybody who took part, the most fitting first
    specific: str = ""  # the seeker's own line that was used
    unlogged: bool = False  # there is none because the mail is not logged as a rejection


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What one scan did. seen = judged + failed + known."""

    seen: int = 0
    judged: int = 0
    rejections: int = 0
    review: int = 0
    failed: int = 0
    known: int = 0
    seconds: float = 0.0
    errors: tuple[str, ...] = field(default=())  # one sentence per kind of failure, no mail text


def record_key(mailbox: str, message_id: str) -> str:
    """The key of what belongs to one message of one mailbox."""
    return f"{mailbox}\n{message_id}"
