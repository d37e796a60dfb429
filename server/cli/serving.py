"""`classact run`: take the folder, serve on this computer, look for mail, and stop cleanly."""

from __future__ import annotations

import errno
import gc
import logging
import signal
import socket
import sys
import threading
import traceback
import webbrowser
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from waitress.server import create_server

from server.app import create_app
from server.cli.client import Terminal
from server.cli.commands import Carrier
from server.cli.ending import end
from server.cli.output import complain
from server.config import Config
from server.errors import HomeNotWritable, PortTaken
from server.home import Home
from server.services.background import Background
from server.services.connect import Connecting
from server.services.labels import in_a_thread
from server.texts import _
from server.web.guard import MAX_BODY, Guard
from server.web.pairing import Pairings
from server.web.sessions import Sessions
from server.wiring import LazyClassifier, Mailboxes, build_desk, build_learning, google
from server.wiring_keeping import build_keeping

_THREADS = 8  # clicks stay quick while a scan command and a slow Gmail call each hold one
_BREATH = 0.5  # seconds; a signal that comes just before an endless wait would sleep with it
_TURN = 0.001  # seconds that a scan may hold up a click; Python's own 0.005, a few times an answer, were felt
_IDLE = 30  # seconds a silent connection is kept
_LOG_SIZE, _LOG_FILES = 1_000_000, 3


def serve(config: Config, *, demo: bool, port: int | None, browse: bool) -> int:
    """Serve until a signal ends it; prints the one-use sign-in URL alone on one line of stdout.

    Raises HomeTaken, HomeNotWritable, PortTaken, StoreDamaged, ConfigError.
    """
    home = Home(config.home)
    home.take()
    try:
        listener = _listen(config.port if port is None else port)
        _log_to(config.home / "classact.log")
        return _serve(config, home, listener, demo=demo, browse=browse)
    finally:
        home.release()
        # Stopped while the model loads, it is not frozen yet, and a last look through its objects is half a second.
        gc.freeze()


def _serve(config: Config, home: Home, listener: socket.socket, *, demo: bool, browse: bool) -> int:
    port = listener.getsockname()[1]
    desk, mailboxes, classifier = build_desk(config, home, demo=demo)
    if desk.labels is not None:
        desk.labels.run = in_a_thread  # no click waits for Gmail
    address = home.announce(port)
    guard = Guard(port, address.token, Pairings(desk.store, desk.clock), Sessions())
    learning = build_learning(config, desk, classifier)
    load = partial(_load_for_good, classifier)
    background = Background(
        desk,
        load,
        config.poll_seconds,
        learning,
        interrupt=mailboxes.interrupt,
        complain=partial(complain, Terminal()),
    )
    carrier = Carrier(config, desk, mailboxes, learning, guard.pairings, background.look_now)
    connecting, keeping = _connecting(config, mailboxes, background), build_keeping(config, desk)
    app = create_app(desk, guard, background, carrier, connecting, keeping=keeping)
    sys.setswitchinterval(_TURN)
    server = create_server(
        app,
        sockets=[listener],
        threads=_THREADS,
        channel_timeout=_IDLE,
        max_request_body_size=MAX_BODY + 1024,
        max_request_header_size=32 * 1024,
        ident="",
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    loop = threading.Thread(target=server.run, name="web", daemon=True)
    loop.start()
    background.start()
    address_of = f"http://127.0.0.1:{port}/in/"
    _announce(address_of + guard.sessions.new_link(), connected=bool(desk.accounts()))
    if browse:
        webbrowser.open(address_of + guard.sessions.new_link())  # one of its own: the printed one stays good
    while not stop.wait(_BREATH):
        pass
    background.stop()
    end(server, loop)
    desk.store.close()
    return 0


def _load_for_good(classifier: LazyClassifier) -> None:
    """Load the model, and have Python's garbage collector look at what is there by now no more.

    It stops every answer while it looks at everything, and with the model there is much: 130 ms (measured).
    """
    classifier.load()
    gc.collect()
    gc.freeze()


def _connecting(config: Config, mailboxes: Mailboxes, background: Background) -> Connecting:
    """Connecting from the Connect page. Sign-ins that lie in files move to the keyring, if one has come to work."""

    def changed() -> None:
        mailboxes.forget_all()
        background.look_now()

    connecting = Connecting(lambda: google(config), changed)
    if mailboxes.accounts():
        threading.Thread(target=connecting.settle, name="keyring", daemon=True).start()
    return connecting


def _announce(link: str, *, connected: bool) -> None:
    if not connected:
        sys.stderr.write(_("No Google account is connected: you will see the sample mailbox.") + "\n")
    sys.stderr.write(_("Class Act is running. This link signs your browser in, once; Ctrl+C stops it:") + "\n")
    sys.stderr.flush()
    sys.stdout.write(f"{link}\n")
    sys.stdout.flush()


def _listen(port: int) -> socket.socket:
    """A socket on 127.0.0.1 and nowhere else; raises PortTaken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortTaken(port) from error
        raise
    return listener


class _Discreet(logging.Formatter):
    """Writes where something broke and never the error's own words: those may quote a mail."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the base class's name
        kind, error, trace = ei
        causes = [type(cause).__name__ for cause in (error.__cause__, error.__context__) if cause]
        return "".join([*traceback.format_tb(trace), " < ".join([kind.__name__, *causes[:1]])])


def _log_to(path: Path) -> None:
    """Log to a file that rotates: ids and counts, never a subject, body or address."""
    try:
        handler = RotatingFileHandler(path, maxBytes=_LOG_SIZE, backupCount=_LOG_FILES, encoding="utf-8", delay=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise HomeNotWritable(str(path.parent), error.strerror or str(error)) from error
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    # The web server's remarks (a full queue) are for whoever reads the log, and not for the window with the link.
    for name, level in (("server", logging.INFO), ("waitress", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.addHandler(handler)
        logger.propagate = False
