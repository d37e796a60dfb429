"""Which application a mail belongs to: by thread, vacancy, company and role, people; and when to ask instead.

The grouping depends on all judged mails and on the order in which they were received, so neither the order in which
they arrive here nor a second scan changes it. What the seeker placed by hand is never moved. What comes is fitted in:
the work goes by what it can touch (domain/matching_homes.py), and not by how many mails there are.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from server.domain.application import Application, ByHand, Description, Placement, Unsure, outcome_of, stage_reached
from server.domain.matching_called import company_of, role_of
from server.domain.matching_clues import Strand
from server.domain.matching_homes import Home, Homes
from server.domain.matching_mails import Mails
from server.domain.model import Contact, Correction, Judged

Record = Judged | Placement | Description | ByHand | Correction  # what applications are made of


@dataclass(frozen=True, slots=True)
class Told:
    """What the seeker said, by key."""

    placements: Mapping[str, Placement] = field(default_factory=dict)
    descriptions: Mapping[str, Description] = field(default_factory=dict)
    by_hand: Mapping[str, ByHand] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grouping:
    """All applications, the latest news first, and what the seeker is asked about. No message is in two places."""

    applications: tuple[Application, ...]
    unsure: tuple[Unsure, ...]
    _of: Mapping[str, Application] = field(default_factory=dict, repr=False, compare=False)

    def of(self, message_id: str) -> Application | None:
        """The application that the message belongs to."""
        return self._of.get(message_id)


def group(rows: Iterable[Judged], told: Told | None = None) -> Grouping:
    """Put the mails into applications. A message that two mailboxes hold counts once."""
    told = told or Told()
    said = (told.placements, told.descriptions, told.by_hand, told.corrections)
    return Matching().follow([*rows, *(record for records in said for record in records.values())])


class Matching:
    """The grouping of mails that come, change and go."""

    def __init__(self) -> None:
        self._mails, self._homes = Mails(), Homes()
        self._by_hand: dict[str, ByHand] = {}
        self._corrections: dict[str, Correction] = {}
        self._made: dict[Home, Application] = {}
        self._in_order: list[Application] = []  # the latest news last
        self._of: dict[str, Home] = {}  # by message id
        self._application_of: dict[str, Application] = {}

    def follow(self, records: Iterable[Record], gone: Iterable[tuple[type[object], str]] = ()) -> Grouping:
        """The grouping after these records came or changed and those kinds and keys went; what it does not touch stays.

        It is the same as that of all records at once.
        """
        said_of: set[str] = set()  # messages of which something new is said
        for record in records:
            if isinstance(record, ByHand):
                self._by_hand[record.key] = record
                said_of.add(record.message_id)
            elif isinstance(record, Correction):
                self._corrections[record.key] = record
                said_of.add(record.message_id)
            else:
                self._mails.put(record)
                said_of.update(self._mails.put_together(record.key) if isinstance(record, Description) else ())
        for kind, key in gone:
            self._mails.remove(kind, key)
            if kind is ByHand and key in self._by_hand:
                said_of.add(self._by_hand.pop(key).message_id)
            elif kind is Correction and key in self._corrections:
                said_of.add(self._corrections.pop(key).message_id)
            elif kind is Description:
                said_of.update(self._mails.put_together(key))
        touched = dict.fromkeys(self._homes.change(*self._mails.sorted_anew()))
        touched |= dict.fromkeys(self._of[message_id] for message_id in said_of if message_id in self._of)
        self._make(touched)
        return self._grouping()

    def _make(self, homes: Iterable[Home]) -> None:
        """Make the applications of these homes anew."""
        old = [self._made.pop(home) for home in homes if home in self._made]
        left = {id(one) for one in old}
        self._in_order = [one for one in self._in_order if id(one) not in left]
        for row in (row for one in old for row in one.messages):
            self._of.pop(row.message_id, None)
            self._application_of.pop(row.message_id, None)
        for home in (home for home in homes if home.parts):
            self._made[home] = made = self._application(home.whole)
            insort(self._in_order, made, key=_latest)
            self._of |= dict.fromkeys((row.message_id for row in made.messages), home)
            self._application_of |= dict.fromkeys((row.message_id for row in made.messages), made)

    def _grouping(self) -> Grouping:
        asked = sorted(self._homes.asked, key=lambda part: part.strand.order, reverse=True)
        unsure = (Unsure(_messages(part.strand), tuple(self._made[home] for home in part.among)) for part in asked)
        return Grouping(tuple(reversed(self._in_order)), tuple(unsure), self._application_of.copy())

    def _application(self, strand: Strand) -> Application:
        rows = _messages(strand)
        said = self._mails.description(strand.pinned) or Description(strand.pinned, rows[0].received)
        stages = [news.stage for row in rows if (news := self._by_hand.get(row.message_id)) and news.stage]
        return Application(
            company=company_of(strand.clues, said, self._corrections),
            role=role_of(strand.clues, said, self._corrections),
            requisition=next((row.requisition for row in rows if row.requisition), ""),
            messages=rows,
            people=_people(strand),
            stage=said.stage or stage_reached(rows, stages),
            outcome=said.outcome or outcome_of(rows),
            note=said.note,
            by_hand=strand.pinned,
        )


def _latest(application: Application) -> tuple[datetime, str]:
    return application.last, application.id


def _messages(strand: Strand) -> tuple[Judged, ...]:
    return tuple(sorted((clue.row for clue in strand.clues), key=lambda row: (row.received, row.message_id)))


def _people(strand: Strand) -> tuple[Contact, ...]:
    """Who wrote, the latest first."""
    written = sorted((clue for clue in strand.clues if clue.person), key=lambda clue: clue.row.received, reverse=True)
    return tuple({clue.person.address: clue.person for clue in written if clue.person}.values())
