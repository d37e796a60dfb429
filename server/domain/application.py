"""Applications: what the seeker applied for, the mails that belong to it, how far it got and how it stands.

An `Application` is made from the judged mails, and again when they change (domain/matching.py). What is stored is
only what the seeker said: which mail belongs where, what it is called, what came by phone. That always wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nlp.verdict import Band, Label
from server.domain.model import Contact, Judged

BY_HAND = "by hand"  # the `model` of a row that the seeker wrote into the log


class Stage(StrEnum):
    """How far an application got, in the order in which it usually gets there."""

    APPLIED = "applied"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"
    OFFER = "offer"


class Outcome(StrEnum):
    """How an application stands. That the company said no and that the seeker withdrew are two things."""

    OPEN = "open"
    SAID_NO = "said_no"
    WITHDREW = "withdrew"
    ON_HOLD = "on_hold"


class Way(StrEnum):
    """How news came that is in no mailbox."""

    PHONE = "phone"
    POST = "post"
    PORTAL = "portal"
    PERSON = "in_person"
    MESSAGE = "message"
    OTHER = "other"


_STAGES = {Label.ASSESSMENT: Stage.ASSESSMENT, Label.INTERVIEW: Stage.INTERVIEW, Label.OFFER: Stage.OFFER}
_FORWARD = frozenset({Label.INTERVIEW, Label.ASSESSMENT, Label.OFFER})


@dataclass(frozen=True, slots=True)
class Placement:
    """The seeker says to which application a message belongs. `application`: the key that its placements share."""

    message_id: str
    application: str
    made: datetime

    @property
    def key(self) -> str:
        """The store's key."""
        return self.message_id


@dataclass(frozen=True, slots=True)
class Description:
    """What the seeker says of an application that was put together by hand. None: as its mails have it."""

    application: str
    made: datetime
    company: str | None = None
    role: str | None = None
    stage: Stage | None = None
    outcome: Outcome | None = None
    note: str = ""

    @property
    def key(self) -> str:
        """The store's key."""
        return self.application


@dataclass(frozen=True, slots=True)
class ByHand:
    """News that came by phone, post or portal; it stands beside a judged row of the same id."""

    mailbox: str
    message_id: str
    way: Way
    made: datetime
    stage: Stage | None = None  # how far it had got
    note: str = ""

    @property
    def key(self) -> str:
        """The store's key."""
        return self.message_id


@dataclass(frozen=True, slots=True)
class Change:
    """One thing the seeker did to applications, with what it takes to undo it.

    `before` holds what stood there; what is in `placed` or `said` and not in it was new.
    """

    id: str
    made: datetime
    mailbox: str  # one that it concerns: what was done in the demo is undone there
    what: str  # merged, split, edited, placed, added
    count: int
    placed: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    placements_before: tuple[Placement, ...] = ()
    descriptions_before: tuple[Description, ...] = ()
    added: tuple[str, ...] = ()  # ids of rows written by hand

    @property
    def key(self) -> str:
        """The store's key."""
        return self.id


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `messages` are oldest first; the id of any of them names the application, the first is `id`."""

    company: str | None
    role: str | None
    requisition: str
    messages: tuple[Judged, ...]
    people: tuple[Contact, ...]
    stage: Stage
    outcome: Outcome
    note: str = ""
    by_hand: str = ""  # the key of its placements, "" while nobody touched it

    @property
    def id(self) -> str:
        """The id of its first message."""
        return self.messages[0].message_id

    @property
    def threads(self) -> tuple[str, ...]:
        """The threads that its messages lie in, in order."""
        return tuple(dict.fromkeys(row.thread_id for row in self.messages if row.thread_id))

    @property
    def started(self) -> datetime:
        """When its first message came."""
        return self.messages[0].received

    @property
    def last(self) -> datetime:
        """When its last message came."""
        return self.messages[-1].received


@dataclass(frozen=True, slots=True)
class Unsure:
    """Messages of one thread that could belong to several applications: the seeker is asked. Likeliest first."""

    messages: tuple[Judged, ...]
    candidates: tuple[Application, ...]


def is_refusal(row: Judged) -> bool:
    """Whether the mail is a logged no; one that waits for the seeker's yes is none yet, a role on hold neither."""
    return row.label == Label.REJECTION and row.band == Band.AUTO and not row.hold


def stage_of(application: Application) -> Stage:
    """How far it got: after an interview a letter may say so."""
    return application.stage


def stage_reached(rows: Iterable[Judged], told: Iterable[Stage] = ()) -> Stage:
    """The furthest stage that any of the mails speaks of, or that the seeker told."""
    order = list(Stage)
    reached = [_STAGES[Label(row.label)] for row in rows if row.label in _STAGES and row.band != Band.REVIEW]
    return max((Stage.APPLIED, *reached, *told), key=order.index)


def outcome_of(rows: Iterable[Judged]) -> Outcome:
    """How it stands after its mails, oldest first.

    Who ended it first ended it: a "no" that answers a withdrawal, or a closing mail to everybody, is none of the
    company's. An invitation after a no or a pause opens it again.
    """
    outcome = Outcome.OPEN
    for row in rows:
        if row.withdrawn and outcome is not Outcome.SAID_NO:
            outcome = Outcome.WITHDREW
        elif is_refusal(row) and outcome is not Outcome.WITHDREW:
            outcome = Outcome.SAID_NO
        elif row.hold and outcome is Outcome.OPEN:
            outcome = Outcome.ON_HOLD
        elif row.label in _FORWARD and row.band != Band.REVIEW and outcome in (Outcome.ON_HOLD, Outcome.SAID_NO):
            outcome = Outcome.OPEN
    return outcome
