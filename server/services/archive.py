"""A backup that was handed to us: believed in nothing before its names, sizes, checksums and records are checked."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Self

from server.domain.belongings import may_be_in_backup
from server.domain.fitness import unfit
from server.domain.portable import FileWrong
from server.errors import StoreDamaged
from server.ports import Keyed, Rows
from server.services.backup import FORMAT, LOG, MANIFEST, VERSION
from server.services.exporting import SECRET
from server.texts import _

_MOST_FILES: Final = 20_000
_MOST_BYTES: Final = 1024**3  # of all files together, unpacked
_LARGEST_MANIFEST: Final = 8 * 1024**2
_LARGEST_LOG: Final = 512 * 1024**2
_BOMB: Final = 400  # times the packed size; our own logs pack to a tenth, deflate reaches 1,032
_SMALL: Final = 1024**2  # bytes that may be packed as tightly as they will
_PIECE: Final = 1024**2
# What zipfile raises for files that are broken, on purpose or not.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_PLAIN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """An opened backup whose list of contents has been checked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(infos) > _MOST_FILES or len(set(names)) != len(names) or MANIFEST not in names:
            raise _foreign()
        if sum(info.file_size for info in infos) > _MOST_BYTES or any(map(_is_bomb, infos)):
            raise FileWrong(_("This backup would unpack to far more than a backup of ours holds."), _ASK)
        if any(map(_is_odd, infos)) or archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise _foreign()
        manifest = _manifest(archive.read(MANIFEST))
        self.made = str(manifest.get("made", ""))[:40]
        self._sums: dict[str, Any] = manifest["files"]
        if set(names) != {MANIFEST, *self._sums} or LOG not in self._sums or not all(map(may_be_in_backup, self._sums)):
            raise _foreign()

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Self]:
        """The backup at `path`. Raises FileWrong for a file that is none, OSError when it cannot be read."""
        with ExitStack() as stack:
            try:
                opened = cls(stack.enter_context(zipfile.ZipFile(path)))
            except _BROKEN as error:
                raise _foreign() from error
            yield opened

    @property
    def names(self) -> list[str]:
        """The files that it holds."""
        return list(self._sums)

    def extract(self, folder: Path, rows: Rows) -> None:
        """Unpack every file below a new folder, each checked, the records too; raises FileWrong, OSError."""
        folder.mkdir(mode=0o700)
        for name, expected in self._sums.items():
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                right = isinstance(expected, dict) and self._unpacked(name, target) == (
                    expected.get("bytes"),
                    expected.get("sha256"),
                )
            except _BROKEN:
                right = False
            if not right:
                raise FileWrong(_("The backup is damaged: the checksum of %(name)s is wrong.") % {"name": name}, _ASK)
        _check_log(folder / LOG, rows)

    def _unpacked(self, name: str, target: Path) -> tuple[int, str]:
        """Unpack one file; its size and checksum."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(name) as packed, target.open("xb") as file:
            target.chmod(0o600)
            while piece := packed.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return size, digest.hexdigest()


def _check_log(log: Path, rows: Rows) -> None:
    """Every record is one that this program reads and could have made."""
    if log.stat().st_size > _LARGEST_LOG:
        raise FileWrong(_("The log in this backup is too large."), _ASK)
    kinds = rows.kinds()
    try:
        tables = json.loads(log.read_bytes())
        for name, items in tables.items():
            kind = kinds.get(name)
            if kind is None or kind in SECRET:
                raise _newer() if kind is None else _foreign()
            _check_table(items, [rows.from_row(kind, row) for row in items.values()])
    except (ValueError, AttributeError, TypeError, RecursionError, StoreDamaged) as error:
        raise FileWrong(_("The log in this backup cannot be read."), _ASK) from error


def _check_table(numbers: Iterable[str], records: Sequence[Keyed]) -> None:
    """Raises ValueError unless the table is one that our store wrote: numbered rows, no key twice, nothing odd."""
    numbered = all(str(int(number)) == number for number in numbers)
    if not numbered or any(map(unfit, records)) or len({record.key for record in records}) < len(records):
        raise ValueError


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _foreign() from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _foreign()
    if manifest.get("version") != VERSION:
        raise _newer()
    if not isinstance(manifest.get("files"), dict):
        raise _foreign()
    return manifest


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > _BOMB * max(info.compress_size, 1)


def _is_odd(info: zipfile.ZipInfo) -> bool:
    """Folders, links, devices, encrypted files, names that zipfile had to mend: a backup of ours has none."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return (
        info.is_dir()
        or kind not in (0, stat.S_IFREG)
        or bool(info.flag_bits & 1)
        or info.compress_type not in _PLAIN
        or info.filename != info.orig_filename
    )


_ASK: Final = _("Nothing was changed. Is it the right file, and was it copied whole?")


def _foreign() -> FileWrong:
    return FileWrong(_("This file is no backup of Class Act."), _ASK)


def _newer() -> FileWrong:
    return FileWrong(
        _("This backup was made by another version of Class Act."), _("Nothing was changed. Update Class Act first.")
    )
