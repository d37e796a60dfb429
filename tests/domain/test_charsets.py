"""Bytes become text whatever their label says."""

from __future__ import annotations

import encodings.aliases
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.charsets import decode

EVERY_CODEC = sorted({*encodings.aliases.aliases.values(), "idna", "punycode", "undefined", "unicode_escape"})


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Grüße".encode(), "utf-8", "Grüße"),
        ("Grüße".encode("latin-1"), "iso-8859-1", "Grüße"),
        (b"It\x92s \x93no\x94", "iso-8859-1", "It’s “no”"),
        (b"It\x92s", "us-ascii", "It’s"),
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        ("Grüße".encode(), "no-such-charset", "Grüße"),
        ("Grüße".encode(), None, "Grüße"),
        ("Grüße".encode(), "", "Grüße"),
        ("Grüße".encode(), '"utf-8"', "Grüße"),
        ("Grüße".encode(), "utf-8\0", "Grüße"),
        ("不採用".encode("iso-2022-jp"), "ISO-2022-JP", "不採用"),
        ("отказ".encode("koi8-r"), "koi8-r", "отказ"),
        ("很遗憾".encode("gb2312"), "gb2312", "很遗憾"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode(), "windows-1252", "Grüße"),
        ("Grüße".encode()[:-3], "utf-8", "Grü"),
        ("Grüße und Küsse".encode() + b" \xff!", "utf-8", "Grüße und Küsse \ufffd!"),
        ("GrÃ¼Ã\u009fe".encode(), "utf-8", "GrÃ¼Ã\u009fe"),
        ("很遗憾".encode("gb2312")[:-1], "gb2312", "很遗"),
        (b"QUJD", "base64", "QUJD"),
        (b"\\u0041", "unicode_escape", "\\u0041"),
        (b"+2AA-", "utf-7", "\ufffd"),
    ],
)
def test_it_decodes(data: bytes, charset: str | None, text: str) -> None:
    assert decode(data, charset) == text


@given(st.binary(max_size=60), st.sampled_from(EVERY_CODEC) | st.text(max_size=50))
def test_any_bytes_with_any_label_give_text_that_utf8_can_hold(data: bytes, charset: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(decode(data, charset).encode(), bytes)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf8_labelled_as_ascii_survives(text: str) -> None:
    assert decode(text.encode(), "us-ascii").replace("\r", "") == text.replace("\r", "") or not text.isascii()
    assert decode(text.encode(), "utf-8") == text
