"""Records to plain JSON rows and back, checked both ways; the name of each kind's table."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from server.domain import model
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
}


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
