"""`classact outbox`: the letters on their way, one taken back, or how one in doubt ended."""

from __future__ import annotations

import click

from server.texts import _

_as_json = click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))
_id = click.argument("outbox_id", metavar="ID")


@click.group(invoke_without_command=True)
@_as_json
@click.pass_context
def outbox(context: click.Context, *, as_json: bool) -> int:
    """Show the letters that are on their way or wait for you. Nothing is ever sent from here."""
    return _carry_out(as_json=as_json) if context.invoked_subcommand is None else 0


@outbox.command()
@_id
@_as_json
def undo(outbox_id: str, *, as_json: bool) -> int:
    """Take a letter back before it goes; its draft stays."""
    return _carry_out(action="undo", about=outbox_id, as_json=as_json)


@outbox.command()
@_id
@click.option("--went", "said", flag_value="went", help=_("You found it under Sent in Gmail."))
@click.option("--did-not-go", "said", flag_value="did_not_go", help=_("It is not there. Nothing is sent by saying so."))
@click.option("--take-back", "said", flag_value="take_back", help=_("Undo what you said."))
@_as_json
def settle(outbox_id: str, *, said: str | None, as_json: bool) -> int:
    """Say how a letter ended that was looked for in vain."""
    if said is None:
        raise click.UsageError(_("Say --went, --did-not-go or --take-back."))
    return _carry_out(action=said, about=outbox_id, as_json=as_json)


COMMANDS = (outbox,)


def _carry_out(**arguments: object) -> int:
    import os  # noqa: PLC0415 - as in server.cli: what is heavy loads inside the commands

    from server.cli.client import carry_out  # noqa: PLC0415
    from server.config import Config  # noqa: PLC0415

    return carry_out(Config.from_environment(os.environ), "outbox", arguments)
