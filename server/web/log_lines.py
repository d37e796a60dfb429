"""The log in JSON values, kept ready: a line is made anew when something about it changed, and only then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from server.domain.application import Application
from server.domain.matching_called import as_called
from server.domain.model import Judged, record_key
from server.services.desk import Desk
from server.services.log import LogLine
from server.services.named_log import under_name_of
from server.web import entries, shapes_messages


@dataclass(frozen=True, slots=True)
class _Ready:
    """A line as it was told last, and all that it was made of."""

    line: LogLine
    row: Judged | None
    home: Application | None
    told: dict[str, Any]


class LogLines:
    """Tells the log. Safe for threads: two that ask at the same time at most do the same work twice."""

    def __init__(self) -> None:
        self._ready: dict[str, _Ready] = {}

    def told(self, desk: Desk) -> list[dict[str, Any]]:
        """The lines of the log as it stands now, newest first; not to be changed by whoever gets them.

        While a scan writes, most lines stay as they are; tests/bench/while_gmail_hangs.py shows what that saves.
        """
        before, ready = self._ready, {}
        lines, board = desk.log(), desk.applications.board()
        for line in lines:
            key = record_key(line.mailbox, line.message_id)
            row, home, known = desk.store.get(Judged, key), board.of(line.message_id), before.get(key)
            if known is None or known.row is not row or known.home is not home or known.line != line:
                known = _Ready(line, row, home, _told(line, row, home))
            ready[key] = known
        self._ready = ready
        return [one.told for one in ready.values()]


def _told(line: LogLine, row: Judged | None, home: Application | None) -> dict[str, Any]:
    # Of two mailboxes that hold a mail, one is in the application.
    is_own = home is not None and any(
        (one.mailbox, one.message_id) == (line.mailbox, line.message_id) for one in home.messages
    )
    named = under_name_of(line, home if is_own else None)
    answer = shapes_messages.LogLineAnswer.of(named).model_dump(mode="json")
    return answer | {"title": entries.title_of(as_called(row or entries.bare(line), home))}
