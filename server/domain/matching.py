"""Which application a mail belongs to: by thread, vacancy, company and role, people; and when to ask instead.

The grouping is made from all judged mails at once, in the order in which they were received, so neither the order in
which they arrive here nor a second scan changes it. What the seeker placed by hand is never moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from server.domain.application import Application, ByHand, Description, Placement, Unsure, outcome_of, stage_reached
from server.domain.matching_called import company_of, role_of
from server.domain.matching_clues import Clue, Strand, clue_of, continues, may_belong, strands
from server.domain.matching_fit import BETWEEN_RECEIPTS, Fit, fit
from server.domain.matching_names import company_words, role_words, weighty
from server.domain.model import Contact, Correction, Judged

_MOST_CANDIDATES = 5  # to choose from; more are no help


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
    _homes: Mapping[str, Application] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        homes = {row.message_id: one for one in self.applications for row in one.messages}
        object.__setattr__(self, "_homes", homes)  # asked for once a line of the log

    def of(self, message_id: str) -> Application | None:
        """The application that the message belongs to."""
        return self._homes.get(message_id)


def group(rows: Iterable[Judged], told: Told | None = None) -> Grouping:
    """Put the mails into applications. A message that two mailboxes hold counts once."""
    told = told or Told()
    known = _Known()
    doubtful: list[tuple[Strand, list[Strand]]] = []
    distinct = _distinct(rows)
    for pinned in _pinned(distinct, told):
        known.add(pinned)
    for strand in sorted(_free(distinct, told), key=lambda one: (not one.is_named, one.order)):
        fitting, sure = known.candidates(strand)
        if sure is not None:
            sure.take(strand.clues)
            known.learn(sure)
        elif fitting and strand.founds:
            doubtful.append((strand, fitting))
        elif not fitting and strand.founds:
            known.add(strand)
    made = {id(strand): _application(strand, told) for strand in known.strands}
    applications = sorted(made.values(), key=lambda one: (one.last, one.id), reverse=True)
    asked = sorted(doubtful, key=lambda pair: pair[0].order, reverse=True)
    unsure = [Unsure(_messages(one), tuple(made[id(other)] for other in others)) for one, others in asked]
    return Grouping(tuple(applications), tuple(unsure))


class _Known:
    """The applications so far, and where to look for the few that a strand could belong to."""

    def __init__(self) -> None:
        self.strands: list[Strand] = []
        self._at: dict[object, dict[int, Strand]] = defaultdict(dict)

    def add(self, strand: Strand) -> None:
        self.strands.append(strand)
        self.learn(strand)

    def learn(self, strand: Strand) -> None:
        nameless = () if strand.companies else (("nameless", role) for role in strand.roles)
        longer = (("begins", name[:size]) for name in strand.companies for size in range(1, len(name)))
        for sign in (*_signs(strand), *(("role", role) for role in strand.roles), *nameless, *longer):
            self._at[sign][id(strand)] = strand

    def candidates(self, strand: Strand) -> tuple[list[Strand], Strand | None]:
        """What it could belong to, likeliest first, and the one that it does belong to if that is clear."""
        in_thread = [known for known in self._near(strand, "thread") if known.pinned or strand.adrift]
        joined = [known for known in in_thread if all(continues(known, clue) for clue in strand.clues)]
        if joined:
            surely = [known for known in joined if fit(strand, known) is Fit.SURE]
            return joined[:_MOST_CANDIDATES], _the_one(strand, surely or joined)
        fits = [(fit(strand, known), known.last, known.order, known) for known in self._near(strand)]
        fits.sort(key=lambda one: one[:3], reverse=True)
        fitting = [known for one, *_rest, known in fits if one is not Fit.NO][:_MOST_CANDIDATES]
        for rank in (Fit.SURE, Fit.LIKELY):
            if best := [known for one, *_rest, known in fits if one is rank]:
                return fitting, _the_one(strand, best)
        return fitting, None

    def _near(self, strand: Strand, kind: str = "") -> list[Strand]:
        role = "nameless" if strand.companies else "role"  # a role alone finds any company's, a company's one without
        shorter = (("company", "".join(name[:size])) for name in strand.companies for size in range(1, len(name)))
        longer = (("begins", name) for name in strand.companies)
        every = (*_signs(strand), *((role, words) for words in strand.roles), *shorter, *longer)
        signs = [sign for sign in every if not kind or sign[0] == kind]
        return list({key: known for sign in signs for key, known in self._at[sign].items()}.values())


def _signs(strand: Strand) -> Iterator[tuple[object, ...]]:
    """By what a strand finds others, and is found."""
    yield from (("thread", thread) for thread in strand.threads)
    yield from (("number", number) for number in strand.numbers)
    yield from (("domain", domain) for domain in strand.domains)
    yield from (("person", address) for address in strand.people)
    yield from (("name", name) for name in strand.people.values())
    for company in strand.companies:
        yield "company", "".join(company)
        yield "company", weighty(company)


def _the_one(strand: Strand, fitting: Sequence[Strand]) -> Strand | None:
    """The only one that fits; else the only one by the same person, still open, or that was heard of not long ago."""
    for narrower in (
        fitting,
        [one for one in fitting if strand.people.keys() & one.people.keys()],
        [one for one in fitting if not any(end < strand.first for end in one.closings)],
        [one for one in fitting if abs(strand.first - one.last) <= BETWEEN_RECEIPTS],
    ):
        if len(narrower) == 1:
            return narrower[0]
    return None


def _distinct(rows: Iterable[Judged]) -> list[Judged]:
    """Each message once, in an order that does not depend on the one in which they came."""
    by_id: dict[str, Judged] = {}
    for row in sorted((row for row in rows if may_belong(row)), key=lambda row: (row.received, row.key)):
        by_id.setdefault(row.message_id, row)
    return list(by_id.values())


def _pinned(rows: Iterable[Judged], told: Told) -> Iterator[Strand]:
    """What the seeker put together, as it is."""
    placed: dict[str, list[Clue]] = defaultdict(list)
    for row in rows:
        if placement := told.placements.get(row.message_id):
            placed[placement.application].append(clue_of(row))
    for key, clues in placed.items():
        strand = Strand(clues, pinned=key)
        if said := told.descriptions.get(key):
            strand.companies.update({company_words(said.company or "")} - {()})
            strand.roles.update([role_words(said.role)] if said.role else [])
        yield strand


def _free(rows: Iterable[Judged], told: Told) -> Iterator[Strand]:
    """What nobody placed, thread by thread. Mail without a thread stands alone."""
    by_thread: dict[str, list[Clue]] = defaultdict(list)
    for row in rows:
        if row.message_id not in told.placements:
            by_thread[row.thread_id or row.key].append(clue_of(row))
    for clues in by_thread.values():
        yield from strands(clues)


def _messages(strand: Strand) -> tuple[Judged, ...]:
    return tuple(sorted((clue.row for clue in strand.clues), key=lambda row: (row.received, row.message_id)))


def _application(strand: Strand, told: Told) -> Application:
    rows = _messages(strand)
    said = told.descriptions.get(strand.pinned) or Description(strand.pinned, rows[0].received)
    stages = [news.stage for row in rows if (news := told.by_hand.get(row.message_id)) and news.stage]
    return Application(
        company=company_of(strand.clues, said, told.corrections),
        role=role_of(strand.clues, said, told.corrections),
        requisition=next((row.requisition for row in rows if row.requisition), ""),
        messages=rows,
        people=_people(strand),
        stage=said.stage or stage_reached(rows, stages),
        outcome=said.outcome or outcome_of(rows),
        note=said.note,
        by_hand=strand.pinned,
    )


def _people(strand: Strand) -> tuple[Contact, ...]:
    """Who wrote, the latest first."""
    written = sorted((clue for clue in strand.clues if clue.person), key=lambda clue: clue.row.received, reverse=True)
    return tuple({clue.person.address: clue.person for clue in written if clue.person}.values())
