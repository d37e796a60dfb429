"""The fake Gmail, driven by the real Google client, behaves as Gmail does."""

from __future__ import annotations

import base64
import gzip
import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from googleapiclient.http import BatchHttpRequest

from tests.fakes.gmail import FakeGmail
from tests.gmail_client import ALL, REJECTION, Users, clients, create, raw, status_of


@pytest.fixture
def fake() -> Iterator[FakeGmail]:
    with FakeGmail() as fake:
        yield fake


@pytest.fixture
def users(fake: FakeGmail) -> Iterator[Users]:
    with clients(fake) as connect:
        yield connect


def test_the_profile_counts_messages_and_threads(fake: FakeGmail, users: Users) -> None:
    fake.deliver(REJECTION)
    profile = users().getProfile(userId="me").execute()
    assert profile == {
        "emailAddress": "robin@example.com",
        "messagesTotal": 1,
        "threadsTotal": 1,
        "historyId": profile["historyId"],
    }


def test_an_empty_list_has_no_list_in_it(users: Users) -> None:
    me = users("gmail.modify")
    assert me.messages().list(userId="me").execute() == {"resultSizeEstimate": 0}
    assert me.drafts().list(userId="me").execute() == {"resultSizeEstimate": 0}
    assert me.threads().list(userId="me").execute() == {"resultSizeEstimate": 0}
    start = me.getProfile(userId="me").execute()["historyId"]
    assert me.history().list(userId="me", startHistoryId=start).execute() == {"historyId": start}


@pytest.mark.parametrize("form", ["full", "metadata", "minimal", "raw"])
def test_a_message_comes_in_every_form(fake: FakeGmail, users: Users, form: str) -> None:
    message = users().messages().get(userId="me", id=fake.deliver(REJECTION), format=form).execute()
    assert message["labelIds"] == ["INBOX", "UNREAD"]
    assert ("raw" in message) == (form == "raw")
    assert ("payload" in message) == (form in {"full", "metadata"})
    if form == "raw":
        assert base64.urlsafe_b64decode(message["raw"]) == REJECTION
    if form == "full":
        assert base64.urlsafe_b64decode(message["payload"]["body"]["data"]) == b"We went with someone else.\r\n"
        assert "List-Unsubscribe" in [header["name"] for header in message["payload"]["headers"]]


def test_metadata_can_be_held_to_named_headers(fake: FakeGmail, users: Users) -> None:
    got = (
        users()
        .messages()
        .get(userId="me", id=fake.deliver(REJECTION), format="metadata", metadataHeaders=["Subject", "X-Nothing"])
    )
    assert got.execute()["payload"]["headers"] == [{"name": "Subject", "value": "Your application"}]


def test_fields_cut_the_answer_down(fake: FakeGmail, users: Users) -> None:
    fake.deliver(REJECTION)
    listed = users().messages().list(userId="me", fields="nextPageToken,messages/id").execute()
    assert [list(message) for message in listed["messages"]] == [["id"]]
    assert list(listed) == ["messages"]


def test_pages_hold_every_message_once(fake: FakeGmail, users: Users) -> None:
    ids = {fake.deliver(REJECTION, thread_id=f"{number:016x}") for number in range(7)}
    me, seen, token = users(), list[str](), None
    while True:
        page = me.messages().list(userId="me", maxResults=3, pageToken=token).execute()
        seen += [message["id"] for message in page["messages"]]
        token = page.get("nextPageToken")
        if not token:
            break
    assert len(seen) == 7
    assert set(seen) == ids


