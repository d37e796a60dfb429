"""Everything the doctor looks at, in the order it is shown. A part that cannot even be loaded is a finding too."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from server.checks.vitals import ask
from server.config import Config
from server.errors import ConfigError
from server.home import Home
from server.mailboxes.private_file import addresses
from server.services.doctor import Check, Finding, Found, Look, examine
from server.texts import _

LIMIT: Final = 2.5  # seconds from the call to the last finding; with starting and printing it stays under 3
_MOST: Final = 15.0  # seconds on a computer that is overrun with work
_SERVER_TIME: Final = 1.0  # seconds a running server has to answer
_ACCOUNT: Final = {
    "sign_in": _("Sign-in"),
    "scopes": _("Permissions"),
    "gmail": _("Gmail"),
    "clock": _("Clock"),
    "sign_in_end": _("Sign-in lasts"),
}


def findings(config: Config, environment: Mapping[str, str], problem: ConfigError | None) -> list[Finding]:
    """What all checks found; nothing is changed by it. `problem` is what reading the settings ended in."""
    end = time.monotonic() + LIMIT
    home, now = config.home, datetime.now(UTC)
    server = Home(home).server()
    vitals = ask(server, _SERVER_TIME)
    left = end - time.monotonic()
    owner = {"lock": _("Owner"), "server": _("Server"), "port": _("Port")}
    folder = {"folder": _("Data folder"), "space": _("Disk space"), "sync": _("Disk")}
    model = {"model": _("Classifier"), "weights": _("Network"), "model_loads": _("Classifier loads")}
    records = {
        "store": _("Log"),
        "last_scan": _("Last look"),
        "scan_failures": _("Reading mail"),
        "outbox": _("Letters"),
        "extension": _("Extension"),
    }
    kept = addresses(home / "tokens")
    return examine(
        [
            Check(model, _later("model.model", home, vitals, end - 0.15), far=True),  # the slowest begins first
            Check({"python": _("Python")}, _later("machine.python")),
            Check({"packages": _("Packages")}, _later("machine.packages")),
            Check({"environment": _("Settings")}, _later("machine.settings", environment, problem)),
            Check({"locale": _("Language")}, _later("machine.language")),
            Check({"browser": _("Browser")}, _later("machine.browser")),
            Check(folder, _later("machine.folder", home)),
            Check({"log_file": _("Log file")}, _later("house.log_file", home)),
            Check(owner, _later("house.owner", config, server, vitals)),
            Check(records, _later("house.store", home, vitals, now)),
            Check({"sample": _("Sample mailbox")}, _later("program.sample")),
            Check({"wording": _("Letters' wording")}, _later("program.wording", home)),
            Check({"token_store": _("Kept sign-ins")}, _later("google.token_store", config)),
            Check({"client_file": _("OAuth client")}, _later("google.client_file", config)),
            *[Check(_ACCOUNT, _later("google.account", config, address, now), far=True) for address in kept],
            *([] if kept else [Check(_ACCOUNT, _later("google.nobody"))]),
        ],
        left,
        _MOST,
    )


def _later(name: str, *given: object) -> Look:
    """The function of that name in a module beside this one, loaded when it is called."""

    def look() -> Iterable[Found]:
        module, _dot, function = name.partition(".")
        found: Iterable[Found] = getattr(importlib.import_module(f"server.checks.{module}"), function)(*given)
        return found

    return look
