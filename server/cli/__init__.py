"""The command `classact`. Heavy packages load inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from typing import TYPE_CHECKING

import click

from server import __version__
from server.cli import after, applications, data, labels, outbox, selftest
from server.cli.paths import absolute
from server.errors import ClassActError, UsageError
from server.texts import _

if TYPE_CHECKING:
    from server.config import Config

KINDS = ("thank_you", "feedback", "stay_in_touch", "connect_note", "thanks_for_feedback", "keep_in_mind")
TONES = ("warm", "brief", "formal")

as_json = click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))


def main() -> None:
    """Run the command line; every failure ends in a sentence and an exit code, never in a traceback."""
    _write_utf8()
    # Google's packages tell everybody on an older Python to update; that is the program's business, not the seeker's.
    warnings.filterwarnings("ignore", "You are using a (non-supported )?Python version", FutureWarning)
    try:
        code = cli.main(prog_name="classact", standalone_mode=False)
    except click.exceptions.Abort:
        code = 1
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ClassActError as error:
        click.echo(_("classact: %(error)s") % {"error": error}, err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        code = error.exit_code
    except OSError as error:  # a full disk behind stdout, say; a closed pipe ends inside click
        click.echo(_("classact: %(error)s") % {"error": error.strerror or error}, err=True)
        code = 1
    except Exception as error:  # noqa: BLE001 - outermost: a trace would help nobody, and may quote a mail
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}, {os.path.basename(where.filename)}:{where.lineno}"  # noqa: PTH119
        click.echo(_("classact: something went wrong here (%(place)s).") % {"place": place}, err=True)
        click.echo("  " + _("Please report it, with the version and this line."), err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _write_utf8() -> None:
    """UTF-8 and plain line feeds whatever the locale says, so that programs can rely on it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="classact")
def cli() -> None:
    """Spots job rejections in your mailbox, and helps you answer them with grace. Everything stays on this computer."""


@cli.command(short_help=_("Serve the dashboard and look for new mail."))
@click.option("--demo", is_flag=True, help=_("Use the sample mailbox even if an account is connected."))
@click.option("--port", type=click.IntRange(0, 65535), help=_("Port on this computer; 0 picks a free one."))
@click.option("--no-browser", is_flag=True, help=_("Only print the sign-in link; open nothing."))
def run(demo: bool, port: int | None, no_browser: bool) -> int:
    """Serve the dashboard on this computer and look for new mail in the background."""
    from server.cli.serving import serve  # noqa: PLC0415

    return serve(_config(), demo=demo, port=port, browse=not no_browser)


@cli.command()
@click.option("--mailbox", default="", metavar="gmail|sample|mbox:FILE", help=_("Which mailbox; default: Gmail."))
@click.option("--since", default="", metavar="12m|2y|DATE|all", help=_("How far back a Gmail account is searched."))
@click.option("--all-mail", is_flag=True, help=_("Look at every mail of that time, not only the likely ones."))
@as_json
def scan(mailbox: str, since: str, *, all_mail: bool, as_json: bool) -> int:
    """Look through a mailbox once and log the rejections. A Gmail account is searched a year back at first."""
    return _carry_out("scan", mailbox=_mailbox(mailbox), as_json=as_json, since=since, all_mail=all_mail)


@cli.command()
@click.argument("files", nargs=-1, metavar="FILE.eml...")
@click.option("--jsonl", metavar="FILE|-", help=_("Rows of JSON instead, a mail each."))
@as_json
def classify(files: tuple[str, ...], jsonl: str | None, as_json: bool) -> int:
    """Judge mails without storing anything."""
    from server.cli import classifying  # noqa: PLC0415

    if bool(files) == (jsonl is not None):
        raise UsageError(_("Name mail files, or rows with --jsonl, one of the two."), _("See `classact classify -h`."))
    home = _config().home
    return classifying.rows(jsonl, home) if jsonl is not None else classifying.files(files, home, as_json=as_json)


@cli.group(name="log", invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help=_("Also roles on hold and mails that wait for your yes or no."))
@as_json
@click.pass_context
def log(context: click.Context, everything: bool, as_json: bool) -> int:
    """Show the logged rejections and where each one stands."""
    return _carry_out("log", everything=everything, as_json=as_json) if context.invoked_subcommand is None else 0


log.add_command(applications.add)
cli.add_command(applications.applications)


