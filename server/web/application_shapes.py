"""Applications as JSON values; as `classact applications --json` prints them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from server.domain.application import Application, Outcome, Stage
from server.domain.matching import Grouping
from server.domain.model import Judged


class PersonAnswer(BaseModel):
    """Who wrote."""

    name: str
    address: str


class MessageOfApplication(BaseModel):
    """One message of it. `label` is None for what the seeker wrote."""

    message_id: str
    thread_id: str
    mailbox: str
    received: datetime
    label: str | None
    own: bool
    withdrawn: bool

    @classmethod
    def of(cls, row: Judged) -> MessageOfApplication:
        """The answer for a row."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ApplicationAnswer(BaseModel):
    """One application; `id` is that of its first message."""

    id: str
    company: str | None
    role: str | None
    requisition: str
    stage: Stage
    outcome: Outcome
    started: datetime
    last: datetime
    people: list[PersonAnswer]
    messages: list[MessageOfApplication]
    note: str
    by_hand: bool

    @classmethod
    def of(cls, one: Application) -> ApplicationAnswer:
        """The answer for an application."""
        names = ("id", "company", "role", "requisition", "stage", "outcome", "started", "last", "note")
        return cls(
            people=[PersonAnswer(name=person.name, address=person.address) for person in one.people],
            messages=[MessageOfApplication.of(row) for row in one.messages],
            by_hand=bool(one.by_hand),
            **{name: getattr(one, name) for name in names},
        )


def board_answer(board: Grouping) -> dict[str, Any]:
    """All applications, and what could belong to several of them, by id."""
    return {
        "applications": [ApplicationAnswer.of(one).model_dump(mode="json") for one in board.applications],
        "unsure": [
            {
                "messages": [MessageOfApplication.of(row).model_dump(mode="json") for row in asked.messages],
                "candidates": [one.id for one in asked.candidates],
            }
            for asked in board.unsure
        ],
    }
