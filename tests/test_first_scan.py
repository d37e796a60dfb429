"""The first scan of a Gmail account: likely mail first, within the quota, nothing fetched twice; in simulated time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.domain.candidates import Coverage, Scope
from server.domain.model import Cursor, Judged, Rejection, ScanReport
from server.mailboxes import gmail_search
from server.mailboxes.gmail_quota import SCANS
from server.services.scan import CHUNK
from tests.builders import StubClassifier
from tests.fakes.gmail.quota import NEW
from tests.scan_ground import JUDGING, Ground, bulk, fill, mail, opened

MINUTE = 60.0


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with opened(tmp_path) as ground:
        yield ground


class Slow(StubClassifier):
    """Takes simulated time for each mail; `dies_at` ends the process at that mail."""

    def __init__(self, ground: Ground, dies_at: int | None = None) -> None:
        super().__init__()
        self._ground, self._dies_at, self.count = ground, dies_at, 0

    def judge(self, mails: Any) -> Iterator[Any]:
        for verdict in super().judge(mails):
            self.count += 1
            if self.count == self._dies_at:
                raise SystemExit
            self._ground.time.sleep(JUDGING)
            yield verdict


def coverage(ground: Ground) -> Coverage:
    (row,) = ground.store.all(Coverage)
    return row


def logged(ground: Ground) -> set[str]:
    return {row.message_id for row in ground.store.all(Rejection)}


def test_a_first_scan_keeps_to_the_quota_and_uses_nearly_all_of_it(ground: Ground) -> None:
    wanted = fill(ground.fake, 1_800, every=3)
    ground.fake.quota.limit = NEW
    ground.classifier = Slow(ground)
    first: list[float] = []

    def watch(report: ScanReport, _total: int | None) -> None:
        if report.rejections and not first:
            first.append(ground.time.passed)

    ground.scanner().scan(watch)
    assert logged(ground) == wanted
    assert ground.fake.quota.refused == 0
    assert len(ground.gets()) == len(wanted) == 600
    assert ground.fake.units <= 1.1 * 20 * len(wanted)
    assert ground.time.passed <= 3 * MINUTE
    assert first[0] <= 5.0
    spent = [(when - ground.time.start.timestamp(), units) for when, units in ground.fake.quota.spent]
    minutes = [sum(units for when, units in spent if start <= when < start + 61) for start in (0, 61)]
    assert min(minutes) >= 0.95 * SCANS


def test_a_click_is_answered_while_the_scan_has_used_up_its_share(ground: Ground) -> None:
    fill(ground.fake, 900, every=3)
    ground.fake.quota.limit = NEW
    mailbox = ground.mailbox()
    ids = [id_ for page in mailbox.search(None, everything=False) for id_ in page.message_ids]
    scan = mailbox.fetch(ids)
    for _ in range(280):
        next(scan)
    before = ground.time.passed
    assert len(mailbox.fetch_thread(ids[0])) == 1
    assert ground.time.passed - before < 1.0


def test_mail_that_is_none_of_an_applicants_is_left_out_and_counted(ground: Ground) -> None:
    wanted = fill(ground.fake, 400, every=40)
    report = ground.scan()
    assert (report.judged, logged(ground)) == (10, wanted)
    row = coverage(ground)
    assert (row.looked_at, row.left_out, row.everything) == (10, 390, False)
    assert row.since is not None
    assert timedelta(0) <= row.since - (ground.time.start - timedelta(days=365)) <= timedelta(minutes=1)


def test_a_mail_from_a_person_is_looked_at_whatever_its_words(ground: Ground) -> None:
    id_ = ground.fake.deliver(mail(1, subject="Tuesday", body="We went with Jo. Sorry."), received=_ago(ground, 3))
    ground.fake.deliver(bulk(2), ["INBOX", "CATEGORY_PROMOTIONS"], received=_ago(ground, 2))
    ground.scan()
    assert ground.gets() == [id_]


def test_a_machines_mail_is_looked_at_by_its_sender_or_its_words(ground: Ground) -> None:
    updates = ("INBOX", "CATEGORY_UPDATES")
    by_system = mail(1, subject="News", body="All places are gone.", sender="no-reply@us.greenhouse-mail.io")
    by_words = mail(2, subject="Ihre Bewerbung", body="Leider nein.", sender="noreply@firma.example")
    by_desk = mail(3, subject="News", body="All places are gone.", sender="Dairy Careers <no-reply@dairy.example>")
    neither = mail(4, subject="Your order", body="It has left.", sender="no-reply@shop.example")
    wanted = [ground.fake.deliver(one, updates, received=_ago(ground, 9)) for one in (by_system, by_words, by_desk)]
    ground.fake.deliver(neither, updates, received=_ago(ground, 9))
    ground.scan()
    assert sorted(ground.gets()) == sorted(wanted)


def test_the_seekers_own_mail_comes_with_the_thread_of_a_candidate_only(ground: Ground) -> None:
    no = ground.fake.deliver(mail(1), received=_ago(ground, 9))
    mine = mail(2, subject="Re: Your application as Gardener", body="Thank you.", sender="robin@example.com")
    answer = ground.fake.deliver(mine, ["SENT"], thread_id=no, received=_ago(ground, 8))
    ground.fake.deliver(mail(3, sender="robin@example.com"), ["SENT"], received=_ago(ground, 8))
    ground.scan()
    assert ground.gets() == [no, answer]


def test_the_newest_of_the_likeliest_come_first(ground: Ground) -> None:
    old, likely = (ground.fake.deliver(mail(n), received=_ago(ground, 20 - n)) for n in (1, 2))
    chat = ground.fake.deliver(mail(3, subject="Hi", body="Lunch?"), received=_ago(ground, 1))
    ground.scan()
    assert ground.gets() == [likely, old, chat]


def test_a_kill_at_any_moment_costs_fifty_fetches_at_most(ground: Ground) -> None:
    wanted = fill(ground.fake, 300, every=2)
    for dies_at in (1, 9, 40, 71, 3):
        ground.classifier = Slow(ground, dies_at)
        before = Counter(ground.gets())
        with pytest.raises(SystemExit):
            ground.scan()
        again = sum((Counter(ground.gets()) - before)[id_] for id_ in before)
        assert again <= CHUNK <= 50
        assert ground.store.get(Cursor, "robin@example.com") is None
    ground.classifier = Slow(ground)
    assert ground.scan().known == len(ground.store.all(Judged)) - ground.classifier.count
    assert logged(ground) == wanted
    assert len(ground.gets()) <= len(wanted) + 5 * 50
    assert coverage(ground).left_out == 150


def test_what_arrives_while_the_lists_are_walked_is_seen_by_the_next_scan(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ground.fake, 6, every=2)
    late: list[str] = []
    pages = gmail_search._pages

    def arrive(*given: Any) -> Any:
        if not late:
            late.append(ground.fake.deliver(bulk(99)))
        return pages(*given)

    monkeypatch.setattr(gmail_search, "_pages", arrive)
    ground.scan()
    ground.scan()
    assert late[0] in ground.gets()


def test_after_the_first_scan_every_new_mail_is_looked_at(ground: Ground) -> None:
    fill(ground.fake, 20, every=5)
    ground.scan()
    new = ground.fake.deliver(bulk(99), ["INBOX", "CATEGORY_PROMOTIONS"])
    ground.time.sleep(100)
    assert ground.scan().judged == 1
    assert ground.gets()[-1] == new


def test_older_mail_is_looked_at_once_the_seeker_wants_it(ground: Ground) -> None:
    young, old = (ground.fake.deliver(mail(days), received=_ago(ground, days)) for days in (100, 500))
    ground.scan()
    assert (logged(ground), coverage(ground).left_out) == ({young}, 0)
    cursor = ground.store.get(Cursor, "robin@example.com")
    ground.store.put(Scope("robin@example.com", days=None))
    report = ground.scan()
    assert (report.judged, report.known, logged(ground)) == (1, 1, {young, old})
    assert coverage(ground).since is None
    after = ground.store.get(Cursor, "robin@example.com")
    assert cursor is not None
    assert after is not None
    assert after.value == cursor.value
    assert ground.scan().seen == 0


def test_all_mail_is_looked_at_once_the_seeker_wants_it_the_likely_first(ground: Ground) -> None:
    wanted = fill(ground.fake, 40, every=10)
    ground.store.put(Scope("robin@example.com", everything=True))
    report = ground.scan()
    assert (report.judged, report.rejections, coverage(ground).left_out) == (40, 4, 0)
    assert set(ground.gets()[:4]) == wanted
    ground.store.put(Scope("robin@example.com"))
    assert ground.scan().seen == 0


def test_lists_of_many_pages_are_walked_to_their_end(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.mailboxes.gmail.PAGE", 3)
    wanted = fill(ground.fake, 40, every=2)
    totals: list[int | None] = []
    ground.scanner().scan(lambda _report, total: totals.append(total))
    assert logged(ground) == wanted
    assert totals[-1] == 20
    assert coverage(ground).left_out == 20


def test_a_list_that_fails_leaves_no_note_that_it_was_complete(ground: Ground) -> None:
    fill(ground.fake, 10, every=2)
    ground.fake.faults.add("messages.list", "status", status=400, reason="invalidArgument", times=None)
    with pytest.raises(Exception, match="400"):
        ground.scan()
    assert ground.store.all(Coverage) == []
    ground.fake.faults.clear()
    assert ground.scan().rejections == 5


def test_batches_shrink_while_gmail_finds_them_too_many_and_nothing_is_lost(ground: Ground) -> None:
    wanted = fill(ground.fake, 300, every=2)
    text = "Too many concurrent requests for user"
    ground.fake.faults.add(
        "messages.get", "status", status=429, reason="rateLimitExceeded", text=text, times=12, skip=30
    )
    ground.scan()
    assert logged(ground) == wanted


def test_a_mailbox_followed_from_before_there_were_scopes_is_not_searched_again(ground: Ground) -> None:
    fill(ground.fake, 10, every=2)
    ground.store.put(Cursor("robin@example.com", str(ground.fake.mailbox.history_id), ground.time.now()))
    assert ground.scan().seen == 0
    assert ground.fake.posts("messages.list") == 0


def _ago(ground: Ground, days: float) -> float:
    return ground.time.epoch() - days * 86400
