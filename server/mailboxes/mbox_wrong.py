"""What a file is that is no mbox, and what to do about it: each kind of wrong file has a sentence and a mend."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO, Final

from server.errors import MailboxUnreadable
from server.texts import _

_LOOK: Final = 64 * 1024  # bytes
_FIELD: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_MENTIONED: Final = 3  # files of a folder that are named
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
    if path.is_dir():
        raise _folder(path)
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise unreadable(path, _("there is no such file"), _("Check the name, and whether it was moved.")) from error
    except OSError as error:
        raise unreadable(path, error.strerror or str(error), _("Check that you may read it.")) from error
    try:
        _check(path, file)
        file.seek(0)
    except OSError as error:
        file.close()
        raise unreadable(path, error.strerror or str(error)) from error
    except BaseException:  # whatever ends it, the file is not left open
        file.close()
        raise
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
    try:
        inside = sorted(str(one.relative_to(path)) for one in path.glob("**/*.mbox") if one.is_file())
    except OSError:
        inside = []
    if not inside:
        return unreadable(path, _("it is a folder"))
    names = ", ".join(inside[:_MENTIONED])
    return unreadable(path, _("it is a folder"), _("Name the file in it: %(names)s.") % {"names": names})
