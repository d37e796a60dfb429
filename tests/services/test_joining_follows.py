"""Joining looks at what came since the last time: what comes out is what looking at everything gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.model import Correction, Judged, OutboxItem, OutboxState, Rejection
from server.ports import Keyed, Mark, News, R
from server.services.catching_up import is_failed
from server.services.chosen import Chosen
from server.services.joining import Joining, join
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, FixedClock, a_judged, an_outbox_item

OTHER = "other@seeker.example"
FILE = "mbox:/home/kim/All mail.mbox"
KINDS = (Judged, Rejection, Correction, OutboxItem)
IDS = [f"18c0ffee0000000{n}" for n in range(3)]
Step = Callable[[MemoryStore], None]


class Reading(MemoryStore):
    """Counts the records that are read."""

    read = 0

    def since(self, mark: Mark | None, kinds: Iterable[type[Keyed]]) -> News:
        news = super().since(mark, kinds)
        self.read += len(news.records)
        return news

    def all(self, kind: type[R]) -> list[R]:
        rows = super().all(kind)
        self.read += len(rows)
        return rows


def mails() -> st.SearchStrategy[Judged]:
    return st.builds(
        lambda mailbox, message_id, mark: a_judged(mailbox=mailbox, message_id=message_id, mark=mark),
        st.sampled_from([MAILBOX, OTHER, FILE, FILE]),
        st.sampled_from(IDS),
        st.sampled_from(["", "m1"]),
    )


def put(record: Keyed) -> Step:
    return lambda store: store.put(record)


def remove(record: Judged) -> Step:
    return lambda store: store.delete(Judged, record.key)


def letter(message_id: str, state: OutboxState) -> Step:
    item = an_outbox_item(id=f"letter-{message_id}", mailbox=FILE, message_id=message_id, state=state)
    return lambda store: store.put(item)


def said(message_id: str) -> Step:
    return put(Correction(FILE, message_id, NOON, is_rejection=False, company=None, role=None))


STEPS = st.one_of(
    mails().map(put),
    mails().map(put),
    mails().map(remove),
    st.builds(letter, st.sampled_from(IDS), st.sampled_from([OutboxState.HELD, OutboxState.SENT, OutboxState.DRAFTED])),
    st.sampled_from(IDS).map(said),
    *[st.sampled_from([(MAILBOX,), (MAILBOX,), (MAILBOX,), (MAILBOX, OTHER), ()])] * 3,  # who is connected: join now
)


def kept(store: MemoryStore) -> list[Keyed]:
    return [record for kind in KINDS for record in sorted(store.all(kind), key=lambda one: one.key)]


@settings(deadline=None, max_examples=150)
@given(st.lists(STEPS, min_size=12, max_size=30))
def test_step_by_step_the_same_is_joined_as_by_looking_at_everything(steps):
    followed, whole = MemoryStore(), MemoryStore()
    joining = Joining(followed, FixedClock())
    for step in steps:
        if isinstance(step, tuple):
            assert joining.join(step) == join(whole, FixedClock(), step)
            assert kept(followed) == kept(whole)
        else:
            step(followed)
            step(whole)


def test_a_file_s_mail_waits_for_the_account_that_holds_it_too():
    store = MemoryStore()
    joining = Joining(store, FixedClock())
    store.put(a_judged(mailbox=FILE))
    assert joining.join([MAILBOX]) == 0
    store.put(a_judged())
    assert joining.join([MAILBOX]) == 1


def test_a_file_s_mail_waits_until_its_letter_is_no_longer_on_its_way():
    store, row = MemoryStore(), a_judged(mailbox=FILE)
    joining = Joining(store, FixedClock())
    store.put(row, a_judged())
    letter(row.message_id, OutboxState.HELD)(store)
    assert joining.join([MAILBOX]) == 0
    letter(row.message_id, OutboxState.SENT)(store)
    assert joining.join([MAILBOX]) == 1


def test_what_was_looked_at_once_is_not_read_again():
    store, row = Reading(), a_judged(mailbox=FILE)
    joining = Joining(store, FixedClock())
    store.put(*(replace(row, message_id=message_id) for message_id in IDS))
    joining.join([MAILBOX])
    before = store.read
    store.put(replace(row, mailbox=MAILBOX, message_id="ab" * 8, mark="m9"))
    joining.join([MAILBOX])
    assert store.read == before + 1


def test_what_failed_is_known_without_reading_what_did_not():
    store, row = Reading(), a_judged()
    failed = Chosen(store, Judged, is_failed)
    store.put(*(replace(row, message_id=message_id) for message_id in IDS))
    assert failed.now() == []
    before = store.read
    bad = replace(row, message_id=IDS[0], band="unfetched")
    store.put(bad)
    assert failed.now() == [bad]
    store.put(replace(bad, band="no"))
    assert failed.now() == []
    store.put(bad)
    assert failed.now() == [bad]
    store.delete(Judged, bad.key)
    assert failed.now() == []
    assert store.read == before + 3
