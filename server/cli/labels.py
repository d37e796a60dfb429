"""`classact labels`: a label on logged rejections, form mail out of the inbox, and both taken back."""

from __future__ import annotations

import click

from server.texts import _

_as_json = click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))
_account = click.option("--account", default="", metavar="ADDRESS", help=_("One account; default: all of them."))
_WHAT = click.Choice(["label", "archive", "both"])


@click.group(invoke_without_command=True)
@_as_json
@click.pass_context
def labels(context: click.Context, *, as_json: bool) -> int:
    """Label rejections in Gmail, and archive form mail. Off until you switch it on; mail is never deleted."""
    return _carry_out("labels", as_json=as_json) if context.invoked_subcommand is None else 0


@labels.command(short_help=_("Label rejections, or archive form mail."))
@click.argument("what", type=_WHAT, default="label")
@_account
@_as_json
def on(what: str, *, account: str, as_json: bool) -> int:
    """Label rejections, or archive those that no person wrote and nobody met you for."""
    return _carry_out("labels", action="on", what=what, account=account, as_json=as_json)


@labels.command()
@click.argument("what", type=_WHAT, default="both")
@_account
@_as_json
def off(what: str, *, account: str, as_json: bool) -> int:
    """Do no more of it. What was done stays."""
    return _carry_out("labels", action="off", what=what, account=account, as_json=as_json)


@labels.command(short_help=_("Take labels off, put archived mail back."))
@click.argument("what", type=_WHAT, default="both")
@_account
@_as_json
def undo(what: str, *, account: str, as_json: bool) -> int:
    """Take the labels off again, and put archived mail back into the inbox."""
    return _carry_out("labels", action="undo", what=what, account=account, as_json=as_json)


COMMANDS = (labels,)


def _carry_out(name: str, **arguments: object) -> int:
    from server.cli import _carry_out as carry_out  # noqa: PLC0415 - it brings in this file

    return carry_out(name, **arguments)
