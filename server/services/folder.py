"""The files of ours in the data folder, found by their names. Links are never followed."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from server.domain.belongings import Group, group_of, is_folder_of_ours
from server.errors import HomeNotWritable


def belongings(home: Path) -> list[tuple[str, Group]]:
    """Every file of ours in the folder by its path below it, sorted, with what it is for. Raises HomeNotWritable."""
    found = []
    for folder, _folders, files in os.walk(home, onerror=_refuse(home)):
        for file in files:
            name = Path(folder, file).relative_to(home).as_posix()
            group = group_of(name)
            if group is not None:
                found.append((name, group))
    return sorted(found)


def group_of_path(home: Path, path: Path) -> Group | None:
    """What a path is for if it names a file of ours, links followed; None for any other path."""
    try:  # realpath: resolve() raises for links that lead in a circle
        return group_of(Path(os.path.realpath(path)).relative_to(os.path.realpath(home)).as_posix())
    except ValueError:  # outside of the folder
        return None


def remove_empty_folders(home: Path) -> None:
    """Remove the folders that we make, as far as nothing is left in them."""
    for folder, _folders, _files in os.walk(home, topdown=False):
        path = Path(folder)
        if path != home and is_folder_of_ours(path.relative_to(home).as_posix()):
            with suppress(OSError):  # something of somebody else lies in it
                path.rmdir()


def _refuse(home: Path) -> Callable[[OSError], None]:
    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise HomeNotWritable(str(home), error.strerror or str(error)) from error

    return refuse
