"""What was done for the seeker, day by day, in plain sentences: found, written, undone, corrected, reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Final

from server.domain.model import JournalEntry, Judged, Kind, Rejection, Training, record_key
from server.domain.replies import ReplyKind
from server.texts import _, ngettext

SCANNED: Final = "scanned"
FOUND: Final = "found"
LEARNED: Final = "learned"
TAKEN_BACK: Final = "taken_back"  # a verdict of the seeker's; the detail is when they gave it

LETTERS: Final = {
    Kind.THANK_YOU: _("a thank-you letter"),
    Kind.FEEDBACK: _("a request for feedback"),
    Kind.STAY_IN_TOUCH: _("a letter to stay in touch"),
    Kind.CONNECT_NOTE: _("a note to connect"),
    Kind.THANKS_FOR_FEEDBACK: _("thanks for feedback"),
    Kind.KEEP_IN_MIND: _("an answer to “we will keep you in mind”"),
}
_SENTENCES: Final = {
    "drafted": _("Saved %(letter)s about %(company)s as a draft."),
    "sent": _("Sent %(letter)s about %(company)s."),
    "undone": _("Took %(letter)s about %(company)s back before it went."),
    "told_sent": _("You said that %(letter)s about %(company)s went."),
    "told_failed": _("You said that %(letter)s about %(company)s did not go."),
    "told_nothing": _("You took back what you said of %(letter)s about %(company)s."),
    "confirmed": _("You said that the mail of %(company)s says no."),
    "overruled": _("You said that the mail of %(company)s is no rejection."),
    TAKEN_BACK: _("You took back what you said of the mail of %(company)s."),
    "renamed": _("You corrected the company or the role: %(company)s."),
    "reminded": _("Reminded you of %(company)s."),
    "labelled": _("Labelled the mail of %(company)s in Gmail."),
    "archived": _("Archived the mail of %(company)s in Gmail."),
    "unlabelled": _("Took the label off the mail of %(company)s in Gmail."),
    "restored": _("Put the mail of %(company)s back into the inbox in Gmail."),
    "application": _("You put your applications in order."),
    "application_undone": _("You took a change to your applications back."),
}
_REPLIES: Final = {
    ReplyKind.FEEDBACK: _("%(company)s wrote back with feedback; it is kept with the rejection."),
    ReplyKind.THANKS: _("%(company)s thanked you for your letter."),
    ReplyKind.AUTOMATIC: _("An automatic answer came from %(company)s."),
    ReplyKind.INVITATION: _("%(company)s would like to stay in touch, or hear from you again."),
    ReplyKind.NEWS: _("%(company)s wrote back with news."),
    ReplyKind.DECLINED: _("%(company)s wrote back that they give no feedback."),
    ReplyKind.UNSURE: _("%(company)s wrote back."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: when (UTC), which kind of thing, in words. `message_id` is "" where no mail is meant."""

    at: datetime
    what: str
    text: str
    mailbox: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day where the seeker is, the latest first."""

    date: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store holds, as far as the journal speaks of it."""

    entries: Iterable[JournalEntry]
    judged: Iterable[Judged]
    rejections: Iterable[Rejection]
    trainings: Iterable[Training] = ()


def days(kept: Kept, zone: tzinfo) -> tuple[Day, ...]:
    """The journal, newest day first. Only days on which something was done are there."""
    rows = list(kept.judged)
    names = {row.key: row.company or row.sender.name or row.sender.address for row in rows}
    lines = [*_scans(rows, zone), *_found(kept.rejections, names), *_learned(kept.trainings)]
    lines += [_said(entry, names) for entry in kept.entries]
    lines.sort(key=lambda line: line.at, reverse=True)
    by_day = groupby(lines, key=lambda line: line.at.astimezone(zone).date())
    return tuple(Day(day, tuple(group)) for day, group in by_day)


def _scans(rows: Iterable[Judged], zone: tzinfo) -> Iterator[Line]:
    """One line a day and mailbox, at the last look of that day that found something new."""
    counts: Counter[tuple[str, date]] = Counter()
    last: dict[tuple[str, date], datetime] = {}
    for row in rows:
        if not (row.own or row.error):
            place = (row.mailbox, row.judged.astimezone(zone).date())
            counts[place] += 1
            last[place] = max(row.judged, last.get(place, row.judged))
    for place, count in counts.items():
        text = ngettext("Looked at %(count)d mail you received.", "Looked at %(count)d mails you received.", count) % {
            "count": count
        }
        yield Line(last[place], SCANNED, text, place[0])


def _found(rejections: Iterable[Rejection], names: Mapping[str, str]) -> Iterator[Line]:
    for row in rejections:
        company = row.company or names.get(row.key) or _("a company that is not named")
        told = {"company": company, "role": row.role}
        text = _("Found a no from %(company)s (%(role)s).") if row.role else _("Found a no from %(company)s.")
        yield Line(row.logged, FOUND, text % told, row.mailbox, row.message_id)


def _learned(trainings: Iterable[Training]) -> Iterator[Line]:
    for one in trainings:
        text = (
            _("Tried to learn from your corrections; the model stays as it is.")
            if one.why_not
            else _("You took back every correction: the model that came with the program judges again.")
            if not one.corrections
            else ngettext(
                "Learned from %(count)d mail that you corrected.",
                "Learned from %(count)d mails that you corrected.",
                one.corrections,
            )
            % {"count": one.corrections}
        )
        yield Line(one.ended, LEARNED, text)


def _said(entry: JournalEntry, names: Mapping[str, str]) -> Line:
    company = names.get(record_key(entry.mailbox, entry.message_id)) or _("a company that is not named")
    letter = dict(LETTERS).get(Kind(entry.detail)) if entry.detail in list(Kind) else None
    told = {"company": company, "letter": letter or _("a letter"), "what": entry.what}
    if entry.what == "replied":
        kind = ReplyKind(entry.detail) if entry.detail in list(ReplyKind) else ReplyKind.UNSURE
        text = _REPLIES[kind]
    else:
        text = _SENTENCES.get(_family(entry.what)) or _("Something was noted about %(company)s: %(what)s.")
    return Line(entry.at, entry.what, text % told, entry.mailbox, entry.message_id)


def _family(what: str) -> str:
    """What was done, where the sentences tell no kinds apart: application_merged and application_split are one."""
    if not what.startswith("application_"):
        return what
    return "application_undone" if what.endswith("_undone") else "application"
