"""Ends the web server in order: answers under way are finished, and no socket is closed under a thread that uses it."""

from __future__ import annotations

from threading import Thread

from waitress.server import BaseWSGIServer
from waitress.wasyncore import close_all

_PATIENCE = 1.0  # seconds for answers under way, and as many for the loop; Ctrl+C promises an end within two in all


def end(server: BaseWSGIServer, loop: Thread) -> None:
    """Stop taking requests, let answers under way come to an end, and close every socket; returns within 2 s.

    `loop` runs server.run. Waitress's own close() closes the sockets from the calling thread, and the loop then fails
    on a file descriptor that is gone; so here the loop closes them itself.
    """
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=_PATIENCE)

    if loop.is_alive():
        server.trigger.pull_trigger(lambda: close_all(server._map))  # noqa: SLF001 - no public name in waitress 3
    loop.join(_PATIENCE)
