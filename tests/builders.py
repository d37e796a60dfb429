"""Ready-made values for tests: Kim Doyle looks for work, Ada Lee of Brightwater writes back. Any field can be given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from nlp.verdict import Band, Evidence, Label, MailText, Reason, Verdict
from server.domain.model import (
    Contact,
    Judged,
    Kind,
    Letter,
    Message,
    OutboxItem,
    OutboxState,
    RawMessage,
    Rejection,
    Span,
)

ME = Contact("Kim Doyle", "kim@seeker.example")
ADA = Contact("Ada Lee", "ada.lee@brightwater.example")
NOBODY_READS = Contact("Brightwater Careers", "no-reply@brightwater.example")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MAILBOX = ME.address
NO = "We have decided to go ahead with another applicant."


@dataclass
class FixedClock:
    """A clock that stands until it is moved."""

    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float = 1.0) -> datetime:
        self.time += timedelta(seconds=seconds)
        return self.time


@dataclass
class StubClassifier:
    """Says rejection to every mail that holds `NO`; `breaks_on` makes it raise on mails that hold this word."""

    version: str = "stub-1"
    breaks_on: str = ""
    asked: list[MailText] = field(default_factory=list)

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        for mail in mails:
            self.asked.append(mail)
            if self.breaks_on and self.breaks_on in mail.body:
                raise ValueError(self.breaks_on)
            yield a_verdict(mail)


def a_verdict(mail: MailText, **fields: Any) -> Verdict:
    start = mail.cleaned.find(NO)
    no = start >= 0
    asks = "perhaps" in mail.body
    given = {
        "label": Label.REJECTION if no else Label.OTHER_JOB,
        "score": 0.99 if no else 0.5 if asks else 0.01,
        "band": Band.AUTO if no else Band.REVIEW if asks else Band.NO,
        "hold": False,
        "language": "en",
        "reason": Reason.PASSED if no else None,
        "evidence": (Evidence(NO, start, start + len(NO)),) if no else (),
        "company": "Brightwater",
        "role": "Gardener",
        "model": "stub-1",
    }
    return Verdict(**(given | fields))


def a_message(**fields: Any) -> Message:
    given = {
        "id": "18c0ffee00000001",
        "thread_id": "18c0ffee00000001",
        "mailbox": MAILBOX,
        "received": NOON,
        "subject": "Your application as Gardener",
        "sender": ADA,
        "to": (ME,),
        "body": f"Dear Kim,\n\n{NO}\n\nKind regards\nAda Lee",
        "rfc_message_id": "<1@brightwater.example>",
        "labels": frozenset({"INBOX"}),
    }
    return Message(**(given | fields))


def a_judged(**fields: Any) -> Judged:
    given = {
        "mailbox": MAILBOX,
        "message_id": "18c0ffee00000001",
        "thread_id": "18c0ffee00000001",
        "received": NOON,
        "judged": NOON + timedelta(minutes=1),
        "label": Label.REJECTION,
        "score": 0.99,
        "band": Band.AUTO,
        "hold": False,
        "language": "en",
        "reason": Reason.PASSED,
        "evidence": (Span(NO, 11, 11 + len(NO)),),
        "company": "Brightwater",
        "role": "Gardener",
        "model": "stub-1",
        "sender": ADA,
        "subject": "Your application as Gardener",
    }
    return Judged(**(given | fields))


def a_rejection(**fields: Any) -> Rejection:
    row = a_judged()
    shared = {name: getattr(row, name) for name in Rejection.__dataclass_fields__ if hasattr(row, name)}
    return Rejection(**(shared | {"logged": NOON + timedelta(minutes=1)} | fields))


def an_outbox_item(**fields: Any) -> OutboxItem:
    given = {
        "id": "item-1",
        "mailbox": MAILBOX,
        "message_id": "18c0ffee00000001",
        "thread_id": "18c0ffee00000001",
        "kind": Kind.THANK_YOU,
        "to": ADA.address,
        "subject": "Re: Your application as Gardener",
        "body": "Dear Ada,\n\nthank you for telling me.\n\nKim",
        "state": OutboxState.DRAFTED,
        "changed": NOON,
    }
    return OutboxItem(**(given | fields))


def a_letter(**fields: Any) -> Letter:
    given = Letter(
        id="letter-1",
        sender=ME,
        to=ADA,
        subject="Re: Your application as Gardener",
        body="Dear Ada,\n\nthank you for telling me.\n\nKim\n",
        in_reply_to="<1@brightwater.example>",
        references=("<0@brightwater.example>", "<1@brightwater.example>"),
    )
    return replace(given, **fields)


def raw_mail(
    body: str | bytes = f"Dear Kim,\n\n{NO}\n\nKind regards\nAda Lee\n",
    *,
    headers: str | bytes = "",
    sender: str = f"{ADA.name} <{ADA.address}>",
    subject: str = "Your application as Gardener",
    number: int = 1,
) -> bytes:
    """A plain mail as bytes; `headers` are lines set before the usual ones, `number` makes id and date differ."""
    date = (NOON + timedelta(hours=number)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    extra = headers.encode() if isinstance(headers, str) else headers
    lines = [
        *([extra.rstrip(b"\r\n")] if extra else []),
        f"From: {sender}".encode(),
        f"To: {ME.name} <{ME.address}>".encode(),
        f"Subject: {subject}".encode(),
        f"Date: {date}".encode(),
        f"Message-ID: <{number}@brightwater.example>".encode(),
    ]
    if b"content-type" not in extra.lower():
        lines.append(b"Content-Type: text/plain; charset=utf-8")
    return b"\n".join([*lines, b"", body.encode() if isinstance(body, str) else body])


def multipart(*parts: tuple[str, str | bytes], kind: str = "alternative", boundary: str = "b") -> bytes:
    """A whole mail of (header lines, body) parts."""
    blocks = [
        f"--{boundary}\n{head}\n\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\n"
        for head, body in parts
    ]
    head = f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="{boundary}"'
    return raw_mail(b"".join([*blocks, f"--{boundary}--\n".encode()]), headers=head)


def raw(content: bytes, **fields: Any) -> RawMessage:
    given = {"id": "18c0ffee00000001", "thread_id": "18c0ffee00000001", "content": content}
    return RawMessage(**(given | fields))
