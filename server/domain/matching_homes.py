"""Which strands make one application. Strands come and go; only what that can touch is decided anew.

Strands are decided on one after the other, in an order that does not depend on when they arrived: what the seeker put
together first, then what names company and role, then the rest, each by its first mail. A strand goes by what stands
before it and by nothing else. So when a strand comes, goes or moves, those later ones are looked at again that look
for a sign of its application, in their order; what comes out is what deciding on all of them from the start gives.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from server.domain.matching_clues import Strand, continues, together
from server.domain.matching_fit import BETWEEN_RECEIPTS, Fit, fit
from server.domain.matching_names import weighty

_MOST_CANDIDATES = 5  # to choose from; more are no help

Sign = tuple[object, ...]
Place = tuple[int, datetime, str]


@dataclass(eq=False, repr=False, slots=True)
class Part:
    """A strand in its place, and what was decided about it. The strand is not changed any more."""

    strand: Strand
    place: Place = field(init=False)
    found_by: tuple[Sign, ...] = field(init=False)
    looks_for: tuple[Sign, ...] = field(init=False)
    home: Home | None = None
    fits: dict[Home, Fit] | None = None  # what it fits at all, None while that was not looked for
    among: tuple[Home, ...] = ()  # what it could belong to, when that is asked

    def __post_init__(self) -> None:
        strand = self.strand
        rank = 0 if strand.pinned else 1 if strand.is_named else 2
        self.place = (rank, *strand.order)
        signs = tuple(_signs(strand))
        self.found_by = tuple(dict.fromkeys((*signs, *_found_by(strand))))
        self.looks_for = () if strand.pinned else tuple(dict.fromkeys((*signs, *_looks_for(strand))))


@dataclass(eq=False, repr=False, slots=True)
class Home:
    """An application as far as its strands tell it."""

    founder: Part
    parts: list[Part] = field(default_factory=list)  # by place
    _grown: dict[int, Strand] = field(default_factory=dict)  # by how many strands

    @property
    def whole(self) -> Strand:
        """All of its strands as one."""
        return self._of(len(self.parts))

    def before(self, place: Place) -> Strand | None:
        """What it was made of before that place."""
        size = bisect_left(self.parts, place, key=_place)
        return self._of(size) if size else None

    def add(self, part: Part) -> None:
        """Put a strand in its place."""
        insort(self.parts, part, key=_place)
        self._grown.clear()

    def remove(self, part: Part) -> None:
        """Take a strand out."""
        self.parts.remove(part)
        self._grown.clear()

    def _of(self, size: int) -> Strand:
        if size == 1:
            return self.parts[0].strand
        if size not in self._grown:
            self._grown[size] = together([part.strand for part in self.parts[:size]])
        return self._grown[size]


class Homes:
    """All applications, and the strands that could belong to several."""

    def __init__(self) -> None:
        self.asked: dict[Part, None] = {}
        self._found: defaultdict[Sign, dict[Part, None]] = defaultdict(dict)  # parts that have a home
        self._looking: defaultdict[Sign, dict[Part, None]] = defaultdict(dict)  # parts that were decided on
        self._queue: list[tuple[Place, int, Part]] = []
        self._waiting: dict[Part, set[Home]] = {}  # the applications that changed for them
        self._numbers = count()
        self._touched: dict[Home, None] = {}

    def change(self, gone: Iterable[Part], came: Iterable[Part]) -> list[Home]:
        """Let strands go, and others come; every application that changed, those that are empty now among them."""
        self._touched = {}
        for part in gone:
            self._forget(part)
        for part in came:
            self._wait(part, ())
        while self._queue:
            part = heappop(self._queue)[-1]
            changed = self._waiting.pop(part, None)
            if changed is not None and not _is_untouched(part, changed):
                self._decide(part, changed)
        return list(self._touched)

    def _forget(self, part: Part) -> None:
        for sign in part.looks_for:
            _drop(self._looking, sign, part)
        self._waiting.pop(part, None)
        self.asked.pop(part, None)
        self._move(part, None)

    def _wait(self, part: Part, because: Iterable[Home]) -> None:
        if part not in self._waiting:
            heappush(self._queue, (part.place, next(self._numbers), part))
            self._waiting[part] = set()
        self._waiting[part].update(because)

    def _decide(self, part: Part, changed: set[Home]) -> None:
        """What it belongs to by what stands before it. `changed`: nothing else did since the last time."""
        for sign in part.looks_for:
            self._looking[sign][part] = None
        among, sure = self._in_thread(part)
        if among:
            part.fits = None
        elif not part.strand.pinned:
            among, sure = self._by_fit(part, changed)
        founds = part.strand.founds
        home = sure
        if home is None and (part.strand.pinned or (founds and not among)):
            home = part.home if part.home and part.home.founder is part else Home(part)
        part.among = among if home is None and founds else ()
        self.asked.pop(part, None)
        if part.among:
            self.asked[part] = None
        self._move(part, home)

    def _move(self, part: Part, home: Home | None) -> None:
        old = part.home
        if home is old:
            return
        if old is not None:
            self._tell(old, part.place)
            old.remove(part)
            for sign in part.found_by:
                _drop(self._found, sign, part)
        part.home = home
        if home is not None:
            home.add(part)
            for sign in part.found_by:
                self._found[sign][part] = None
            self._tell(home, part.place)

    def _tell(self, home: Home, place: Place) -> None:
        """Whoever comes after that place and looks for a sign of the application looks again."""
        self._touched[home] = None
        for sign in {sign for part in home.parts for sign in part.found_by}:
            for part in self._looking.get(sign, ()):
                if part.place > place:
                    self._wait(part, [home])

    def _in_thread(self, part: Part) -> tuple[tuple[Home, ...], Home | None]:
        """The applications of its thread that it goes on with, and the one that it belongs to if that is clear."""
        earlier = sorted(self._earlier(part, [sign for sign in part.looks_for if sign[0] == "thread"]), key=_place)
        near = self._as_they_were(part, (one.home for one in earlier if one.home))
        joined = {
            home: known
            for home, known in near.items()
            if (known.pinned or part.strand.adrift) and all(continues(known, clue) for clue in part.strand.clues)
        }
        surely = {home: known for home, known in joined.items() if fit(part.strand, known) is Fit.SURE}
        return tuple(joined)[:_MOST_CANDIDATES], _the_one(part.strand, surely or joined)

    def _by_fit(self, part: Part, changed: set[Home]) -> tuple[tuple[Home, ...], Home | None]:
        """What it could belong to, likeliest first, and the one that it does belong to if that is clear."""
        fits = part.fits
        if fits is None:
            fits, changed = {}, {one.home for one in self._earlier(part, part.looks_for) if one.home}
        for home in changed:
            known = home.before(part.place)
            fits[home] = fit(part.strand, known) if known else Fit.NO
            if fits[home] is Fit.NO:
                del fits[home]
        part.fits, near = fits, self._as_they_were(part, fits)
        likeliest = sorted(near, key=lambda home: (fits[home], near[home].last, near[home].order), reverse=True)
        among = tuple(likeliest[:_MOST_CANDIDATES])
        for rank in (Fit.SURE, Fit.LIKELY):
            if best := {home: near[home] for home in likeliest if fits[home] is rank}:
                return among, _the_one(part.strand, best)
        return among, None

    def _earlier(self, part: Part, signs: Iterable[Sign]) -> Iterator[Part]:
        return (one for sign in signs for one in self._found.get(sign, ()) if one.place < part.place)

    def _as_they_were(self, part: Part, homes: Iterable[Home]) -> dict[Home, Strand]:
        """The applications as they are before its place, without those that begin later."""
        return {home: known for home in dict.fromkeys(homes) if (known := home.before(part.place)) is not None}


def _is_untouched(part: Part, changed: Iterable[Home]) -> bool:
    """Whether what was decided about the part stands, because what changed was none of its choices and is none now."""
    if part.fits is None or not part.fits.keys().isdisjoint(changed):
        return False
    knowns = [known for home in changed if (known := home.before(part.place)) is not None]
    return all(known.threads.isdisjoint(part.strand.threads) and not fit(part.strand, known) for known in knowns)


def _place(part: Part) -> Place:
    return part.place


def _drop(index: defaultdict[Sign, dict[Part, None]], sign: Sign, part: Part) -> None:
    if sign in index:
        index[sign].pop(part, None)
        if not index[sign]:
            del index[sign]


def _signs(strand: Strand) -> Iterator[Sign]:
    """By what a strand finds others, and is found."""
    yield from (("thread", thread) for thread in strand.threads)
    yield from (("number", number) for number in strand.numbers)
    yield from (("domain", domain) for domain in strand.domains)
    yield from (("person", address) for address in strand.people)
    yield from (("name", name) for name in strand.people.values())
    for company in strand.companies:
        yield "company", "".join(company)
        yield "company", weighty(company)


def _found_by(strand: Strand) -> Iterator[Sign]:
    """By what others find it that say more or less than it does."""
    yield from (("role", role) for role in strand.roles)
    yield from () if strand.companies else (("nameless", role) for role in strand.roles)
    yield from (("begins", name[:size]) for name in strand.companies for size in range(1, len(name)))


def _looks_for(strand: Strand) -> Iterator[Sign]:
    """By what it finds others that say more or less than it does."""
    kind = "nameless" if strand.companies else "role"  # a role alone finds any company's, a company's one without
    yield from ((kind, role) for role in strand.roles)
    yield from (("company", "".join(name[:size])) for name in strand.companies for size in range(1, len(name)))
    yield from (("begins", name) for name in strand.companies)


def _the_one(strand: Strand, fitting: dict[Home, Strand]) -> Home | None:
    """The only one that fits; else the only one by the same person, still open, or that was heard of not long ago."""
    for narrower in (
        list(fitting),
        [home for home, one in fitting.items() if strand.people.keys() & one.people.keys()],
        [home for home, one in fitting.items() if not any(end < strand.first for end in one.closings)],
        [home for home, one in fitting.items() if abs(strand.first - one.last) <= BETWEEN_RECEIPTS],
    ):
        if len(narrower) == 1:
            return narrower[0]
    return None
