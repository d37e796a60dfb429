"""Files that hold secrets, one an account: readable by this user alone, written whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from urllib.parse import unquote

from server.durable import written_whole
from server.errors import HomeNotWritable

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def write_private(path: Path, text: str) -> None:
    """Put the text in place of the file's, on disk when this returns; the folder is closed to others as well.

    Raises HomeNotWritable, and then the file is as before.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        path.parent.chmod(FOLDER_MODE)
        with written_whole(path, fresh) as file:
            file.write(text.encode())
    except OSError as error:
        raise HomeNotWritable(str(path.parent), error.strerror or type(error).__name__) from error


def addresses(folder: Path) -> tuple[str, ...]:
    """The accounts that have a file in the folder, sorted; the files are not opened."""
    return tuple(sorted(unquote(path.name.removesuffix(".json")) for path in folder.glob("*.json")))


def remove(path: Path) -> None:
    """Delete the file; no error when it is not there. Raises HomeNotWritable."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise HomeNotWritable(str(path.parent), error.strerror or type(error).__name__) from error
