"""`classact doctor`: every check with its mend, whether or not a server runs, and whatever else is broken."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import click

from server import __version__
from server.checks import findings
from server.config import Config
from server.errors import ConfigError
from server.services.doctor import Finding, Status
from server.texts import _, ngettext

_WORDS = {Status.OK: _("ok"), Status.WARN: _("look"), Status.FAIL: _("mend")}
_WIDTH = 18


def run(environment: Mapping[str, str], *, as_json: bool) -> int:
    """Print what was found; 1 when a check failed, else 0."""
    began = time.monotonic()
    config, problem = _config(environment)
    found = findings(config, environment, problem)
    failed = any(one.status is Status.FAIL for one in found)
    if as_json:
        rows = {
            "ok": not failed,
            "version": __version__,
            "seconds": round(time.monotonic() - began, 3),
            "checks": [asdict(one) for one in found],
        }
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        _show(found)
    return 1 if failed else 0


def _config(environment: Mapping[str, str]) -> tuple[Config, ConfigError | None]:
    """The settings, or, when they cannot be read, those of an empty environment with the data folder that is named."""
    try:
        return Config.from_environment(environment), None
    except ConfigError as error:
        home = {"CLASSACT_HOME": environment.get("CLASSACT_HOME", "")}
        try:
            return Config.from_environment(home), error
        except ConfigError:
            return Config.from_environment({}), error


def _show(found: Sequence[Finding]) -> None:
    for one in found:
        click.echo(f"{_WORDS[one.status]:<5} {one.title:<{_WIDTH}} {one.sentence}")
        if one.mend:
            click.echo(f"{'':<5} {'':<{_WIDTH}} → {one.mend}")
    wrong = sum(one.status is Status.FAIL for one in found)
    looks = sum(one.status is Status.WARN for one in found)
    click.echo("")
    said = ngettext("%(count)d check.", "%(count)d checks.", len(found)) % {"count": len(found)}
    if wrong:
        said += " " + ngettext("%(count)d needs mending.", "%(count)d need mending.", wrong) % {"count": wrong}
    if looks:
        said += " " + ngettext("%(count)d is worth a look.", "%(count)d are worth a look.", looks) % {"count": looks}
    if not wrong and not looks:
        said += " " + _("All is well.")
    click.echo(said)
