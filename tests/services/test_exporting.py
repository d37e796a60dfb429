"""What leaves the program in files: the log as a table, everything as JSON, and no secret in either."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from dataclasses import replace

import pytest

from server.domain.application import Description, Placement
from server.domain.matching import Told, group
from server.domain.model import Contact, Pairing, Span
from server.errors import UsageError
from server.services.exporting import COLUMNS, as_csv
from server.services.log import everywhere
from server.stores.memory import MemoryStore
from tests.builders import NOON, a_judged, a_rejection
from tests.services.data_ground import EVERYTHING, ROWS, keeping


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    made.put(*EVERYTHING)
    return made


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_one_line_for_each_logged_rejection(store):
    store.put(a_rejection(message_id="18c0ffee00000003", evidence=(Span("one\ntwo", 0, 7), Span("three", 9, 14))))
    text = as_csv(store, everywhere)
    assert text.count("\r\n") == 3
    assert text.splitlines()[0] == ",".join(COLUMNS)
    first = table(text)[0]
    assert (first["company"], first["role"], first["state"]) == ("Brightwater", "Gardener", "sent")
    assert (first["contact_name"], first["received"]) == ("Ada Lee", "2026-03-02T12:00:00Z")
    assert table(text)[1]["evidence"] == "one two | three"


def test_company_and_role_in_the_table_are_the_applications(store):
    placed, said = Placement(a_judged().message_id, "x", NOON), Description("x", NOON, company="Harbour", role="Pilot")
    board = group([a_judged()], Told({placed.key: placed}, {said.key: said}))
    (line,) = table(as_csv(store, everywhere, board.applications))
    assert (line["company"], line["role"]) == ("Harbour", "Pilot")


def test_a_company_that_is_a_formula_is_no_formula_any_more(store):
    store.put(a_judged(sender=Contact("+1", "")), a_rejection(company="=HYPERLINK(1)", role="@x"))
    (line,) = table(as_csv(store, everywhere))
    assert [line[name][0] for name in ("company", "role", "contact_name")] == ["'", "'", "'"]


def test_only_the_mailboxes_that_are_shown_are_in_the_table(store):
    assert table(as_csv(store, lambda mailbox: mailbox != a_rejection().mailbox)) == []


def test_excel_gets_its_byte_order_mark_only_when_asked(store):
    assert as_csv(store, everywhere, bom=True).startswith("\ufeffreceived")
    assert as_csv(store, everywhere).startswith("received")


def test_everything_but_the_secrets_is_in_the_json(store, tmp_path):
    text = keeping(store, tmp_path).export("json")
    document = json.loads(text)
    assert (document["format"], document["version"], document["program"]) == ("classact-export", 1, "1.2.3")
    counts = {name: len(items) for name, items in document["records"].items() if items}
    kinds = {kind: name for name, kind in ROWS.kinds().items()}
    expected = [kinds[type(record)] for record in EVERYTHING if not isinstance(record, Pairing)]
    assert counts == {name: expected.count(name) for name in expected}
    assert "canary" not in text


def test_a_format_that_is_none_is_a_wrong_call(store, tmp_path):
    with pytest.raises(UsageError):
        keeping(store, tmp_path).export("xls")


def test_a_file_is_for_its_owner_alone_and_takes_the_place_of_an_older_one(store, tmp_path):
    target = tmp_path / "log.csv"
    target.write_text("older")
    target.chmod(0o644)
    keeping(store, tmp_path / "home").write(target, "new\ud800", replace=True)
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("new?", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize("name", ["log.json", "lock", "tokens/kim@seeker.example.json", "x/../log.journal"])
def test_a_file_that_the_program_works_with_is_never_written_over(store, tmp_path, name):
    kept = keeping(store, tmp_path)
    with pytest.raises(UsageError, match="works with"):
        kept.write(tmp_path / name, "x", replace=True)
    with pytest.raises(UsageError, match="works with"):
        kept.back_up(tmp_path / name, replace=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_ordinary_file_is_never_replaced(store, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # stands for /dev/null, which root could replace for every program
    with pytest.raises(UsageError):
        keeping(store, tmp_path / "home").write(pipe, "x")
    assert pipe.is_fifo()


def test_a_folder_is_no_file_to_write(store, tmp_path):
    with pytest.raises(UsageError):
        keeping(store, tmp_path).back_up(tmp_path)


def test_the_calendar_is_what_wiring_says(store, tmp_path):
    kept = replace(keeping(store, tmp_path), calendar=lambda: "BEGIN:VCALENDAR")
    assert kept.export("ics") == "BEGIN:VCALENDAR"
