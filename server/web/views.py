"""What the pages show, as plain values with every sentence made: templates only lay them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from server.domain.application import BY_HAND
from server.domain.connection import ConnectionState
from server.domain.model import Judged, LetterState, OutboxItem, OutboxState, record_key
from server.domain.progress import pace_words
from server.services.background import Background
from server.services.connect import standings
from server.services.desk import SAMPLE, Desk
from server.services.log import LogLine
from server.services.settling import can_settle
from server.texts import _, ngettext
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


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter that is on its way or needs the seeker. `moving`: it changes by itself, so look again soon."""

    id: str
    title: str
    company: str
    words: str
    to: str
    subject: str
    body: str
    draft_id: str
    revision: str
    until: datetime | None
    moving: bool
    failed: bool
    can_send: bool
    can_undo: bool
    can_settle: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading has got. `total` is 0 while it is not known."""

    busy: bool
    words: str
    seen: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Nav:
    """The links at the top; `at` is the page one is on, `stamp` changes whenever a page would show something else."""

    at: str
    review: int
    is_demo: bool
    version: str
    stamp: str


def months(desk: Desk) -> tuple[Month, ...]:
    """The log by month, as the computer's own calendar has it."""
    entries = [_logged(desk, line) for line in desk.log()]
    return tuple(
        Month(
            f"{year}-{month:02}",
            _("%(month)s %(year)s") % {"month": phrases.MONTHS[month - 1], "year": year},
            tuple(group),
        )
        for (year, month), group in groupby(entries, key=lambda entry: (entry.received.year, entry.received.month))
    )


def log_summary(months_shown: Iterable[Month]) -> str:
    """How many mails said no, and how many of them were answered."""
    entries = [entry for month in months_shown for entry in month.entries]
    if not entries:
        return ""
    answered = sum(entry.state in (LetterState.SENT, LetterState.ANSWERED) for entry in entries)
    said = ngettext("%(count)d mail that said no.", "%(count)d mails that said no.", len(entries))
    done = ngettext("You have answered %(count)d.", "You have answered %(count)d.", answered)
    calm = _("There is no hurry with the others.") if answered else _("There is no hurry with any of them.")
    parts = [said % {"count": len(entries)}]
    if answered:
        parts.append(done % {"count": answered})
    if answered < len(entries):
        parts.append(calm)
    return " ".join(parts)


def review_summary(count: int) -> str:
    """What is asked of the seeker on the review page."""
    if not count:
        return _("Nothing waits for you here. When a mail is not clear, you will be asked about it on this page.")
    asked = ngettext(
        "%(count)d mail is not clear. Does it say no to an application of yours?",
        "%(count)d mails are not clear. Do they say no to an application of yours?",
        count,
    )
    return asked % {"count": count}


def holds(desk: Desk) -> tuple[Entry, ...]:
    """Roles that are paused and not in the log."""
    logged = {(line.mailbox, line.message_id) for line in desk.log()}
    lines = [line for line in desk.log_all() if line.hold and (line.mailbox, line.message_id) not in logged]
    return tuple(_logged(desk, line) for line in lines if line.state is not LetterState.DISMISSED)


def unread(desk: Desk) -> tuple[Entry, ...]:
    """What could not be judged, with the reason."""
    return tuple(judged(row) for row in desk.unread())


def letters(desk: Desk) -> tuple[WaitingLetter, ...]:
    """The letters that wait for the seeker or are on their way, the latest first."""
    waiting = (OutboxState.HELD, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.FAILED)
    visible = desk.visible
    items = [item for item in desk.store.all(OutboxItem) if item.state in waiting and visible(item.mailbox)]
    return tuple(_letter(desk, item) for item in sorted(items, key=lambda item: item.changed, reverse=True))


def progress(desk: Desk, background: Background) -> Progress:
    """How the reading stands, in a sentence."""
    if background.model_state() == "loading":
        return Progress(busy=True, words=_("Getting ready to read your mail …"))
    running = [scan for scan in desk.scans() if scan.running]
    if not running:
        return Progress(busy=False, words="")
    seen = sum(scan.report.seen for scan in running)
    total = sum(scan.total or 0 for scan in running)
    found = sum(scan.report.rejections for scan in running)
    if total < seen or not total:
        return Progress(busy=True, words=_("Looking for new mail …"), seen=seen)
    words = _("Reading your mail: %(seen)s of %(total)s.") % {"seen": f"{seen:,}", "total": f"{total:,}"}
    if found:
        words += " " + ngettext("%(count)d says no.", "%(count)d say no.", found) % {"count": found}
    if len(running) == 1 and (pace := pace_words(running[0].report, running[0].total, running[0].most)):
        words += f" {pace[0].upper()}{pace[1:]}."
    return Progress(busy=True, words=words, seen=seen, total=total)


