"""Rows as text that other programs read, and back: CSV that no spreadsheet takes for a formula, and our own JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.errors import UsageError
from server.texts import _

FORMAT: Final = "classact-export"
VERSION: Final = 1
# What a spreadsheet may take for a formula: OWASP, CSV Injection (=, +, -, @, tab, line ends, and their full-width
# twins). A mark of ours before them is doubled, so that taking it off again gives back what was there.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_MUST_QUOTE: Final = re.compile(r'[",;\r\n\t]|^\s|\s$')
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS: Final = (",", ";", "\t", "|")
_MOST_COLUMNS: Final = 200

JsonRow = dict[str, Any]


class FileWrong(UsageError):
    """A file that was handed over is not what the step needs; nothing was changed."""

    code = "file_wrong"


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file that was read: lines with the number in the file at which each begins, and those that are broken."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    bad: tuple[tuple[int, str], ...] = ()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180: comma, double quotes doubled, CR LF after every row, the header first. Every cell is guarded."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in (header, *rows))


def guarded(value: str) -> str:
    """The value with an apostrophe before it where a spreadsheet would calculate with it."""
    return f"'{value}" if _FORMULA.match(value) else value


def unguarded(value: str) -> str:
    """The value as it was before `guarded`."""
    return value[1:] if _GUARDED.match(value) else value


def _cell(value: str) -> str:
    safe = guarded(value)
    return '"' + safe.replace('"', '""') + '"' if _MUST_QUOTE.search(safe) else safe


def decoded(data: bytes) -> str:
    """The text of a file of unknown making: by its byte order mark, else UTF-8, else Windows' Western European."""
    try:
        for mark, encoding in _BOMS:
            if data.startswith(mark):
                return data.decode(encoding)
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_table(text: str) -> Table:
    """The rows of a CSV file with a header, separated by comma, semicolon, tab or bar, whichever the header uses.

    A row that is broken is named with its line and left out. Raises FileWrong when there is no header.
    """
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    lines = _lines(text, delimiter)
    _line, header = next(lines, (0, None))
    if not isinstance(header, tuple) or not _names_columns(header):
        raise FileWrong(
            _("This file is no table with named columns."), _("Its first line must name the columns, as in a CSV file.")
        )
    rows: list[tuple[int, tuple[str, ...]]] = []
    bad: list[tuple[int, str]] = []
    for line, cells in lines:
        if isinstance(cells, str):
            bad.append((line, cells))
        elif len(cells) > len(header):
            bad.append((line, _("it has more cells than there are columns")))
        elif any("\0" in cell for cell in cells):
            bad.append((line, _("it holds bytes that are no text")))
        elif any(cell.strip() for cell in cells):
            rows.append((line, cells + ("",) * (len(header) - len(cells))))
    return Table(tuple(cell.strip() for cell in header), tuple(rows), tuple(bad))


def _names_columns(header: Sequence[str]) -> bool:
    return 2 <= len(header) <= _MOST_COLUMNS and all(name.isprintable() for name in map(str.strip, header))  # noqa: PLR2004


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...] | str]]:
    """Each row with the line it begins at; in place of a row that csv cannot read, why. Blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, _("a cell is too long; perhaps a quotation mark is missing")
            continue
        if cells:
            yield line, tuple(cells)


def json_text(made: str, program: str, tables: Mapping[str, Iterable[JsonRow]]) -> str:
    """One JSON document of every record, a record a line so that people can read it and diff it."""
    head = {"format": FORMAT, "version": VERSION, "program": program, "made": made}
    parts = []
    for name, rows in tables.items():
        lines = ",\n".join(_as_json(row) for row in rows)
        parts.append(f"{_as_json(name)}:[\n{lines}\n]" if lines else f"{_as_json(name)}:[]")
    return _as_json(head)[:-1] + ',"records":{\n' + ",\n".join(parts) + "\n}}"


def _as_json(value: object) -> str:
    """JSON in UTF-8, with escapes only where a lone surrogate would make that impossible."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def read_json(text: str) -> dict[str, list[Any]]:
    """The tables of an export of ours; raises FileWrong for anything else, or when a newer program made it."""
    try:
        document = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _not_ours() from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _not_ours()
    if document.get("version") != VERSION:
        raise FileWrong(
            _("This export was made by another version of Class Act."), _("Update Class Act, then import it again.")
        )
    records = document.get("records")
    if not isinstance(records, dict) or not all(isinstance(rows, list) for rows in records.values()):
        raise _not_ours()
    return records


def _no_number(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity: JSON has neither (RFC 8259, section 6)


def _not_ours() -> FileWrong:
    return FileWrong(
        _("This JSON file is no whole export of Class Act."),
        _("Import what `classact export --format json` wrote, or a CSV file."),
    )
