"""What every mailbox promises: adapters subclass these suites and give the fixtures they ask for.

Every adapter is filled with `AGREED`, in that order, for the seeker `SEEKER`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.utils import parsedate_to_datetime

import pytest

from server.domain.compose import LETTER_ID_HEADER
from server.domain.model import RawMessage
from server.errors import NotFound, Refused, SendInDoubt
from server.ports import Mailbox, Unfetched
from tests.contracts.agreed import (
    AGREED,
    LATER,
    SEEKER,
    UNKNOWN_ID,
    answer_to,
    copies,
    cursor,
    fetched,
    header,
    name_of,
    named,
    text,
    walked,
)

__all__ = ["AGREED", "SEEKER", "ArrivalContract", "ReadingContract", "WritingContract"]


class ReadingContract:
    """Reading. The adapter gives the fixture `mailbox`, filled with AGREED."""

    @pytest.fixture
    def mailbox(self) -> Mailbox:
        raise NotImplementedError

    def test_it_knows_the_seekers_address(self, mailbox: Mailbox) -> None:
        assert mailbox.address == SEEKER
        assert mailbox.name

    def test_every_id_is_10_to_20_lower_case_hex_digits(self, mailbox: Mailbox) -> None:
        for id_ in walked(mailbox):
            assert 10 <= len(id_) <= 20
            assert set(id_) <= set("0123456789abcdef")

    def test_a_first_walk_names_every_message_but_drafts_once(self, mailbox: Mailbox) -> None:
        names = [name_of(message) for message in fetched(mailbox, walked(mailbox))]
        assert sorted(names) == sorted(a.name for a in AGREED if "DRAFT" not in a.labels)

    def test_the_newest_come_first(self, mailbox: Mailbox) -> None:
        times = [message.received for message in fetched(mailbox, walked(mailbox))]
        assert times == sorted(times, key=lambda time: time or datetime.min.replace(tzinfo=UTC), reverse=True)

    def test_the_last_page_and_only_it_has_a_cursor(self, mailbox: Mailbox) -> None:
        cursors = [page.cursor for page in mailbox.changes(None)]
        assert cursors[-1]
        assert not any(cursors[:-1])

    def test_a_listing_since_a_moment_names_all_that_came_after_and_ends_with_a_cursor(self, mailbox: Mailbox) -> None:
        *others, last = mailbox.relist(datetime(2026, 1, 8, tzinfo=UTC))
        ids = {id_ for page in (*others, last) for id_ in page.message_ids}
        names = {name_of(message) for message in fetched(mailbox, sorted(ids))}
        assert names >= {"rejection", "html"}
        assert "begun" not in names
        assert [page.cursor for page in others] == [None] * len(others)
        assert [page.message_ids for page in mailbox.changes(last.cursor)] == [()]

    def test_after_the_cursor_nothing_is_new(self, mailbox: Mailbox) -> None:
        pages = list(mailbox.changes(cursor(mailbox)))
        assert [page.message_ids for page in pages] == [()]
        assert pages[-1].cursor

    def test_messages_come_in_the_order_asked(self, mailbox: Mailbox) -> None:
        asked = sorted(walked(mailbox))
        for ids in (asked, asked[::-1]):
            assert [message.id for message in mailbox.fetch(ids)] == ids

    def test_a_message_that_is_not_there_is_gone_and_the_others_come(self, mailbox: Mailbox) -> None:
        first, *_rest, last = walked(mailbox)
        found = list(mailbox.fetch([first, UNKNOWN_ID, last]))
        assert [message.id for message in found] == [first, UNKNOWN_ID, last]
        assert isinstance(found[1], Unfetched)
        assert found[1].gone
        assert isinstance(found[0], RawMessage)
        assert isinstance(found[2], RawMessage)

    def test_asking_for_nothing_gives_nothing(self, mailbox: Mailbox) -> None:
        assert list(mailbox.fetch([])) == []

    def test_text_beyond_ascii_survives(self, mailbox: Mailbox) -> None:
        mail = message_from_bytes(named(mailbox, "rejection").content)
        assert header(mail, "Subject") == "Re: Your application: Gärtner"
        assert header(mail, "From") == "Zoë Nørgård <zoe@northwind.example>"
        assert "Grüße, Zoë" in text(mail)

    def test_every_message_says_when_it_came_in_utc(self, mailbox: Mailbox) -> None:
        for agreed in AGREED:
            if "DRAFT" not in agreed.labels:
                received = named(mailbox, agreed.name).received
                assert received == parsedate_to_datetime(agreed.date)
                assert received.tzinfo is UTC

    def test_sent_mail_is_told_by_its_label(self, mailbox: Mailbox) -> None:
        sent = [name_of(message) for message in fetched(mailbox, walked(mailbox)) if "SENT" in message.labels]
        assert sent == ["answer"]

    def test_a_thread_is_whole_and_oldest_first_with_drafts_and_sent_ones(self, mailbox: Mailbox) -> None:
        thread = mailbox.fetch_thread(named(mailbox, "rejection").thread_id)
        assert [name_of(message) for message in thread] == ["applied", "answer", "rejection", "begun"]
        assert "DRAFT" in thread[-1].labels

    def test_messages_that_have_nothing_to_do_with_each_other_share_no_thread(self, mailbox: Mailbox) -> None:
        threads = {name: named(mailbox, name).thread_id for name in ("newsletter", "rejection", "html")}
        assert len(set(threads.values())) == 3

    def test_a_thread_that_is_not_there_is_empty(self, mailbox: Mailbox) -> None:
        assert mailbox.fetch_thread(UNKNOWN_ID) == ()


class ArrivalContract:
    """Mail that comes and goes. The adapter gives `mailbox`, `arrive(content) -> id` and `vanish(id)`."""

    @pytest.fixture
    def arrive(self) -> Callable[[bytes], str]:
        raise NotImplementedError

    @pytest.fixture
    def vanish(self) -> Callable[[str], None]:
        raise NotImplementedError

    def test_a_new_message_comes_exactly_once_after_the_cursor(
        self, mailbox: Mailbox, arrive: Callable[[bytes], str]
    ) -> None:
        before = cursor(mailbox)
        new = arrive(LATER.content)
        pages = list(mailbox.changes(before))
        assert [id_ for page in pages for id_ in page.message_ids] == [new]
        assert [list(page.message_ids) for page in mailbox.changes(pages[-1].cursor)] == [[]]

    def test_what_comes_between_the_pages_of_a_first_walk_is_not_lost(
        self, mailbox: Mailbox, arrive: Callable[[bytes], str]
    ) -> None:
        walk = mailbox.changes(None)
        pages = [next(walk)]
        new = arrive(LATER.content)
        pages += walk
        pages += mailbox.changes(pages[-1].cursor)
        assert new in [id_ for page in pages for id_ in page.message_ids]

    def test_a_message_deleted_meanwhile_is_gone(self, mailbox: Mailbox, vanish: Callable[[str], None]) -> None:
        message = named(mailbox, "newsletter")
        vanish(message.id)
        (found,) = mailbox.fetch([message.id])
        assert isinstance(found, Unfetched)
        assert found.gone


class WritingContract:
    """Drafts and sending. The adapter gives `mailbox`."""

    def test_a_letter_becomes_a_draft_in_its_thread(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        draft = mailbox.put_draft(letter)
        last = mailbox.fetch_thread(letter.thread_id)[-1]
        assert draft.thread_id == letter.thread_id
        assert last.id == draft.message_id
        assert "DRAFT" in last.labels
        assert message_from_bytes(last.content)[LETTER_ID_HEADER] == letter.id

    def test_a_letter_without_a_thread_begins_one(self, mailbox: Mailbox) -> None:
        letter = replace(answer_to(mailbox), thread_id="", in_reply_to="", references=(), subject="Hello")
        draft = mailbox.put_draft(letter)
        assert draft.thread_id != named(mailbox, "rejection").thread_id

    def test_a_letter_beyond_ascii_survives(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        mailbox.put_draft(letter)
        mail = message_from_bytes(mailbox.fetch_thread(letter.thread_id)[-1].content)
        assert header(mail, "Subject") == letter.subject
        assert header(mail, "To") == "Zoë Nørgård <zoe@northwind.example>"
        assert text(mail).split() == letter.body.split()

    def test_a_draft_keeps_its_revision_while_nobody_edits_it(self, mailbox: Mailbox) -> None:
        draft = mailbox.put_draft(answer_to(mailbox))
        assert mailbox.draft(draft.id) == draft

    def test_replacing_a_draft_changes_its_revision_and_leaves_one(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        first = mailbox.put_draft(letter)
        second = mailbox.put_draft(replace(letter, body="Another text.\n"), first.id)
        assert second.id == first.id
        assert second.revision != first.revision
        ours = [m for m in mailbox.fetch_thread(letter.thread_id) if LETTER_ID_HEADER.encode() in m.content]
        assert len(ours) == 1
        assert b"Another text." in ours[0].content

    def test_a_draft_that_is_gone_cannot_be_replaced(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        draft = mailbox.put_draft(letter)
        mailbox.send_draft(draft.id)
        with pytest.raises(NotFound):
            mailbox.put_draft(letter, draft.id)

    def test_a_draft_that_is_not_there_is_none(self, mailbox: Mailbox) -> None:
        assert mailbox.draft("r1") is None

    def test_a_draft_is_found_by_its_letter(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        draft = mailbox.put_draft(letter)
        assert mailbox.find_draft(letter.id, letter.thread_id) == draft
        assert mailbox.find_draft("another-letter", letter.thread_id) is None

    def test_a_draft_in_a_thread_of_its_own_is_found_too(self, mailbox: Mailbox) -> None:
        letter = replace(answer_to(mailbox), thread_id="", in_reply_to="", references=(), subject="Hello")
        draft = mailbox.put_draft(letter)
        assert mailbox.find_draft(letter.id, "") == draft

    def test_a_line_break_in_a_header_is_refused_and_nothing_is_saved(self, mailbox: Mailbox) -> None:
        letter = replace(answer_to(mailbox), subject="Re: x\r\nBcc: everyone@example.com")
        with pytest.raises(Refused):
            mailbox.put_draft(letter)
        assert mailbox.find_draft(letter.id, letter.thread_id) is None

    def test_sending_moves_the_draft_to_the_sent_letters_of_the_thread(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        draft = mailbox.put_draft(letter)
        sent_id = mailbox.send_draft(draft.id)
        last = mailbox.fetch_thread(letter.thread_id)[-1]
        assert mailbox.draft(draft.id) is None
        assert last.id == sent_id
        assert "SENT" in last.labels
        assert "DRAFT" not in last.labels
        assert message_from_bytes(last.content)[LETTER_ID_HEADER] == letter.id

    def test_a_second_send_of_the_same_draft_sends_nothing(self, mailbox: Mailbox) -> None:
        letter = answer_to(mailbox)
        draft = mailbox.put_draft(letter)
        mailbox.send_draft(draft.id)
        with pytest.raises((SendInDoubt, NotFound)):
            mailbox.send_draft(draft.id)
        assert len(copies(mailbox, letter)) == 1

    def test_nothing_that_was_there_is_ever_deleted(self, mailbox: Mailbox) -> None:
        before = {name: named(mailbox, name) for name in ("newsletter", "applied", "answer", "rejection", "html")}
        letter = answer_to(mailbox)
        draft = mailbox.put_draft(letter)
        mailbox.put_draft(replace(letter, body="Another text.\n"), draft.id)
        mailbox.send_draft(draft.id)
        assert {name: named(mailbox, name) for name in before} == before
        assert name_of(mailbox.fetch_thread(letter.thread_id)[3]) == "begun"
