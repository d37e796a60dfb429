"""Where each mail of an mbox file stands, in a small database beside the log, so that memory stays flat.

It holds places, ids and dates, and no text. It is filled by one pass over the headers, which is kept every few thousand
mails: killed, the pass goes on from there. It can be thrown away at any time; the file itself is never written.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from server.domain.bulk import sent_from
from server.domain.connection import Interrupted
from server.domain.reading import EPOCH
from server.mailboxes.mbox_head import Flags, head
from server.mailboxes.mbox_split import TAKEOUT, Piece, split
from server.mailboxes.mbox_wrong import open_mbox, unreadable
from server.texts import _

KEEP_EVERY: Final = 2_000  # mails: about a tenth of a second's work that a kill repeats
_FORM: Final = "3"  # another one means that the pass is made again
_SAMPLES, _SAMPLE = 64, 1024  # how many places, and bytes of each, tell whether a file only grew
_CACHE: Final = 8 * 1024  # KB of the database that stay in memory
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS mail (
    place INTEGER PRIMARY KEY, finish INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, thread TEXT NOT NULL,
    age INTEGER NOT NULL, flags INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS mail_thread ON mail (thread);
CREATE INDEX IF NOT EXISTS mail_age ON mail (age);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_COLUMNS: Final = "place, finish, id, thread, age, flags"
_Row = tuple[int, int, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail: its ids, and the bytes `start` to `end` of the file."""

    id: str
    thread_id: str
    start: int
    end: int
    received: datetime | None
    flags: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Which mails: none with a flag of `without`, only those with all of `flags`, and none from before `since`.

    A mail without a date may be of any time.
    """

    without: int
    flags: int = 0
    since: datetime | None = None

    @property
    def condition(self) -> tuple[str, tuple[int, ...]]:
        """The same for the database."""
        flags = (self.without, self.flags, self.flags)
        if self.since is None:
            return "flags & ? = 0 AND flags & ? = ?", flags
        oldest = -int((self.since - EPOCH).total_seconds())
        return "flags & ? = 0 AND flags & ? = ? AND (age <= ? OR flags & ?)", (*flags, oldest, Flags.NO_DATE)


class Index:
    """The places of one file's mails. Safe for threads."""

    def __init__(self, path: Path, kept: Path | None = None, senders: Sequence[str] = ()) -> None:
        """`kept`: the file that holds the index; None keeps it in memory, for small mailboxes.

        `senders`: domains whose mail is read whatever else its headers say.
        """
        self._path, self._kept, self._systems = path, kept, sent_from(senders)
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._database: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the index's file; it opens again when it is needed."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def refresh(self) -> None:
        """Look through what of the file is new. Raises MailboxUnreadable."""
        with self._lock:
            try:
                self._refresh()
            except sqlite3.DatabaseError:  # damaged, or the disk is full: it is only an index
                self._start_over()
                self._refresh()

    def get(self, message_id: str) -> Entry | None:
        """The mail with that id."""
        if not message_id.isascii():  # an argument of the command line may be no text at all
            return None
        return next(iter(self._select("WHERE id = ?", message_id)), None)

    def thread(self, thread_id: str) -> list[Entry]:
        """The mails of a thread, oldest first."""
        return self._select("WHERE thread = ? ORDER BY age DESC, place", thread_id)

    def newest(self, chosen: Choice, after: Entry | None, most: int) -> list[Entry]:
        """The chosen mails that follow `after`, newest first."""
        start = (_age(after), after.start) if after else (-(2**62), -1)
        condition, values = chosen.condition
        return self._select(f"WHERE (age, place) > (?, ?) AND {condition} ORDER BY age, place LIMIT ?",
                            *start, *values, most)  # fmt: skip

    def last(self, most: int) -> list[Entry]:
        """The last mails of the file, the last one first."""
        return self._select("ORDER BY place DESC LIMIT ?", most)

    def count(self, chosen: Choice | None = None) -> int:
        """How many mails are chosen; of all without a choice."""
        condition, values = chosen.condition if chosen else ("1", ())
        return int(self._asked(f"SELECT count(*) FROM mail WHERE {condition}", values)[0][0])  # noqa: S608 - ours

    def interrupt(self) -> None:
        """End a pass under way: it raises Interrupted, and the next one goes on from what is kept."""
        self._stopped.set()

    def _select(self, condition: str, *values: str | int) -> list[Entry]:
        rows = self._asked(f"SELECT {_COLUMNS} FROM mail {condition}", values)  # noqa: S608 - ours
        return [_entry(row) for row in rows]

    def _asked(self, question: str, values: Sequence[str | int]) -> list[Any]:
        with self._lock:
            try:
                return self._open().execute(question, values).fetchall()
            except sqlite3.DatabaseError as error:  # damaged since it was opened
                self._start_over()
                raise unreadable(self._path, _("its index is damaged"), _("Try again: it is made anew.")) from error

    def _refresh(self) -> None:
        try:
            status = self._path.stat()
            stamp = f"{status.st_size} {status.st_mtime_ns}"
            if self._fact("stamp") == stamp and not self._path.is_dir():
                return
            with open_mbox(self._path) as file:
                self._read(file, status.st_size)
        except OSError as error:
            open_mbox(self._path).close()  # says what is wrong with the file
            raise unreadable(self._path, error.strerror or str(error)) from error
        self._keep([], stamp=stamp)

    def _read(self, file: BinaryIO, size: int) -> None:
        """The pass itself, from the last mail that is known, if the file before it is as it was."""
        done = int(self._fact("done") or 0)
        if done > size or self._fact("form") != _FORM or self._fact("before") != _digest(file, done):
            self._forget()
            done = 0
        rows: list[_Row] = []
        for piece in split(file, done):
            done = piece.start if piece.last else piece.end  # the last one may yet grow: it is looked at again
            rows.append(_row(piece, file, self._systems))
            if len(rows) >= KEEP_EVERY or self._stopped.is_set():
                self._keep(rows, done=str(done), before=self._digest_of(done))
                rows = []
            if self._stopped.is_set():
                raise Interrupted
        self._keep(rows, done=str(done), before=_digest(file, done), form=_FORM)

    def _digest_of(self, done: int) -> str:
        with self._path.open("rb") as file:  # another handle: the pass stands where it stands
            return _digest(file, done)

    def _keep(self, rows: list[_Row], **facts: str) -> None:
        """Write mails and how far they reach, together."""
        database = self._open()
        with database:
            database.executemany(f"INSERT OR REPLACE INTO mail ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608
            database.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", {"form": _FORM, **facts}.items())

    def _forget(self) -> None:
        database = self._open()
        with database:
            database.execute("DELETE FROM mail")
            database.execute("DELETE FROM fact")

    def _fact(self, name: str) -> str | None:
        found = self._open().execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def _start_over(self) -> None:
        """Throw the index away; one that cannot be kept on disk is kept in memory."""
        self.close()
        try:
            if self._kept is not None:
                self._kept.unlink(missing_ok=True)
                self._open()
        except (OSError, sqlite3.DatabaseError):
            self.close()
            self._kept = None

    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = _database(self._kept)
        return self._database


def _database(kept: Path | None) -> sqlite3.Connection:
    """The database, readable by this user alone."""
    if kept is not None:
        try:
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(kept, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise sqlite3.DatabaseError(str(error)) from error
    database = sqlite3.connect(kept or ":memory:", check_same_thread=False)
    try:
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.executescript(_TABLES)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _row(piece: Piece, file: BinaryIO, systems: re.Pattern[str]) -> _Row:
    found = head(piece, systems)
    flags = found.flags | (Flags.CUT if piece.last and _is_cut(piece, file) else 0)
    return piece.start, piece.end, found.id, found.thread_id, -found.received, flags


def _is_cut(last: Piece, file: BinaryIO) -> bool:
    """Whether the file ends in the middle of its last mail: Takeout ends each one with a line feed."""
    place = file.tell()
    file.seek(max(last.start, last.end - 1))
    ended = file.read(1) == b"\n"
    file.seek(place)
    return bool(TAKEOUT.match(last.stamp)) and not ended


def _entry(row: _Row) -> Entry:
    place, finish, id_, thread, age, flags = row
    received = None if flags & Flags.NO_DATE else EPOCH + timedelta(seconds=-age)
    return Entry(id_, thread, place, finish, received, flags)


def _age(entry: Entry) -> int:
    return -int((entry.received - EPOCH).total_seconds()) if entry.received else 0


def _digest(file: BinaryIO, done: int) -> str:
    """Tells whether the first `done` bytes are the same as before: all of them when they are few, else samples."""
    if done <= _SAMPLES * _SAMPLE:
        places, length = [0], done
    else:
        places, length = [(done - _SAMPLE) * i // (_SAMPLES - 1) for i in range(_SAMPLES)], _SAMPLE
    digest = hashlib.blake2b(str(done).encode(), digest_size=16)
    for place in places:
        file.seek(place)
        digest.update(file.read(length))
    return digest.hexdigest()


def kept_at(folder: Path, path: Path) -> Path:
    """Where in the folder the index of that mailbox file is kept."""
    return folder / f"{hashlib.blake2b(os.fsencode(path.absolute()), digest_size=12).hexdigest()}.index"


def walk(index: Index, chosen: Choice, page: int) -> Iterator[list[Entry]]:
    """Pages of the chosen mails, newest first."""
    after: Entry | None = None
    while found := index.newest(chosen, after, page):
        yield found
        after = found[-1]
