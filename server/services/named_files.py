"""Files that the seeker names: what is said of one that cannot be used, and nothing of theirs is replaced unasked.

Whatever is wrong with a file that was named, the call is wrong (exit 2); a disk that is full is a fault (exit 1).
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from server.errors import ClassActError, Refused, UsageError
from server.services.folder import group_of_path
from server.texts import _

# What a name leads to, not what became of the disk: another name, or another permission, mends it.
_OF_THE_NAME: Final = frozenset(
    {
        errno.ENOENT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ELOOP,
        errno.ENAMETOOLONG,
        errno.EINVAL,
    }
)


def unreadable(path: str | Path, error: OSError) -> UsageError:
    """What is said of a named file that cannot be read."""
    return UsageError(
        _("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror or error},
        _("Check the name of the file and your permission to read it."),
    )


def unwritable(path: Path, error: OSError) -> ClassActError:
    """What is said of a named file that cannot be written."""
    sentence = _("%(path)s cannot be written (%(why)s).") % {"path": path, "why": error.strerror or error}
    if error.errno in _OF_THE_NAME:
        return UsageError(sentence, _("Check that its folder is there, and that you may write in it."))
    return Refused(sentence, _("Check that the disk has room, then try again."), code="file_not_writable")


def to_write(home: Path, named: Path, *, replace: bool) -> Path:
    """The file to write, links followed. Raises UsageError for a folder, a device, and a file that is at work.

    A file that holds something is named only to be replaced: without `replace`, UsageError too.
    """
    target = Path(os.path.realpath(named))
    if os.path.isdir(target):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise UsageError(_("%(path)s is a folder.") % {"path": named}, _("Give the name of a file."))
    if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110, PTH113
        # Replaced, /dev/null would be gone for every program.
        raise UsageError(_("%(path)s is no ordinary file.") % {"path": named}, _("Give the name of a file."))
    if group_of_path(home, target) is not None:
        raise UsageError(
            _("%(path)s is a file that Class Act works with.") % {"path": named}, _("Choose another name.")
        )
    if not replace and _holds_something(target):
        raise UsageError(
            _("%(path)s is there already. Nothing was written.") % {"path": named},
            _("Choose another name, or add --force to replace it."),
        )
    return target


def _holds_something(target: Path) -> bool:
    """Whether something would be lost: an empty file, as scripts make them to have a name, is nothing."""
    if os.path.isfile(target):  # noqa: PTH113
        return target.stat().st_size > 0
    return os.path.lexists(target)
