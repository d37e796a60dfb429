"""Raw RFC 822 bytes to a Message, for any bytes at all: what cannot be read becomes a row with the reason."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import UTC, datetime

from nlp.text import mail_text
from nlp.verdict import MailText
from server.domain.authentication import proof_of
from server.domain.calendar_parts import invites_of
from server.domain.compose import LETTER_ID_HEADER
from server.domain.headers import contacts, date_of, header, machine_hints, raw_header, raw_headers
from server.domain.mime import body_of, calendar_texts, within_limits
from server.domain.model import Contact, Message, RawMessage
from server.domain.oddities import oddities
from server.texts import _

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_NOBODY = Contact("", "")


def read(raw: RawMessage, mailbox: str) -> Message:
    """The message; never raises. Bytes that no parser can follow give a Message whose `unreadable` says why."""
    if not raw.content.strip():
        return _unreadable(raw, mailbox, _("it is empty"))
    try:
        return _read(raw, mailbox)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        # What the stdlib parser raises on hostile mail: 12 of 916 public ones, measured.
        return _unreadable(raw, mailbox, _("its structure is broken"))


def text_of(message: Message) -> MailText:
    """What the classifier is given of a message."""
    return MailText(message.subject, message.sender.name, message.sender.address, message.body)


def _unreadable(raw: RawMessage, mailbox: str, why: str) -> Message:
    return Message(raw.id, raw.thread_id, mailbox, raw.received or EPOCH, labels=raw.labels, unreadable=why)


def _read(raw: RawMessage, mailbox: str) -> Message:
    mail = email.message_from_bytes(within_limits(raw.content), policy=email.policy.compat32)
    sender = next(iter(contacts(raw_header(mail, "From"))), _NOBODY)
    body, html = body_of(mail)
    text = mail_text(subject=header(mail, "Subject"), sender="", body=body, html=html)
    proof = proof_of(raw_headers(mail, "Authentication-Results"))
    references = header(mail, "References") or header(mail, "In-Reply-To")
    return Message(
        id=raw.id,
        thread_id=raw.thread_id,
        mailbox=mailbox,
        received=raw.received or date_of(mail) or EPOCH,
        subject=text.subject,
        sender=sender,
        reply_to=contacts(raw_header(mail, "Reply-To")),
        to=contacts(raw_header(mail, "To")),
        cc=contacts(raw_header(mail, "Cc")),
        body=text.body,
        rfc_message_id=next(iter(_MESSAGE_ID.findall(header(mail, "Message-ID"))), ""),
        references=tuple(_MESSAGE_ID.findall(references)),
        automatic=machine_hints(mail),
        labels=raw.labels,
        letter_id=header(mail, LETTER_ID_HEADER),
        dmarc=proof.dmarc,
        proof=proof,
        oddities=oddities(raw.content),
        sent_by=next((contact.address for contact in contacts(raw_header(mail, "Sender"))), ""),
        invites=invites_of(calendar_texts(mail)),
    )
