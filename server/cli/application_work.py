"""Applications as commands: what they do at the desk, what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from server.console import Console
from server.domain.application import Application, Stage, Way
from server.services.applications import Applications
from server.services.by_hand import News, What
from server.services.desk import Desk
from server.texts import _, ngettext
from server.web.application_shapes import ApplicationAnswer, board_answer
from server.web.phrases_applications import CHANGES, OUTCOMES, STAGES


def add(
    desk: Desk,
    console: Console,
    *,
    day: str,
    what: str,
    way: str,
    stage: str | None,
    to: str,
    as_json: bool,
    **told: str,
) -> int:
    """Log news that came by hand, and say in which application it is now."""
    news = News(
        what=What(what),
        way=Way(way),
        stage=Stage(stage) if stage else None,
        day=date.fromisoformat(day) if day else None,
        **told,
    )
    row = desk.applications.add(news, to)
    found = desk.applications.board().of(row.message_id)
    if as_json:
        answer = {"message_id": row.message_id, "application": _json(found) if found else None}
        console.out(json.dumps(answer, ensure_ascii=False))
    elif found is None:
        console.out(_("Noted: %(id)s.") % {"id": row.message_id})
        console.err(_("It could belong to several applications: run `classact applications` and place it."))
    else:
        console.out(_("Noted: %(id)s, %(application)s.") % {"id": row.message_id, "application": _name(found)})
    return 0


def applications(
    desk: Desk,
    console: Console,
    *,
    action: str = "list",
    ids: Sequence[str] = (),
    to: str = "",
    said: Mapping[str, str | None] | None = None,
    as_json: bool,
) -> int:
    """List them, or do one thing to those that are named and show what they are now."""
    work = desk.applications
    if action == "undo":
        change = work.undo()
        console.out(
            json.dumps({"undone": change.what}) if as_json else _("Undone: %(what)s") % {"what": CHANGES[change.what]}
        )
        return 0
    if action == "list":
        board = work.board()
        for text in [json.dumps(board_answer(board), ensure_ascii=False)] if as_json else _listed(work):
            console.out(text)
        return 0
    changed = {
        "merge": lambda: [work.merge(ids)],
        "split": lambda: [work.split(ids)],
        "place": lambda: [work.place(ids[0], to)],
        "edit": lambda: work.edit(ids, **(said or {})),
    }[action]()
    for one in [] if as_json else changed:
        for line in _lines(one):
            console.out(line)
    if as_json:
        console.out(json.dumps([_json(one) for one in changed], ensure_ascii=False))
    return 0


def _listed(work: Applications) -> Iterator[str]:
    board = work.board()
    if not board.applications and not board.unsure:
        yield _("There are no applications yet.")
    for one in board.applications:
        yield from _lines(one)
    if board.unsure:
        yield ""
        yield ngettext(
            "%(count)d mail could belong to several applications:",
            "%(count)d mails could belong to several applications:",
            len(board.unsure),
        ) % {"count": len(board.unsure)}
    for asked in board.unsure:
        row = asked.messages[0]
        yield f"{row.received:%Y-%m-%d}  {row.message_id}  {row.company or row.sender.address}  {row.subject}"
        for one in asked.candidates:
            yield f"            → {one.id}  {_name(one)}"


def _lines(one: Application) -> Iterator[str]:
    yield f"{one.last:%Y-%m-%d}  {one.id}  {OUTCOMES[one.outcome]}, {STAGES[one.stage]}  {_name(one)}"
    if len(one.messages) > 1:
        yield "            " + " ".join(row.message_id for row in one.messages)


def _name(one: Application) -> str:
    return " · ".join(name for name in (one.company or _("company not named"), one.role) if name)


def _json(one: Application) -> dict[str, Any]:
    return ApplicationAnswer.of(one).model_dump(mode="json")
