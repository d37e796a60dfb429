"""What a file is that is no mbox, and what to do about it: each kind of wrong file has a sentence and a mend."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from server.errors import MailboxUnreadable
from server.texts import _

_LOOK: Final = 64 * 1024  # bytes
_FIELD: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_MENTIONED: Final = 3  # files of a folder that are named
_DEEP: Final = 3  # folders below it that are looked into: an unpacked archive has Takeout/Mail
_MOST: Final = 1000  # folders that are looked into: somebody may name their whole home
_UNPACKED: Final = _("Name the .mbox file from your Google Takeout archive, unpacked.")

# First bytes of files that are easily taken for the mailbox.
_KINDS: Final = (
    (b"PK\x03\x04", _("it is a zip archive"), _("Unpack it first. The mailbox is in it, in Takeout/Mail.")),
    (b"\x1f\x8b", _("it is a packed archive"), _("Unpack it first. The mailbox is in it, in Takeout/Mail.")),
    (b"!BDN", _("it is a file of Outlook"), _UNPACKED),
    (b"<", _("it is a web page"), _UNPACKED),
    (b"{", _("it is a file of settings or other data"), _UNPACKED),
    (b"[", _("it is a file of settings or other data"), _UNPACKED),
)


def unreadable(path: Path, why: str, mend: str = _UNPACKED) -> MailboxUnreadable:
    """The error for a mailbox file that cannot be read: why, and what to do."""
    return MailboxUnreadable(_("The mailbox file %(path)s cannot be read: %(why)s.") % {"path": path, "why": why}, mend)


def open_mbox(path: Path) -> BinaryIO:
    """The file, open at its beginning. Raises MailboxUnreadable when it is missing, closed to us, or no mbox."""
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise _folder(path)
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise unreadable(path, _("there is no such file"), _("Check the name, and whether it was moved.")) from error
    except OSError as error:
        raise unreadable(path, error.strerror or str(error), _("Check that you may read it.")) from error
    with ExitStack() as stack:
        stack.callback(file.close)
        try:
            _check(path, file)
            file.seek(0)
        except OSError as error:
            raise unreadable(path, error.strerror or str(error)) from error
        stack.pop_all()  # from here on it is the caller's to close
    return file


def _check(path: Path, file: BinaryIO) -> None:
    first = b""
    while (data := file.read(_LOOK)) and not (first := data.lstrip()):
        continue  # blank lines before the first mail
    if first.startswith(b"From "):
        return
    if not first:
        raise unreadable(
            path,
            _("it is empty"),
            _("The export or the download may have been cut off: take the archive from Google Takeout once more."),
        )
    for beginning, why, mend in _KINDS:
        if first.startswith(beginning):
            raise unreadable(path, why, mend)
    if _FIELD.match(first):
        raise unreadable(
            path, _("it is a single mail, not a mailbox"), _("Judge it with `classact classify FILE` instead.")
        )
    raise unreadable(path, _("it does not begin like an mbox file"))


def _folder(path: Path) -> MailboxUnreadable:
    """The error for a folder; mailboxes in it are named."""
    names = ", ".join(islice(_mailboxes_in(path), _MENTIONED))
    if not names:
        return unreadable(path, _("it is a folder"))
    return unreadable(path, _("it is a folder"), _("Name the file in it: %(names)s.") % {"names": names})


def _mailboxes_in(path: Path) -> Iterator[str]:
    """What look like mailboxes in a folder, as far as it takes no time to find them."""
    for place, folders, files in islice(os.walk(path), _MOST):
        below = Path(place).relative_to(path)
        folders[:] = sorted(folders) if len(below.parts) < _DEEP else []
        yield from (str(below / name) for name in sorted(files) if name.endswith(".mbox"))
