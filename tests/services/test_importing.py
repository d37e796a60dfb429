"""Files that come into the log: ours come back as they were, others' as far as they can be told, none twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.verdict import Band
from server.domain.model import (
    Correction,
    Cursor,
    Judged,
    OutboxItem,
    OutboxState,
    Pairing,
    Rejection,
)
from server.domain.portable import FileWrong
from server.errors import UsageError
from server.services import importing
from server.services.log import log_all
from server.services.sheets import Wish
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, a_judged, a_rejection, an_outbox_item
from tests.services.data_ground import EVERYTHING, PAIRING, ROWS, keeping, logs, without_secrets
from tests.services.import_ground import bring, everything, exported, full


class TestOurJson:
    def test_an_export_gives_back_every_record(self):
        store = MemoryStore()
        brought = bring(store, exported(full()))
        kinds = list(ROWS.kinds().values())
        ours = sorted(without_secrets(EVERYTHING), key=lambda record: kinds.index(type(record)))
        assert everything(store) == ours
        assert (sum(brought.added.values()), brought.known, brought.bad) == (len(ours), 0, ())

    @given(logs())
    @settings(max_examples=40, deadline=None)
    def test_export_wipe_import_gives_the_same_log(self, records):
        before, after = full(PAIRING, *records), MemoryStore()
        bring(after, exported(before))
        assert log_all(after) == log_all(before)
        assert exported(after) == exported(before)

    def test_a_second_import_brings_nothing(self):
        store = MemoryStore()
        bring(store, exported(full()))
        before = everything(store)
        assert bring(store, exported(full())).added == {}
        assert everything(store) == before

    def test_a_dry_run_changes_nothing_and_says_what_would_come(self):
        store = MemoryStore()
        assert bring(store, exported(full()), dry_run=True).added["rejections"] == 1
        assert everything(store) == []

    def test_what_the_log_knows_of_a_mail_stays(self):
        store = full(a_judged(band=Band.NO, company="Elsewhere"))
        bring(store, exported(full(a_judged(), a_rejection())))
        assert (store.all(Judged)[0].company, store.all(Rejection)) == ("Elsewhere", [])

    def test_a_word_of_the_seekers_comes_back_to_a_mail_that_was_judged_anew(self):
        told = Correction(MAILBOX, a_judged().message_id, NOON, is_rejection=False)
        store = full(a_judged(), a_rejection())
        bring(store, exported(full(a_judged(band=Band.NO), told)))
        assert (store.all(Judged)[0].band, store.all(Rejection), store.all(Correction)) == (Band.NO, [], [told])

    def test_a_newer_word_here_wins_over_the_one_in_the_file(self):
        here = Correction(MAILBOX, a_judged().message_id, NOON, is_rejection=True)
        store = full(a_judged(), a_rejection(), here)
        bring(store, exported(full(a_judged(band=Band.NO), replace(here, is_rejection=False))))
        assert (store.all(Correction), len(store.all(Rejection))) == ([here], 1)

    def test_no_letter_leaves_because_of_a_file(self):
        held = an_outbox_item(id="h", state=OutboxState.HELD, undo_until=NOON, draft_id="d")
        sending = an_outbox_item(id="s", state=OutboxState.SENDING, draft_id="e")
        store = MemoryStore()
        bring(store, exported(full(held, sending)))
        assert store.get(OutboxItem, "h") == replace(held, undo_until=None)
        assert store.get(OutboxItem, "s").state is OutboxState.UNKNOWN

    def test_a_file_pairs_no_extension(self):
        text = exported(full()).replace('"records":{', '"records":{"pairings":[' + row(PAIRING) + "],", 1)
        store = MemoryStore()
        bring(store, text)
        assert store.all(Pairing) == []

    def test_how_far_a_mailbox_was_read_counts_from_a_whole_file_alone(self):
        text = exported(full(Cursor(MAILBOX, "9", NOON), a_judged()))
        whole, broken = MemoryStore(), MemoryStore()
        bring(whole, text)
        assert len(whole.all(Cursor)) == 1
        brought = bring(broken, text.replace('"score":0.99', '"score":"much"'))
        assert (broken.all(Cursor), broken.all(Judged), brought.bad[0][0]) == ([], [], "judged 1")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"message_id":"18c0ffee00000001"', '"message_id":"<b>"'),
            ('"received":"2026-03-02T12:00:00Z"', '"received":"2026-03-02T12:00:00"'),
            ('"received":"2026-03-02T12:00:00Z"', '"received":"9999-12-31T23:59:59Z"'),
            ('"hold":false', '"hold":"perhaps"'),
            ('"thread_id"', '"thread"'),
        ],
    )
    def test_a_record_that_is_none_is_named_and_left_out(self, old, new):
        store = MemoryStore()
        text = exported(full(a_judged(), a_judged(message_id="18c0ffee00000002")))
        assert old in text
        brought = bring(store, text.replace(old, new, 1))
        assert [where for where, _why in brought.bad] == ["judged 1"]
        assert len(store.all(Judged)) == 1
        log_all(store)

    def test_a_table_that_nobody_knows_is_named(self):
        brought = bring(MemoryStore(), exported(full()).replace('"journal":', '"dreams":', 1))
        assert [where for where, _why in brought.bad] == ["dreams"]

    @given(st.text(max_size=200) | st.binary(max_size=200))
    @settings(deadline=None)
    def test_no_file_breaks_it(self, content):
        store = MemoryStore()
        try:
            bring(store, content)
        except FileWrong:
            assert everything(store) == []


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST", 10)
    (tmp_path / "big").write_text("x" * 11)
    with pytest.raises(FileWrong, match="too large"):
        keeping(MemoryStore(), tmp_path).bring_in(tmp_path / "big", Wish(), dry_run=False)


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path):
    with pytest.raises(UsageError):
        keeping(MemoryStore(), tmp_path).bring_in(tmp_path / "none", Wish(), dry_run=False)


def row(record: Pairing) -> str:
    import json  # noqa: PLC0415

    return json.dumps(ROWS.to_row(record))
