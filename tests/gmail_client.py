"""The real Google client on the fake Gmail, and small mails, for the tests of the fake."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import google_auth_httplib2
import httplib2
import pytest
from google.oauth2 import credentials as google_credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.fakes.gmail import FakeGmail

ALL = ("gmail.readonly", "gmail.compose")
REJECTION = (
    b"From: Ada <ada@northwind.example>\r\nTo: robin@example.com\r\nSubject: Your application\r\n"
    b"Message-ID: <a@northwind.example>\r\nList-Unsubscribe: <https://northwind.example/u>\r\n"
    b"Date: Mon, 05 Jan 2026 10:00:00 +0000\r\n\r\nWe went with someone else.\r\n"
)
Users = Callable[..., Any]
Credentials: Any = google_credentials.Credentials  # google-auth has no types


@contextmanager
def clients(fake: FakeGmail) -> Iterator[Users]:
    """users(*scopes) -> the users() resource of the real client; connections end with the block."""
    opened: list[httplib2.Http] = []

    def connect(*scopes: str) -> Any:
        http = httplib2.Http(timeout=5, proxy_info=None)
        opened.append(http)
        signed = google_auth_httplib2.AuthorizedHttp(Credentials(**fake.credentials(*(scopes or ALL))), http=http)
        options = {"api_endpoint": f"{fake.base}/"}
        return build(
            "gmail", "v1", http=signed, static_discovery=True, cache_discovery=False, client_options=options
        ).users()

    yield connect
    for http in opened:
        http.close()


def raw(
    *, subject: str = "Re: Your application", answers: str = "<a@northwind.example>", to: str = "ada@x.example"
) -> str:
    answered = f"In-Reply-To: {answers}\r\n" if answers else ""
    text = f"To: {to}\r\nSubject: {subject}\r\nMessage-ID: <mine@x>\r\nX-ClassAct-Id: 7\r\n{answered}\r\nThank you.\r\n"
    return base64.urlsafe_b64encode(text.encode()).decode()


def create(users: Any, thread_id: str = "", **how: str) -> Any:
    message = {"raw": raw(**how), **({"threadId": thread_id} if thread_id else {})}
    return users.drafts().create(userId="me", body={"message": message}).execute()


def status_of(request: Any) -> int:
    with pytest.raises(HttpError) as caught:
        request.execute()
    return int(caught.value.resp.status)
