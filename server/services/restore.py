"""A backup takes the place of the data: checked whole before anything moves, and put back if it breaks off.

restoring/              what the backup holds, read and checked
restoring.json          on disk from the first move to the last; found at a start, the moves are taken back
before-restore-TIME/    the data from before, kept until the next restore or a wipe
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from server.domain.belongings import Group
from server.durable import sync, written_whole
from server.errors import HomeNotWritable, Refused
from server.ports import Keyed, Rows
from server.services.archive import Archive
from server.services.backup import LOG
from server.services.folder import belongings, remove_empty_folders
from server.texts import _

_STAGE: Final = "restoring"
_MARK: Final = "restoring.json"
_COPY: Final = "before-restore-"
_REPLACED: Final = (Group.LOG, Group.LETTERS, Group.WORDING, Group.MODEL)


def restore(
    archive: Archive, home: Path, rows: Rows, now: datetime, *, keep: Callable[[], Iterable[Keyed]] = tuple
) -> str:
    """Put what the backup holds in the place of the data; the name of the folder that keeps what was there, or "".

    `keep`: records that no backup holds and that stay. Whoever calls holds the data folder, and no store is open.
    Raises FileWrong when the backup is none or damaged, Refused, HomeNotWritable; then all is as it was.
    """
    try:
        mend(home)
        copy = _fresh_name(home, now)
        _check_links(home, archive.names)
        archive.extract(home / _STAGE, rows)
        _add(home / _STAGE / LOG, keep(), rows)
        had = [name for name, group in belongings(home) if group in _REPLACED]
        _move(home, copy, had, archive.names)
    except OSError as error:
        mend(home)
        raise _refused(home, error) from error
    except BaseException:  # Ctrl+C too: the data from before is put back, and whoever waits hears of it
        mend(home)
        raise
    _tidy(home, copy)
    return copy if had else ""


def mend(home: Path) -> None:
    """Take back a restore that broke off; nothing to do when none did. Raises HomeNotWritable."""
    try:
        if (home / _MARK).exists():
            _take_back(home, json.loads((home / _MARK).read_text("utf-8")))
        if (home / _STAGE).is_dir():
            shutil.rmtree(home / _STAGE)
            remove_empty_folders(home)
    except OSError as error:
        raise _refused(home, error) from error


def _take_back(home: Path, moves: dict[str, Any]) -> None:
    """The moves, backwards. Broken off again, it goes on where it stopped."""
    for name in moves["fresh"]:
        if name not in moves["had"]:
            (home / name).unlink(missing_ok=True)
    for name in moves["had"]:
        kept = home / moves["copy"] / name
        if kept.exists() or kept.is_symlink():  # a link that leads nowhere is the seeker's all the same
            kept.replace(home / name)
    sync(home)
    (home / _MARK).unlink()
    sync(home)  # before the copy goes: found again, the mark would have nothing to put back
    shutil.rmtree(home / moves["copy"], ignore_errors=True)


def _move(home: Path, copy: str, had: list[str], fresh: Iterable[str]) -> None:
    """The moves, each a renaming; the mark stands while they are under way."""
    fresh = list(fresh)
    with written_whole(home / _MARK) as file:
        file.write(json.dumps({"copy": copy, "had": had, "fresh": fresh}).encode())
    (home / copy).mkdir(mode=0o700)
    for source, target, names in ((home, home / copy, had), (home / _STAGE, home, fresh)):
        for name in names:
            (target / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (source / name).rename(target / name)
        sync(target)
    sync(home)
    (home / _MARK).unlink()  # from here on the restored data counts
    sync(home)


def _tidy(home: Path, copy: str) -> None:
    """Only the last copy is kept, and only if there was something to keep."""
    shutil.rmtree(home / _STAGE, ignore_errors=True)
    for older in home.glob(f"{_COPY}*"):
        if older.name != copy and older.is_dir() and not older.is_symlink():
            shutil.rmtree(older, ignore_errors=True)
    remove_empty_folders(home)


def _add(log: Path, records: Iterable[Keyed], rows: Rows) -> None:
    """Put the records that stay into the snapshot."""
    names = {kind: name for name, kind in rows.kinds().items()}
    tables: dict[str, dict[str, Any]] = json.loads(log.read_bytes())
    for record in records:
        table = tables.setdefault(names[type(record)], {})
        table[str(len(table) + 1)] = rows.to_row(record)
    with written_whole(log) as file:
        file.write(json.dumps(tables, separators=(",", ":")).encode())


def _fresh_name(home: Path, now: datetime) -> str:
    """A folder that is not there yet, named after the time."""
    while (home / (name := f"{_COPY}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")).exists():
        now += timedelta(seconds=1)
    return name


def _check_links(home: Path, names: Iterable[str]) -> None:
    """A folder of ours that is a link would lead the files elsewhere."""
    for name in names:
        for folder in Path(name).parents:
            if (home / folder).is_symlink() and folder != Path():
                raise Refused(
                    _("%(folder)s is a link to another place, so nothing is restored into it.") % {"folder": folder},
                    _("Put a folder in its place, then try again."),
                )


def _refused(home: Path, error: OSError) -> HomeNotWritable:
    return HomeNotWritable(str(home), error.strerror or str(error))
