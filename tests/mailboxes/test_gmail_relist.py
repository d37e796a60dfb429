"""When Gmail has forgotten its history: what is listed again, and what is let lie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import raw_mail
from tests.gmail_ground import Ground, opened

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with opened(tmp_path) as ground:
        yield ground


def came(ground: Ground, ago: timedelta, *labels: str) -> str:
    return ground.fake.deliver(raw_mail(), labels or ("INBOX",), received=(NOW - ago).timestamp())


def listed(ground: Ground, since: datetime) -> list[str]:
    return [id_ for page in ground.mailbox().relist(since) for id_ in page.message_ids]


def test_everything_since_the_moment_is_listed(ground: Ground) -> None:
    new = {came(ground, days * DAY) for days in (0, 1, 4)}
    assert new <= set(listed(ground, NOW - 5 * DAY))


def test_mail_that_came_out_of_spam_after_weeks_is_listed_and_older_mail_is_not(ground: Ground) -> None:
    spam, old = came(ground, 25 * DAY, "SPAM"), came(ground, 60 * DAY)
    ground.fake.mailbox.modify(spam, [], ["SPAM"])
    found = listed(ground, NOW - 3 * DAY)
    assert spam in found
    assert old not in found


def test_the_cursor_is_older_than_what_arrives_while_it_is_listed(ground: Ground) -> None:
    mailbox = ground.mailbox()
    pages = mailbox.relist(NOW - 3 * DAY)
    cursors = [next(pages).cursor]
    late = came(ground, timedelta())
    cursors += [page.cursor for page in pages]
    assert [cursor is None for cursor in cursors] == [True] * (len(cursors) - 1) + [False]
    assert late in [id_ for page in mailbox.changes(cursors[-1]) for id_ in page.message_ids]
