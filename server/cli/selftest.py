"""`classact selftest --live`: whether Gmail does what Class Act assumes, on the seeker's own account."""

from __future__ import annotations

import json
import time
from dataclasses import asdict

import click

from server.console import Console
from server.errors import NotConnected, UsageError
from server.services.desk import Desk
from server.services.selftest import Probe, SelfTest
from server.texts import _, ngettext

_PARTLY = 4
_WORDS = {True: _("as assumed"), False: _("DIFFERS"), None: _("not seen")}


@click.command(short_help=_("Try on your own Gmail what is assumed of it."))
@click.option("--live", is_flag=True, help=_("Yes, on my own Gmail account."))
@click.option("--account", default="", metavar="ADDRESS", help=_("Which account; default: the first one."))
@click.option("--yes", is_flag=True, help=_("Do not ask again."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON document and nothing else."))
def selftest(*, live: bool, account: str, yes: bool, as_json: bool) -> int:
    """Try on your own Gmail what Class Act assumes about it: drafts to yourself, never sent, deleted again."""
    from server.cli import _carry_out  # noqa: PLC0415 - it brings in this file

    if not live:
        raise UsageError(
            _("The self-test talks to your own Gmail, so it has to be asked for."),
            _("Run `classact selftest --live`. docs/gmail-assumptions.md says what it does."),
        )
    if code := _carry_out("selftest", account=account, as_json=as_json, is_asked=False):
        return code  # not connected, say: nobody is asked a question that leads nowhere
    click.echo(
        _("This makes up to three drafts to yourself in Gmail, looks at them, changes one, and deletes these drafts of "
          "its own again, for good. Nothing is sent, and no other mail is touched. If it is cut off, a draft whose "
          "subject begins with “classactselftest” may be left: delete it by hand."),
        err=True,
    )  # fmt: skip
    if not yes and not click.confirm(_("Go on?"), err=True):
        return 1
    return _carry_out("selftest", account=account, as_json=as_json)


COMMANDS = (selftest,)


def work(desk: Desk, probe: Probe, console: Console, *, as_json: bool) -> int:
    """Run it and print what was seen; 4 when something differs or is left. Raises ClassActError kinds."""
    test = SelfTest(probe, desk.clock, time.sleep)
    seen = []
    for one in test.run():
        seen.append(one)
        if not as_json:
            console.out(f"{_WORDS[one.same]:<11} {one.assumed}" + (f" ({one.seen})" if one.seen else ""))
    differ = [one for one in seen if one.same is False]
    if as_json:
        rows = [asdict(one) for one in seen]
        console.out(json.dumps({"at": desk.clock.now().isoformat(), "left": len(test.left), "observations": rows}))
    else:
        said = ngettext("%(count)d thing was looked at.", "%(count)d things were looked at.", len(seen))
        console.out(said % {"count": len(seen)})
    if differ and not as_json:
        console.out(_("What differs is worth a report: it changes what Class Act may rely on."))
    if test.left:
        console.err(_("A draft could not be deleted. Its subject begins with “classactselftest”: delete it by hand."))
    return _PARTLY if differ or test.left else 0


def account_of(desk: Desk, asked: str) -> str:
    """The account to test; raises NotConnected when there is none, or not that one."""
    accounts = desk.accounts()
    name = asked.lower() or next(iter(accounts), "")
    if name not in accounts:
        raise NotConnected
    return name
