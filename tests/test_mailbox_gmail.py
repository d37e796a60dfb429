"""GmailMailbox over the fake Gmail: the contract of every mailbox, and what is Gmail's own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from server.domain.compose import letter_bytes
from server.domain.model import RawMessage
from server.errors import CursorExpired, PermissionMissing, ReconnectNeeded
from server.mailboxes import gmail
from server.mailboxes.gmail import GmailMailbox
from server.mailboxes.gmail_quota import Quota
from server.mailboxes.gmail_tokens import LABELS, READ, Endpoints
from tests.contracts.agreed import DOMAIN, LATER, answer_to, cursor, name_of, named, walked
from tests.contracts.mailbox import ArrivalContract, ReadingContract, WritingContract
from tests.gmail_ground import Ground, opened


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with opened(tmp_path) as ground:
        yield ground


class TestGmailMailbox(ReadingContract, ArrivalContract, WritingContract):
    @pytest.fixture
    def mailbox(self, ground: Ground) -> GmailMailbox:
        return ground.mailbox()

    @pytest.fixture
    def arrive(self, ground: Ground) -> Callable[[bytes], str]:
        return ground.fake.deliver

    @pytest.fixture
    def vanish(self, ground: Ground) -> Callable[[str], None]:
        return ground.fake.remove


class TestGmailMailboxInPagesOfTwo(TestGmailMailbox):
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(gmail, "PAGE", 2)
        monkeypatch.setattr(gmail, "BATCH", 2)


def test_spam_that_the_seeker_moves_to_the_inbox_is_news(ground: Ground) -> None:
    mailbox = ground.mailbox()
    spam = ground.fake.deliver(LATER.content, ["SPAM"])
    before = cursor(mailbox)
    ground.fake.mailbox.modify(spam, ["INBOX"], ["SPAM"])
    assert [id_ for page in mailbox.changes(before) for id_ in page.message_ids] == [spam]


def test_a_message_named_twice_in_the_history_comes_once(ground: Ground) -> None:
    mailbox = ground.mailbox()
    before = cursor(mailbox)
    new = ground.fake.deliver(LATER.content)
    ground.fake.mailbox.modify(new, ["STARRED"], [])
    assert [id_ for page in mailbox.changes(before) for id_ in page.message_ids] == [new]


def test_a_cursor_too_old_for_gmail_is_expired(ground: Ground) -> None:
    mailbox = ground.mailbox()
    before = cursor(mailbox)
    ground.fake.history_floor = int(before) + 1
    with pytest.raises(CursorExpired):
        list(mailbox.changes(before))


def test_a_draft_edited_in_gmail_has_another_revision(ground: Ground) -> None:
    mailbox = ground.mailbox()
    letter = answer_to(mailbox)
    draft = mailbox.put_draft(letter)
    ground.fake.mailbox.put_draft(letter_bytes(replace(letter, body="By hand.")), letter.thread_id, draft.id)
    edited = mailbox.draft(draft.id)
    assert edited is not None
    assert edited.revision != draft.revision


def test_a_draft_whose_subject_was_changed_by_hand_is_still_found(ground: Ground) -> None:
    mailbox = ground.mailbox()
    letter = answer_to(mailbox)
    draft = mailbox.put_draft(letter)
    other = replace(letter, subject="Something else")
    ground.fake.mailbox.put_draft(letter_bytes(other), letter.thread_id, draft.id)
    found = mailbox.find_draft(letter.id, letter.thread_id)
    assert found is not None
    assert found.id == draft.id
    assert found.thread_id != letter.thread_id


def test_a_draft_id_that_still_answers_after_the_send_counts_as_gone(ground: Ground) -> None:
    mailbox = ground.mailbox()
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.mailbox.messages[draft.message_id].labels = ["SENT"]
    assert mailbox.draft(draft.id) is None


def test_a_letter_with_another_subject_begins_a_thread_of_its_own(ground: Ground) -> None:
    mailbox = ground.mailbox()
    letter = replace(answer_to(mailbox), subject="A different matter")
    assert mailbox.put_draft(letter).thread_id != letter.thread_id


def test_the_sent_letter_keeps_our_header_though_gmail_gives_it_another_message_id(ground: Ground) -> None:
    mailbox = ground.mailbox()
    mailbox.send_draft(mailbox.put_draft(answer_to(mailbox)).id)
    mail = message_from_bytes(ground.fake.sent[0].raw)
    assert mail["X-ClassAct-Id"] == "letter-7"
    assert mail["Message-ID"].endswith("@mail.gmail.com>")
    assert mail["In-Reply-To"] == f"<rejection@{DOMAIN}>"


def test_a_bearer_token_that_google_has_ended_is_renewed_once_and_saved(ground: Ground) -> None:
    mailbox = ground.mailbox()
    before = ground.tokens.load(mailbox.address)
    ground.fake.oauth.expire_tokens()
    assert walked(mailbox)
    after = ground.tokens.load(mailbox.address)
    assert ground.fake.posts("token") == 1
    assert before is not None
    assert after is not None
    assert after.token != before.token
    assert after.refresh_token == before.refresh_token
    assert after.expires is not None


def test_a_token_that_ends_in_the_middle_of_a_batch_is_renewed(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    ground.fake.oauth.expire_tokens()
    assert [type(message) for message in mailbox.fetch(ids)] == [RawMessage] * len(ids)


def test_a_consent_that_was_withdrawn_asks_to_sign_in_again(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    ground.fake.oauth.revoke_grants()
    with pytest.raises(ReconnectNeeded) as caught:
        list(mailbox.fetch(ids))
    assert "classact connect" in caught.value.hint
    with pytest.raises(ReconnectNeeded):
        walked(mailbox)


def test_reading_alone_may_not_save_drafts(ground: Ground) -> None:
    mailbox = ground.mailbox(READ)
    letter = answer_to(mailbox)
    with pytest.raises(PermissionMissing) as caught:
        mailbox.put_draft(letter)
    assert "classact connect --with drafts" in caught.value.hint
    assert not ground.fake.mailbox.sent


def test_the_labels_scope_covers_reading_and_sending(ground: Ground) -> None:
    mailbox = ground.mailbox(LABELS)
    assert mailbox.send_draft(mailbox.put_draft(answer_to(mailbox)).id) == ground.fake.sent[0].id


def test_an_account_without_any_useful_scope_is_told_so(ground: Ground) -> None:
    mailbox = ground.mailbox(("https://www.googleapis.com/auth/gmail.labels",))
    with pytest.raises(PermissionMissing):
        walked(mailbox)


def test_an_empty_mailbox_has_one_page_and_a_cursor(tmp_path: Path) -> None:
    with opened(tmp_path) as ground:
        ground.fake.mailbox.messages.clear()
        (page,) = ground.mailbox().changes(None)
    assert page.message_ids == ()
    assert page.cursor


def test_six_threads_never_get_another_messages_content(ground: Ground) -> None:
    mailbox = ground.mailbox()
    expected = {id_: name_of(message) for id_ in walked(mailbox) for message in [by_id(mailbox, id_)]}
    wrong: list[str] = []

    def look() -> None:
        for _ in range(5):
            for id_, name in expected.items():
                message = by_id(mailbox, id_)
                if message.id != id_ or name_of(message) != name:
                    wrong.append(id_)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(expected) == 5


def test_a_full_fetch_costs_twenty_units_a_message(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    before = ground.fake.units
    list(mailbox.fetch(ids))
    assert ground.fake.units - before == 20 * len(ids)


def test_a_scan_spends_its_share_and_a_click_the_rest(ground: Ground) -> None:
    spent: list[tuple[int, bool]] = []

    class Noted(Quota):
        def take(self, cost: int, *, scan: bool) -> None:
            spent.append((cost, scan))

    account, endpoints = ground.account(), Endpoints.at(ground.fake.base)
    mailbox = GmailMailbox(account, ground.tokens, endpoints, quota=Noted())
    ids = walked(mailbox)
    list(mailbox.fetch(ids))
    mailbox.send_draft(mailbox.put_draft(answer_to(ground.mailbox())).id)
    mailbox.close()
    assert spent == [(1, False), (5, True), (20 * len(ids), True), (10, False), (20, False), (100, False)]


def test_the_mailbox_can_be_used_after_its_connections_were_closed(ground: Ground) -> None:
    mailbox = ground.mailbox()
    first = named(mailbox, "rejection")
    mailbox.close()
    assert named(mailbox, "rejection") == first


def by_id(mailbox: GmailMailbox, id_: str) -> RawMessage:
    (message,) = mailbox.fetch([id_])
    assert isinstance(message, RawMessage)
    return message
