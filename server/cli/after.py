"""`classact reminders` and `classact journal`: what is still to come, and what was done."""

from __future__ import annotations

import click

from server.texts import _

_as_json = click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))
_in = click.option(
    "--in", "days", type=click.IntRange(1, 365), default=1, show_default=True, metavar="DAYS",
    help=_("On the morning so many days on, at nine."),
)  # fmt: skip
_id = click.argument("id_", metavar="ID")


@click.group(invoke_without_command=True)
@_as_json
@click.pass_context
def reminders(context: click.Context, *, as_json: bool) -> int:
    """Show your reminders, those that are due first. Class Act never sends anything by itself."""
    return _carry_out("reminders", as_json=as_json) if context.invoked_subcommand is None else 0


@reminders.command()
@click.argument("message_id")
@_in
@_as_json
def add(message_id: str, *, days: int, as_json: bool) -> int:
    """Put the letter about a message off until a morning."""
    return _carry_out("reminders", action="add", about=message_id, days=days, as_json=as_json)


@reminders.command()
@_id
@_in
@_as_json
def snooze(id_: str, *, days: int, as_json: bool) -> int:
    """Be reminded again on a later morning."""
    return _carry_out("reminders", action="snooze", about=id_, days=days, as_json=as_json)


@reminders.command()
@_id
@_as_json
def done(id_: str, *, as_json: bool) -> int:
    """Say that it is done."""
    return _carry_out("reminders", action="done", about=id_, as_json=as_json)


@reminders.command()
@_id
@_as_json
def remove(id_: str, *, as_json: bool) -> int:
    """Take a reminder away for good."""
    return _carry_out("reminders", action="remove", about=id_, as_json=as_json)


@click.command()
@click.option("--days", type=click.IntRange(1), metavar="DAYS", help=_("Only the last so many days with news."))
@_as_json
def journal(*, days: int | None, as_json: bool) -> int:
    """Show what was done for you, day by day."""
    return _carry_out("journal", days=days, as_json=as_json)


COMMANDS = (reminders, journal)


def _carry_out(name: str, **arguments: object) -> int:
    import os  # noqa: PLC0415 - as in server.cli: what is heavy loads inside the commands

    from server.cli.client import carry_out  # noqa: PLC0415
    from server.config import Config  # noqa: PLC0415

    return carry_out(Config.from_environment(os.environ), name, arguments)
