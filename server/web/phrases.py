"""Phrases that pages need again and again: dates, states, kinds of letters, commands set as code."""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup, escape

from server.domain.model import Kind, LetterState
from server.texts import _

_COMMAND = re.compile(r"`([^`]+)`")

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)

WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

STATES = {
    LetterState.NEW: _("Not answered yet"),
    LetterState.DRAFTED: _("Draft saved"),
    LetterState.HELD: _("Letter waiting to be sent"),
    LetterState.SENDING: _("Letter being sent"),
    LetterState.SENT: _("Answered"),
    LetterState.UNKNOWN: _("Please look under Sent"),
    LetterState.FAILED: _("Letter not sent"),
    LetterState.ANSWERED: _("Answered by you"),
    LetterState.DISMISSED: _("Not a rejection"),
}

LETTERS = {
    Kind.THANK_YOU: _("Thank-you letter"),
    Kind.FEEDBACK: _("Request for feedback"),
    Kind.STAY_IN_TOUCH: _("A line to stay in touch"),
    Kind.THANKS_FOR_FEEDBACK: _("Thanks for the feedback"),
    Kind.KEEP_IN_MIND: _("A line to be kept in mind"),
}


def commands(text: str) -> Markup:
    """A sentence with its `commands` set as code."""
    parts = _COMMAND.split(text)
    return Markup("").join(
        Markup("<code>%s</code>") % part if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def day_of(moment: datetime) -> str:
    """A date as a list shows it under its month: 4 September."""
    return _("%(day)s %(month)s") % {"day": moment.day, "month": MONTHS[moment.month - 1]}


def date_of(moment: datetime) -> str:
    """A date with its year: 4 September 2026."""
    return _("%(day)s %(year)s") % {"day": day_of(moment), "year": moment.year}


def reminded_on(due: datetime) -> str:
    """What is said when a letter was put off, with the day: `due` is where the seeker is."""
    named = {"weekday": WEEKDAYS[due.weekday()], "day": day_of(due), "time": f"{due:%H:%M}"}
    return _("You will be reminded on %(weekday)s, %(day)s, at %(time)s.") % named
