"""What GmailMailbox does when Gmail, or the way to it, fails: reads try again, a letter never leaves twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.domain.model import RawMessage
from server.errors import MailboxError, NotFound, Offline, RateLimited, ReconnectNeeded, SendInDoubt
from server.mailboxes.gmail import GmailMailbox
from server.ports import Unfetched
from tests.contracts.agreed import answer_to, copies, cursor, walked
from tests.gmail_ground import Ground, opened

BEFORE = ("drop_before_work", "reset_before_work")
AFTER = (
    *("drop_after_work", "reset_after_work", "hang_after_work", "cut_after_work", "garbage_after_work"),
    "status_after_work",
)
RATE = ((429, "rateLimitExceeded"), (403, "userRateLimitExceeded"), (403, "dailyLimitExceeded"))


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with opened(tmp_path) as ground:
        yield ground


@pytest.mark.parametrize("kind", AFTER)
def test_a_lost_answer_after_the_send_leaves_one_copy_and_a_doubt(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox(timeout=0.5)
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.faults.add("drafts.send", kind, times=None)
    with pytest.raises(SendInDoubt):
        mailbox.send_draft(draft.id)
    assert len(ground.fake.sent) == 1
    assert ground.fake.posts("drafts.send") == 1


@pytest.mark.parametrize("kind", BEFORE)
def test_a_line_that_breaks_before_the_send_is_tried_once_and_in_doubt(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox()
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.faults.add("drafts.send", kind, times=None)
    with pytest.raises(SendInDoubt):
        mailbox.send_draft(draft.id)
    assert ground.fake.sent == []
    assert ground.fake.posts("drafts.send") == 1
    assert mailbox.draft(draft.id) == draft


@pytest.mark.parametrize("status", [500, 502, 503, 408, 308])
def test_a_send_answered_by_a_server_error_is_in_doubt(ground: Ground, status: int) -> None:
    mailbox = ground.mailbox()
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.faults.add("drafts.send", "status", status=status, times=None)
    with pytest.raises(SendInDoubt):
        mailbox.send_draft(draft.id)
    assert ground.fake.posts("drafts.send") == 1


@pytest.mark.parametrize(("status", "reason"), RATE)
def test_a_send_that_met_the_rate_limit_has_not_gone(ground: Ground, status: int, reason: str) -> None:
    mailbox = ground.mailbox()
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.faults.add("drafts.send", "status", status=status, reason=reason, retry_after=30, times=None)
    with pytest.raises(RateLimited) as caught:
        mailbox.send_draft(draft.id)
    assert caught.value.retry_after == 30
    assert ground.fake.posts("drafts.send") == 1
    assert ground.fake.sent == []


def test_a_send_that_gmail_refuses_has_not_gone(ground: Ground) -> None:
    mailbox = ground.mailbox()
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.faults.add("drafts.send", "status", status=400, reason="invalidArgument")
    with pytest.raises(MailboxError) as caught:
        mailbox.send_draft(draft.id)
    assert not isinstance(caught.value, SendInDoubt)
    assert "400, invalidArgument" in str(caught.value)


def test_a_send_refused_at_the_door_goes_once_with_a_new_token(ground: Ground) -> None:
    mailbox = ground.mailbox()
    letter = answer_to(mailbox)
    draft = mailbox.put_draft(letter)
    ground.fake.oauth.expire_tokens()
    mailbox.send_draft(draft.id)
    assert len(copies(mailbox, letter)) == len(ground.fake.sent) == 1


def test_a_send_after_the_consent_was_withdrawn_has_not_gone(ground: Ground) -> None:
    mailbox = ground.mailbox()
    draft = mailbox.put_draft(answer_to(mailbox))
    ground.fake.oauth.revoke_grants()
    with pytest.raises(ReconnectNeeded):
        mailbox.send_draft(draft.id)
    assert ground.fake.sent == []


def test_a_sign_in_server_that_is_silent_before_the_send_leaves_no_doubt(ground: Ground) -> None:
    mailbox = ground.mailbox(expired=True)
    ground.fake.faults.add("token", "drop_before_work", times=None)
    with pytest.raises(Offline):
        mailbox.send_draft("r1")
    assert ground.fake.posts("drafts.send") == 0


def test_a_send_without_any_network_leaves_no_doubt(tmp_path: Path) -> None:
    with opened(tmp_path) as ground:
        mailbox = ground.mailbox()
        draft = mailbox.put_draft(answer_to(mailbox))
    with pytest.raises(Offline):
        mailbox.send_draft(draft.id)
    assert ground.fake.sent == []


@pytest.mark.parametrize("kind", [*AFTER])
def test_a_draft_whose_answer_was_lost_is_saved_once_and_found_again(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox(timeout=0.5)
    letter = answer_to(mailbox)
    ground.fake.faults.add("drafts.create", kind)
    with pytest.raises(Offline):
        mailbox.put_draft(letter)
    assert ground.fake.posts("drafts.create") == 1
    found = mailbox.find_draft(letter.id, letter.thread_id)
    assert found is not None
    assert found.thread_id == letter.thread_id


@pytest.mark.parametrize("kind", BEFORE)
def test_a_draft_that_never_reached_gmail_is_not_tried_again(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox()
    letter = answer_to(mailbox)
    ground.fake.faults.add("drafts.create", kind)
    with pytest.raises(Offline):
        mailbox.put_draft(letter)
    assert ground.fake.posts("drafts.create") == 1
    assert mailbox.find_draft(letter.id, letter.thread_id) is None


def test_a_letter_to_a_thread_that_is_gone_is_not_found(ground: Ground) -> None:
    mailbox = ground.mailbox()
    letter = answer_to(mailbox)
    for stored in list(ground.fake.mailbox.thread(letter.thread_id)):
        ground.fake.remove(stored.id)
    with pytest.raises(NotFound):
        mailbox.put_draft(letter)


@pytest.mark.parametrize("kind", ["drop_before_work", "drop_after_work", "reset_after_work", "cut_after_work"])
def test_a_read_over_a_broken_line_is_tried_again(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox()
    before = walked(mailbox)
    ground.fake.faults.add("messages.list", kind, times=2)
    assert walked(mailbox) == before


def test_a_read_waits_as_long_as_gmail_asks(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ground.fake.faults.add("messages.list", "status", status=429, reason="rateLimitExceeded", retry_after=17)
    walked(mailbox)
    assert ground.waits == [17]


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_pauses_grow_and_chance_cuts_them(ground: Ground, share: float) -> None:
    ground.chance = lambda: share
    mailbox = ground.mailbox()
    ground.fake.faults.add("messages.list", "status", times=4)
    walked(mailbox)
    assert ground.waits == [most * share for most in (2, 4, 8, 16)]


def test_a_long_wait_is_left_to_the_caller(ground: Ground) -> None:
    mailbox = ground.mailbox()
    text = "User-rate limit exceeded. Retry after 2099-01-01T00:00:00.000Z"
    ground.fake.faults.add("messages.list", "status", status=403, reason="userRateLimitExceeded", text=text)
    with pytest.raises(RateLimited) as caught:
        walked(mailbox)
    assert ground.waits == []
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 3600


@pytest.mark.parametrize("kind", ["status", "drop_before_work", "garbage_after_work"])
def test_a_gmail_that_stays_down_is_offline_after_five_tries(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox()
    ground.fake.faults.add("getProfile", kind, times=None)
    with pytest.raises(Offline) as caught:
        list(mailbox.changes(None))
    assert caught.value.retryable
    assert len(ground.waits) == 4


def test_a_gmail_api_that_is_switched_off_says_where_to_switch_it_on(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ground.fake.faults.add("getProfile", "status", status=403, reason="accessNotConfigured")
    with pytest.raises(MailboxError) as caught:
        list(mailbox.changes(None))
    assert "Gmail API" in caught.value.hint


def test_only_the_part_of_a_batch_that_failed_is_fetched_again(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    ground.fake.faults.add("messages.get", "status", status=429, reason="rateLimitExceeded", only=ids[2], times=2)
    found = list(mailbox.fetch(ids))
    assert [message.id for message in found if isinstance(message, RawMessage)] == ids
    assert ground.fake.posts("messages.get") == len(ids) + 2
    assert len(ground.waits) == 2


def test_one_message_that_cannot_be_had_does_not_block_the_others(ground: Ground) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    ground.fake.faults.add("messages.get", "status", status=500, only=ids[1], times=None)
    found = list(mailbox.fetch(ids))
    assert [message.id for message in found if isinstance(message, Unfetched)] == [ids[1]]
    failed = found[1]
    assert isinstance(failed, Unfetched)
    assert not failed.gone
    assert "500" in failed.why


@pytest.mark.parametrize(("status", "error"), [(429, RateLimited), (503, Offline)])
def test_a_batch_that_fails_as_a_whole_raises(ground: Ground, status: int, error: type[MailboxError]) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    ground.fake.faults.add("messages.get", "status", status=status, times=None)
    with pytest.raises(error):
        list(mailbox.fetch(ids))


@pytest.mark.parametrize("kind", ["drop_after_work", "cut_after_work", "garbage_after_work", "status"])
def test_a_batch_over_a_broken_line_is_tried_again(ground: Ground, kind: str) -> None:
    mailbox = ground.mailbox()
    ids = walked(mailbox)
    ground.fake.faults.add("batch", kind, times=2)
    assert [message.id for message in mailbox.fetch(ids) if isinstance(message, RawMessage)] == ids


def test_a_thread_is_never_handed_over_with_a_hole_in_it(ground: Ground) -> None:
    mailbox = ground.mailbox()
    letter = answer_to(mailbox)
    first = mailbox.fetch_thread(letter.thread_id)[0]
    ground.fake.faults.add("messages.get", "status", status=500, only=first.id, times=None)
    with pytest.raises(Offline):
        mailbox.fetch_thread(letter.thread_id)


def test_history_is_tried_again_too(ground: Ground) -> None:
    mailbox = ground.mailbox()
    before = cursor(mailbox)
    ground.fake.faults.add("history.list", "status", status=503)
    assert [page.message_ids for page in mailbox.changes(before)] == [()]


def test_no_error_speaks_of_an_address_or_a_host(ground: Ground) -> None:
    mailbox: GmailMailbox = ground.mailbox()
    ground.fake.faults.add("getProfile", "drop_before_work", times=None)
    with pytest.raises(Offline) as caught:
        list(mailbox.changes(None))
    assert "127.0.0.1" not in str(caught.value) + caught.value.hint
    assert "@" not in str(caught.value) + caught.value.hint
