"""The data folder: who owns it, and where the server that owns it can be reached."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from server.errors import HomeNotWritable, HomeTaken

_LOCK = "lock"
_SERVER = "server.json"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """How the commands of this user reach the running server. The file that holds it has mode 0600."""

    port: int
    token: str
    pid: int


class Home:
    """A folder of mode 0700, held by one process at a time from `take` to `release`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: FileLock | None = None

    def take(self) -> None:
        """Own the folder, creating it if need be.

        Raises:
            HomeTaken: another process owns it.
            HomeNotWritable: it cannot be created or written.

        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(self.folder / _LOCK, mode=0o600)
            lock.acquire(blocking=False)
            (self.folder / _SERVER).unlink(missing_ok=True)  # left by a server that was killed; nobody is there
        except Timeout as error:
            raise HomeTaken(str(self.folder)) from error
        except OSError as error:
            raise HomeNotWritable(str(self.folder), error.strerror or str(error)) from error
        self._lock = lock
        if not os.access(self.folder, os.W_OK):
            self.release()
            raise HomeNotWritable(str(self.folder), os.strerror(13))

    def release(self) -> None:
        """Give the folder back; the announced address goes with it."""
        if self._lock is not None:
            with suppress(OSError):
                (self.folder / _SERVER).unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def announce(self, port: int) -> ServerAddress:
        """Write down where this process serves, for the other commands; a fresh token each time."""
        address = ServerAddress(port, secrets.token_urlsafe(32), os.getpid())
        path = self.folder / _SERVER
        path.unlink(missing_ok=True)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            json.dump({"port": address.port, "token": address.token, "pid": address.pid}, file)
        return address

    def server(self) -> ServerAddress | None:
        """The server that owns the folder, as it announced itself; None when there is none or the file is torn."""
        try:
            values = json.loads((self.folder / _SERVER).read_text(encoding="utf-8"))
            return ServerAddress(int(values["port"]), str(values["token"]), int(values["pid"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
