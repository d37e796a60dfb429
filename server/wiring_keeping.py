"""The parts of export, import, backup and restore, put together: what server/wiring.py is for everything else."""

from __future__ import annotations

from pathlib import Path

from server import __version__
from server.config import Config
from server.domain.ics import ics_of
from server.domain.model import Cursor, Pairing
from server.errors import HomeError
from server.ports import Rows
from server.services.desk import Desk
from server.services.keeping import Keeping
from server.stores import rows
from server.stores.inspect import inspect


def record_rows() -> Rows:
    """Records as rows of JSON values, and back."""
    return rows


def build_keeping(config: Config, desk: Desk) -> Keeping:
    """Export, import and backup of what the desk keeps."""
    return Keeping(
        desk.store,
        record_rows(),
        desk.clock,
        config.home,
        __version__,
        visible=lambda: desk.visible,
        mailbox=lambda: desk.mailboxes()[0],
        calendar=lambda: _calendar(desk),
        applications=lambda: desk.applications.board().applications,
    )


def known_pairings(home: Path) -> list[Pairing]:
    """The extensions that are paired with the program of a folder that nobody has open; none when it cannot be read."""
    try:
        return inspect(home).all(Pairing)
    except HomeError:
        return []


def known_accounts(home: Path) -> list[str]:
    """The accounts whose mail the log of such a folder holds, connected or not; none when it cannot be read."""
    try:
        names = [cursor.mailbox for cursor in inspect(home).all(Cursor)]
    except HomeError:
        return []
    return sorted(name for name in names if "@" in name.partition(":")[0])


def _calendar(desk: Desk) -> str:
    """The open reminders of the mailboxes that are shown."""
    desk.reminders.refresh()
    return ics_of(desk.reminders.waiting(), desk.clock.now())
