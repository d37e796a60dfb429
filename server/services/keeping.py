"""The seeker's data is the seeker's: out as files, in from files, and a copy of it all, over one store and folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.domain.application import Application
from server.domain.portable import FileWrong
from server.durable import written_whole
from server.errors import UsageError
from server.ports import Clock, Rows, Store
from server.services import backup, exporting, importing, sheets
from server.services.log import Visible
from server.services.named_files import to_write, unreadable, unwritable
from server.texts import _

FORMATS: Final = ("csv", "json", "ics")


@dataclass(frozen=True, slots=True)
class Keeping:
    """What can be done with everything that is kept; `home` is the data folder.

    `mailbox` names the one that the seeker looks at, `calendar` makes the calendar file, `applications` name the log.
    """

    store: Store
    rows: Rows
    clock: Clock
    home: Path
    program: str
    visible: Callable[[], Visible]
    mailbox: Callable[[], str]
    calendar: Callable[[], str]
    applications: Callable[[], Iterable[Application]] = tuple

    def export(self, form: str, *, bom: bool = False) -> str:
        """The file's content: the log as csv, everything as json, what is still to do as ics. Raises UsageError."""
        if form == "csv":
            return exporting.as_csv(self.store, self.visible(), self.applications(), bom=bom)
        if form == "json":
            return exporting.as_json(self.store, self.rows, self.clock.now(), self.program)
        if form == "ics":
            return self.calendar()
        raise UsageError(
            _("Nothing is exported as “%(form)s”.") % {"form": form},
            _("Choose one of: %(known)s.") % {"known": ", ".join(FORMATS)},
        )

    def write(self, named: Path, text: str, *, replace: bool = False) -> None:
        """Put an export into a file, readable by this user alone, whole or not at all.

        Raises what to_write and unwritable say.
        """
        target = to_write(self.home, named, replace=replace)
        try:
            with written_whole(target) as file:
                file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            raise unwritable(named, error) from error

    def bring_in(self, source: Path, wish: sheets.Wish, *, dry_run: bool) -> importing.Brought:
        """Take a file in; see importing.bring_in. Raises UsageError when the file cannot be read."""
        try:
            if source.stat().st_size > importing.LARGEST:
                raise FileWrong(_("This file is too large to be an export of Class Act."), _("Is it the right one?"))
            data = source.read_bytes()
        except OSError as error:
            raise unreadable(source, error) from error
        return importing.bring_in(
            data, self.store, self.rows, self.clock, wish, mailbox=self.mailbox(), dry_run=dry_run
        )

    def back_up(self, named: Path, *, replace: bool = False) -> backup.Made:
        """Write a backup; see backup.back_up. Raises what to_write and unwritable say, HomeNotWritable."""
        target = to_write(self.home, named, replace=replace)
        return backup.back_up(target, self.store, self.rows, self.home, now=self.clock.now(), program=self.program)
