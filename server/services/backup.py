"""A backup: one zip of the log, the seeker's letters, wording and own model, with checksums. No sign-in goes in."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from server.domain.belongings import may_be_in_backup
from server.durable import written_whole
from server.errors import HomeNotWritable
from server.ports import Rows, Store
from server.services.exporting import stamp, tables
from server.services.folder import belongings
from server.services.named_files import unwritable
from server.texts import _

FORMAT: Final = "classact-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
LOG: Final = "log.json"
_TRIES: Final = 5  # a model may be put in place while it is copied


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written: how many records and other files it holds, and its size in bytes."""

    records: int
    files: int
    size: int


def back_up(target: Path, store: Store, rows: Rows, home: Path, *, now: datetime, program: str) -> Made:
    """Write the backup to `target`, readable by this user alone, whole or not at all.

    Raises what unwritable says when it cannot be written, HomeNotWritable when the data folder cannot be read.
    """
    found = tables(store, rows)
    files = {LOG: snapshot(found)} | dict(_unchanged(lambda: _files(home)))
    sums = {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    manifest = {"format": FORMAT, "version": VERSION, "program": program, "made": stamp(now), "files": sums}
    content = {MANIFEST: json.dumps(manifest, indent=1).encode(), **files}
    try:
        with written_whole(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in content.items():
                info = zipfile.ZipInfo(name, now.timetuple()[:6])
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                archive.writestr(info, data)
        size = target.stat().st_size
    except OSError as error:
        raise unwritable(target, error) from error
    return Made(sum(map(len, found.values())), len(files) - 1, size)


def snapshot(found: dict[str, list[dict[str, object]]]) -> bytes:
    """The records as the store's own file has them: table -> number -> row. The same records give the same bytes."""
    numbered = {name: {str(i): row for i, row in enumerate(items, 1)} for name, items in found.items()}
    return json.dumps(numbered, separators=(",", ":")).encode()


def _files(home: Path) -> Iterator[tuple[str, bytes]]:
    for name, _group in belongings(home):
        if name != LOG and may_be_in_backup(name) and not (home / name).is_symlink():
            yield name, (home / name).read_bytes()


def _unchanged(read: Callable[[], Iterator[tuple[str, bytes]]]) -> list[tuple[str, bytes]]:
    """What two readings in a row agree on, so that no half of an older model goes in."""
    before: list[tuple[str, bytes]] | None = None
    why = _("its files change all the time")
    for _try in range(_TRIES):
        try:
            now = list(read())
        except OSError as error:
            before, why = None, error.strerror or str(error)
            continue
        if now == before:
            return now
        before = now
    raise HomeNotWritable("", why)
