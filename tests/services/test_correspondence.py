"""The mails of a thread, of a sender and of the seeker's, as the store has them at that moment."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.model import Contact, Judged
from server.services.correspondence import Correspondence
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, a_judged

ADA, BO = Contact("Ada Lee", "ada@harbour.example"), Contact("Bo Winter", "bo@harbour.example")
MAILS = st.builds(
    a_judged,
    message_id=st.sampled_from("abcdef"),
    thread_id=st.sampled_from("tu"),
    sender=st.sampled_from([ADA, BO]),
    own=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(MAILS, st.sampled_from("abcdef")), max_size=4), max_size=8))
def test_it_knows_what_the_store_has_whatever_comes_changes_and_goes(steps):
    store = MemoryStore()
    mails = Correspondence(store)
    for step in steps:
        for change in step:
            if isinstance(change, Judged):
                store.put(change)
            else:
                store.delete(Judged, a_judged(message_id=change).key)
        rows = store.all(Judged)
        assert set(mails.own()) == {row for row in rows if row.own}
        for thread in "tu":
            found = mails.in_thread((MAILBOX, thread))
            assert len(found) == len(set(found))
            assert set(found) == {row for row in rows if row.thread_id == thread}
        for sender in (ADA, BO):
            assert set(mails.by(MAILBOX, sender.address)) == {row for row in rows if row.sender == sender}


def test_mails_of_two_mailboxes_do_not_meet():
    store = MemoryStore()
    store.put(a_judged(sender=ADA), replace(a_judged(sender=ADA), mailbox="other@seeker.example"))
    mails, thread = Correspondence(store), a_judged().thread_id
    assert mails.in_thread((MAILBOX, thread)) == mails.by(MAILBOX, ADA.address) == [a_judged(sender=ADA)]


def test_what_has_no_news_is_not_read_again():
    class Counting(MemoryStore):
        read = 0

        def all(self, kind):
            self.read += 1
            return super().all(kind)

    store = Counting()
    store.put(*(a_judged(message_id=str(number)) for number in range(9)))
    mails = Correspondence(store)
    mails.own()
    store.put(a_judged(message_id="9", own=True))
    assert len(mails.own()) == 1
    assert store.read == 1
