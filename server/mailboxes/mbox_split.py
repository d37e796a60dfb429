"""Where one mail of an mbox file ends and the next begins: read in pieces, so memory stays flat whatever its size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_HEADERS = 256 * 1024  # bytes of a header block that are looked at
_PIECE = 1024 * 1024  # bytes read at once; larger ones gain nothing (measured: 0.25 to 4 MB)
_LEAD = 4096  # bytes kept before the place of search: the blank line before a separator stands in them
_MAX_LINE = 2048  # bytes of a separator line

# Google Takeout stamps each message `From <Gmail's message id, decimal>@xxx <date>`; others `From sender date`.
TAKEOUT = re.compile(rb"From (\d{10,20})@xxx\s")
_SEPARATOR = re.compile(rb"From (?:(\d{10,20})@xxx|\S+) .*\d{4}\s*$|From (?:(\d{10,20})@xxx|\S+)\s*$")
_FROM = b"\nFrom "
_END_OF_HEADERS = re.compile(rb"\n[ \t\r\x0b\x0c]*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """One mail: its separator line, its header block with the blank line, and its bytes `start` to `end`."""

    stamp: bytes
    block: bytes
    start: int
    end: int
    last: bool = False  # it reaches to the end of the file, which may yet grow


def split(file: BinaryIO, place: int = 0) -> Iterator[Piece]:
    """Every mail from `place` on, which is where one begins.

    Takeout escapes no "From " in bodies: in a file that begins with its stamp, only that stamp separates.
    """
    file.seek(0)
    takeout = bool(TAKEOUT.match(file.read(_LEAD).lstrip()))
    begun: tuple[bytes, bytes, int] | None = None
    window = _Window(file, place)
    while (found := window.next(TAKEOUT if takeout else _SEPARATOR)) is not None:
        if begun is not None:
            yield Piece(*begun, end=found[2])
        begun = found
    if begun is not None:
        yield Piece(*begun, end=window.end, last=True)


def block_of(content: bytes) -> bytes:
    """The header block of a mail without its separator line."""
    found = _END_OF_HEADERS.search(b"\n" + content[:MAX_HEADERS])
    return content[: found.end() - 1] if found else content[:MAX_HEADERS]


class _Window:
    """The part of the file that is in memory, and the search for separators in it."""

    def __init__(self, file: BinaryIO, place: int) -> None:
        file.seek(place)
        self._file = file
        self._data = b"\n\n"  # as if a blank line stood before the first mail
        self._base = place - len(self._data)  # where in the file `_data` begins
        self._look = 0
        self._ended = False

    @property
    def end(self) -> int:
        """Where in the file the window ends."""
        return self._base + len(self._data)

    def next(self, separator: re.Pattern[bytes]) -> tuple[bytes, bytes, int] | None:
        """The next separator line, the header block after it, and where it stands; None at the end of the file."""
        while True:
            hit = self._data.find(_FROM, self._look)
            if hit < 0:
                if self._ended:
                    return None
                self._read(max(self._look, len(self._data) - len(_FROM)))
                continue
            line_end = self._data.find(b"\n", hit + 1, hit + _MAX_LINE)
            if line_end < 0 and not self._ended and len(self._data) - hit < _MAX_LINE:
                self._read(hit)
                continue
            line_end = len(self._data) - 1 if line_end < 0 else line_end
            stamp = self._data[hit + 1 : line_end + 1]
            if len(stamp) > _MAX_LINE or not self._follows_blank(hit) or not separator.match(stamp):
                self._look = hit + 1
                continue
            headers = _END_OF_HEADERS.search(self._data, line_end, line_end + MAX_HEADERS)
            if headers is None and not self._ended and len(self._data) - line_end < MAX_HEADERS:
                self._read(hit)
                continue
            block_end = headers.end() if headers else min(len(self._data), line_end + MAX_HEADERS)
            self._look = block_end - 1 if headers else line_end  # the blank line may be the one before the next mail
            return stamp, self._data[line_end + 1 : block_end], self._base + hit + 1

    def _follows_blank(self, hit: int) -> bool:
        """Whether the line before the line feed at `hit` is blank."""
        before = self._data.rfind(b"\n", 0, hit)
        return before >= 0 and not self._data[before + 1 : hit].strip()

    def _read(self, keep: int) -> None:
        """Read on; what stands well before `keep`, the next place to look at, is let go of."""
        drop = max(0, keep - _LEAD)
        more = self._file.read(_PIECE)
        self._ended = not more
        self._data = self._data[drop:] + more
        self._base += drop
        self._look = keep - drop
