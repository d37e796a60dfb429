"""MemoryMailbox keeps the contract of every mailbox."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from server.errors import CursorExpired
from server.mailboxes.memory import MemoryMailbox
from tests.contracts.agreed import AGREED, LATER, SEEKER, answer_to, copies, cursor
from tests.contracts.mailbox import ArrivalContract, ReadingContract, WritingContract


def filled(page: int = 500) -> MemoryMailbox:
    mailbox = MemoryMailbox(SEEKER, page=page)
    for agreed in AGREED:
        mailbox.deliver(agreed.content, labels=agreed.labels)
    return mailbox


class TestMemoryMailbox(ReadingContract, ArrivalContract, WritingContract):
    @pytest.fixture
    def mailbox(self) -> MemoryMailbox:
        return filled()

    @pytest.fixture
    def arrive(self, mailbox: MemoryMailbox) -> Callable[[bytes], str]:
        return mailbox.deliver

    @pytest.fixture
    def vanish(self, mailbox: MemoryMailbox) -> Callable[[str], None]:
        return mailbox.remove


class TestMemoryMailboxInPagesOfTwo(TestMemoryMailbox):
    @pytest.fixture
    def mailbox(self) -> MemoryMailbox:
        return filled(page=2)


def test_a_forgotten_cursor_is_said_to_be_expired() -> None:
    mailbox = filled()
    before = cursor(mailbox)
    mailbox.expire_cursors()
    with pytest.raises(CursorExpired):
        list(mailbox.changes(before))


def test_a_draft_edited_by_hand_has_another_revision() -> None:
    mailbox = filled()
    draft = mailbox.put_draft(answer_to(mailbox))
    mailbox.edit_draft(draft.id, b"Subject: another\r\n\r\nx\r\n")
    edited = mailbox.draft(draft.id)
    assert edited is not None
    assert edited.revision != draft.revision


def test_eight_threads_that_send_one_draft_send_one_copy() -> None:
    mailbox = filled()
    letter = answer_to(mailbox)
    draft = mailbox.put_draft(letter)
    outcomes: list[str] = []

    def send() -> None:
        try:
            outcomes.append(mailbox.send_draft(draft.id))
        except Exception as error:  # noqa: BLE001 - every outcome is counted
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("SendInDoubt") == 7
    assert len(copies(mailbox, letter)) == 1


def test_mail_moved_to_spam_is_no_news() -> None:
    mailbox = filled()
    before = cursor(mailbox)
    mailbox.label(mailbox.deliver(LATER.content), "SPAM")
    assert [page.message_ids for page in mailbox.changes(before)] == [()]
