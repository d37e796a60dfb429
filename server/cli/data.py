"""`classact export`, `import`, `backup`, `restore` and `wipe`: the seeker's data is the seeker's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli.paths import absolute
from server.errors import UsageError
from server.texts import _

if TYPE_CHECKING:
    from server.config import Config

_FIELDS = "company, role, status, date, applied, contact, address, note"
_force = click.option("--force", is_flag=True, help=_("Replace the file if it is there already."))


@click.command(short_help=_("Take your data with you."))
@click.option("--format", "form", type=click.Choice(["csv", "json", "ics"]), default="csv", show_default=True)
@click.option("--out", default="", metavar="FILE", help=_("Write into this file instead of printing."))
@click.option("--bom", is_flag=True, help=_("csv: begin with a byte order mark, so that Excel reads UTF-8."))
@_force
def export(form: str, out: str, *, bom: bool, force: bool) -> int:
    """Take your data with you: the log as csv, everything as json, your reminders as a calendar."""
    return _carry_out("export", form=form, out=absolute(out) if out not in ("", "-") else "", bom=bom, force=force)


@click.command(name="import")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help=_("Only say what would come in."))
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help=_("A column of another tracker's table."))
@click.option("--all-rejected", is_flag=True, help=_("Every row of the table is a no."))
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help=_("How days like 03/05/2026 are meant."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))
def bring_in(
    file: str, *, dry_run: bool, columns: tuple[str, ...], all_rejected: bool, dates: str | None, as_json: bool
) -> int:
    """Take in what `export` wrote, or the csv of another tracker. Nothing is doubled."""
    pairs = [column.partition("=") for column in columns]
    if not all(equals for _name, equals, _column in pairs):
        raise UsageError(_("--map takes FIELD=COLUMN."), _("The fields are: %(fields)s.") % {"fields": _FIELDS})
    return _carry_out(
        "import",
        file=absolute(file),
        dry_run=dry_run,
        columns={name.strip().lower(): column.strip() for name, _equals, column in pairs},
        all_rejected=all_rejected,
        day_first={"dmy": True, "mdy": False}.get(dates or ""),
        as_json=as_json,
    )


@click.command(short_help=_("Write everything but sign-ins into a file."))
@click.argument("file")
@_force
def backup(file: str, *, force: bool) -> int:
    """Write everything but sign-ins into one file that only you can read."""
    return _carry_out("backup", file=absolute(file), force=force)


@click.command()
@click.argument("file")
def restore(file: str) -> int:
    """Put a backup in the place of the data that is here. What was here is kept beside it."""
    from server.cli import folder_work  # noqa: PLC0415 - loads the stores
    from server.cli.client import Terminal  # noqa: PLC0415

    return folder_work.restore(_config(), Path(absolute(file)), Terminal())


@click.command(short_help=_("Delete everything kept on this computer."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
def wipe(*, yes: bool) -> int:
    """Delete everything that Class Act keeps on this computer, and revoke its sign-ins."""
    from server.cli import folder_work  # noqa: PLC0415 - loads the stores
    from server.cli.client import Terminal  # noqa: PLC0415

    return folder_work.wipe(_config(), Terminal(), lambda: yes or _is_meant())


COMMANDS = (export, bring_in, backup, restore, wipe)


def _is_meant() -> bool:
    try:
        return click.confirm(_("Delete all of this?"), default=False, err=True)
    except click.exceptions.Abort:  # nobody is there to answer
        click.echo("", err=True)
        return False


def _carry_out(name: str, **arguments: object) -> int:
    from server.cli.client import carry_out  # noqa: PLC0415

    return carry_out(_config(), name, arguments)


def _config() -> Config:
    from server.config import Config  # noqa: PLC0415

    return Config.from_environment(os.environ)