def problems(desk: Desk, background: Background) -> tuple[dict[str, str], ...]:
    """What keeps mail from being read, each with its mend."""
    found = [{"error": str(scan.error), "hint": scan.error.hint} for scan in desk.scans() if scan.error]
    model = background.model_state()
    if model not in ("loading", "ready"):
        found.insert(0, {"error": model, "hint": ""})
    return tuple(found)


def accounts(desk: Desk) -> str:
    """Which accounts are looked at, and which of them need something."""
    every = standings(desk)
    fine = [one.address for one in every if one.state is ConnectionState.CONNECTED]
    said = [_("Connected: %(accounts)s.") % {"accounts": ", ".join(fine)}] if fine else []
    said += [f"{one.address}: {one.name}." for one in every if one.address and one.address not in fine]
    return " ".join(said)


def _logged(desk: Desk, line: LogLine) -> Entry:
    row = desk.store.get(Judged, record_key(line.mailbox, line.message_id))
    sender, by_hand = _sender(row) if row else "", bool(row and row.model == BY_HAND)
    return Entry(
        id=line.message_id,
        title=line.company or sender or _("Company not named"),
        role=line.role or "",
        subject=row.subject if row else "",
        sender=sender,
        sentences=tuple(span.text for span in line.evidence),
        language=row.language if row else "",
        received=line.received.astimezone(),
        day=phrases.day_of(line.received.astimezone()),
        link="" if by_hand else link_to(line.mailbox, line.message_id),
        people="" if by_hand else f"/people/{line.message_id}",
        hold=line.hold,
        state=line.state,
        state_words=phrases.STATES[line.state],
        like=bool(line.like),
        in_doubt=bool(row and row.doubts),
    )


def judged(row: Judged) -> Entry:
    """A judged mail, in the log or not."""
    return Entry(
        id=row.message_id,
        title=row.company or _sender(row) or _("Company not named"),
        role=row.role or "",
        subject=row.subject,
        sender=_sender(row),
        sentences=tuple(span.text for span in row.evidence),
        language=row.language,
        received=row.received.astimezone(),
        day=phrases.day_of(row.received.astimezone()),
        link=link_to(row.mailbox, row.message_id),
        why=row.error or _("its language is not judged yet (%(code)s)") % {"code": row.language},
        like=bool(row.like),
    )


def _sender(row: Judged) -> str:
    return row.sender.name or row.sender.address


def link_to(mailbox: str, message_id: str) -> str:
    """Where a person can open the mail; "" for a file on disk."""
    if mailbox == SAMPLE:
        return f"/demo#{message_id}"
    if mailbox.startswith("mbox:"):
        return ""
    return f"{_GMAIL}?authuser={mailbox}#all/{message_id}"


def _letter(desk: Desk, item: OutboxItem) -> WaitingLetter:
    row = desk.store.get(Judged, record_key(item.mailbox, item.message_id))
    state, counting = item.state, item.undo_until is not None
    words = {
        OutboxState.HELD: "" if counting else item.problem or _("It was waiting when Class Act stopped. Send it now?"),
        OutboxState.SENDING: _("It is being sent …"),
        OutboxState.FAILED: item.problem or _("It did not go. It is still a draft."),
        OutboxState.UNKNOWN: _in_doubt(item),
    }[state]
    return WaitingLetter(
        id=item.id,
        title=phrases.LETTERS.get(item.kind, _("Letter")),
        company=(row.company or _sender(row)) if row else "",
        words=words,
        to=item.to,
        subject=item.subject,
        body=item.body,
        draft_id=item.draft_id,
        revision=item.revision,
        until=item.undo_until,
        moving=state is OutboxState.SENDING or counting or (state is OutboxState.UNKNOWN and not can_settle(item)),
        failed=state is OutboxState.FAILED,
        can_send=state is OutboxState.FAILED or (state is OutboxState.HELD and not counting),
        can_undo=state is OutboxState.HELD,
        can_settle=can_settle(item),
    )


def _in_doubt(item: OutboxItem) -> str:
    """What is said of a letter of which nobody knows whether it went: who looks for it, and who may say so."""
    told = [item.problem or _("Gmail did not say whether it went.")]
    if can_settle(item):
        told += [
            _("Class Act looked into your mailbox and could not tell."),
            _("Please look under Sent in Gmail, then say here how it ended."),
        ]
    else:
        told.append(_("Class Act is looking for it in your mailbox."))
    return " ".join([*told, _("It is never sent a second time by itself.")])
