"""A letter as bytes says what the letter says, and nothing can be smuggled into its headers."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32, default
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.domain.compose import letter_bytes, reply_subject, single_line, threaded_references
from server.domain.model import Contact, Letter
from server.domain.reading import read
from server.errors import Refused
from tests.builders import ADA, ME, NOON, a_letter, raw

HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-ClassAct-Id",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip
BREAKS = [
    "\r",
    "\n",
    "\r\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\ud800",
    "\t",
    "\x07",
    "\x1b",
    "\x7f",
]


def parsed(letter: Letter) -> EmailMessage:
    mail = message_from_bytes(letter_bytes(letter, date=NOON), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_letter_has_these_headers_and_no_others() -> None:
    assert parsed(a_letter()).keys() == HEADERS


def test_a_letter_can_be_read_back() -> None:
    letter = a_letter(
        sender=Contact("Kím Døyle", ME.address),
        to=Contact("Zoë “Zed” Nørgård, Brightwater", "zoe@brightwater.example"),
        subject="Re: Gärtner 😀 " + "long " * 40 + "end",
        body="Dear Zoë,\n\nthank you. 😀\n.\nFrom here on\n\nKím\n",
    )
    message = read(raw(letter_bytes(letter, date=NOON)), "m")
    assert (message.sender, message.to) == (letter.sender, (letter.to,))
    assert message.subject == letter.subject
    assert message.body == "Dear Zoë,\n\nthank you. 😀\n.\nFrom here on\n\nKím"
    assert (message.letter_id, message.references, message.received) == ("letter-1", letter.references, NOON)


def test_a_letter_is_ascii_with_crlf_and_short_lines() -> None:
    data = letter_bytes(a_letter(subject="ä" * 500, body="ö" * 5000 + "\n"))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


def test_a_letter_without_sender_leaves_the_field_to_the_mailbox() -> None:
    mail = parsed(a_letter(sender=Contact("", "")))
    assert "From" not in mail
    assert mail["Message-ID"] == "<letter-1@classact.invalid>"


def test_a_first_letter_has_no_threading_headers() -> None:
    mail = parsed(a_letter(in_reply_to="", references=()))
    assert not {"In-Reply-To", "References"} & set(mail.keys())


def test_a_message_id_that_is_none_is_left_out_of_the_references() -> None:
    assert parsed(a_letter(references=("<a@x.example>", "no id", "<b@x.example>")))["References"] == (
        "<a@x.example> <b@x.example>"
    )


def test_a_long_thread_is_folded_and_whole() -> None:
    references = tuple(f"<message-number-{i}@brightwater.example>" for i in range(200))
    assert tuple(str(parsed(a_letter(references=references))["References"]).split()) == references


def test_an_international_domain_is_written_in_ascii() -> None:
    assert b"To: Ada <ada@xn--bcher-kva.example>\r\n" in letter_bytes(a_letter(to=Contact("Ada", "ada@bücher.example")))


@pytest.mark.parametrize(
    "address",
    [
        "", "ada", "@", "ada@", "@firm.example", "ada lee@firm.example", "a@firm.example, b@firm.example",
        "a@b@firm.example", "<ada@firm.example>", "Ada <ada@firm.example>", "ada@firm .example", "ada@[",
        "jörg@firm.example", "=?utf-7?q?+AAo-?=@firm.example",
        "ada@\u00ad.example", "ada@" + "ö" * 100 + ".example", "ada@firm.example>", "ada(@firm.example",
        "ada;@firm.example", "ada@firm..example", ".ada@firm.example", '"ada@firm.example',
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_in_a_sentence(address: str) -> None:
    with pytest.raises(Refused) as caught:
        letter_bytes(a_letter(to=Contact("Ada", address)))
    assert caught.value.hint


@pytest.mark.parametrize("sign", BREAKS)
@pytest.mark.parametrize("field", ["subject", "id", "in_reply_to", "references", "to name", "to address", "from name"])
def test_a_line_break_in_any_header_field_is_refused(field: str, sign: str) -> None:
    bad = f"x{sign}Bcc: everyone@evil.example"
    fields: dict[str, Any] = {
        "to name": {"to": Contact(bad, ADA.address)},
        "to address": {"to": Contact(ADA.name, bad)},
        "from name": {"sender": Contact(bad, ME.address)},
        "references": {"references": (bad,)},
    }.get(field, {field: bad})
    with pytest.raises(Refused):
        letter_bytes(a_letter(**fields))


@pytest.mark.parametrize(
    "word",
    [
        "=?utf-8?q?x=0D=0ABcc:_everyone@evil.example?=",
        "=?utf-8?q?x=0ABcc:_everyone@evil.example=0A=0Abody?= tail",
        "=?utf-8?b?eA0KQmNjOiBldmVyeW9uZUBldmlsLmV4YW1wbGU=?=",
        "=?us-ascii*en?q?x=0D=0ABcc:_everyone@evil.example?=",
        "=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3D0D=3D0ABcc:_a=40b=2Eexample=3F=3D?=",
        '"=?utf-8?q?x=0D=0ABcc:_everyone@evil.example?="',
    ],
)
def test_an_encoded_line_break_breaks_no_header(word: str) -> None:
    """The stdlib decodes such words when it builds the header, line break and all (CVE-2024-6923)."""
    letter = a_letter(subject=f"Re: {word}", to=Contact(word, ADA.address), sender=Contact(word, ME.address))
    mail = parsed(letter)
    assert mail.keys() == HEADERS
    assert "\n" not in mail["Subject"]


_PIECES = st.lists(
    st.sampled_from(
        [
            "Bcc: x@evil.example",
            ":",
            " ",
            "=?",
            "?=",
            "utf-8",
            "?q?",
            "?b?",
            "=0D=0A",
            "DQo=",
            '"',
            "\\",
            "(",
            ")",
            "<",
            ">",
            ",",
            ";",
            "@",
            "a" * 80,
        ]
    )
    | st.text(max_size=5)
    | st.sampled_from(BREAKS),
    max_size=12,
).map("".join)


@settings(max_examples=1000, deadline=None)
@example("=?utf-8?q?=0D=0ABcc:x?=", "=?utf-8?q?=0D=0ABcc:x?=", "a@b.example")
@given(_PIECES, _PIECES, _PIECES | st.just(ADA.address))
def test_no_text_whatever_adds_a_header_line(subject: str, name: str, address: str) -> None:
    letter = a_letter(subject=subject, to=Contact(name, address), sender=Contact(name, ME.address))
    try:
        data = letter_bytes(letter, date=NOON)
    except Refused:
        return
    head, _gap, body = data.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert names == HEADERS
    assert body.startswith(b"Dear Ada,")
    assert len(message_from_bytes(data, policy=SMTP)["To"].addresses) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()))
def test_any_body_can_be_written_and_adds_no_header(body: str) -> None:
    assert parsed(a_letter(body=body)).keys() == HEADERS


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), max_size=60))
def test_any_text_of_one_line_stands_in_the_subject(text: str) -> None:
    assert single_line("Subject", text) == text
    decoded = str(parsed(a_letter(subject=text))["Subject"])
    assert "".join(decoded.split()) == "".join(text.replace("=?", "= ?").split())


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Your application", "Re: Your application"),
        ("Re: Your application", "Re: Your application"),
        ("RE: x", "RE: x"),
        ("re : x", "re : x"),
        ("Research post", "Re: Research post"),
        ("", "Re:"),
    ],
)
def test_an_answer_has_re_once(subject: str, answer: str) -> None:
    assert reply_subject(subject) == answer


def test_references_grow_by_the_parent_once() -> None:
    assert threaded_references(("<a>", "<b>"), "<c>") == ("<a>", "<b>", "<c>")
    assert threaded_references(("<a>", "<b>"), "<b>") == ("<a>", "<b>")
    assert threaded_references(("<a>",), "") == ("<a>",)


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "x" * 901},
        {"to": Contact("A" * 201, ADA.address)},
        {"sender": Contact("A" * 201, ME.address)},
        {"to": Contact("Ada", "a" * 65 + "@brightwater.example")},
        {"to": Contact("Ada", "ada@" + "b" * 63 + ("." + "c" * 60) * 4 + ".example")},
        {"id": "i" * 201},
    ],
)
def test_a_value_that_is_too_long_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        letter_bytes(a_letter(**fields))


def test_a_long_name_with_a_comma_stays_one_name() -> None:
    """The email package lost its quotes when it folded the line: then the first word was another recipient."""
    name = "x@evil.example, " + "Ada " * 30
    # Not by policy.default: until Python 3.12 it leaves the space between encoded words in names (RFC 2047 §6.2).
    field = message_from_bytes(letter_bytes(a_letter(to=Contact(name, ADA.address))), policy=compat32)["To"]
    ((coded, address),) = getaddresses([field])
    assert (address, str(make_header(decode_header(coded)))) == (ADA.address, name.strip())


def test_a_message_id_that_no_line_can_hold_threads_nothing() -> None:
    mail = parsed(a_letter(in_reply_to=f"<{'x' * 900}@y>", references=("<a@y>", f"<{'x' * 900}@y>")))
    assert (mail["In-Reply-To"], mail["References"]) == (None, "<a@y>")


def test_of_a_thread_without_end_the_first_id_and_the_last_ones_are_named() -> None:
    references = tuple(f"<{i}@y>" for i in range(1000))
    named = str(parsed(a_letter(references=references))["References"]).split()
    assert (named[0], named[-1], len(named)) == ("<0@y>", "<999@y>", 200)


@pytest.mark.parametrize(
    "body",
    [
        "From here on\n.\n..\nFrom there\n",
        "trailing blanks  \n\n\ttab\n",
        "= an equals sign = at the end =\n",
        "Grüße 😀 " * 200 + "\n",
        "long" * 1000 + "\n",
    ],
)
def test_a_body_is_read_back_as_it_was_written(body: str) -> None:
    data = letter_bytes(a_letter(body=body))
    mail = message_from_bytes(data, policy=default)
    assert mail.get_content().replace("\r\n", "\n") == body
    assert (mail.get_content_charset(), mail["Content-Transfer-Encoding"]) == ("utf-8", "quoted-printable")
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_control_characters_of_a_body_are_left_out_and_line_ends_are_one_kind() -> None:
    data = letter_bytes(a_letter(body="a\rb\r\nc\0d\x1b[2J"))
    assert data.partition(b"\r\n\r\n")[2] == b"a\r\nb\r\ncd[2J\r\n"


def test_a_subject_of_somebody_elses_is_made_fit_for_an_answer() -> None:
    assert reply_subject("Your\tapplication\x00\n now") == "Re: Your application now"
    letter_bytes(a_letter(subject=reply_subject("x" * 5000)))


@pytest.mark.parametrize("letter_id", ["", "a b", "a@b", "<a>", "ä", "😀", "a:b"])
def test_an_id_that_is_none_of_ours_is_refused(letter_id: str) -> None:
    with pytest.raises(Refused):
        letter_bytes(a_letter(id=letter_id))
