"""The fake's HTTP side: sockets, buffered answers, gzip, and lines that break when a test orders it."""

from __future__ import annotations

import gzip
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.fakes.gmail.answers import Answer
from tests.fakes.gmail.faults import DropError

Respond = Callable[[str, str, Mapping[str, str], bytes], Answer]


class Server(ThreadingHTTPServer):
    """Hands every request to `respond`; the fake's own failures go to `complain`."""

    daemon_threads = False  # server_close waits for them, so that no socket outlives a test
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], respond: Respond, complain: Callable[[str], None]) -> None:
        self.respond, self.complain = respond, complain
        self._open: set[socket.socket] = set()
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def end_connections(self) -> None:
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other side was faster

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is the fake's own fault and has to be seen."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError):
            self.complain(f"the fake itself failed: {error!r}")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # unbuffered writes cost 40 ms a call (measured, Nagle and delayed ACK)
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet."""

    def _any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            answer = self.server.respond(self.command, self.path, headers, body)
        except DropError as drop:
            self._drop(drop.kind)
            return
        self._send(answer, zipped="gzip" in headers.get("accept-encoding", ""))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _any  # noqa: N815 - http.server's names

    def _send(self, answer: Answer, *, zipped: bool) -> None:
        headers, body = dict(answer.headers), answer.body
        promised = headers.pop("X-Cut", None)
        if zipped and body and promised is None:
            headers["Content-Encoding"], body = "gzip", gzip.compress(body, 1)
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", promised or str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if promised is not None:
            self.wfile.flush()
            self._drop("drop")

    def _drop(self, kind: str) -> None:
        self.close_connection = True
        if kind == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        else:
            try:
                self.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # the caller gave up first
