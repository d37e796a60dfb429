"""An append-only file of checksummed transactions, read back up to the last whole one.

One line a transaction: eight hex digits of CRC-32, a space, JSON, a line feed. A process killed while it appends
leaves a torn last line; it was never acknowledged, so reading drops it. Every append is on disk when it returns.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from server.errors import HomeNotWritable, StoreDamaged
from server.texts import _

Entry = dict[str, Any]

_sync = getattr(os, "fdatasync", os.fsync)  # macOS and Windows have no fdatasync


class Journal:
    """One journal file, open for appending. Not safe for threads by itself: the store's lock guards it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self.size = os.fstat(self._fd).st_size
        self._broken = False

    def append(self, entry: Entry) -> None:
        """Add a transaction; raises HomeNotWritable when the disk refuses, and then the file is as before."""
        if self._broken:
            raise HomeNotWritable(str(self.path), _("an earlier write failed"))
        data = encode(entry)
        try:
            written = 0
            while written < len(data):
                written += os.write(self._fd, data[written:])
            _sync(self._fd)
        except OSError as error:
            self._roll_back()
            raise HomeNotWritable(str(self.path.parent), error.strerror or str(error)) from error
        self.size += len(data)

    def cut(self, size: int) -> None:
        """Drop everything after `size` bytes: a torn tail."""
        os.ftruncate(self._fd, size)
        _sync(self._fd)
        self.size = size

    def close(self) -> None:
        """Close the file; what is appended afterwards is refused and reaches no other file with the same number."""
        self._broken = True
        os.close(self._fd)

    def _roll_back(self) -> None:
        try:
            os.ftruncate(self._fd, self.size)
        except OSError:
            # Half a line may stand in the file. One more line after it would make it look like damage in the middle.
            self._broken = True


def encode(entry: Entry) -> bytes:
    """One line of the journal."""
    body = as_json(entry)
    return b"%08x %b\n" % (zlib.crc32(body), body)


def as_json(value: object) -> bytes:
    """JSON that any reader opens: UTF-8, and escapes only where lone surrogates would make that impossible."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def entries(path: Path) -> Iterator[tuple[Entry, int]]:
    """Each whole transaction and the byte where it ends, in order; stops at a torn tail.

    Raises StoreDamaged when a broken line stands before a whole one: that is no torn tail.
    """
    data = path.read_bytes() if path.exists() else b""
    place = 0
    while place < len(data):
        end = data.find(b"\n", place)
        entry = _parse(data[place:end]) if end >= 0 else None
        if entry is None:
            if _has_whole_line(data, end + 1 if end >= 0 else len(data)):
                raise StoreDamaged(str(path), _("a line in the middle fails its checksum"))
            return
        place = end + 1
        yield entry, place


def _has_whole_line(data: bytes, place: int) -> bool:
    return any(_parse(line) is not None for line in data[place:].split(b"\n"))


def _parse(line: bytes) -> Entry | None:
    checksum, _space, body = line.partition(b" ")
    if len(checksum) != 8 or checksum != b"%08x" % zlib.crc32(body):  # noqa: PLR2004 - hex digits of a CRC-32
        return None
    entry = json.loads(body)
    return entry if isinstance(entry, dict) else None
