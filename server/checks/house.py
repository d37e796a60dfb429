"""What goes on in the data folder: the log, who owns it, the port, the scans, the letters, the extension."""

from __future__ import annotations

import errno
import os
import socket
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from server.config import Config
from server.domain.connection import ConnectionState
from server.domain.model import Cursor, Judged, OutboxItem, OutboxState, Pairing
from server.errors import ClassActError, PortTaken
from server.home import ServerAddress
from server.mailboxes.private_file import FILE_MODE
from server.services.doctor import Found, fail, ok, warn
from server.stores.inspect import Inspected, inspect
from server.texts import _, ngettext

_LATE: Final = timedelta(minutes=15)  # the server looks every minute
_UNREACHED: Final = (ConnectionState.OFFLINE, ConnectionState.RATE_LIMITED)  # these pass by themselves


def owner(config: Config, server: ServerAddress | None, vitals: dict[str, Any] | None) -> Iterator[Found]:
    """Who owns the folder, whether they answer, and whether the port is free or theirs."""
    taken = _is_taken(config.home)
    if server is not None and taken:
        yield ok("lock", _("The running Class Act (process %(pid)d) owns the data folder.") % {"pid": server.pid})
    elif taken:
        yield warn(
            "lock",
            _("Another command works in the data folder just now."),
            _("Wait for it; if nothing runs, look for a hanging `classact` and end it."),
        )
    else:
        yield ok("lock", _("Nobody works in the data folder just now."))
    if vitals is not None:
        yield ok("server", _("Version %(version)s answers.") % {"version": vitals.get("version", "?")})
    elif server is not None and taken:
        yield fail(
            "server",
            _("The running Class Act does not answer on port %(port)d.") % {"port": server.port},
            _("Stop it (Ctrl+C in its window, or end process %(pid)d) and start it again.") % {"pid": server.pid},
        )
    else:
        yield ok("server", _("Not running. `classact run` starts it."))
    yield _port(config.port, server if taken else None)


def store(home: Path, vitals: dict[str, Any] | None, now: datetime) -> Iterator[Found]:
    """Whether every record of the log can be read, and what the records say about scans, letters and the extension."""
    try:
        inspected = _inspected(home, vitals)
    except ClassActError as error:
        yield fail("store", str(error), error.hint)
        for id_ in ("last_scan", "scan_failures", "outbox", "extension"):
            yield warn(id_, _("Not known while the log cannot be read."), error.hint)
        return
    count = sum(len(records) for records in inspected.records.values())
    said = ngettext("%(count)d record, whole.", "%(count)d records, all whole.", count) % {"count": count}
    if inspected.torn and vitals is None:
        said += " " + _("A half-written last line will be dropped at the next start; nothing that was saved is in it.")
    yield ok("store", said)
    yield _last_scan(inspected.all(Cursor), vitals, now)
    yield _failures(inspected.all(Judged), vitals)
    yield _letters(inspected.all(OutboxItem))
    paired = len(inspected.all(Pairing))
    if paired:
        words = ngettext("%(count)d browser is paired.", "%(count)d browsers are paired.", paired)
        yield ok("extension", words % {"count": paired})
    else:
        yield warn("extension", _("No browser is paired."), _("Load the extension, then run `classact pair`."))


def log_file(home: Path) -> Iterator[Found]:
    """Whether the log file is this user's alone."""
    path = home / "classact.log"
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else FILE_MODE
    if os.name == "posix" and mode & ~FILE_MODE:
        yield warn(
            "log_file",
            _("Others may read %(file)s (mode %(mode)o).") % {"file": path, "mode": mode},
            _("Close it: `chmod 600 %(file)s`.") % {"file": path},
        )
    elif path.exists():
        yield ok("log_file", _("%(file)s is yours alone.") % {"file": path})
    else:
        yield ok("log_file", _("There is none yet."))


def _inspected(home: Path, vitals: dict[str, Any] | None) -> Inspected:
    try:
        return inspect(home)
    except ClassActError:
        if vitals is None:
            raise
        return inspect(home)  # the server may have been putting the log together anew at that moment


def _is_taken(home: Path) -> bool:
    if not (home / "lock").exists():
        return False
    lock = FileLock(home / "lock", mode=FILE_MODE)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except OSError:  # a folder that cannot be written has a finding of its own
        return False
    lock.release()
    return False


def _port(port: int, server: ServerAddress | None) -> Found:
    if server is not None:
        return ok("port", _("Class Act itself listens on port %(port)d.") % {"port": server.port})
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(1)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                taken = PortTaken(port)
                return fail("port", str(taken), taken.hint)
            return fail("port", _("Port %(port)d cannot be used.") % {"port": port}, _("Try `classact run --port 0`."))
    return ok("port", _("Port %(port)d is free.") % {"port": port})


def _last_scan(cursors: list[Cursor], vitals: dict[str, Any] | None, now: datetime) -> Found:
    if not cursors:
        return ok("last_scan", _("No mailbox has been looked through yet."))
    age = now - max(cursor.saved for cursor in cursors)
    words = {"hours": age.total_seconds() / 3600}
    said = _("The last whole look was %(hours).1f hours ago.") % words
    if vitals is not None and age > _LATE and not vitals.get("scanning"):
        return warn("last_scan", said, _("The lines on Google below may say why. Else run `classact scan`."))
    return ok("last_scan", said)


def _failures(rows: list[Judged], vitals: dict[str, Any] | None) -> Found:
    for row in (vitals or {}).get("accounts", ()):
        if row["state"] != ConnectionState.CONNECTED and row["address"]:
            words = f"{row['name']}: {row['sentence']}"
            passing = row["state"] in _UNREACHED
            return (warn if passing else fail)("scan_failures", words, row["mend"])
    for scan in (vitals or {}).get("scans", ()):
        if scan["error"]:
            return warn("scan_failures", scan["error"]["error"], scan["error"]["hint"])
    unread = sum(row.band == "unreadable" for row in rows)
    if unread:
        words = ngettext("%(count)d mail could not be read.", "%(count)d mails could not be read.", unread)
        return warn("scan_failures", words % {"count": unread}, _("Review in the dashboard names each, and why."))
    return ok("scan_failures", _("Every mail that was looked at could be read."))


def _letters(items: list[OutboxItem]) -> Found:
    doubt = sum(item.state is OutboxState.UNKNOWN for item in items)
    failed = sum(item.state is OutboxState.FAILED for item in items)
    if doubt:
        words = ngettext(
            "Of %(count)d letter it is not known whether it went.",
            "Of %(count)d letters it is not known whether they went.",
            doubt,
        )
        return warn("outbox", words % {"count": doubt}, _("Look under Sent in Gmail. Class Act sends nothing twice."))
    if failed:
        words = ngettext("%(count)d letter did not go.", "%(count)d letters did not go.", failed)
        return warn("outbox", words % {"count": failed}, _("The dashboard shows why; you can send it again there."))
    return ok("outbox", _("No letter is in doubt."))
