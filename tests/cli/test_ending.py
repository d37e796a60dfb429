"""The web server's end: what is being answered is answered, and no thread is left with a socket that is gone."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from waitress.server import create_server

from server.cli.ending import end


class Slow:
    """A web server whose answers wait until the test lets them go, and its loop."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        self.failed: list[BaseException] = []
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.server = create_server(self._answer, sockets=[listener], threads=2)
        self.loop = threading.Thread(target=self._run)
        self.loop.start()

    def _answer(self, _environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.asked.set()
        self.go.wait(20)
        start("200 OK", [("Content-Length", "4")])
        return [b"done"]

    def _run(self) -> None:
        try:
            self.server.run()
        except OSError as error:
            self.failed.append(error)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.go.set()
    end(made.server, made.loop)


def test_an_answer_under_way_still_arrives(slow: Slow) -> None:
    line = http.client.HTTPConnection("127.0.0.1", slow.port, timeout=20)
    line.request("GET", "/")
    slow.asked.wait(20)
    ending = threading.Thread(target=end, args=(slow.server, slow.loop))
    ending.start()
    slow.go.set()
    assert line.getresponse().read() == b"done"
    ending.join()
    line.close()


def test_an_answer_that_does_not_come_holds_up_no_end_and_breaks_no_loop(slow: Slow) -> None:
    with socket.create_connection(("127.0.0.1", slow.port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        slow.asked.wait(20)
        end(slow.server, slow.loop)
        assert (slow.loop.is_alive(), slow.failed) == (False, [])


def test_an_idle_connection_is_closed(slow: Slow) -> None:
    slow.go.set()
    line = http.client.HTTPConnection("127.0.0.1", slow.port, timeout=20)
    line.request("GET", "/")
    line.getresponse().read()
    assert line.sock is not None
    end(slow.server, slow.loop)
    assert line.sock.recv(1) == b""
    line.close()


def test_ending_twice_is_ending_once(slow: Slow) -> None:
    slow.go.set()
    end(slow.server, slow.loop)
    end(slow.server, slow.loop)
    assert not slow.loop.is_alive()
