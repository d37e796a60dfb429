"""A server on 127.0.0.1 that takes one redirect from the browser and is gone (RFC 8252 §7.3)."""

from __future__ import annotations

import html
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from server.texts import _

_PIECE: Final = 2.0  # seconds a connection may stay silent: browsers open some in advance and never use them
_LOOK: Final = 0.25  # seconds between looks at whether the wait was called off


class Loopback:
    """Listens from the start, so that no redirect comes too early."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._cancelled = threading.Event()

    @property
    def url(self) -> str:
        """The redirect address; the port is a free one."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def wait(self, timeout: float) -> dict[str, str] | None:
        """The parameters of the first redirect to come, or None after `timeout` seconds or `cancel`."""
        end = time.monotonic() + timeout
        while self._server.answer is None and (left := end - time.monotonic()) > 0 and not self._cancelled.is_set():
            self._server.timeout = min(left, _LOOK)
            self._server.handle_request()
        return self._server.answer

    def cancel(self) -> None:
        """End the wait of another thread within a quarter of a second."""
        self._cancelled.set()

    def close(self) -> None:
        """Stop listening."""
        self._server.server_close()


class _Server(HTTPServer):
    answer: dict[str, str] | None = None


class _Handler(BaseHTTPRequestHandler):
    timeout = _PIECE
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Log nothing: the line would hold the code."""

    def do_GET(self) -> None:
        """Take the redirect; anything else that a browser asks for by itself (an icon) is not there."""
        url = urlsplit(self.path)
        answer = {name: values[-1] for name, values in parse_qs(url.query).items()}
        if url.path != "/" or not answer.keys() & {"code", "error"}:
            self._page(404, _("There is nothing here."))
            return
        self.server.answer = answer
        self._page(200, _("Thank you. You can close this tab; Class Act goes on where you started it."))

    def _page(self, status: int, sentence: str) -> None:
        body = f"<!doctype html><meta charset=utf-8><title>Class Act</title><p>{html.escape(sentence)}</p>".encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
