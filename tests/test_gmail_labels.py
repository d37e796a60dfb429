"""Labels and the inbox over the fake Gmail, with the real client: made once, asked again without harm, cheap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.domain.tidying import LABEL
from server.errors import MailboxError, Offline, PermissionMissing, RateLimited
from server.mailboxes.gmail_labels import GmailLabels
from server.mailboxes.gmail_tokens import DRAFTS, LABELS
from tests.builders import raw_mail
from tests.fakes.gmail import FakeGmail
from tests.gmail_ground import Ground


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with FakeGmail() as fake:
        made = Ground(fake, tmp_path)
        yield made
        made.close()


@pytest.fixture
def labels(ground: Ground) -> GmailLabels:
    return ground.mailbox(LABELS).tidier()


@pytest.fixture
def mails(ground: Ground) -> list[str]:
    return [ground.fake.deliver(raw_mail(number=number)) for number in range(12)]


def of(ground: Ground, message_id: str) -> set[str]:
    return set(ground.fake.mailbox.messages[message_id].labels)


def named(ground: Ground) -> list[str]:
    return [name for name in ground.fake.mailbox.labels.values() if name.casefold() == LABEL.casefold()]


def test_the_label_is_made_once_and_known_again(ground, labels):
    made = labels.label()
    assert (labels.label(), labels.label(made), named(ground)) == (made, made, [LABEL])
    assert ground.fake.posts("labels.create") == 1


def test_a_label_that_was_renamed_stays_ours(ground, labels):
    made = labels.label()
    ground.fake.mailbox.labels[made] = "Noes"
    assert labels.label(made) == made
    assert named(ground) == []


def test_a_label_of_that_name_made_by_hand_is_taken(ground, labels):
    ground.fake.mailbox.labels["Label_99"] = "class act/rejection"
    assert labels.label() == "Label_99"
    assert ground.fake.posts("labels.create") == 0


def test_without_a_wish_to_make_it_none_is_made(ground, labels):
    assert labels.label("Label_1", make=False) == ""
    assert named(ground) == []


@pytest.mark.parametrize("status", [409, 400])
def test_a_label_that_came_to_be_at_the_same_moment_is_taken(ground, labels, monkeypatch, status):
    listed = labels._labels
    monkeypatch.setattr(labels, "_labels", lambda: (monkeypatch.undo(), {})[1])
    ground.fake.mailbox.labels["Label_99"] = LABEL
    if status == 400:
        ground.fake.faults.add("labels.create", "status", status=400, reason="invalidArgument")
    assert labels.label() == "Label_99"
    assert "Label_99" in listed()


def test_a_refusal_that_has_another_reason_is_said(ground, labels):
    ground.fake.faults.add("labels.create", "status", status=400, reason="invalidArgument")
    with pytest.raises(MailboxError):
        labels.label()


@pytest.mark.parametrize("kind", ["drop_after_work", "reset_after_work", "garbage_after_work", "status_after_work"])
def test_a_lost_answer_leads_to_one_label(ground, labels, kind):
    ground.fake.faults.add("labels.create", kind)
    assert labels.label() in ground.fake.mailbox.labels
    assert named(ground) == [LABEL]


@pytest.mark.parametrize("kind", ["drop_before_work", "drop_after_work", "status_after_work"])
@pytest.mark.parametrize("many", [3, 12])
def test_a_change_whose_answer_is_lost_is_asked_again_and_made_once(ground, labels, mails, kind, many):
    made = labels.label()
    ground.fake.faults.add("messages.modify" if many < 10 else "messages.batchModify", kind)
    labels.change(mails[:many], add=[made], remove=["INBOX"])
    assert [made in of(ground, id_) for id_ in mails] == [True] * many + [False] * (12 - many)
    assert "INBOX" not in of(ground, mails[0])


def test_google_that_never_answers_is_offline_and_not_a_letter_in_doubt(ground, labels, mails):
    ground.fake.faults.add("messages.modify", "drop_after_work", times=None)
    with pytest.raises(Offline):
        labels.change(mails[:1], add=["STARRED"])


def test_many_at_once_cost_one_request(ground, labels, mails):
    before = ground.fake.units
    labels.change(mails, add=["STARRED"])
    assert (ground.fake.posts("messages.batchModify"), ground.fake.units - before) == (1, 50)
    labels.change(mails[:9], remove=["STARRED"])
    assert (ground.fake.posts("messages.modify"), ground.fake.units - before) == (9, 95)


def test_a_batch_that_gmail_refuses_is_done_one_by_one(ground, labels, mails):
    ground.fake.faults.add("messages.batchModify", "status", status=404, reason="notFound")
    ground.fake.remove(mails[5])
    labels.change(mails, add=["STARRED"])
    assert all("STARRED" in of(ground, id_) for id_ in mails if id_ != mails[5])


def test_rate_limits_are_handed_on_and_nothing_is_hammered(ground, labels, mails):
    ground.fake.faults.add("messages.batchModify", "status", status=429, reason="rateLimitExceeded")
    with pytest.raises(RateLimited):
        labels.change(mails, add=["STARRED"])
    assert ground.fake.posts("messages.modify") == 0


def test_messages_that_are_gone_are_passed_over(ground, labels, mails):
    ground.fake.remove(mails[0])
    labels.change(mails[:2], add=["STARRED"])
    assert "STARRED" in of(ground, mails[1])
    assert labels.places(mails[:1]) == {mails[0]: None}


def test_places_tell_labels_and_whom_answers_go_to(ground, labels):
    mail = ground.fake.deliver(raw_mail(headers="Reply-To: Ada Lee <ada@brightwater.example>"), ["INBOX", "STARRED"])
    place = labels.places([mail, mail])[mail]
    assert place.labels == {"INBOX", "STARRED"}
    assert "ada@brightwater.example" in place.reply_to
    assert labels.places([]) == {}


def test_without_the_permission_the_box_on_googles_page_is_named(ground, mails):
    labels = ground.mailbox(DRAFTS).tidier()
    for call in (labels.label, lambda: labels.change(mails, add=["STARRED"])):
        with pytest.raises(PermissionMissing) as caught:
            call()
        assert "classact connect --with labels" in caught.value.hint


def test_nothing_here_can_delete_mail(ground, labels, mails):
    made = labels.label()
    labels.change(mails, add=[made], remove=["INBOX"])
    labels.change(mails, add=["INBOX"], remove=[made])
    assert not {seen.name for seen in ground.fake.requests} & {
        "messages.delete", "messages.trash", "messages.batchDelete", "labels.delete", "threads.trash", "threads.delete"
    }  # fmt: skip
    assert len(ground.fake.mailbox.messages) == len(mails)
