"""The log under the names that its applications have: what pages, `log` and the table of an export show alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from server.domain.application import Application
from server.domain.model import record_key
from server.services.log import LogLine


def named(lines: Sequence[LogLine], applications: Iterable[Application]) -> list[LogLine]:
    """The lines with the company and role of their applications; a company that one lacks stays the mail's own."""
    homes = {row.key: one for one in applications for row in one.messages}
    return [under_name_of(line, homes.get(record_key(line.mailbox, line.message_id))) for line in lines]


def under_name_of(line: LogLine, home: Application | None) -> LogLine:
    """The line with the company and role of the application that holds its mail."""
    return replace(line, company=home.company or line.company, role=home.role) if home else line
