"""The text of a mail is found in any MIME tree, within limits."""

from __future__ import annotations

import base64
import quopri
from email import message_from_bytes
from email.policy import compat32

import pytest

from server.domain.mime import MAX_BYTES, MAX_TEXT, body_of, within_limits
from tests.builders import multipart, raw_mail

PLAIN = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"
LONG = "We looked at your papers with great care and chose another gardener."


def body(content: bytes) -> tuple[str, str]:
    text, html = body_of(message_from_bytes(within_limits(content), policy=compat32))
    return text.strip(), html.strip()


def test_plain_text_wins_over_html() -> None:
    assert body(multipart((PLAIN, LONG), (HTML, f"<p>{LONG}</p>"))) == (LONG, "")


def test_a_stub_of_plain_text_loses_to_html() -> None:
    assert body(multipart((PLAIN, "View this mail online"), (HTML, f"<p>{LONG}</p>"))) == ("", f"<p>{LONG}</p>")


def test_short_plain_text_without_html_counts() -> None:
    assert body(multipart((PLAIN, "No."))) == ("No.", "")


def test_html_alone_is_taken() -> None:
    assert body(raw_mail("<p>No.</p>", headers=HTML)) == ("", "<p>No.</p>")


def test_html_that_calls_itself_plain_is_html() -> None:
    assert body(raw_mail("<!DOCTYPE html><html><body>No.</body></html>"))[0] == ""


def test_text_that_begins_with_an_angle_bracket_is_not_html() -> None:
    assert body(raw_mail("<3 from all of us here at the garden, Ada"))[1] == ""


def test_attachments_never_count() -> None:
    note = f"{PLAIN}\nContent-Disposition: ATTACHMENT; filename=cv.txt"
    assert body(multipart((note, "my whole life in one page of text"), (PLAIN, LONG), kind="mixed")) == (LONG, "")


def test_the_text_of_the_mail_wins_over_a_forwarded_one() -> None:
    inner = raw_mail("An older text of more than eight words that somebody else wrote.")
    assert body(multipart((PLAIN, LONG), ("Content-Type: message/rfc822", inner), kind="mixed")) == (LONG, "")


def test_a_bare_forward_counts_as_the_text() -> None:
    inner = raw_mail(LONG)
    text, html = body(multipart((PLAIN, "FYI"), ("Content-Type: message/rfc822", inner), kind="mixed"))
    assert (text, html) == (f"FYI\n\n{LONG}", "")


def test_a_bare_forward_of_html_counts_too() -> None:
    inner = raw_mail(f"<div>{LONG}</div>", headers=HTML)
    assert (
        body(multipart((PLAIN, ""), ("Content-Type: message/rfc822", inner), kind="mixed"))[1] == f"<div>{LONG}</div>"
    )


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "no-such", "x" * 5000, "", "utf-7"])
def test_a_wrong_charset_does_not_hurt(charset: str) -> None:
    text, _html = body(raw_mail(LONG, headers=f'Content-Type: text/plain; charset="{charset}"'))
    assert text == LONG


def test_an_rfc2231_charset_is_understood() -> None:
    head = "Content-Type: text/plain; charset*=us-ascii'en'iso-8859-1"
    assert body(raw_mail("Grüße".encode("latin-1"), headers=head)) == ("Grüße", "")


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_base64_without_its_padding_is_read(cut: int) -> None:
    encoded = base64.b64encode(LONG.encode() + b"  ").decode().rstrip("=")
    text, _html = body(raw_mail(encoded[: len(encoded) - cut], headers=f"{PLAIN}\nContent-Transfer-Encoding: base64"))
    assert LONG[:60] in text or text.startswith(encoded[:8])


def test_quoted_printable_is_read() -> None:
    encoded = quopri.encodestring(f"Grüße. {LONG}".encode())
    text, _html = body(raw_mail(encoded, headers=f"{PLAIN}\nContent-Transfer-Encoding: Quoted-Printable"))
    assert text == f"Grüße. {LONG}"


@pytest.mark.parametrize("encoding", ["8bit", "binary", "x-unknown", "base64, base64", "", "x-uuencode"])
def test_an_odd_transfer_encoding_leaves_the_text(encoding: str) -> None:
    text, _html = body(raw_mail(LONG, headers=f"{PLAIN}\nContent-Transfer-Encoding: {encoding}"))
    assert text == LONG or encoding.startswith("base64")


def test_a_boundary_that_never_comes_leaves_the_text() -> None:
    assert LONG in body(raw_mail(LONG, headers='Content-Type: multipart/mixed; boundary="b"'))[0] + LONG


def test_five_hundred_parts_are_read_up_to_the_limit() -> None:
    parts = [(PLAIN, LONG), *[("Content-Type: application/pdf", "x")] * 500]
    assert body(multipart(*parts, kind="mixed")) == (LONG, "")


def test_a_text_behind_two_hundred_parts_is_not_looked_for() -> None:
    parts = [*[("Content-Type: application/pdf", "x")] * 500, (PLAIN, LONG)]
    assert body(multipart(*parts, kind="mixed")) == ("", "")


def nested(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(depth))
    return f"{head}{PLAIN}\n\n{LONG}\n".encode()


def test_text_ten_multiparts_deep_is_found() -> None:
    assert body(nested(10)) == (LONG, "")


@pytest.mark.parametrize("depth", [100, 1000, 20_000])
def test_a_depth_bomb_is_read_without_error(depth: int) -> None:
    assert body(nested(depth))[1] == ""


def test_a_part_gives_no_more_text_than_its_limit() -> None:
    assert len(body_of(message_from_bytes(raw_mail("word " * 1_000_000)))[0]) <= MAX_TEXT


def test_limits_leave_an_ordinary_mail_as_it_is() -> None:
    mail = multipart((PLAIN, LONG), (HTML, f"<p>{LONG}</p>"))
    assert within_limits(mail) == mail
    assert within_limits(mail.replace(b"\n", b"\r\n")) == mail


@pytest.mark.parametrize(
    ("mail", "most"),
    [
        (b"x" * (MAX_BYTES + 10), MAX_BYTES),
        (b"Subject: x\n\n" + b"a\n" * 200_000, 130_000),
        (b"Subject: x\n\n" + b"a\r" * 200_000, 130_000),
        (b"Subject: x\n\n" + b"--b\n" * 5000, 5000),
        (b"X-A: b\n" * 100_000 + b"\nbody", 140_000),
        (b"Content-Type: text/plain" + b"; a=b" * 100_000 + b"\n\nbody", 2100),
        (b"Content-Type: text/plain;\n" + b" a=b;\n" * 10_000 + b"\nbody", 2100),
        (nested(1000), 2000),
    ],
    ids=["long", "lines", "carriage returns", "boundaries", "headers", "parameters", "folded parameters", "depth"],
)
def test_what_no_person_could_have_meant_is_cut(mail: bytes, most: int) -> None:
    assert len(within_limits(mail)) <= most


def test_words_behind_a_large_inline_image_are_found() -> None:
    page = f'<img src="data:image/png;base64,{"A" * (MAX_TEXT + 1)}"><p>{LONG}</p>'
    assert LONG in body(raw_mail(page, headers=HTML))[1]


def test_a_page_that_names_its_own_charset_is_read_in_it() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>отказ</p></html>'.encode("cp1251")
    assert "отказ" in body(b"Content-Type: text/html\n\n" + page)[1]
