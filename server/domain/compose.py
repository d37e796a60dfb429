"""A letter as RFC 5322 bytes: UTF-8 plain text, threaded by its headers, with nothing smuggled into them.

The header lines are written here and not by the `email` package: it drops the quotes of a long display name when it
folds the line (Python 3.11.7), and then a name such as `x@evil.example, Ada ...` would be another recipient. A name or
subject that is more than plain words stands in encoded words (RFC 2047), which need no quotes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.policy import compat32
from email.utils import format_datetime

from server.domain.model import Contact, Letter
from server.errors import Refused
from server.texts import _

LETTER_ID_HEADER = "X-ClassAct-Id"  # how we know our own letter again; Gmail rewrites Message-ID on send

MAX_SUBJECT = 900  # characters; a line holds 998 bytes (RFC 5322 §2.1.1)
MAX_NAME = 200  # characters of a display name
MAX_ADDRESS, _MAX_LOCAL = 254, 64  # RFC 5321 §4.5.3.1 with erratum 1690
MAX_REFERENCES = 200  # ids; of a longer thread the first one and the last ones, as RFC 5537 §3.4.4 has it
_LONGEST_LINE = 76  # bytes, where a folded line ends if it can
_WORD_BYTES = 42  # of an encoded word's text: 56 in base64, 68 with `=?utf-8?b?...?=` (RFC 2047 §2 allows 75)

# RFC 5322 §2.2: a field body holds neither CR nor LF; the other control characters are obsolete everywhere (§4.1), and
# C1 ones and line separators end a line for some readers. Lone surrogates are no text.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,500}>")  # printable ASCII without < >; longer than a line could hold is none
_LETTER_ID = re.compile(r"[A-Za-z0-9._-]+")  # ours are hex digits
_PLAIN_WORDS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")  # atoms
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")  # a dot-atom (RFC 5322 §3.2.3); quoted local parts are refused
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")  # RFC 1123 §2.1
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def letter_bytes(letter: Letter, *, date: datetime | None = None) -> bytes:
    """The letter as ASCII bytes with CRLF line ends and no line above 998 bytes.

    Raises:
        Refused: a header field holds a line break or another control character, is too long, or an address is not one.

    """
    fields = dict(_fields(letter, date))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode("ascii")
    data = head + b"\r\n" + _body(letter.body)
    if message_from_bytes(data, policy=compat32).keys() != list(fields):  # a field broke out of its line all the same
        raise _unsafe(_("Subject"))
    return data


def _fields(letter: Letter, date: datetime | None) -> Iterator[tuple[str, str]]:
    if letter.sender.address:
        yield "From", address_field("From", letter.sender)
    yield "To", address_field("To", letter.to)
    yield "Subject", _words(single_line("Subject", letter.subject, MAX_SUBJECT), len("Subject: "))
    if date is not None:
        yield "Date", format_datetime(date)
    letter_id = single_line(LETTER_ID_HEADER, letter.id)
    if not _LETTER_ID.fullmatch(letter_id):
        raise _unsafe(LETTER_ID_HEADER)
    yield "Message-ID", f"<{letter_id}@{_domain(letter.sender)}>"
    if answered := _message_ids("In-Reply-To", (letter.in_reply_to,)):
        yield "In-Reply-To", answered
    if references := _message_ids("References", letter.references):
        yield "References", references
    yield LETTER_ID_HEADER, letter_id
    yield "Content-Type", 'text/plain; charset="utf-8"'
    yield "Content-Transfer-Encoding", "quoted-printable"
    yield "MIME-Version", "1.0"


def single_line(field: str, value: str, longest: int = MAX_NAME) -> str:
    """The value, if it can stand in a header field; raises Refused if it holds a control character or is too long."""
    if _UNSAFE.search(value):
        raise _unsafe(field)
    if len(value) > longest:
        raise Refused(
            _("The field %(field)s is too long (%(length)d characters of %(longest)d).")
            % {"field": field, "length": len(value), "longest": longest},
            _("Shorten it and try again. Nothing was saved or sent."),
        )
    return value


def threaded_references(references: tuple[str, ...], parent: str) -> tuple[str, ...]:
    """References of an answer: the parent's References and then the parent itself (RFC 5322 §3.6.4)."""
    return tuple(dict.fromkeys((*references, parent))) if parent else references


