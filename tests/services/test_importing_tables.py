"""Tables that come into the log: our own, and those of other trackers as far as they can be told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings

from server.domain.application import BY_HAND, ByHand
from server.domain.model import (
    Judged,
    Rejection,
)
from server.domain.portable import FileWrong
from server.errors import UsageError
from server.services.exporting import as_csv
from server.services.log import everywhere, log
from server.stores.memory import MemoryStore
from tests.builders import NOON, a_judged, a_rejection
from tests.services.data_ground import PAIRING, logs
from tests.services.import_ground import TABLE, bring, everything, full


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
        assert (again.added, again.known) == ({}, 2)
        assert len(log(store)) == 2

    def test_a_row_of_our_own_that_is_there_already_counts_once(self):
        store = MemoryStore()
        bring(store, TABLE)
        again = bring(store, as_csv(store, everywhere))
        assert (again.added, again.known) == ({}, 2)

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
