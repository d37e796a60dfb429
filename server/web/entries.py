"""Mails in lists: the log by month, roles on hold, what was not judged; and how one mail is named on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote

from server.domain.application import BY_HAND, Application
from server.domain.matching_called import as_called
from server.domain.model import Contact, Judged, LetterState, record_key
from server.domain.replies import Reply
from server.services.desk import SAMPLE, Desk
from server.services.log import LogLine
from server.texts import _
from server.web import phrases

_GMAIL = "https://mail.google.com/mail/u/"  # authuser picks the account, #all finds a message wherever it lies


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail in a list. `title` is the company, or the best name there is for it."""

    id: str
    title: str
    role: str
    subject: str
    sender: str
    sentences: tuple[str, ...]
    language: str
    received: datetime
    day: str
    link: str
    hold: bool = False
    state: str = ""
    state_words: str = ""
    why: str = ""
    like: bool = False  # the verdict follows what the seeker said of a like mail
    in_doubt: bool = False  # its sender may be another than it says
    people: str = ""  # where it is shown who took part


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of one month, newest first."""

    key: str
    name: str
    entries: tuple[Entry, ...]


def months(desk: Desk) -> tuple[Month, ...]:
    """The log by month, as the computer's own calendar has it."""
    entries = logged(desk, desk.log())
    return tuple(
        Month(
            f"{year}-{month:02}",
            _("%(month)s %(year)s") % {"month": phrases.MONTHS[month - 1], "year": year},
            tuple(group),
        )
        for (year, month), group in groupby(entries, key=lambda entry: (entry.received.year, entry.received.month))
    )


def holds(desk: Desk) -> tuple[Entry, ...]:
    """Roles that are paused and not in the log."""
    known = {(line.mailbox, line.message_id) for line in desk.log()}
    lines = [line for line in desk.log_all() if line.hold and (line.mailbox, line.message_id) not in known]
    return tuple(logged(desk, [line for line in lines if line.state is not LetterState.DISMISSED]))


def unread(desk: Desk) -> tuple[Entry, ...]:
    """What could not be judged, with the reason."""
    return tuple(judged(row) for row in desk.unread())


def judged(row: Judged) -> Entry:
    """A judged mail, in the log or not, under the names that it gives itself."""
    return Entry(
        id=row.message_id,
        title=title_of(row),
        role=row.role or "",
        subject=row.subject,
        why=row.error or _("its language is not judged yet (%(code)s)") % {"code": row.language},
        like=bool(row.like),
        in_doubt=bool(row.doubts),
        people="" if row.model == BY_HAND else f"/people/{row.message_id}",
        **shown(row),
    )


def logged(desk: Desk, lines: Sequence[LogLine]) -> list[Entry]:
    """Lines of the log under the names of their applications, with where each one stands."""
    homes = {row.message_id: one for one in desk.applications.board().applications for row in one.messages}
    return [_line(desk, line, homes.get(line.message_id)) for line in lines]


def _line(desk: Desk, line: LogLine, home: Application | None) -> Entry:
    row = desk.store.get(Judged, record_key(line.mailbox, line.message_id)) or bare(line)
    if (row.evidence, row.like) != (line.evidence, line.like):
        row = replace(row, evidence=line.evidence, like=line.like)
    return replace(
        judged(as_called(row, home)),
        hold=line.hold,
        state=line.state,
        state_words=phrases.STATES[line.state],
    )


def bare(line: LogLine) -> Judged:
    """What the log alone knows of a mail whose verdict is not kept."""
    names = ("mailbox", "message_id", "thread_id", "received", "score", "band", "hold", "reason", "company", "role")
    known: dict[str, Any] = {name: getattr(line, name) for name in names}
    return Judged(**known, judged=line.logged, label=None, language="", evidence=line.evidence, model="")


def title_of(row: Judged) -> str:
    """The company, or the best name there is for it."""
    return row.company or name_of(row.sender) or _("Company not named")


def name_of(contact: Contact) -> str:
    """A sender's name, or the address."""
    return contact.name or contact.address


def shown(mail: Judged | Reply) -> dict[str, Any]:
    """What every list shows of a mail: by whom, when where the seeker is, its sentences, and where to open it."""
    moment = mail.received.astimezone()
    return {
        "sender": name_of(mail.sender),
        "sentences": tuple(span.text for span in (mail.evidence if isinstance(mail, Judged) else mail.sentences)),
        "language": mail.language,
        "received": moment,
        "day": phrases.day_of(moment),
        "link": link_of(mail) if isinstance(mail, Judged) else link_to(mail.mailbox, mail.message_id),
    }


def link_of(row: Judged) -> str:
    """Where a person can open the mail; "" for news that came by no mail, and for a file on disk."""
    return "" if row.model == BY_HAND else link_to(row.mailbox, row.message_id)


def link_to(mailbox: str, message_id: str) -> str:
    """Where a person can open the mail; "" for a file on disk."""
    if mailbox == SAMPLE:
        return f"/demo#{message_id}"
    if mailbox.startswith("mbox:"):
        return ""
    return f"{_GMAIL}?authuser={quote(mailbox, safe='@')}#all/{message_id}"
