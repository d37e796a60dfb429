"""What the Applications page shows, as plain values with every sentence made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from server.domain.application import BY_HAND, Application, ByHand, Change, Outcome
from server.domain.matching_called import as_called
from server.domain.matching_names import plain
from server.domain.model import Judged
from server.services.desk import Desk
from server.texts import _, ngettext
from server.web import phrases
from server.web import phrases_applications as said
from server.web.entries import link_of, name_of, title_of
from server.web.people import link_of as people_of

PAGE = 50  # applications on one page


@dataclass(frozen=True, slots=True)
class Mail:
    """One message of an application."""

    id: str
    when: str
    what: str
    subject: str
    link: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One application."""

    id: str
    title: str
    company: str
    role: str
    requisition: str
    outcome: str
    outcome_words: str
    stage: str
    stage_words: str
    received: datetime
    day: str
    people: str
    people_link: str
    note: str
    by_hand: bool
    mails: tuple[Mail, ...]
    mails_words: str
    told_stage: str = ""
    told_outcome: str = ""


def page(desk: Desk, query: Mapping[str, str], typed: Mapping[str, str] | None) -> SimpleNamespace:
    """The page for a query: `q` words, `outcome`, `page` from 1. `typed`: what a refused form held."""
    board, words = desk.applications.board(), query.get("q", "")
    outcome = query.get("outcome", "") if query.get("outcome", "") in list(Outcome) else ""
    fitting = [one for one in board.applications if _fits(one, words, outcome)]
    number = int(query["page"]) if query.get("page", "").isdecimal() and len(query["page"]) < 6 else 1  # noqa: PLR2004
    last = max(1, -(-len(fitting) // PAGE))
    number = min(max(1, number), last)
    return SimpleNamespace(
        applications=[shown(desk, one) for one in fitting[(number - 1) * PAGE : number * PAGE]],
        unsure=[_asked(desk, one.messages, one.candidates) for one in board.unsure],
        summary=summary(board.applications),
        none=not board.applications,
        found=_found(len(fitting)) if words or outcome else "",
        change=_change(desk.applications.last_change()),
        query=SimpleNamespace(q=words, outcome=outcome, number=number, last=last),
        typed=typed or {},
        words=said,
        today=desk.clock.now().astimezone().date().isoformat(),
    )


def summary(applications: tuple[Application, ...]) -> str:
    """How many there are, and how they stand."""
    if not applications:
        return ""
    count = len(applications)
    text = ngettext("%(count)d application.", "%(count)d applications.", count) % {"count": count}
    stands = [(said.OUTCOMES[outcome], sum(one.outcome is outcome for one in applications)) for outcome in Outcome]
    return " ".join([text, *(f"{name}: {number}." for name, number in stands if number)])


def shown(desk: Desk, one: Application) -> Shown:
    """An application as the list shows it."""
    last = one.last.astimezone()
    mails = tuple(_mail(desk, row) for row in one.messages)
    count, told = len(mails), desk.applications.said_of(one)
    return Shown(
        id=one.id,
        title=title_of(as_called(next((row for row in one.messages if not row.own), one.messages[0]), one)),
        company=one.company or "",
        role=one.role or "",
        requisition=one.requisition,
        outcome=one.outcome,
        outcome_words=said.OUTCOMES[one.outcome],
        stage=one.stage,
        stage_words=said.STAGES[one.stage],
        received=last,
        day=day(last),
        people=", ".join(person.name for person in one.people),
        people_link=people_of(one),
        note=one.note,
        by_hand=bool(one.by_hand),
        mails=mails,
        mails_words=ngettext("%(count)d message", "%(count)d messages", count) % {"count": count},
        told_stage=told.stage or "",
        told_outcome=told.outcome or "",
    )


def day(moment: datetime) -> str:
    """A day with its year: 4 September 2026."""
    return phrases.date_of(moment)


def _mail(desk: Desk, row: Judged) -> Mail:
    when = day(row.received.astimezone())
    if row.model == BY_HAND:
        told = desk.store.get(ByHand, row.message_id)
        way = said.WAYS[told.way] if told else ""
        what = _("You withdrew") if row.withdrawn else said.MAILS.get(row.label or "", _("News"))
        return Mail(row.message_id, when, what, way, "", told.note if told else "")
    if row.own:
        what = _("You withdrew") if row.withdrawn else _("You wrote")
    else:
        what = said.MAILS.get(row.label or "", _("Mail"))
    return Mail(row.message_id, when, what, row.subject, link_of(row))


def _asked(desk: Desk, rows: tuple[Judged, ...], candidates: tuple[Application, ...]) -> SimpleNamespace:
    first = rows[0]
    return SimpleNamespace(
        id=first.message_id,
        subject=first.subject or _("(no subject)"),
        sender=name_of(first.sender),
        mail=_mail(desk, first),
        sentences=tuple(span.text for span in first.evidence),
        language=first.language,
        received=first.received.astimezone(),
        day=day(first.received.astimezone()),
        title=first.subject,
        candidates=[shown(desk, one) for one in candidates],
    )


def _fits(one: Application, words: str, outcome: str) -> bool:
    text = plain(
        " ".join([one.company or "", one.role or "", one.requisition, one.note, *(p.name for p in one.people)])
    )
    return (not outcome or one.outcome == outcome) and all(word in text for word in plain(words[:200]).split())


def _found(count: int) -> str:
    return ngettext("%(count)d found", "%(count)d found", count) % {"count": count}


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {"what": said.CHANGES.get(change.what, ""), "day": day(change.made.astimezone())}