@cli.command(short_help=_("Show the letter that answers a rejection."))
@click.argument("message_id")
@click.option("--kind", type=click.Choice(KINDS), default="thank_you", show_default=True)
@click.option("--to", default="", metavar="ADDRESS", help=_("Write to this person instead."))
@click.option("--tone", type=click.Choice(TONES), default="warm", show_default=True)
@click.option("--language", default="", metavar="CODE", help=_("Write in this language instead of the mail's."))
@click.option(
    "--specific", metavar="TEXT", help=_("One thing that stayed with you, used as you say it and kept; empty: none.")
)
@as_json
def suggest(message_id: str, *, as_json: bool, **wish: str | None) -> int:
    """Show the letter that answers a rejection, to whom, or why there is none."""
    return _carry_out("suggest", message_id=message_id, as_json=as_json, **wish)


@cli.command(short_help=_("Put a verdict, a company or a role right."))
@click.argument("message_id")
@click.option("--rejection/--no-rejection", "is_rejection", default=None, help=_("Whether the mail says no."))
@click.option("--company", default="", metavar="NAME", help=_("The company it is about."))
@click.option("--role", default="", metavar="NAME", help=_("The role it is about."))
@click.option("--take-back", is_flag=True, help=_("Forget the verdict you gave: it is asked about again."))
@as_json
def correct(message_id: str, *, as_json: bool, **said: str | bool | None) -> int:
    """Put a verdict, a company or a role right, at once and for good; or take your verdict back."""
    return _carry_out("correct", message_id=message_id, as_json=as_json, **said)


@cli.group(short_help=_("Which model judges, and learning from you."))
def model() -> None:
    """The classifier that learns from your corrections, on this computer."""


@model.command()
@as_json
def status(as_json: bool) -> int:
    """Show which model is in use, and how the last learning went."""
    return _carry_out("model", action="status", as_json=as_json)


@model.command(short_help=_("Learn from your corrections now."))
@as_json
def retrain(as_json: bool) -> int:
    """Learn from your corrections now; the new model is kept only if it judges no worse."""
    return _carry_out("model", action="retrain", as_json=as_json)


@model.command()
@as_json
def reset(as_json: bool) -> int:
    """Go back to the model that came with the program. Your corrections stay."""
    return _carry_out("model", action="reset", as_json=as_json)


@cli.command()
def pair() -> int:
    """Show a one-time code that pairs the browser extension."""
    return _carry_out("pair")


@cli.command()
@click.option(
    "--with", "more", type=click.Choice(["drafts", "labels"]), default=None, help=_("Ask for more than reading.")
)
@click.option("--client", metavar="FILE", help=_("Take this OAuth client file into the data folder first."))
@click.option("--no-browser", is_flag=True, help=_("Print the address of the consent page alone, and wait."))
def connect(more: str | None, client: str | None, no_browser: bool) -> int:
    """Connect a Google account; reading only, until you want more."""
    path = absolute(client) if client else ""
    return _carry_out("connect", more=more or "", browse=not no_browser, client=path)


@cli.command(short_help=_("Check everything, with a mend for each fault."))
@as_json
def doctor(as_json: bool) -> int:
    """Check everything that Class Act relies on, each with what to do if it is not right."""
    from server.cli.doctor import run as examine  # noqa: PLC0415

    return examine(os.environ, as_json=as_json)


@cli.command(short_help=_("Revoke and delete the sign-in at Google."))
@click.argument("address", default="")
def disconnect(address: str) -> int:
    """Revoke the consent at Google and delete the sign-in. The log is kept."""
    return _carry_out("disconnect", address=address)


for _command in (*data.COMMANDS, *after.COMMANDS, *outbox.COMMANDS, *labels.COMMANDS, *selftest.COMMANDS):
    cli.add_command(_command)


def _carry_out(name: str, **arguments: object) -> int:
    from server.cli.client import carry_out  # noqa: PLC0415

    return carry_out(_config(), name, arguments)


def _config() -> Config:
    from server.config import Config  # noqa: PLC0415

    return Config.from_environment(os.environ)


def _mailbox(name: str) -> str:
    """The mailbox's name with its path made absolute, since the server may stand in another folder."""
    kind, colon, path = name.partition(":")
    if kind == "mbox" and colon and path:
        return f"mbox:{absolute(path)}"
    if name in ("", "gmail", "sample"):
        return name
    raise UsageError(
        _("“%(name)s” names no mailbox.") % {"name": name},
        _("Use `gmail`, `sample`, or `mbox:` and the path of a file."),
    )
