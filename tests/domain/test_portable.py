"""Rows as CSV and JSON: nothing that a spreadsheet calculates, nothing lost, nothing that breaks a reader."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.domain import portable
from server.domain.portable import FileWrong, csv_text, decoded, guarded, json_text, read_json, read_table, unguarded

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'=1", "''@x"])
def test_what_a_spreadsheet_would_calculate_begins_with_an_apostrophe(value):
    assert guarded(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "Brightwater", "'tis", "a=b", "2026-01-01"])
def test_other_cells_stay_as_they_are(value):
    assert guarded(value) == value


@given(CELLS | st.from_regex(r"'{0,3}[=+@-]?.{0,3}"))
@settings(deadline=None)
@example("'=")
def test_the_guard_comes_off_again(value):
    assert unguarded(guarded(value)) == value


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4).filter(any), max_size=5))
@settings(deadline=None)
def test_any_csv_reader_reads_back_what_was_written(rows):
    text = csv_text(["a", "b"], rows)
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found == [["a", "b"], *[[guarded(cell) for cell in row] for row in rows]]
    assert text.endswith("\r\n")


def test_rows_end_as_rfc_4180_has_it_and_quotes_are_doubled():
    assert csv_text(["a", "b"], [['x"y', "1,2"]]) == 'a,b\r\n"x""y","1,2"\r\n'


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café".encode(), "Café"),
        ("Café".encode("utf-8-sig"), "Café"),
        ("Café".encode("utf-16"), "Café"),
        ("Café – ja".encode("cp1252"), "Café – ja"),
        (b"\xff\xfe\x00", "ÿþ\x00"),
        (b"\x81\x8d", "\ufffd\ufffd"),
    ],
)
def test_the_encoding_is_found(data, text):
    assert decoded(data) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_what_the_header_uses(delimiter):
    table = read_table(f"a{delimiter}b\n1{delimiter}2\n\n3{delimiter}4\n")
    assert (table.header, table.rows) == (("a", "b"), ((2, ("1", "2")), (4, ("3", "4"))))


def test_broken_rows_are_named_by_their_line_and_the_others_are_read():
    table = read_table('a,b\n1,2\n"two\nlines",2\nx,y,z\nn\0ul,2\nonly\n7,8\n')
    assert [line for line, _cells in table.rows] == [2, 3, 7, 8]
    assert [line for line, _why in table.bad] == [5, 6]
    assert table.rows[2] == (7, ("only", ""))


def test_a_quotation_mark_that_never_ends_costs_its_rows_and_no_more():
    table = read_table("a,b\n1,2\n" + '"' + "x,y\n" * 60_000)
    assert table.rows[0] == (2, ("1", "2"))
    assert table.bad[0][0] == 3
    assert "too long" in table.bad[0][1]


@pytest.mark.parametrize("text", ["", "\n\n", "alone\n1\n", "a,b\x01\n", ",".join("x" * 300)])
def test_what_names_no_columns_is_no_table(text):
    with pytest.raises(FileWrong):
        read_table(text)


@given(st.text(max_size=300))
@settings(deadline=None)
def test_no_text_breaks_the_table_reader(text):
    try:
        table = read_table(text)
    except FileWrong:
        return
    assert all(len(cells) == len(table.header) for _line, cells in table.rows)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.text(max_size=8), st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=3), max_size=3))
)
def test_json_comes_back_whole(tables):
    text = json_text("2026-01-01T00:00:00Z", "1", tables)
    assert read_json(text.encode().decode()) == tables


def test_a_record_stands_on_a_line_of_its_own():
    assert json_text("t", "1", {"a": [{"x": 1}, {"x": 2}]}).splitlines()[2:4] == ['{"x":1},', '{"x":2}']


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"format":"classact-export"}', '{"format":"classact-export","version":1,"records":[]}',
     '{"format":"classact-export","version":1,"records":{"a":{}}}',
     '{"format":"classact-export","version":1,"records":{"a":[NaN]}}', "[" * 100_000],
    ids=range(8),
)  # fmt: skip
def test_json_that_is_no_export_is_refused(text):
    with pytest.raises(FileWrong):
        read_json(text)


def test_an_export_of_another_version_says_so():
    with pytest.raises(FileWrong, match="another version"):
        read_json(f'{{"format":"classact-export","version":{portable.VERSION + 1},"records":{{}}}}')
