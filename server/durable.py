"""Files that stand on disk when a call returns, whole or not at all, whatever stops the computer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written_whole(path: Path, beside: Path | None = None) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` when the block ends well; mode 0600, on disk when it stands there.

    `beside`: the name that it has until then, for those whose leftovers are known by name. When the block fails, what
    was at `path` stays as it was. Raises OSError.
    """
    beside = beside or path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:  # Ctrl+C too: what is half-written goes, and whoever waits hears of it
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Have the folder's names on disk."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows has no way to sync a folder
        return
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
