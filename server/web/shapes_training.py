"""The classifier in use and what it learned, as the command line prints it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel

from server.domain.model import Training
from server.services.learning import Status


class FiguresAnswer(BaseModel):
    """How a model did on the mails kept for checking."""

    model: str
    mails: int
    f1: float | None
    auto_precision: float | None


class TrainingAnswer(BaseModel):
    """One time that it learned."""

    when: datetime
    seconds: float
    corrections: int
    accepted: bool
    why_not: str
    before: FiguresAnswer | None
    after: FiguresAnswer | None

    @classmethod
    def of(cls, training: Training) -> TrainingAnswer:
        """The answer for a training."""
        before, after = (
            FiguresAnswer(**asdict(figures)) if figures else None for figures in (training.before, training.after)
        )
        return cls(
            when=training.made,
            seconds=round((training.ended - training.made).total_seconds(), 1),
            corrections=training.corrections,
            accepted=not training.why_not,
            why_not=training.why_not,
            before=before,
            after=after,
        )


class ModelAnswer(BaseModel):
    """The classifier in use, and what it learned; as `classact model status --json` prints it."""

    version: str
    own: bool
    ignored: str
    corrections: int
    new: int
    running: bool
    last: TrainingAnswer | None

    @classmethod
    def of(cls, status: Status) -> ModelAnswer:
        """The answer for a status."""
        names = ("version", "own", "ignored", "corrections", "new", "running")
        last = TrainingAnswer.of(status.last) if status.last else None
        return cls(last=last, **{name: getattr(status, name) for name in names})
