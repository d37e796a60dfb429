"""A console for tests of what a command says, without a process of its own."""

from __future__ import annotations


class Lines:
    """A console that keeps what it is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def out(self, text: str) -> None:
        self.lines.append(text)

    def err(self, text: str) -> None:
        raise AssertionError(text)
