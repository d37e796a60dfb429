"""The fake Gmail is loud about wrong calls, signs in as Google does, and can be filled and started by hand."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import google_auth_httplib2
import httplib2
import pytest
from google.auth.exceptions import RefreshError
from google_auth_oauthlib.flow import InstalledAppFlow
from googleapiclient.errors import HttpError

from tests.fakes.gmail import FakeGmail
from tests.gmail_client import ALL, REJECTION, Credentials, Users, clients, create, status_of


@pytest.fixture
def fake() -> Iterator[FakeGmail]:
    with FakeGmail() as fake:
        yield fake


@pytest.fixture
def users(fake: FakeGmail) -> Iterator[Users]:
    with clients(fake) as connect:
        yield connect


@pytest.mark.parametrize("authorization", ["", "Bearer nonsense", "Basic eDp5"])
def test_a_request_without_a_good_bearer_is_401(fake: FakeGmail, authorization: str) -> None:
    http = httplib2.Http(proxy_info=None)
    answer, content = http.request(f"{fake.base}/gmail/v1/users/me/profile", headers={"authorization": authorization})
    http.close()
    assert answer.status == 401
    assert json.loads(content)["error"]["status"] == "UNAUTHENTICATED"


def test_a_scope_that_is_missing_is_403_as_google_words_it(fake: FakeGmail, users: Users) -> None:
    with pytest.raises(HttpError) as caught:
        create(users("gmail.readonly"))
    body = json.loads(caught.value.content)["error"]
    assert caught.value.resp.status == 403
    assert body["errors"][0]["reason"] == "insufficientPermissions"
    assert body["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert fake.mailbox.drafts == {}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("messages?labelId=INBOX", "unknown query parameter 'labelId'"),
        ("messages?maxResults=many", "no number"),
        ("messages?includeSpamTrash=yes", "no boolean"),
        ("messages/1?format=whole", "none of"),
        ("messages?fields=messages(id,colour)", "no field"),
        ("messages?q=larger:5M", "unknown operator larger:"),
        ("nothing", "no such route"),
        ("settings/vacation", "not part of the fake"),
    ],
)
def test_a_call_that_gmail_does_not_know_is_loud(fake: FakeGmail, path: str, said: str) -> None:
    token = fake.credentials("gmail.modify")["token"]
    http = httplib2.Http(proxy_info=None)
    answer, content = http.request(
        f"{fake.base}/gmail/v1/users/me/{path}", headers={"authorization": f"Bearer {token}"}
    )
    http.close()
    assert answer.status == (400 if "q=" in path else 500)
    assert said in content.decode()
    assert said in fake.violations.pop()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"raw": "+/+/"}, "base64"),
        ({"raw": 7}, "int where string"),
        ({"payload": {"headers": [{"name": "Subject", "value": "x"}]}, "raw": ""}, "ignored by Gmail"),
        ({"colour": "red"}, "unknown field 'colour'"),
    ],
)
def test_a_body_that_gmail_does_not_know_is_loud(fake: FakeGmail, users: Users, message: Any, said: str) -> None:
    assert status_of(users().drafts().create(userId="me", body={"message": message})) == 500
    assert said in fake.violations.pop()


def test_a_broken_rule_fails_the_test_that_broke_it() -> None:
    with pytest.raises(AssertionError, match="no such route"):
        visit_an_unknown_route()


def test_the_plain_client_repeats_a_write_whose_answer_was_lost(fake: FakeGmail, users: Users) -> None:
    """The trap our own connection class closes: two drafts, and no error."""
    fake.faults.add("drafts.create", "drop_after_work")
    create(users())
    assert len(fake.mailbox.drafts) == 2


def test_installed_app_flow_signs_in_with_pkce(fake: FakeGmail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    flow = flow_to(fake)
    code = code_from(flow)
    flow.fetch_token(code=code)
    flow.oauth2session.close()
    assert flow.credentials.refresh_token
    assert flow.credentials.granted_scopes == ["https://www.googleapis.com/auth/gmail.readonly"]


def test_a_code_serves_once_and_only_its_verifier(fake: FakeGmail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    flow = flow_to(fake)
    code = code_from(flow)
    flow.code_verifier = "x" * 64
    for _ in range(2):
        with pytest.raises(Exception, match="invalid_grant"):
            flow.fetch_token(code=code)
    flow.oauth2session.close()


def test_a_refresh_token_ends_with_the_consent(fake: FakeGmail) -> None:
    credentials = Credentials(**fake.credentials(*ALL))
    http = httplib2.Http(proxy_info=None)
    request = google_auth_httplib2.Request(http)
    before = credentials.token
    credentials.refresh(request)
    assert credentials.token != before
    assert request(f"{fake.base}/revoke", "POST", body=f"token={credentials.token}").status == 200
    with pytest.raises(RefreshError, match="invalid_grant"):
        credentials.refresh(request)
    http.close()


def test_a_takeout_file_keeps_its_ids_threads_and_labels(fake: FakeGmail, tmp_path: Path) -> None:
    path = tmp_path / "All mail.mbox"
    first, second = 0x19AB00000000AAAA, 0x19AB00000000BBBB
    path.write_bytes(
        b"From %d@xxx Mon Jan 05 10:00:00 +0000 2026\r\nX-GM-THRID: %d\r\nX-Gmail-Labels: Inbox,Unread,Jobs\r\n"
        % (first, first)
        + REJECTION
        + b"\r\n>From now on\r\n\r\nFrom %d@xxx Tue Jan 06 10:00:00 +0000 2026\r\nX-GM-THRID: %d\r\n"
        b"X-Gmail-Labels: Sent,Opened\r\n" % (second, first) + b"Subject: Re: Your application\r\n\r\nThanks\r\n"
    )
    assert fake.load_mbox(path) == ["19ab00000000aaaa", "19ab00000000bbbb"]
    stored = [fake.mailbox.messages[id_] for id_ in ("19ab00000000aaaa", "19ab00000000bbbb")]
    assert {message.thread_id for message in stored} == {"19ab00000000aaaa"}
    assert [message.labels for message in stored] == [["INBOX", "UNREAD", "Jobs"], ["SENT"]]
    assert b"X-GM-THRID" not in stored[0].raw
    assert b"\r\nFrom now on" in stored[0].raw


def test_it_can_be_started_by_hand() -> None:
    process = subprocess.Popen([sys.executable, "-m", "tests.fakes.gmail"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    base, secret = process.stdout.readline().strip(), Path(process.stdout.readline().strip())
    try:
        assert json.loads(secret.read_text())["installed"]["token_uri"] == f"{base}/token"
        socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])), timeout=5).close()
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
    assert not secret.exists()


def flow_to(fake: FakeGmail) -> Any:
    return InstalledAppFlow.from_client_config(
        fake.client_secret(),
        scopes=["https://www.googleapis.com/auth/gmail.readonly"],
        redirect_uri="http://127.0.0.1:9/",
    )


def code_from(flow: Any) -> str:
    http = httplib2.Http(proxy_info=None)
    http.follow_redirects = False
    answer, _content = http.request(flow.authorization_url()[0])
    http.close()
    assert answer.status == 302
    query = dict(pair.split("=") for pair in answer["location"].partition("?")[2].split("&"))
    return str(query["code"]).replace("%2F", "/")


def visit_an_unknown_route() -> None:
    with FakeGmail() as fake:
        http = httplib2.Http(proxy_info=None)
        http.request(f"{fake.base}/gmail/v2/users/me/profile")
        http.close()
