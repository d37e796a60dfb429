"""`classact log add` and `classact applications`: what came by phone, and applications put right by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from server.texts import _

# The values of the enumerations in server/domain/application.py and services/by_hand.py; a test holds them together.
WHATS = ("no", "applied", "assessment", "interview", "offer", "withdrew")
WAYS = ("phone", "post", "portal", "in_person", "message", "other")
STAGES = ("applied", "assessment", "interview", "offer")
OUTCOMES = ("open", "said_no", "withdrew", "on_hold")

_as_json = click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))
_ids = click.argument("ids", nargs=-1, required=True, metavar="ID...")


class _Day(click.DateTime):
    """A day, refused in words that a person can follow."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day. Raises BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(_("“%(day)s” is no day. Give it as YYYY-MM-DD.") % {"day": value}, param, ctx)


@click.command()
@click.option("--company", required=True, metavar="NAME", help=_("The company it is about."))
@click.option("--role", default="", metavar="NAME", help=_("The role it is about."))
@click.option("--date", "day", type=_Day(), metavar="YYYY-MM-DD", help=_("The day you heard; default: today."))
@click.option("--by", "way", type=click.Choice(WAYS), default="other", help=_("How it came."))
@click.option("--stage", type=click.Choice(STAGES), help=_("How far it had got."))
@click.option("--person", default="", metavar="NAME", help=_("Who told you."))
@click.option("--address", default="", metavar="MAIL", help=_("Their mail address."))
@click.option("--note", default="", metavar="TEXT", help=_("A line for yourself."))
@click.option("--what", type=click.Choice(WHATS), default="no", show_default=True, help=_("What the news was."))
@click.option("--to", default="", metavar="ID", help=_("Put it into the application that holds this message."))
@_as_json
def add(day: datetime | None, **asked: object) -> int:
    """Log a no that came by phone, post or through a portal."""
    return _carry_out("add", day=day.date().isoformat() if day else "", **asked)


@click.group(invoke_without_command=True)
@_as_json
@click.pass_context
def applications(context: click.Context, *, as_json: bool) -> int:
    """Show your applications, with the mails that belong to each. ID is the id of any of its messages."""
    return _carry_out("applications", as_json=as_json) if context.invoked_subcommand is None else 0


@applications.command(name="list")
@_as_json
def show(*, as_json: bool) -> int:
    """Show your applications."""
    return _carry_out("applications", as_json=as_json)


@applications.command()
@_ids
@_as_json
def merge(ids: tuple[str, ...], *, as_json: bool) -> int:
    """Make one application of several."""
    return _carry_out("applications", action="merge", ids=ids, as_json=as_json)


@applications.command()
@_ids
@_as_json
def split(ids: tuple[str, ...], *, as_json: bool) -> int:
    """Make these messages of one application an application of their own."""
    return _carry_out("applications", action="split", ids=ids, as_json=as_json)


@applications.command()
@click.argument("message_id")
@click.option("--to", default="", metavar="ID", help=_("Put it into the application that holds this message."))
@_as_json
def place(message_id: str, *, to: str, as_json: bool) -> int:
    """Say where a message belongs; without --to it stands on its own."""
    return _carry_out("applications", action="place", ids=[message_id], to=to, as_json=as_json)


@applications.command()
@_ids
@click.option("--company", metavar="NAME", help=_("The company; empty: as its mails say."))
@click.option("--role", metavar="NAME", help=_("The role; empty: as its mails say."))
@click.option("--stage", type=click.Choice(["", *STAGES]), help=_("How far it got; empty: as its mails say."))
@click.option("--outcome", type=click.Choice(["", *OUTCOMES]), help=_("How it stands; empty: as its mails say."))
@click.option("--note", metavar="TEXT", help=_("A line for yourself."))
@_as_json
def edit(ids: tuple[str, ...], *, as_json: bool, **said: str | None) -> int:
    """Say what one or several applications are."""
    return _carry_out("applications", action="edit", ids=ids, said=said, as_json=as_json)


@applications.command()
@_as_json
def undo(*, as_json: bool) -> int:
    """Take back the last thing that was put right by hand."""
    return _carry_out("applications", action="undo", as_json=as_json)


def _carry_out(name: str, **arguments: object) -> int:
    import os  # noqa: PLC0415

    from server.cli.client import carry_out  # noqa: PLC0415
    from server.config import Config  # noqa: PLC0415

    return carry_out(Config.from_environment(os.environ), name, arguments)
