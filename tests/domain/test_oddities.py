"""Headers in which senders hide are told from ordinary ones, whatever the bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.domain.authentication import proof_of
from server.domain.oddities import oddities
from server.domain.particulars import Proof
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.wiring import SystemClock, sample_mbox
from tests.builders import raw_mail

CODES = {"two-from", "two-authors", "twice", "disguised", "control", "broken", "route", "encoded", "added"}


def test_no_mail_of_the_sample_is_odd() -> None:
    mailbox = MboxMailbox(sample_mbox(), OutboxFolder(Path("/nonexistent"), SystemClock()), "sample")
    ids = [i for page in mailbox.changes(None) for i in page.message_ids]
    assert len(ids) > 100
    assert {oddities(raw.content) for raw in mailbox.fetch(ids)} == {()}


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_an_ordinary_mail_is_not_odd_with_either_line_end(end: bytes) -> None:
    assert oddities(raw_mail().replace(b"\n", end)) == ()


def test_the_line_that_parts_mails_in_a_file_is_no_header() -> None:
    assert oddities(b"From 1@xxx Mon Mar  2 12:00:00 2026\n" + raw_mail()) == ()


@settings(deadline=None)
@given(st.one_of(st.binary(), st.lists(st.sampled_from(
    [b"From", b":", b" ", b"<", b">", b"@", b"a@b.example", b",", b'"', b"(", b")", b"=?utf-8?b?", b"?=", b"\0", b"\n",
     b"\r\n", b"DKIM-Signature: l=1;", b"\xff", b"Sender: "])).map(b"".join)))  # fmt: skip
@example(b"From: " + b"a" * 200_000)
@example(b"From: " + b"<a@b.example>" * 5000)
@example(b"From: " + b"(" * 100_000)
@example(b"From: " + b'"\\' * 100_000)
def test_nothing_breaks_it(content: bytes) -> None:
    assert set(oddities(content)) <= CODES
    assert set(oddities(b"From: Ada <a@b.example>\n" + content)) <= CODES


@pytest.mark.parametrize(
    ("fields", "proof"),
    [
        ([], Proof()),
        (["mx.example; none"], Proof()),
        (["mx.example; DMARC=Pass header.from=a.example"], Proof(dmarc="pass", judged_from="a.example")),
        (["mx.example 1; spf=pass smtp.mailfrom=x@a.example"], Proof(checked=True, passed=("a.example",))),
        (["mx.example; dkim=fail header.d=a.example"], Proof(checked=True)),
        (["mx.example; spf=pass smtp.mailfrom=a.example", "mx.example; dmarc=fail"],
         Proof(checked=True, dmarc="fail", passed=("a.example",))),
        (["mx.example; spf=none", "other.example; dmarc=fail"], Proof(checked=True)),
        (["mx.example; spf=none (dmarc=pass)"], Proof(checked=True)),
        (["mx.example; spf=none (a (b) dmarc=pass) ; dmarc=none"], Proof(checked=True, dmarc="none")),
        (["mx.example; dmarc=pass", "mx.example; dmarc=quarantine"], Proof(dmarc="quarantine")),
        (["mx.example; spf=none (a(b) smtp.x=y"], Proof(checked=True, broken=True)),
    ],
)  # fmt: skip
def test_the_receivers_findings_are_read_and_those_of_others_are_not(fields: list[str], proof: Proof) -> None:
    assert proof_of(fields) == proof


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from('dmarc=pass;spf()"\\ \t.header.from@x')), max_size=4))
def test_no_findings_break_it(fields: list[str]) -> None:
    assert isinstance(proof_of(fields), Proof)


@settings(deadline=None)
@given(st.text(st.sampled_from('a("\\;= ')))
def test_whatever_stands_in_it_a_fail_is_never_hidden(inside: str) -> None:
    assert proof_of([f"mx.example; spf=none smtp.mailfrom={inside}; dmarc=fail"]).dmarc == "fail"
