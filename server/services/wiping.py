"""Everything of ours leaves the data folder; what is not ours stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from server.domain.belongings import Group
from server.errors import HomeNotWritable
from server.services.folder import belongings, remove_empty_folders


def inventory(home: Path) -> Counter[Group]:
    """How many files of each kind a wipe would delete. Raises HomeNotWritable when the folder cannot be read."""
    return Counter(group for _name, group in belongings(home)) if home.is_dir() else Counter()


def wipe(home: Path, spare: Callable[[str], bool] = lambda _name: False) -> None:
    """Delete every file of ours but those that `spare` names, and the folders of ours that are empty then.

    Whoever calls holds the folder; the lock stays until `let_go`. Raises HomeNotWritable, naming a file that will
    not go; the others are gone all the same.
    """
    failure: tuple[str, OSError] | None = None
    for name, group in belongings(home):
        if name == "lock" or (group is Group.SIGN_IN and spare(name)):
            continue
        try:
            (home / name).unlink(missing_ok=True)
        except OSError as error:
            failure = failure or (name, error)
    remove_empty_folders(home)
    if failure is not None:
        left, why = failure
        raise HomeNotWritable(str(home / left), why.strerror or str(why)) from why


def let_go(home: Path) -> None:
    """After the folder was released: the lock goes, and the folder itself if nothing is left in it."""
    with suppress(OSError):
        (home / "lock").unlink(missing_ok=True)
        home.rmdir()
