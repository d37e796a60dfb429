"""How long Google asks us to wait, in every form that it is known to say it in."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import httplib2
import pytest
from googleapiclient.errors import HttpError
from hypothesis import given
from hypothesis import strategies as st

from server.mailboxes.gmail_errors import retry_after

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def refusal(text: str = "slow down", **headers: str) -> HttpError:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = httplib2.Response({"status": "429", "content-type": "application/json", **fields})
    return HttpError(answer, json.dumps({"error": {"code": 429, "message": text}}).encode())


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (refusal(retry_after="17"), 17),
        (refusal(retry_after="1.5"), 1.5),
        (refusal(retry_after="Mon, 02 Mar 2026 12:01:00 GMT"), 60),
        (refusal("User-rate limit exceeded.  Retry after 2026-03-02T12:02:00.123Z"), 120),
        (refusal("rate limit exceeded, retry after 2026-03-02T11:00:00Z"), 0),
        (refusal(), None),
        (refusal(retry_after="soon"), None),
        (refusal("Retry after 2026-13-02T12:02:00Z"), None),
        (refusal(retry_after="-5"), None),
    ],
)
def test_the_wait_that_google_asks_for(error: HttpError, seconds: float | None) -> None:
    assert retry_after(error, lambda: NOW) == seconds


def test_a_time_of_day_is_counted_from_googles_clock_and_not_from_ours() -> None:
    error = refusal("Retry after 2030-01-01T00:01:00Z", date="Tue, 01 Jan 2030 00:00:00 GMT")
    assert retry_after(error, lambda: NOW) == 60


@given(text=st.text(max_size=40), header=st.text(st.characters(codec="latin-1"), max_size=40))
def test_no_text_and_no_header_raises_or_asks_for_a_negative_wait(text: str, header: str) -> None:
    assert (retry_after(refusal(f"Retry after {text}", retry_after=header, date=header), lambda: NOW) or 0) >= 0
