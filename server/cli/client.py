"""Have the command carried out where the data is: by the running server, or here after taking the folder."""

from __future__ import annotations

import http.client
import json
import sys
import time
import webbrowser
from collections.abc import Iterator
from typing import Any

from server.config import Config
from server.errors import HomeTaken, ServerError
from server.home import Home, ServerAddress
from server.texts import _

_PATIENCE = 10.0  # seconds to wait for another short command that holds the folder
_TIMEOUT = 3600.0  # seconds without a single event from the server; a consent waits 10 minutes


class Terminal:
    """A console that is this process's own: results on stdout, the rest on stderr."""

    def __init__(self) -> None:
        self._shown = False

    def out(self, text: str) -> None:
        """See Console.out."""
        self._clear()
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def err(self, text: str) -> None:
        """See Console.err."""
        self._clear()
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    def progress(self, done: int, total: int | None, found: int, pace: str = "") -> None:
        """One line that is written over, on a terminal only."""
        if sys.stderr.isatty():
            of = f"/{total}" if total else ""
            line = _("%(done)d%(of)s read, %(found)d found") % {"done": done, "of": of, "found": found}
            sys.stderr.write("\r\033[K" + (f"{line} ({pace})" if pace else line))
            sys.stderr.flush()
            self._shown = True

    def browse(self, url: str) -> None:
        """See Console.browse."""
        webbrowser.open(url)

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            self._shown = False


def carry_out(config: Config, name: str, arguments: dict[str, Any]) -> int:
    """Run the command and print what it prints; its exit code.

    Raises HomeTaken when another process holds the folder and is no server, HomeNotWritable, ServerError.
    """
    home, terminal = Home(config.home), Terminal()
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            home.take()
        except HomeTaken:
            server = home.server()
            if server is not None:
                return _ask(server, name, arguments, terminal)
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            try:
                return _here(config, home, name, arguments, terminal)
            finally:
                home.release()


def _here(config: Config, home: Home, name: str, arguments: dict[str, Any], terminal: Terminal) -> int:
    from server.cli.commands import Carrier  # noqa: PLC0415 - loads the stores and the web's shapes
    from server.wiring import build_desk, build_learning  # noqa: PLC0415

    desk, mailboxes, classifier = build_desk(config, home)
    learning = build_learning(config, desk, classifier)
    try:
        return Carrier(config, desk, mailboxes, learning)(name, arguments, terminal)
    finally:
        desk.store.close()


def _ask(server: ServerAddress, name: str, arguments: dict[str, Any], terminal: Terminal) -> int:
    for event in _events(server, name, arguments):
        if "exit" in event:
            return int(event["exit"])
        _show(event, terminal)
    raise ServerError(_("The running Class Act stopped in the middle of the command."), _("Start it again and retry."))


def _events(server: ServerAddress, name: str, arguments: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the server says, as it says it. Showing it is the caller's: a full disk there is no silent server."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_TIMEOUT)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.token}"}
    try:
        connection.request("POST", "/cli", json.dumps({"command": name, "arguments": arguments}), headers)
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise ServerError(_("The running Class Act refused the command (%(status)d).") % {"status": answer.status})
        for line in answer:
            yield json.loads(line)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ServerError(
            _("The running Class Act did not answer (%(why)s).") % {"why": error},
            _("Look at the window where it runs, or stop it and try again."),
        ) from error
    finally:
        connection.close()


def _show(event: dict[str, Any], terminal: Terminal) -> None:
    if "out" in event:
        terminal.out(event["out"])
    elif "err" in event:
        terminal.err(event["err"])
    elif "progress" in event:
        terminal.progress(*event["progress"])
    elif "browse" in event:
        terminal.browse(event["browse"])
