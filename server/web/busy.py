"""Keeps pages quick while a mailbox is slow: only some of the server's threads may wait for one at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from flask import Response, g, request

from server.errors import ClassActError
from server.texts import _

MOST: Final = 5  # of the server's eight threads
# What is answered from the store alone, and so never has to wait its turn. Pages (GET) are too.
_QUICK: Final = frozenset({"status", "log", "undo", "outbox", "connect-status", "hello", "pair", "reach"})
# What the store answers for a message that it knows.
_OF_KNOWN: Final = frozenset({"message", "correct", "remind", "remind_undo"})


class Busy(ClassActError):
    """Too many requests wait for a mailbox already."""

    code = "busy"
    http_status = 503
    retryable = True

    def __init__(self) -> None:
        super().__init__(
            _("Gmail is slow to answer, and others are waiting for it already."), _("Try again in a moment.")
        )


class Turns:
    """Lets so many requests at a time do what may wait for a mailbox; the next one is told at once."""

    def __init__(self, is_known: Callable[[str], bool], most: int = MOST) -> None:
        """`is_known`: whether the store alone can tell of the message with that id."""
        self._is_known, self._free = is_known, threading.BoundedSemaphore(most)

    def take(self) -> None:
        """Before each request; raises Busy."""
        name = request.path.rpartition("/")[2]
        if request.method != "POST" or name in _QUICK or (name in _OF_KNOWN and self._is_of_known()):
            return
        if not self._free.acquire(blocking=False):
            raise Busy
        g.has_turn = True

    def _is_of_known(self) -> bool:
        asked = request.get_json(silent=True)
        message_id = asked.get("message_id") if isinstance(asked, dict) else None
        return isinstance(message_id, str) and self._is_known(message_id)

    def give_back(self, answer: Response) -> Response:
        """After each request: the turn ends with the work, which for a command goes on while its answer is read."""
        if g.pop("has_turn", False):
            if answer.is_streamed:
                answer.call_on_close(self._free.release)
            else:
                self._free.release()
        return answer
