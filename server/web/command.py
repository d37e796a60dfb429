"""The door through which the other commands of this user have the running server do their work."""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request, stream_with_context

from server.console import Commands
from server.errors import UsageError
from server.texts import _

logger = logging.getLogger(__name__)


class _Stream:
    """A console whose lines go to the caller as they come."""

    def __init__(self) -> None:
        self.events: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def out(self, text: str) -> None:
        self.events.put({"out": text})

    def err(self, text: str) -> None:
        self.events.put({"err": text})

    def progress(self, done: int, total: int | None, found: int, pace: str = "") -> None:
        self.events.put({"progress": [done, total, found, pace]})

    def browse(self, url: str) -> None:
        self.events.put({"browse": url})


def blueprint(commands: Commands) -> Blueprint:
    """POST /cli {"command", "arguments"}: one JSON line per event, the last one {"exit": code}."""
    door = Blueprint("command", __name__)

    @door.post("/cli")
    def run() -> Response:
        asked = request.get_json()
        if not isinstance(asked, dict) or not isinstance(asked.get("arguments"), dict):
            raise UsageError(_("That is not a command."))
        name, arguments, console = str(asked.get("command")), asked["arguments"], _Stream()

        def work() -> None:
            code = 1
            try:
                code = commands(name, arguments, console)
            except Exception:  # outermost of the command: the caller is told, and the server lives on
                logger.exception("a command failed")
                console.err(_("classact: something went wrong here. The log file says more."))
            finally:
                console.events.put({"exit": code})
                console.events.put(None)

        threading.Thread(target=work, name=f"command {name}", daemon=True).start()

        def lines() -> Iterator[str]:
            while (event := console.events.get()) is not None:
                yield json.dumps(event) + "\n"  # in ASCII: an argument may hold what UTF-8 cannot

        return Response(stream_with_context(lines()), mimetype="application/x-ndjson")

    return door
