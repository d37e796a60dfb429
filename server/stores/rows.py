"""Records to plain JSON rows and back, checked both ways; the name of each kind's table."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from server.domain import application, candidates, model, own_line, reminders, replies, tidying
from server.errors import StoreDamaged
from server.ports import Keyed, R
from server.texts import _

TABLES: dict[type[Keyed], str] = {
    model.Judged: "judged",
    model.Rejection: "rejections",
    model.Correction: "corrections",
    model.Cursor: "cursors",
    model.OutboxItem: "outbox",
    model.JournalEntry: "journal",
    model.Pairing: "pairings",
    model.Training: "trainings",
    replies.Reply: "replies",
    reminders.Reminder: "reminders",
    candidates.Scope: "scopes",
    candidates.Coverage: "coverage",
    application.Placement: "placements",
    application.Description: "descriptions",
    application.ByHand: "by_hand",
    application.Change: "application_changes",
    own_line.OwnLine: "own_lines",
    tidying.Tidying: "tidying",
    tidying.Tidied: "tidied",
}


def kinds() -> dict[str, type[Keyed]]:
    """Every kind of record that is kept, by the name of its table."""
    return {table: kind for kind, table in TABLES.items()}


def to_row(record: Keyed) -> dict[str, Any]:
    """The record as JSON values; any text at all stays as it is."""
    row: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json")
    return row


def from_row(kind: type[R], row: dict[str, Any]) -> R:
    """The record of a row; raises StoreDamaged when a field is missing or of another type."""
    try:
        record: R = _adapter(kind).validate_python(row)
    except ValidationError as error:
        fields = ", ".join(".".join(str(step) for step in problem["loc"]) for problem in error.errors())
        raise StoreDamaged(TABLES[kind], _("a record has a wrong field: %(fields)s") % {"fields": fields}) from error
    return record


@cache
def _adapter(kind: type[R]) -> TypeAdapter[R]:
    return TypeAdapter(kind)
