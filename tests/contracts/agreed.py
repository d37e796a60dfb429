"""The small mailbox that every adapter is filled with for its contract, and how to look into it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from server.domain.compose import LETTER_ID_HEADER
from server.domain.model import Contact, Letter, RawMessage
from server.ports import Mailbox

SEEKER = "robin@example.com"
DOMAIN = "contract.example"
UNKNOWN_ID = "00000000000000ab"


@dataclass(frozen=True)
class Agreed:
    """A message every adapter holds; `name` is the local part of its Message-ID, `answers` that of its parent's."""

    name: str
    head: str
    body: str
    date: str
    labels: tuple[str, ...] = ("INBOX",)
    answers: str = ""

    @property
    def content(self) -> bytes:
        """Its bytes, with CRLF line ends."""
        lines = [*self.head.splitlines(), f"Date: {self.date}", f"Message-ID: <{self.name}@{DOMAIN}>"]
        if self.answers:
            lines += [f"In-Reply-To: <{self.answers}@{DOMAIN}>", f"References: <{self.answers}@{DOMAIN}>"]
        if "\nContent-Type" not in self.head:
            lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        return "\r\n".join([*lines, "", *self.body.splitlines(), ""]).encode()


AGREED = (
    Agreed(
        "newsletter",
        "From: Garden Post <post@garden.example>\nTo: robin@example.com\nSubject: Ten tulips for autumn",
        "Bulbs go in before the frost.",
        "Mon, 05 Jan 2026 08:00:00 +0000",
    ),
    Agreed(
        "applied",
        "From: Zoë Nørgård <zoe@northwind.example>\nTo: robin@example.com\nSubject: Your application: Gärtner".replace(
            "Zoë Nørgård", "=?utf-8?q?Zo=C3=AB_N=C3=B8rg=C3=A5rd?="
        ).replace("Gärtner", "=?utf-8?q?G=C3=A4rtner?="),
        "We have your papers.",
        "Tue, 06 Jan 2026 09:30:00 +0100",
    ),
    Agreed(
        "answer",
        "From: Robin <robin@example.com>\nTo: zoe@northwind.example\n"
        "Subject: Re: Your application: =?utf-8?q?G=C3=A4rtner?=",
        "Thank you, I am looking forward to hearing from you.",
        "Wed, 07 Jan 2026 10:00:00 +0000",
        labels=("SENT",),
        answers="applied",
    ),
    Agreed(
        "rejection",
        "From: =?utf-8?q?Zo=C3=AB_N=C3=B8rg=C3=A5rd?= <zoe@northwind.example>\nTo: robin@example.com\n"
        "Subject: Re: Your application: =?utf-8?q?G=C3=A4rtner?=",
        "We chose another gardener this time. Grüße, Zoë",
        "Thu, 08 Jan 2026 11:00:00 +0000",
        labels=("INBOX", "UNREAD"),
        answers="answer",
    ),
    Agreed(
        "begun",
        "From: Robin <robin@example.com>\nTo: zoe@northwind.example\n"
        "Subject: Re: Your application: =?utf-8?q?G=C3=A4rtner?=",
        "Dear Zoë,",
        "Fri, 09 Jan 2026 12:00:00 +0000",
        labels=("DRAFT",),
        answers="rejection",
    ),
    Agreed(
        "html",
        "From: jobs@harbour.example\nTo: robin@example.com\nSubject: News on your application\n"
        "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8",
        "<p>The role has been <b>filled</b>.</p>",
        "Sat, 10 Jan 2026 13:00:00 +0000",
    ),
)
LATER = Agreed(
    "later",
    "From: jobs@lighthouse.example\nTo: robin@example.com\nSubject: Thank you for your interest",
    "We will not take it further.",
    "Mon, 12 Jan 2026 08:00:00 +0000",
)


def walked(mailbox: Mailbox) -> list[str]:
    """All ids of a first walk."""
    return [id_ for page in mailbox.changes(None) for id_ in page.message_ids]


def cursor(mailbox: Mailbox) -> str:
    """The cursor after a first walk."""
    *_rest, last = mailbox.changes(None)
    assert last.cursor
    return last.cursor


def fetched(mailbox: Mailbox, ids: list[str]) -> list[RawMessage]:
    """The messages; fails when one cannot be had."""
    found = list(mailbox.fetch(ids))
    assert all(isinstance(message, RawMessage) for message in found)
    return [message for message in found if isinstance(message, RawMessage)]


def named(mailbox: Mailbox, name: str) -> RawMessage:
    """The agreed message of that name."""
    return next(message for message in fetched(mailbox, walked(mailbox)) if name_of(message) == name)


def name_of(message: RawMessage) -> str:
    """The agreed name of a message."""
    return str(message_from_bytes(message.content)["Message-ID"]).strip("<>").partition("@")[0]


def answer_to(mailbox: Mailbox, letter_id: str = "letter-7") -> Letter:
    """A letter that answers the agreed rejection."""
    return Letter(
        id=letter_id,
        sender=Contact("Robin", SEEKER),
        to=Contact("Zoë Nørgård", "zoe@northwind.example"),
        subject="Re: Your application: Gärtner",
        body="Dear Zoë,\n\nthank you for telling me. Grüße\n\nRobin\n",
        thread_id=named(mailbox, "rejection").thread_id,
        in_reply_to=f"<rejection@{DOMAIN}>",
        references=(f"<answer@{DOMAIN}>", f"<rejection@{DOMAIN}>"),
    )


def copies(mailbox: Mailbox, letter: Letter) -> list[RawMessage]:
    """The sent messages of the thread that carry the letter."""
    wanted = f"{LETTER_ID_HEADER}: {letter.id}".encode()
    return [m for m in mailbox.fetch_thread(letter.thread_id) if "SENT" in m.labels and wanted in m.content]


def header(mail: Message, name: str) -> str:
    """A decoded header on one line."""
    return str(make_header(decode_header(" ".join(str(mail[name]).split()))))


def text(mail: Message) -> str:
    """The decoded body of a single-part mail."""
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode(mail.get_content_charset() or "utf-8")
