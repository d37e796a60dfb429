"""Mails in which a refusal's own words stand, and which the seeker is asked about all the same."""

from __future__ import annotations

import pytest

from nlp.doubts import is_doubtful
from nlp.verdict import MailText


@pytest.mark.parametrize(
    "body",
    [
        "We cannot offer you the Leeds post, but we are delighted to offer you the same one in York.",
        "The letter you had this morning was sent to you in error. Please come on Friday as planned.",
        "Please disregard our last message; it was meant for somebody else.",
        "This confirms that your application was withdrawn. It will not be considered further.",
        "Look what they wrote!\n\n---------- Forwarded message ---------\nWe have decided not to proceed.",
        "In this week's letter: what I learned from being told no. Share it with other subscribers.",
    ],
)
def test_good_news_withdrawals_errors_forwards_and_essays_are_doubtful(body):
    assert is_doubtful(MailText(body=body))


@pytest.mark.parametrize("subject", ["Fwd: Your application", "FW: Result", "WG: Ihre Bewerbung"])
def test_a_forwarded_subject_is_doubtful(subject):
    assert is_doubtful(MailText(subject=subject, body="We have decided not to proceed."))


@pytest.mark.parametrize(
    "body",
    [
        "We have decided not to take your application further. We would be happy to hear from you again.",
        "Another candidate was chosen. To stop these mails, unsubscribe here.",
    ],
)
def test_an_ordinary_refusal_is_not_doubtful(body):
    assert not is_doubtful(MailText(subject="Your application", body=body))
