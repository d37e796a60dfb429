"""The process that has imported everything and forks a `classact` for each request: see tests/cli/warm.py."""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import socket
import struct
import sys
import threading
import time
from typing import Any

IMPORTED = (
    "server.cli.connecting",
    "server.cli.doctor",
    "server.cli.serving",
    "server.mailboxes.gmail",
    "nlp.classifier",
    "googleapiclient.discovery",
)
NUMBER = struct.Struct("i")  # as the id and the exit code are told
_MOST = 100_000  # bytes of a request


def main() -> None:
    """Import, then fork for every request until whoever asks is gone."""
    before = dict(os.environ)
    for name in IMPORTED:
        importlib.import_module(name)
    ours = {name: value for name, value in os.environ.items() if before.get(name) != value}  # set by what was imported
    gc.freeze()  # what is imported stays: no fork need look through it
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        while True:
            request, streams, _flags, _from = socket.recv_fds(asked, _MOST, 4)
            if not request:
                return
            if os.fork() == 0:
                asked.close()
                _mind(streams, *json.loads(request), ours)
                return
            for stream in streams:
                os.close(stream)
            while _reaped():
                pass


def _reaped() -> bool:
    """Whether one that minded a call has ended since."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


def _mind(streams: list[int], arguments: list[str], env: dict[str, str], cwd: str, ours: dict[str, str]) -> None:
    """Fork the call, and tell its id and its exit code."""
    *its, status = streams
    pid = os.fork()
    if pid == 0:
        os.close(status)
        _become(its, arguments, env | ours, cwd)
        return
    os.write(status, NUMBER.pack(pid))
    for stream in its:
        os.close(stream)
    _pid, code = os.waitpid(pid, 0)
    os.write(status, NUMBER.pack(os.waitstatus_to_exitcode(code)))
    os._exit(0)


def _become(streams: list[int], arguments: list[str], env: dict[str, str], cwd: str) -> None:
    """`python -m server`, as if it had been started so."""
    for place, stream in enumerate(streams):
        os.dup2(stream, place)
        os.close(stream)
    sys.stdin = sys.__stdin__ = open(0, encoding=sys.stdin.encoding, errors=sys.stdin.errors)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", 1, encoding=sys.stderr.encoding, errors=sys.stderr.errors)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    sys.path[0] = cwd
    sys.argv = ["server", *arguments]
    _run()


def _run() -> None:
    """Run it, and end as an interpreter ends, but without taking a thousand modules apart."""
    code: Any = 0
    try:
        runpy.run_module("server", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code or 0
    threading._shutdown()  # waits for its threads
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
