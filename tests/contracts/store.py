"""What every store promises: adapters subclass the suite and give the fixture `store`."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from nlp.verdict import Band
from server.domain.application import ByHand, Change, Description, Outcome, Placement, Stage, Way
from server.domain.model import (
    Correction,
    Cursor,
    Figures,
    JournalEntry,
    Judged,
    OutboxItem,
    OutboxState,
    Pairing,
    Rejection,
    Training,
)
from server.ports import Keyed, Store
from tests.builders import MAILBOX, NOON, a_judged, a_rejection, an_outbox_item

NAUGHTY = (
    "",
    " ",
    "\0",
    "a\nb\r\n",
    "\ud800",
    "x\udfff y",
    "😀",
    "\u202eabc",
    "ﷺ" * 50,
    "'; --",
    "\x1b[0m",
    "\ufeff",
    "\u2028",
)

ONE_OF_EACH: tuple[Keyed, ...] = (
    a_judged(),
    a_judged(message_id="2", label=None, score=None, company=None, role=None, reason=None, evidence=(), own=True),
    a_rejection(),
    Correction(MAILBOX, "18c0ffee00000001", NOON, is_rejection=False),
    Correction(
        MAILBOX, "2", NOON, is_rejection=None, company="Harbour", writer="ada@harbour.example", sketch=(1, 2**47)
    ),
    Cursor(MAILBOX, "12345", NOON),
    an_outbox_item(undo_until=NOON + timedelta(seconds=10)),
    JournalEntry("j1", MAILBOX, NOON, "sent", detail="x"),
    Pairing("p1", "chrome-extension://abc", "00" * 32, "a2V5", NOON),
    Training(NOON, NOON, 5, "It was worse.", Figures("a", 9, 0.5, None), Figures("b", 9, None, 1.0)),
    Placement("18c0ffee00000001", "a1", NOON),
    Description("a1", NOON, "Harbour", None, Stage.INTERVIEW, Outcome.WITHDREW, "Far away."),
    ByHand(MAILBOX, "2", Way.PHONE, NOON, Stage.OFFER, "x"),
    Change("c1", NOON, MAILBOX, "merged", 2, ("1",), ("a1",), (Placement("1", "a", NOON),), (Description("a", NOON),)),
)


class StoreContract:
    """The promises of ports.Store."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    @pytest.mark.parametrize("record", ONE_OF_EACH, ids=lambda record: type(record).__name__)
    def test_what_is_put_is_what_is_got(self, store: Store, record: Keyed) -> None:
        store.put(record)
        assert store.get(type(record), record.key) == record
        assert store.all(type(record)) == [record]

    def test_an_unknown_key_is_none(self, store: Store) -> None:
        assert store.get(Judged, "nothing") is None

    def test_an_empty_kind_has_no_records(self, store: Store) -> None:
        assert store.all(Rejection) == []

    def test_kinds_with_the_same_key_do_not_meet(self, store: Store) -> None:
        store.put(a_judged(), a_rejection())
        store.delete(Rejection, a_rejection().key)
        assert store.get(Judged, a_judged().key) == a_judged()

    def test_records_come_in_the_order_they_were_first_put(self, store: Store) -> None:
        rows = [a_judged(message_id=str(i)) for i in (3, 1, 2)]
        store.put(*rows)
        store.put(replace(rows[0], subject="changed"))
        assert [row.message_id for row in store.all(Judged)] == ["3", "1", "2"]

    def test_a_record_deleted_and_put_again_comes_last(self, store: Store) -> None:
        store.put(a_judged(message_id="1"), a_judged(message_id="2"))
        store.delete(Judged, a_judged(message_id="1").key)
        store.put(a_judged(message_id="1"))
        assert [row.message_id for row in store.all(Judged)] == ["2", "1"]

    def test_putting_again_replaces(self, store: Store) -> None:
        store.put(a_judged())
        store.put(a_judged(band=Band.NO))
        assert [row.band for row in store.all(Judged)] == [Band.NO]

    def test_one_key_twice_in_a_call_leaves_the_last(self, store: Store) -> None:
        store.put(a_judged(subject="first"), a_judged(subject="last"))
        assert [row.subject for row in store.all(Judged)] == ["last"]

    def test_what_is_gone_leaves_in_the_same_write(self, store: Store) -> None:
        store.put(a_judged(), a_rejection())
        store.put(a_judged(band=Band.NO), gone=[a_rejection()])
        assert [row.band for row in store.all(Judged)] == [Band.NO]
        assert store.all(Rejection) == []

    def test_nothing_but_removals_is_a_write_too(self, store: Store) -> None:
        store.put(a_judged(message_id="1"), a_judged(message_id="2"))
        store.put(gone=[a_judged(message_id="1")])
        assert [row.message_id for row in store.all(Judged)] == ["2"]

    def test_removing_what_is_not_there_is_no_error(self, store: Store) -> None:
        store.put(a_judged(), gone=[a_rejection(), a_judged(message_id="nothing")])
        assert store.all(Judged) == [a_judged()]

    def test_what_is_removed_and_put_in_one_call_is_there_and_comes_last(self, store: Store) -> None:
        store.put(a_judged(message_id="1"), a_judged(message_id="2"))
        store.put(a_judged(message_id="1", subject="new"), gone=[a_judged(message_id="1")])
        assert [(row.message_id, row.subject) for row in store.all(Judged)][1] == ("1", "new")
        assert len(store.all(Judged)) == 2

    def test_putting_nothing_changes_nothing(self, store: Store) -> None:
        store.put()
        assert store.all(Judged) == []

    def test_deleting_what_is_not_there_is_no_error(self, store: Store) -> None:
        store.delete(Judged, "nothing")

    def test_a_deleted_record_is_gone(self, store: Store) -> None:
        store.put(a_judged())
        store.delete(Judged, a_judged().key)
        assert store.get(Judged, a_judged().key) is None
        assert store.all(Judged) == []

    def test_whoever_follows_it_knows_all_that_is_there(self, store: Store) -> None:
        follower = Follower(store)
        store.put(a_judged(message_id="1"), a_judged(message_id="2"), a_rejection())
        assert follower.known() == {*store.all(Judged), *store.all(Rejection)}
        store.put(a_judged(message_id="1", subject="new"), a_judged(message_id="3"), gone=[a_rejection()])
        store.delete(Judged, a_judged(message_id="2").key)
        assert follower.known() == {a_judged(message_id="1", subject="new"), a_judged(message_id="3")}
        store.put(a_judged(message_id="2"), gone=[a_judged(message_id="1")])
        store.update(Judged, a_judged(message_id="3").key, lambda _before: a_judged(message_id="3", subject="newer"))
        assert follower.known() == set(store.all(Judged))

    def test_without_a_mark_or_with_one_of_another_store_all_there_is_is_news(self, store: Store) -> None:
        store.put(a_judged(), a_rejection(), Cursor(MAILBOX, "12345", NOON))
        news = store.since(None, (Judged, Rejection))
        assert (news.records, news.gone, news.whole) == ([a_judged(), a_rejection()], [], True)
        assert store.since(replace(news.mark, opened=object()), (Judged,)).whole

    def test_where_nothing_changed_there_is_no_news(self, store: Store) -> None:
        store.put(a_judged())
        mark = store.since(None, (Judged,)).mark
        news = store.since(mark, (Judged, Rejection))
        assert (news.records, news.gone, news.whole) == ([], [], False)

    def test_a_record_that_changed_twice_is_news_once(self, store: Store) -> None:
        store.put(a_judged(message_id="1"), a_judged(message_id="2"))
        mark = store.since(None, (Judged,)).mark
        for subject in ("new", "newer"):
            store.put(a_judged(message_id="1", subject=subject))
        news = store.since(mark, (Judged,))
        assert [row.subject for row in news.records if isinstance(row, Judged) and row.message_id == "1"] == ["newer"]

    def test_update_answers_what_is_stored_afterwards(self, store: Store) -> None:
        store.put(an_outbox_item())
        sent = store.update(OutboxItem, "item-1", lambda item: item and replace(item, state=OutboxState.SENT))
        assert sent == an_outbox_item(state=OutboxState.SENT) == store.get(OutboxItem, "item-1")

    def test_update_can_make_a_record(self, store: Store) -> None:
        assert store.update(OutboxItem, "item-1", lambda _none: an_outbox_item()) == an_outbox_item()
        assert store.get(OutboxItem, "item-1") == an_outbox_item()

    def test_what_an_update_brings_along_is_written_with_it_and_only_then(self, store: Store) -> None:
        row, other = a_judged(), a_judged(message_id="18c0ffee00000099")
        store.update(Judged, row.key, lambda _before: None, lambda _after: [other])
        assert store.all(Judged) == []
        store.update(Judged, row.key, lambda _before: row, lambda _after: [other])
        assert store.all(Judged) == [row, other]

    def test_update_with_none_leaves_the_record_as_it_is(self, store: Store) -> None:
        store.put(an_outbox_item())
        assert store.update(OutboxItem, "item-1", lambda _item: None) == an_outbox_item()
        assert store.update(OutboxItem, "item-2", lambda _item: None) is None
        assert store.all(OutboxItem) == [an_outbox_item()]

    def test_an_update_that_raises_leaves_the_record_as_it_is(self, store: Store) -> None:
        store.put(an_outbox_item())
        with pytest.raises(ZeroDivisionError):
            store.update(OutboxItem, "item-1", lambda _item: an_outbox_item(subject=str(1 / 0)))
        assert store.get(OutboxItem, "item-1") == an_outbox_item()

    def test_eight_threads_that_claim_one_item_have_one_winner(self, store: Store) -> None:
        store.put(an_outbox_item(state=OutboxState.HELD))
        winners: list[int] = []

        def claim(number: int) -> None:
            def change(item: OutboxItem | None) -> OutboxItem | None:
                if item is None or item.state is not OutboxState.HELD:
                    return None
                winners.append(number)
                return replace(item, state=OutboxState.SENDING)

            store.update(OutboxItem, "item-1", change)

        in_threads(claim)
        assert len(winners) == 1

    def test_eight_threads_put_250_records_each_and_none_is_missing(self, store: Store) -> None:
        def put(number: int) -> None:
            for i in range(250):
                store.put(a_judged(message_id=f"{number}-{i}"))

        in_threads(put)
        rows = store.all(Judged)
        assert len(rows) == len({row.key for row in rows}) == 2000

    @pytest.mark.parametrize("text", NAUGHTY, ids=ascii)
    def test_any_text_in_any_field_comes_back(self, store: Store, text: str) -> None:
        entry = JournalEntry(f"id{text}", text, NOON, text, text, text)
        item = an_outbox_item(to=text, subject=text, body=text, problem=text)
        store.put(entry, item)
        assert store.get(JournalEntry, entry.key) == entry
        assert store.get(OutboxItem, item.key) == item


class Follower:
    """Knows verdicts and rejections by the news alone."""

    def __init__(self, store: Store) -> None:
        self._store, self._mark = store, store.since(None, ()).mark
        self._known: dict[tuple[type[Keyed], str], Keyed] = {}

    def known(self) -> set[Keyed]:
        """All that it knows."""
        news = self._store.since(self._mark, (Judged, Rejection))
        self._mark = news.mark
        if news.whole:
            self._known.clear()
        self._known |= {(type(record), record.key): record for record in news.records}
        for gone in news.gone:
            self._known.pop(gone, None)
        return set(self._known.values())


def in_threads(work: object, count: int = 8) -> None:
    """Run `work(number)` in so many threads; the first error is raised here."""
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
