"""The page of who took part in an application: name, part, last contact, and whether they can be answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from flask import Blueprint, render_template

from server.domain.application import BY_HAND, Application
from server.domain.contacts_parts import part_name, reason
from server.domain.model import Judged, Kind, LetterState, OutboxItem
from server.domain.particulars import Person
from server.errors import NotFound
from server.services.desk import Desk
from server.services.suggest import case_of
from server.texts import _
from server.web import phrases, views
from server.web.entries import link_of as link_of_mail
from server.web.entries import title_of

_NO = "rejection"
_ID = re.compile(r"[0-9a-f]{10,20}")


@dataclass(frozen=True, slots=True)
class Shown:
    """One who took part. `answer` says whether one can write to them, `letters` what was written to them from here."""

    name: str
    address: str
    about: str
    last: datetime
    day: str
    reason: str
    is_answerable: bool
    answer: str
    letters: tuple[str, ...]


def add_pages(pages: Blueprint, desk: Desk, nav: Callable[[str], views.Nav]) -> None:
    """The page, by the id of any mail of the application."""

    @pages.get("/people/<message_id>")
    def people(message_id: str) -> str:
        return render_template("people.html", nav=nav("people"), page=page(desk, message_id))


def page(desk: Desk, message_id: str) -> SimpleNamespace:
    """Who took part in what that mail is about, read from its thread and from what is kept of the company's mail.

    Raises NotFound for what was written into the log by hand, and what reading the mail raises.
    """
    if not _ID.fullmatch(message_id):
        raise NotFound(_("There is nothing at this address."), _("Go back to the start page."))
    view = desk.view(message_id)
    row = view.row
    if row.model == BY_HAND:
        raise NotFound(_("Nobody's mail is kept for this one: it was added by hand."), _("Go back to the log."))
    case = case_of(row, desk.open_mailbox(row.mailbox), desk.store, desk.applications.board())
    said_no = row.label == _NO
    return SimpleNamespace(
        title=title_of(case.row),
        role=case.row.role or "",
        link=link_of_mail(row),
        people=[_shown(one, view.letters, said_no=said_no) for one in case.people],
    )


def link_of(one: Application) -> str:
    """Where the people of an application are shown: by its last no, else its last mail; "" when there is none."""
    theirs = [row for row in one.messages if not row.own and row.model != BY_HAND]
    last = max(theirs, key=_weight, default=None)
    return f"/people/{last.message_id}" if last else ""


def _weight(row: Judged) -> tuple[bool, datetime]:
    return row.label == _NO, row.received


def _shown(one: Person, letters: list[OutboxItem], *, said_no: bool) -> Shown:
    last, name = one.last_contact.astimezone(), one.name or one.address
    about = [one.title, part_name(one.part)]
    told = reason(one.how, one.when) if said_no else ""  # "sent you this answer" is said of a no alone
    return Shown(
        name=name,
        address=one.address if one.name else "",
        about=" · ".join(dict.fromkeys(filter(None, about))),
        last=last,
        day=phrases.date_of(last),
        reason=told[:1].upper() + told[1:],
        is_answerable=one.is_answerable,
        answer=_("Can be answered") if one.is_answerable else one.why_not,
        letters=tuple(_letter(item) for item in letters if item.to == one.address and item.draft_id),
    )


def _letter(item: OutboxItem) -> str:
    state = LetterState.DRAFTED if item.state == "undone" else LetterState(item.state)
    title = phrases.LETTERS.get(Kind(item.kind), _("Letter"))
    return _("%(letter)s: %(state)s") % {"letter": title, "state": phrases.STATES[state]}
