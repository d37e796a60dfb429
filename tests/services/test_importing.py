"""Files that come into the log: ours come back as they were, others' as far as they can be told, none twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.verdict import Band
from server.domain.application import BY_HAND, ByHand
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
from server.services.exporting import as_csv, as_json
from server.services.importing import bring_in
from server.services.log import everywhere, log, log_all
from server.services.sheets import Wish
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, FixedClock, a_judged, a_rejection, an_outbox_item
from tests.services.data_ground import EVERYTHING, PAIRING, ROWS, keeping, logs, without_secrets

TABLE = """Company;Job Title;Status;Applied Date;Date Rejected;Notes
Acme Ltd;Baker;Rejected;2026-01-01;2026-01-09;nice
"Beta; GmbH";Koch;Absage;2026-01-01;13.01.2026;
Gamma;Cook;Applied;2026-01-01;;
;Cook;Rejected;2026-01-01;;
Epsilon;Cook;Rejected;;soon;
"""


def full(*records: object) -> MemoryStore:
    store = MemoryStore()
    store.put(*(records or EVERYTHING))
    return store


def bring(store: MemoryStore, data: str | bytes, **wish: object) -> importing.Brought:
    dry_run = bool(wish.pop("dry_run", False))
    content = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return bring_in(content, store, ROWS, FixedClock(NOON), Wish(**wish), mailbox=MAILBOX, dry_run=dry_run)


def exported(store: MemoryStore) -> str:
    return as_json(store, ROWS, NOON, "1")


def everything(store: MemoryStore) -> list[object]:
    return [record for kind in ROWS.kinds().values() for record in store.all(kind)]


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


class TestOurTable:
    @given(logs())
    @settings(max_examples=40, deadline=None)
    def test_the_table_of_the_log_gives_the_same_table_back(self, records):
        before, after = full(PAIRING, *records), MemoryStore()
        text = as_csv(before, everywhere)
        brought = bring(after, text)
        assert brought.bad == ()
        assert as_csv(after, everywhere) == text

    def test_a_row_that_was_changed_too_much_is_named_by_its_line(self):
        text = as_csv(full(a_rejection(), a_rejection(message_id="18c0ffee00000002")), everywhere)
        store = MemoryStore()
        brought = bring(store, text.replace("18c0ffee00000002", "x", 1).replace(",0.99,", ",2.5,", 0))
        assert len(brought.bad) == 1
        assert brought.bad[0][0] in ("line 2", "line 3")
        assert len(store.all(Rejection)) == 1

    def test_excels_byte_order_mark_and_semicolons_do_not_matter(self):
        text = as_csv(full(a_judged(subject="Hello"), a_rejection()), everywhere, bom=True).replace(",", ";")
        store = MemoryStore()
        assert bring(store, text.replace("2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z")).bad == ()
        assert len(store.all(Rejection)) == 1


class TestOtherTables:
    def test_what_says_no_comes_in_and_the_rest_is_told(self):
        store = MemoryStore()
        brought = bring(store, TABLE)
        assert [(line.company, line.role, f"{line.received:%m-%d}") for line in log(store)] == [
            ("Beta; GmbH", "Koch", "01-13"),
            ("Acme Ltd", "Baker", "01-09"),
        ]
        assert brought.added["rejections"] == 2
        assert brought.left_out == {"Applied": 1}
        assert [where for where, _why in brought.bad] == ["line 5", "line 6"]
        assert brought.columns["date"] == "Date Rejected"
        assert {row.model for row in store.all(Judged)} == {BY_HAND}
        assert [told.note for told in store.all(ByHand)] == [
            "From another list: Rejected\nnice",
            "From another list: Absage",
        ]

    def test_what_was_written_by_hand_comes_back_from_our_table_as_that(self):
        before, after = MemoryStore(), MemoryStore()
        bring(before, TABLE)
        bring(after, as_csv(before, everywhere))
        assert [told.way for told in after.all(ByHand)] == [told.way for told in before.all(ByHand)]
        assert as_csv(after, everywhere) == as_csv(before, everywhere)

    def test_a_second_import_doubles_nothing(self):
        store = MemoryStore()
        bring(store, TABLE)
        again = bring(store, TABLE)
        assert again.added == {}
        assert len(log(store)) == 2

    def test_a_no_that_the_mail_told_already_is_not_logged_again(self):
        mailed = a_rejection(company="ACME, Ltd.", role="baker", received=NOON.replace(month=1, day=7))
        store = full(mailed)
        assert bring(store, TABLE).known == 1
        assert sorted(line.company for line in log(store)) == ["ACME, Ltd.", "Beta; GmbH"]

    def test_another_role_or_another_time_is_another_no(self):
        early = a_rejection(company="Acme Ltd", role="Baker", received=NOON - timedelta(days=300))
        other = a_rejection(
            company="Acme Ltd", role="Driver", received=NOON.replace(month=1, day=9), message_id="a" * 10
        )
        store = full(early, other)
        bring(store, TABLE)
        assert len(log(store)) == 4

    def test_columns_can_be_named(self):
        store = MemoryStore()
        brought = bring(
            store, "a,b,c\nAcme,rejected,2026-01-02\n", columns={"company": "a", "status": "b", "date": "c"}
        )
        assert brought.added["rejections"] == 1

    def test_a_table_without_a_status_counts_when_the_seeker_says_so(self):
        text = "Company Name,Application Date\nAcme,2026-01-02\n"
        with pytest.raises(FileWrong, match="status"):
            bring(MemoryStore(), text)
        assert bring(MemoryStore(), text, all_rejected=True).added["rejections"] == 1

    def test_the_order_of_day_and_month_can_be_told(self):
        text = "Company,Status,Date\nAcme,rejected,03/02/2026\n"
        months = []
        for day_first in (True, False):
            store = MemoryStore()
            bring(store, text, day_first=day_first)
            months.append(log(store)[0].received.month)
        assert months == [2, 3]

    @pytest.mark.parametrize("columns", [{"company": "nowhere"}, {"shoe_size": "Company"}])
    def test_a_column_that_is_not_there_is_a_wrong_call(self, columns):
        with pytest.raises(UsageError):
            bring(MemoryStore(), TABLE, columns=columns)

    def test_a_day_to_come_is_none(self):
        brought = bring(MemoryStore(), "Company,Status,Date\nAcme,rejected,2027-01-01\n")
        assert (brought.added, len(brought.bad)) == ({}, 1)

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig", "cp1252"])
    def test_the_encodings_of_spreadsheets_are_read(self, encoding):
        store = MemoryStore()
        bring(store, "Company;Status;Date\nCafé Müller;Absage;2026-01-02\n".encode(encoding))
        assert log(store)[0].company == "Café Müller"

    def test_ten_megabytes_are_read_and_a_nul_costs_its_row(self):
        rows = "".join(f"Company {number},Cook,rejected,2026-01-02,{'x' * 4000}\n" for number in range(2_500))
        store = MemoryStore()
        brought = bring(store, "Company,Role,Status,Date,Notes\nN\0ul,Cook,rejected,2026-01-02,\n" + rows)
        assert (brought.added["rejections"], len(brought.bad)) == (2_500, 1)

    @pytest.mark.parametrize(
        "data", [b"", b" \n", b"PK\x03\x04 a,b", b"\x00" * 50, b"a,b\n1,2\n", b"{}", b"[1]", b"\xff\xd8\xff\xe0,x\x10"]
    )
    def test_what_is_no_table_of_applications_is_refused_and_changes_nothing(self, data):
        store = MemoryStore()
        with pytest.raises(FileWrong):
            bring(store, data)
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
