"""Keeps pages quick while a mailbox is slow: only some of the server's threads may wait for one at the same time."""

from __future__ import annotations

import threading
from typing import Final

from flask import Response, g, request

from server.errors import ClassActError
from server.texts import _

MOST: Final = 5  # of the server's eight threads
# What is answered from the store alone, and so never has to wait its turn. Pages (GET) are too.
_QUICK: Final = frozenset({"status", "log", "undo", "outbox", "connect-status", "hello", "pair", "reach"})


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

    def __init__(self, most: int = MOST) -> None:
        self._free = threading.BoundedSemaphore(most)

    def take(self) -> None:
        """Before each request; raises Busy."""
        if request.method != "POST" or request.path.rsplit("/", 1)[-1] in _QUICK:
            return
        if not self._free.acquire(blocking=False):
            raise Busy
        g.has_turn = True

    def give_back(self, answer: Response) -> Response:
        """After each request: the turn ends with the work, which for a command goes on while its answer is read."""
        if g.pop("has_turn", False):
            if answer.is_streamed:
                answer.call_on_close(self._free.release)
            else:
                self._free.release()
        return answer
