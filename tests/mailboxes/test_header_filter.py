"""What a big file's headers tell to be left unread, and that no rejection is lost by it."""

from __future__ import annotations

import pytest

from server.domain.bulk import sent_from
from server.mailboxes.mbox_head import Flags, head
from server.mailboxes.mbox_split import Piece
from tests.bench.takeout_recall import BAR, measured

SYSTEMS = sent_from(("greenhouse-mail.io", "hire.lever.co"))
LIST, UNSUBSCRIBE, PROMOTIONS = (
    "List-Id: <post.example>",
    "List-Unsubscribe: <https://post.example/u>",
    "X-Gmail-Labels: Inbox,Category Promotions",
)


def is_read(*lines: str, sender: str = "Garden Post <post@garden.example>", subject: str = "Tulips") -> bool:
    block = "\n".join([*lines, f"From: {sender}", f"Subject: {subject}"]).encode()
    return not head(Piece(b"", block, 0, len(block)), SYSTEMS).flags & Flags.LEFT_OUT


def test_the_headers_let_rejections_through() -> None:
    assert measured().recall >= BAR


@pytest.mark.parametrize("marks", [(LIST,), (PROMOTIONS, UNSUBSCRIBE), ("Precedence: list",)])
def test_what_went_to_many_and_speaks_of_no_job_is_left_out(marks: tuple[str, ...]) -> None:
    assert not is_read(*marks)


@pytest.mark.parametrize("marks", [(), (PROMOTIONS,), (UNSUBSCRIBE,), ("Precedence: bulk",)])
def test_what_may_have_been_written_to_one_person_is_read(marks: tuple[str, ...]) -> None:
    assert is_read(*marks)


@pytest.mark.parametrize(
    "sender", ["Corvane <corvane@greenhouse-mail.io>", "no-reply@us.greenhouse-mail.io", "Al <al@HIRE.lever.co>"]
)
def test_what_an_applicant_tracking_system_sends_is_read(sender: str) -> None:
    assert is_read(LIST, sender=sender)


@pytest.mark.parametrize("sender", ["a@greenhouse-mail.io.example", "greenhouse-mail.io <a@post.example>"])
def test_a_domain_that_only_looks_like_one_of_theirs_is_none(sender: str) -> None:
    assert not is_read(LIST, sender=sender)


def test_what_has_no_subject_is_read() -> None:
    assert is_read(LIST, subject="")
