"""A letter as RFC 5322 bytes: UTF-8 plain text, threaded by its headers, with nothing smuggled into them."""

from __future__ import annotations

import re
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import format_datetime

from server.domain.model import Contact, Letter
from server.errors import Refused
from server.texts import _

LETTER_ID_HEADER = "X-ClassAct-Id"  # how we know our own letter again; Gmail rewrites Message-ID on send

# RFC 5322 §2.2: a header field body holds neither CR nor LF; NUL is obsolete everywhere (§4.1). Lone surrogates are no
# text. Python 3.11.7 lacks verify_generated_headers (CVE-2024-6923), so this check is the guard.
_UNSAFE = re.compile(r"[\r\n\0\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")


def letter_bytes(letter: Letter, *, date: datetime | None = None) -> bytes:
    """The letter as bytes with CRLF line ends.

    Raises:
        Refused: a header field holds a line break or NUL, or an address is not one.

    """
    mail = _mail(letter, date)
    data = mail.as_bytes()
    if message_from_bytes(data, policy=compat32).keys() != mail.keys():  # a field broke out of its line all the same
        raise _unsafe(_("Subject"))
    return data


def _mail(letter: Letter, date: datetime | None) -> EmailMessage:
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    if letter.sender.address:
        mail["From"] = address_field("From", letter.sender)
    mail["To"] = address_field("To", letter.to)
    mail["Subject"] = _plain("Subject", letter.subject)
    if date is not None:
        mail["Date"] = format_datetime(date)
    mail["Message-ID"] = f"<{single_line('Message-ID', letter.id)}@{_domain(letter.sender)}>"
    if letter.in_reply_to:
        mail["In-Reply-To"] = _message_ids("In-Reply-To", (letter.in_reply_to,))
    if letter.references:
        mail["References"] = _message_ids("References", letter.references)
    mail[LETTER_ID_HEADER] = single_line(LETTER_ID_HEADER, letter.id)
    body = letter.body.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    mail.set_content(body, cte="quoted-printable")
    return mail


def single_line(field: str, value: str) -> str:
    """The value, if it can stand in a header field; raises Refused if it holds a line break or NUL."""
    if _UNSAFE.search(value):
        raise _unsafe(field)
    return value


def threaded_references(references: tuple[str, ...], parent: str) -> tuple[str, ...]:
    """References of an answer: the parent's References and then the parent itself (RFC 5322 §3.6.4)."""
    return tuple(dict.fromkeys((*references, parent))) if parent else references


def reply_subject(subject: str) -> str:
    """`Re:` once before the subject; Gmail threads only when the subject matches."""
    return subject if re.match(r"re\s*:", subject, re.IGNORECASE) else f"Re: {subject}".strip()


def _unsafe(field: str) -> Refused:
    return Refused(
        _("The field %(field)s holds a line break or another character that has no place there.") % {"field": field},
        _("Remove it and try again. Nothing was saved or sent."),
    )


def _plain(field: str, value: str) -> str:
    """The value with no encoded word in it: the email package would decode one, line breaks and all."""
    return single_line(field, value).replace("=?", "= ?")


def address_field(field: str, contact: Contact) -> Address:
    """The contact as a header can hold it; raises Refused when it is no address or holds a line break."""
    name, address = _plain(field, contact.name), single_line(field, contact.address)
    local, at, domain = address.rpartition("@")
    try:
        return Address(display_name=name, addr_spec=f"{local}{at}{_ascii(domain)}")
    except (ValueError, IndexError, AttributeError, MessageError) as error:  # the parser's own, on broken addresses
        raise Refused(
            _("“%(address)s” is not an e-mail address.") % {"address": address},
            _("Correct the address and try again. Nothing was saved or sent."),
        ) from error


def _message_ids(field: str, ids: tuple[str, ...]) -> str:
    return " ".join(i for i in (single_line(field, i) for i in ids) if _MESSAGE_ID.fullmatch(i))


def _domain(sender: Contact) -> str:
    return _ascii(sender.address.rpartition("@")[2]) or "classact.invalid"


def _ascii(domain: str) -> str:
    """The domain as headers write it (RFC 5890); raises UnicodeError, a ValueError, when it cannot be one."""
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")
