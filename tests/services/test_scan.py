"""A scan judges every new message once, whatever breaks on the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from nlp.verdict import Band
from server.domain import judging
from server.domain.model import Correction, Cursor, Judged, RawMessage, Rejection, ScanReport
from server.errors import CursorExpired, HomeNotWritable, ModelError, Offline
from server.mailboxes.memory import MemoryMailbox
from server.ports import Keyed, Page, Unfetched
from server.services.correct import correct
from server.services.log import unread
from server.services.scan import CHUNK, Scanner
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, ME, NO, NOON, FixedClock, StubClassifier, a_judged, raw_mail
from tests.services.scan_store import Kept

SENT = ("SENT",)


class MoodyMailbox(MemoryMailbox):
    """A mailbox that withholds some messages, goes offline after some fetches, or forgets cursors half-way."""

    def __init__(self, **given: Any) -> None:
        super().__init__(MAILBOX, **given)
        self.withheld: set[str] = set()
        self.fetches_left = 1_000_000
        self.fetched: list[str] = []
        self.expires_after_pages: int | None = None

    def fetch(self, message_ids: Sequence[str]) -> Iterator[RawMessage | Unfetched]:
        for item in super().fetch(message_ids):
            if self.fetches_left == 0:
                raise Offline("test")
            self.fetches_left -= 1
            self.fetched.append(item.id)
            yield Unfetched(item.id, "It could not be fetched.") if item.id in self.withheld else item

    def changes(self, cursor: str | None) -> Iterator[Page]:
        for number, page in enumerate(super().changes(cursor)):
            if cursor is not None and number == self.expires_after_pages:
                raise CursorExpired
            yield page

    def whole(self, content: bytes, *labels: str) -> str:
        return self.deliver(content, labels=labels or ("INBOX",))


class LabellingMailbox(MoodyMailbox):
    """Names mail in Spam too, as an mbox file does."""

    def changes(self, cursor: str | None) -> Iterator[Page]:
        yield Page(tuple(self._messages), str(self._count))


@dataclass
class Ground(Kept):
    """The parts of a scan."""

    mailbox: MoodyMailbox = field(default_factory=MoodyMailbox)
    store: MemoryStore = field(default_factory=MemoryStore)
    classifier: StubClassifier = field(default_factory=StubClassifier)
    clock: FixedClock = field(default_factory=FixedClock)

    def scan(self, **given: Any) -> ScanReport:
        report = Scanner(self.mailbox, self.store, self.classifier, self.clock).scan(**given)
        assert report.seen == report.judged + report.failed + report.known
        return report


@pytest.fixture
def ground() -> Ground:
    return Ground()


def no(number: int = 1) -> bytes:
    return raw_mail(number=number)


def news(number: int = 1) -> bytes:
    return raw_mail("Tulips go in before the frost.", subject="Tulips", number=number)


def test_every_message_is_judged_and_rejections_are_logged(ground: Ground) -> None:
    rejection, other = ground.mailbox.whole(no()), ground.mailbox.whole(news(2))
    report = ground.scan()
    assert (report.seen, report.judged, report.rejections, report.failed, report.known) == (2, 2, 1, 0, 0)
    assert ground.logged() == {rejection}
    assert (ground.row(rejection).band, ground.row(other).band) == (Band.AUTO, Band.NO)
    assert ground.row(rejection).judged == NOON


def test_a_second_scan_logs_nothing_new(ground: Ground) -> None:
    ground.mailbox.whole(no())
    ground.scan()
    before = (ground.store.all(Judged), ground.store.all(Rejection))
    report = ground.scan()
    assert (report.seen, report.judged) == (0, 0)
    assert (ground.store.all(Judged), ground.store.all(Rejection)) == before


def test_only_new_messages_are_fetched(ground: Ground) -> None:
    ground.mailbox.whole(no())
    ground.scan()
    new = ground.mailbox.whole(no(2))
    ground.mailbox.fetched.clear()
    assert ground.scan().judged == 1
    assert ground.mailbox.fetched == [new]


def test_an_empty_mailbox_gives_an_empty_report_and_a_cursor(ground: Ground) -> None:
    assert ground.scan().seen == 0
    assert ground.store.get(Cursor, MAILBOX) is not None


def test_a_mail_in_doubt_waits_for_the_seeker(ground: Ground) -> None:
    ground.mailbox.whole(raw_mail("perhaps"))
    report = ground.scan()
    assert (report.review, report.rejections) == (1, 0)
    assert ground.logged() == set()


def test_a_message_that_cannot_be_fetched_is_counted_and_tried_again(ground: Ground) -> None:
    missing = ground.mailbox.whole(no())
    ground.mailbox.whole(no(2))
    ground.mailbox.withheld = {missing}
    report = ground.scan()
    assert (report.judged, report.failed, report.errors) == (1, 1, ("It could not be fetched.",))
    assert (ground.row(missing).band, ground.row(missing).error) == (judging.UNFETCHED, "It could not be fetched.")
    ground.mailbox.withheld = set()
    ground.clock.advance(60)
    report = ground.scan()
    assert (report.seen, report.judged, report.rejections) == (1, 1, 1)
    assert ground.row(missing).error == ""
    assert missing in ground.logged()


def test_a_message_that_fails_in_a_scan_is_tried_once_in_it(ground: Ground) -> None:
    missing = ground.mailbox.whole(no())
    ground.mailbox.withheld = {missing}
    ground.scan()
    ground.mailbox.expire_cursors()
    ground.mailbox.fetched.clear()
    ground.clock.advance(60)
    report = ground.scan()
    assert (ground.mailbox.fetched, report.failed) == ([missing], 1)


def test_a_message_deleted_meanwhile_leaves_no_row(ground: Ground) -> None:
    gone = ground.mailbox.whole(no())
    page = next(ground.mailbox.changes(None))
    ground.mailbox.remove(gone)
    ground.mailbox.changes = lambda _cursor: iter([page])  # type: ignore[method-assign]
    assert ground.scan().seen == 0
    for pause in (60, 240, 960):  # it is looked for again
        ground.clock.advance(pause)
        assert ground.scan().seen == 0
    assert ground.store.all(Judged) == []


def test_a_message_that_failed_and_was_deleted_since_leaves_no_row(ground: Ground) -> None:
    gone = ground.mailbox.whole(no())
    ground.mailbox.withheld = {gone}
    ground.scan()
    ground.mailbox.remove(gone)
    ground.mailbox.withheld = set()
    for pause in (60, 240, 960):
        ground.clock.advance(pause)
        assert (ground.scan().seen, unread(ground.store)) == (0, [])
    assert ground.store.all(Judged) == []


def test_an_unreadable_message_is_counted_once_and_says_why(ground: Ground) -> None:
    broken = ground.mailbox.whole(b"\n\n")
    report = ground.scan()
    assert (report.failed, len(report.errors)) == (1, 1)
    assert ground.row(broken).band == judging.UNREADABLE
    assert ground.scan().seen == 0


def test_a_mail_that_breaks_the_classifier_harms_no_other(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    ground.classifier.breaks_on = "poison"
    mails = [no(1), raw_mail("poison", number=2), no(3)]
    first, poison, third = (ground.mailbox.whole(mail) for mail in mails)
    with caplog.at_level(logging.ERROR):
        report = ground.scan()
    assert (report.judged, report.failed) == (2, 1)
    assert ground.logged() == {first, third}
    assert ground.row(poison).error
    assert "poison" in caplog.text  # the classifier's own error, with its traceback
    ground.classifier.breaks_on = ""
    ground.clock.advance(60)
    assert ground.scan().judged == 1


def test_a_log_holds_no_subject_and_no_address(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    ground.classifier.breaks_on = "Kim"
    ground.mailbox.whole(no())
    with caplog.at_level(logging.DEBUG):
        ground.scan()
    assert not any(word in caplog.text for word in ("Gardener", "ada.lee", "seeker.example", NO))


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        (no(), SENT),
        (raw_mail(sender=f"Kim <{ME.address.upper()}>"), ("INBOX",)),
        (raw_mail(sender="Kim <other@alias.example>"), SENT),
    ],
    ids=["sent", "by address", "sent by another name"],
)
def test_own_mail_is_never_a_rejection_and_not_judged(ground: Ground, content: bytes, labels: tuple[str, ...]) -> None:
    mine = ground.mailbox.whole(content, *labels)
    assert ground.scan().rejections == 0
    assert ground.row(mine).own
    assert (ground.logged(), ground.classifier.asked) == (set(), [])


def test_spam_is_never_logged_without_asking() -> None:
    ground = Ground(LabellingMailbox())
    spam = ground.mailbox.whole(no(), "SPAM")
    report = ground.scan()
    assert (report.rejections, report.review, ground.logged()) == (0, 1, set())
    assert ground.row(spam).band == Band.REVIEW


def test_the_cursor_is_saved_only_when_everything_is_logged(ground: Ground) -> None:
    for number in range(CHUNK + 10):
        ground.mailbox.whole(no(number))
    chunks = iter([False, True])
    report = ground.scan(stopped=lambda: next(chunks))
    assert report.judged == CHUNK
    assert ground.store.get(Cursor, MAILBOX) is None
    report = ground.scan()
    assert (report.judged, report.known, report.rejections) == (10, CHUNK, 10)
    assert len(ground.logged()) == CHUNK + 10
    assert ground.store.get(Cursor, MAILBOX) is not None


def test_a_mailbox_that_goes_away_loses_nothing_that_was_logged(ground: Ground) -> None:
    for number in range(CHUNK * 2):
        ground.mailbox.whole(no(number))
    ground.mailbox.fetches_left = CHUNK + 5
    with pytest.raises(Offline):
        ground.scan()
    assert len(ground.logged()) == CHUNK
    assert ground.store.get(Cursor, MAILBOX) is None
    ground.mailbox.fetches_left = CHUNK
    assert ground.scan().judged == CHUNK
    assert len(ground.logged()) == CHUNK * 2


def test_a_full_disk_stops_the_scan_without_a_cursor(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    ground.mailbox.whole(no())

    def full(*_records: Keyed, **_more: object) -> None:
        raise HomeNotWritable("/home", "full")

    with monkeypatch.context() as patch:
        patch.setattr(ground.store, "put", full)
        with pytest.raises(HomeNotWritable):
            ground.scan()
    assert ground.scan().rejections == 1


@pytest.mark.parametrize("after_pages", [0, 1])
def test_an_expired_cursor_lists_again_and_logs_nothing_twice(after_pages: int) -> None:
    ground = Ground(MoodyMailbox(page=2))
    known = {ground.mailbox.whole(no(number)) for number in range(3)}
    ground.scan()
    new = {ground.mailbox.whole(no(number)) for number in range(10, 15)}
    ground.mailbox.expires_after_pages = after_pages
    ground.mailbox.fetched.clear()
    report = ground.scan()
    assert (report.judged, report.rejections) == (5, 5)
    assert sorted(ground.mailbox.fetched) == sorted(new)
    assert ground.logged() == known | new
    ground.mailbox.expires_after_pages = None
    assert ground.scan().seen == 0


def test_an_id_named_twice_is_judged_once(ground: Ground) -> None:
    twice = ground.mailbox.whole(no())
    ground.mailbox.changes = lambda _cursor: iter([Page((twice, twice)), Page((twice,), "9")])  # type: ignore[method-assign]
    assert ground.scan().judged == 1
    assert ground.mailbox.fetched == [twice]


def test_two_mailboxes_with_the_same_ids_do_not_meet(ground: Ground) -> None:
    ground.mailbox.whole(no())
    ground.scan()
    other = MemoryMailbox("other@seeker.example")
    other.deliver(no())
    assert Scanner(other, ground.store, ground.classifier, ground.clock).scan().judged == 1
    assert len(ground.store.all(Rejection)) == 2


def test_a_correction_holds_although_the_message_is_judged_again(ground: Ground) -> None:
    message = ground.mailbox.whole(no())
    ground.mailbox.withheld = {message}
    ground.scan()
    correct(ground.store, ground.clock, MAILBOX, message, is_rejection=False)
    ground.store.put(a_judged(message_id=message, band=judging.UNFETCHED, error="x"))
    ground.mailbox.withheld = set()
    assert ground.scan().rejections == 0
    assert (ground.row(message).band, ground.logged()) == (Band.NO, set())


def test_a_correction_holds_when_every_message_is_listed_again(ground: Ground) -> None:
    wrong, missed = ground.mailbox.whole(no()), ground.mailbox.whole(news(2))
    ground.scan()
    correct(ground.store, ground.clock, MAILBOX, wrong, is_rejection=False)
    correct(ground.store, ground.clock, MAILBOX, missed, is_rejection=True)
    ground.mailbox.expire_cursors()
    assert ground.scan().known == 2
    assert ground.logged() == {missed}
    assert len(ground.store.all(Correction)) == 2


def test_progress_is_told_after_each_chunk(ground: Ground) -> None:
    for number in range(CHUNK + 1):
        ground.mailbox.whole(no(number))
    told: list[tuple[int, int | None]] = []
    ground.scan(progress=lambda report, total: told.append((report.seen, total)))
    assert told == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_one_message_can_be_judged_before_any_scan_and_is_then_known(ground: Ground) -> None:
    message = ground.mailbox.whole(no())
    scanner = Scanner(ground.mailbox, ground.store, ground.classifier, ground.clock)
    row = scanner.judge(message)
    assert row is not None
    assert row.band == Band.AUTO
    assert scanner.judge(message) == row
    assert ground.mailbox.fetched == [message]
    assert (ground.scan().known, ground.logged()) == (1, {message})


def test_a_message_that_no_mailbox_holds_cannot_be_judged(ground: Ground) -> None:
    assert Scanner(ground.mailbox, ground.store, ground.classifier, ground.clock).judge("00000000000000ab") is None


def test_a_model_that_cannot_be_loaded_ends_the_scan_and_marks_no_message(ground: Ground) -> None:
    class NoModel:
        version = ""

        def judge(self, _mails: object) -> Iterator[Any]:
            raise ModelError("missing")

    ground.mailbox.whole(raw_mail())
    scanner = Scanner(ground.mailbox, ground.store, NoModel(), ground.clock)
    with pytest.raises(ModelError):
        scanner.scan()
    assert ground.store.all(Judged) == []


def test_names_put_right_hold_when_the_message_is_judged_again(ground: Ground) -> None:
    message_id = ground.mailbox.whole(no())
    ground.scan()
    correct(ground.store, ground.clock, MAILBOX, message_id, company="Harbour Works", role="Baker")
    ground.store.put(gone=[ground.row(message_id), *ground.store.all(Rejection), *ground.store.all(Cursor)])
    ground.scan()
    assert (ground.row(message_id).company, ground.row(message_id).role) == ("Harbour Works", "Baker")
    assert [row.company for row in ground.store.all(Rejection)] == ["Harbour Works"]
    assert ground.row(message_id).band == Band.AUTO