def reply_subject(subject: str) -> str:
    """`Re:` once before the subject, on one line; Gmail threads only when the subject matches."""
    subject = " ".join(_UNSAFE.sub(" ", subject).split())[: MAX_SUBJECT - len("Re: ")]
    return subject if re.match(r"re\s*:", subject, re.IGNORECASE) else f"Re: {subject}".strip()


def fitting_name(name: str) -> str:
    """A display name out of somebody's mail, or "" when no header of ours could hold it."""
    return "" if len(name) > MAX_NAME or _UNSAFE.search(name) else name


def address_field(field: str, contact: Contact) -> str:
    """The contact as a header holds it, folded; raises Refused when it is no address or holds what no header may."""
    address = single_line(field, contact.address, MAX_ADDRESS)
    local, _at, host = address.rpartition("@")
    domain = _ascii(host)
    coded = "=?" in local  # some readers decode it there, line break and all, where no encoded word may stand
    if coded or len(local) > _MAX_LOCAL or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise Refused(
            _("“%(address)s” is not an e-mail address.") % {"address": address},
            _("Correct the address and try again. Nothing was saved or sent."),
        )
    name = " ".join(single_line(field, contact.name).split())
    if not name:
        return f"{local}@{domain}"
    plain = _PLAIN_WORDS.fullmatch(name) and "=?" not in name and len(name) < _LONGEST_LINE - len("From: ")
    words = name if plain else _encoded(name)
    gap = "\r\n " if len(words) + len(address) > _LONGEST_LINE else " "
    return f"{words}{gap}<{local}@{domain}>"


def _unsafe(field: str) -> Refused:
    return Refused(
        _("The field %(field)s holds a line break or another character that has no place there.") % {"field": field},
        _("Remove it and try again. Nothing was saved or sent."),
    )


def _words(text: str, used: int) -> str:
    """Unstructured text as a header holds it: as it is when it is short and plain, else in encoded words."""
    short = used + len(text) <= _LONGEST_LINE and text.isascii() and text == " ".join(text.split())
    return text if short and "=?" not in text else _encoded(text)


def _encoded(text: str) -> str:
    """The text as encoded words of whole characters, one on each line (RFC 2047 §2, §5)."""
    # A reader that decodes twice must not find an encoded word inside ours, line break and all.
    pieces, piece = [], ""
    for character in text.replace("=?", "= ?"):
        if len((piece + character).encode()) > _WORD_BYTES:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join(f"=?utf-8?b?{b64encode(each.encode()).decode()}?=" for each in (*pieces, piece) if each)


def _message_ids(field: str, ids: tuple[str, ...]) -> str:
    """The ids, one on each line; what is none, or longer than a line can hold, is left out as it threads nothing."""
    if any(_UNSAFE.search(i) for i in ids):
        raise _unsafe(field)
    fitting = [i for i in ids if _MESSAGE_ID.fullmatch(i) and "=?" not in i]
    if len(fitting) > MAX_REFERENCES:
        fitting = [fitting[0], *fitting[1 - MAX_REFERENCES :]]
    return "\r\n ".join(fitting)


def _domain(sender: Contact) -> str:
    return _ascii(sender.address.rpartition("@")[2]) or "classact.invalid"


def _ascii(domain: str) -> str:
    """The domain as headers write it (RFC 5890), "" when it cannot be one."""
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _body(text: str) -> bytes:
    """Quoted-printable lines of at most 76 bytes; paragraphs stay one line each, which every reader wraps to fit."""
    lines = _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n") + "\n"
    return b2a_qp(lines.encode("utf-8", "replace"), istext=True).replace(b"\n", b"\r\n")