def test_an_answer_is_zipped_when_that_is_asked_for(fake: FakeGmail) -> None:
    token = fake.credentials(*ALL)["token"]
    request = urllib.request.Request(  # noqa: S310 - the loopback
        f"{fake.base}/gmail/v1/users/me/profile",
        headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - the loopback
        assert json.loads(gzip.decompress(answer.read()))["emailAddress"] == "robin@example.com"


def test_a_draft_joins_its_thread_only_if_thread_headers_and_subject_agree(fake: FakeGmail, users: Users) -> None:
    me, thread = users(), fake.deliver(REJECTION)
    assert create(me, thread)["message"]["threadId"] == thread
    assert create(me, "")["message"]["threadId"] != thread
    assert create(me, thread, subject="Something else")["message"]["threadId"] != thread
    assert create(me, thread, answers="")["message"]["threadId"] != thread
    assert create(me, thread, answers="<other@x.example>")["message"]["threadId"] != thread


def test_editing_a_draft_gives_it_another_message(fake: FakeGmail, users: Users) -> None:
    me, thread = users(), fake.deliver(REJECTION)
    draft = create(me, thread)
    body = {"message": {"raw": raw(), "threadId": thread}}
    edited = me.drafts().update(userId="me", id=draft["id"], body=body).execute()
    assert edited["id"] == draft["id"]
    assert edited["message"]["id"] != draft["message"]["id"]
    assert status_of(me.messages().get(userId="me", id=draft["message"]["id"])) == 404


def test_sending_a_draft_makes_a_new_message_with_gmails_own_id_and_our_header(fake: FakeGmail, users: Users) -> None:
    me, thread = users(), fake.deliver(REJECTION)
    draft = create(me, thread)
    sent = me.drafts().send(userId="me", body={"id": draft["id"]}).execute()
    assert sent["labelIds"] == ["SENT"]
    assert sent["threadId"] == thread
    assert sent["id"] != draft["message"]["id"]
    mail = fake.sent[0].mail
    assert mail.message_id.endswith("@mail.gmail.com>")
    assert mail.header("X-ClassAct-Id") == "7"
    assert mail.header("From") == fake.address
    assert status_of(me.drafts().get(userId="me", id=draft["id"])) == 404


def test_a_draft_can_be_sent_once(fake: FakeGmail, users: Users) -> None:
    me = users()
    draft = create(me)
    me.drafts().send(userId="me", body={"id": draft["id"]}).execute()
    assert status_of(me.drafts().send(userId="me", body={"id": draft["id"]})) == 404
    assert len(fake.sent) == 1


def test_a_letter_to_nobody_is_refused(fake: FakeGmail, users: Users) -> None:
    me = users()
    draft = create(me, to="")
    assert status_of(me.drafts().send(userId="me", body={"id": draft["id"]})) == 400
    assert fake.sent == []


def test_a_draft_can_be_deleted(fake: FakeGmail, users: Users) -> None:
    me = users()
    draft = create(me)
    me.drafts().delete(userId="me", id=draft["id"]).execute()
    assert fake.mailbox.messages == {}


def test_history_tells_of_mail_labels_and_deletions(fake: FakeGmail, users: Users) -> None:
    me = users("gmail.modify")
    start = me.getProfile(userId="me").execute()["historyId"]
    first = fake.deliver(REJECTION)
    me.messages().modify(
        userId="me", id=first, body={"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD"]}
    ).execute()
    fake.remove(first)
    changes = me.history().list(userId="me", startHistoryId=start).execute()["history"]
    kinds = [
        next(key for key in change if key.startswith(("messages", "labels")) and key != "messages")
        for change in changes
    ]
    assert kinds == ["messagesAdded", "labelsAdded", "labelsRemoved", "messagesDeleted"]
    only = me.history().list(userId="me", startHistoryId=start, historyTypes=["labelAdded"]).execute()["history"]
    assert only[0]["labelsAdded"][0]["labelIds"] == ["STARRED"]


@pytest.mark.parametrize("start", ["1", "99999999"])
def test_history_that_is_too_old_or_not_yet_there_is_404(fake: FakeGmail, users: Users, start: str) -> None:
    fake.history_floor = 500
    assert status_of(users().history().list(userId="me", startHistoryId=start)) == 404


def test_labels_can_be_made_once(users: Users) -> None:
    me = users("gmail.modify")
    made = me.labels().create(userId="me", body={"name": "Class Act"}).execute()
    assert made["id"] in [label["id"] for label in me.labels().list(userId="me").execute()["labels"]]
    assert status_of(me.labels().create(userId="me", body={"name": "class act"})) == 409


def test_an_unknown_label_is_refused(fake: FakeGmail, users: Users) -> None:
    change = (
        users("gmail.modify").messages().modify(userId="me", id=fake.deliver(REJECTION), body={"addLabelIds": ["No"]})
    )
    assert status_of(change) == 400


def test_the_seekers_own_address_can_send(users: Users) -> None:
    found = users().settings().sendAs().list(userId="me").execute()["sendAs"]
    assert [(entry["sendAsEmail"], entry["isPrimary"]) for entry in found] == [("robin@example.com", True)]


def test_a_batch_answers_part_by_part(fake: FakeGmail, users: Users) -> None:
    me, known = users(), fake.deliver(REJECTION)
    answers: dict[str, Any] = {}
    batch = BatchHttpRequest(
        callback=lambda key, answer, error: answers.update({key: error or answer}),
        batch_uri=f"{fake.base}/batch/gmail/v1",
    )
    batch.add(me.messages().get(userId="me", id=known, format="minimal"), request_id="there")
    batch.add(me.messages().get(userId="me", id="00000000000000ab"), request_id="gone")
    batch.execute()
    assert answers["there"]["id"] == known
    assert answers["gone"].resp.status == 404
    assert fake.posts("batch") == 1
