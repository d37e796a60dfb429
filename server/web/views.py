"""What stands around the lists of the pages: links, progress, trouble, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.domain.connection import ConnectionState
from server.domain.model import LetterState
from server.domain.progress import pace_words
from server.services.background import Background
from server.services.connect import standings
from server.services.desk import Desk
from server.texts import _, ngettext
from server.web.entries import Month


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
    model = background.model_error()
    if model is not None:
        found.insert(0, {"error": str(model), "hint": model.hint})
    return tuple(found)


def accounts(desk: Desk) -> str:
    """Which accounts are looked at, and which of them need something."""
    every = standings(desk)
    fine = [one.address for one in every if one.state is ConnectionState.CONNECTED]
    said = [_("Connected: %(accounts)s.") % {"accounts": ", ".join(fine)}] if fine else []
    said += [f"{one.address}: {one.name}." for one in every if one.address and one.address not in fine]
    return " ".join(said)
