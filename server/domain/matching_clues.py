"""What a judged mail says about the application it belongs to, and the mails of one thread taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nlp.verdict import Label
from server.domain.application import is_refusal
from server.domain.matching_names import (
    Likeness,
    company_words,
    is_of_domain,
    is_relay_name,
    own_domain,
    plain,
    role_words,
    roles,
    vacancy,
)
from server.domain.model import Contact, Judged
from server.domain.people import is_no_reply, person_name

Words = tuple[str, ...]

# A receipt so soon after the end answers a letter, and is no new application.
ECHO = timedelta(days=7)

# Mails that show that there is an application. Others only join one.
_FOUNDING = frozenset({Label.APPLICATION_RECEIVED, Label.INTERVIEW, Label.ASSESSMENT, Label.OFFER})
_ABOUT_JOBS = _FOUNDING | {Label.REJECTION, Label.OTHER_JOB, Label.RECRUITER_OUTREACH}


@dataclass(frozen=True, slots=True)
class Clue:
    """One mail, and what in it can tell the application. Empty: it does not say."""

    row: Judged
    company: Words = ()
    role: frozenset[str] = frozenset()
    number: str = ""  # of the vacancy
    domain: str = ""  # of the sender, if it is one employer's or one agency's
    person: Contact | None = None  # who wrote it, if a person did

    @property
    def founds(self) -> bool:
        """Whether the mail shows by itself that there is an application."""
        row = self.row
        return not row.own and (row.label in _FOUNDING or is_refusal(row) or row.hold or row.withdrawn)

    @property
    def is_receipt(self) -> bool:
        """Whether it says that an application has come in."""
        return self.row.label == Label.APPLICATION_RECEIVED

    @property
    def closes(self) -> bool:
        """Whether the application ends with it."""
        return is_refusal(self.row) or self.row.withdrawn


def clue_of(row: Judged) -> Clue:
    """What the mail says. A relay's name is no company's."""
    if not is_about_a_job(row):
        return Clue(row)
    address = row.sender.address
    company = company_words(row.company or "")
    name = "" if is_no_reply(address) else person_name(row.sender, row.company or "")
    return Clue(
        row,
        company=() if is_relay_name(company, address) else company,
        role=role_words(row.role or ""),
        number=vacancy(row.requisition),
        domain=own_domain(address),
        person=Contact(name, address) if name else None,
    )


def may_belong(row: Judged) -> bool:
    """Whether a row can be part of an application at all; what the seeker wrote can by its thread alone."""
    return not row.error and row.label != Label.JOB_ALERT


def is_about_a_job(row: Judged) -> bool:
    """Whether a row can be matched by what it says, and not by its thread alone."""
    return not row.own and not row.error and (row.label in _ABOUT_JOBS or row.hold or row.withdrawn)


@dataclass(slots=True)
class Strand:
    """Mails that belong together, and what they say together. It is made of one mail at least."""

    clues: list[Clue]
    pinned: str = ""  # the key of the placements that hold it together
    adrift: bool = False  # it could go to several strands of its thread
    # Most strands are single mails that say little, and thousands are kept: what is empty takes no room.
    companies: frozenset[Words] = frozenset()
    roles: frozenset[frozenset[str]] = frozenset()
    numbers: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)  # address -> name in small letters
    threads: frozenset[str] = frozenset()
    receipts: tuple[datetime, ...] = ()
    closings: tuple[datetime, ...] = ()
    order: tuple[datetime, str] = field(init=False)  # where it stands among others: by its first mail
    last: datetime = field(init=False)  # when its last mail came

    def __post_init__(self) -> None:
        clues, self.clues = self.clues, []
        self.order = min((clue.row.received, clue.row.message_id) for clue in clues)
        self.last = max(clue.row.received for clue in clues)
        self.take(clues)

    def take(self, clues: Iterable[Clue]) -> None:
        """Add mails."""
        for clue in clues:
            row = clue.row
            self.clues.append(clue)
            self.order = min(self.order, (row.received, row.message_id))
            self.last = max(self.last, row.received)
            self.threads |= {row.thread_id} - {""}
            self.companies |= {clue.company} - {()}
            self.numbers |= {clue.number} - {""}
            self.domains |= {clue.domain} - {""}
            self.roles |= {clue.role} - {frozenset()}
            if clue.person:
                self.people = {**self.people, clue.person.address: plain(clue.person.name)}
            self.receipts += (row.received,) if clue.is_receipt else ()
            self.closings += (row.received,) if clue.closes else ()

    @property
    def first(self) -> datetime:
        """When its first mail came."""
        return self.order[0]

    @property
    def founds(self) -> bool:
        """Whether it shows that there is an application."""
        return any(clue.founds for clue in self.clues)

    @property
    def is_named(self) -> bool:
        """Whether it says which company and which role or vacancy it is about."""
        return bool(self.companies) and bool(self.roles or self.numbers)

    def knows(self, role: frozenset[str]) -> Likeness:
        """How a role stands to the most alike of its own."""
        return max((roles(role, own) for own in self.roles), default=Likeness.UNKNOWN)

    def is_agency_of(self, company: Words) -> bool:
        """Whether that company wrote some of it itself, under its own domain."""
        return any(is_of_domain(company, clue.row.sender.address) for clue in self.clues if clue.domain)


def together(parts: Sequence[Strand]) -> Strand:
    """The mails of several strands as one, by the first of which it is called."""
    first = parts[0]
    return Strand(
        [clue for part in parts for clue in part.clues],
        pinned=first.pinned,
        companies=first.companies,  # the seeker may have said more of it than its mails do
        roles=first.roles,
    )


def strands(clues: Sequence[Clue]) -> list[Strand]:
    """The mails of one thread as one strand, or as several when it holds several applications.

    Gmail puts receipts of like subject into one thread, for two roles and for the same role a year later. So a receipt
    for another role or after the end, or another vacancy's number, begins a new strand. What follows goes where its
    own words name it, else to the one that is open; what could go to several stands alone.
    """
    parts: list[Strand] = []
    for clue in sorted(clues, key=lambda clue: (clue.row.received, clue.row.message_id)):
        fitting = [part for part in parts if not part.adrift and continues(part, clue)]
        named = [part for part in fitting if clue.number in part.numbers or part.knows(clue.role) is Likeness.SAME]
        live = [part for part in named or fitting if not part.closings]
        choice = named or fitting
        if len(choice) > 1 and live:
            choice = live
        if len(choice) == 1 or (choice and clue.row.own):
            choice[-1].take([clue])
        else:
            parts.append(Strand([clue], adrift=len(choice) > 1))
    return parts


def continues(part: Strand, clue: Clue) -> bool:
    """Whether nothing in the mail speaks against its being about the same application as the thread so far."""
    if clue.number and part.numbers and clue.number not in part.numbers:
        return False
    if not clue.is_receipt:
        return True
    if part.closings and clue.row.received - max(part.closings) > ECHO:
        return False
    return not part.receipts or part.knows(clue.role) is not Likeness.DIFFERENT
