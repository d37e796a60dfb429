"""The seeker's own line in letters about a rejection, kept so that it is offered again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One specific thing to say, in the seeker's words: kept per rejection, found again in its whole thread."""

    mailbox: str
    message_id: str
    thread_id: str
    text: str  # one line
    written: datetime

    @property
    def key(self) -> str:
        """The store's key."""
        return f"{self.mailbox}\n{self.message_id}"
