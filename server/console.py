"""Where a command writes, whether it runs in this process or in the server that owns the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Console(Protocol):
    """Where a command writes: whole lines to the caller's stdout and stderr, and how far it has got."""

    def out(self, text: str) -> None:
        """A line on stdout."""

    def err(self, text: str) -> None:
        """A line on stderr."""

    def progress(self, done: int, total: int | None, found: int, pace: str = "") -> None:
        """Messages done, messages there are, rejections found so far, and how fast it goes in words."""

    def browse(self, url: str) -> None:
        """Open a page in the caller's browser."""


Commands = Callable[[str, dict[str, Any], Console], int]  # name, arguments, console -> exit code
