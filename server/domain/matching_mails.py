"""Judged mails sorted into strands: as the seeker placed them, else thread by thread; kept up as mails come and go."""

from __future__ import annotations

from server.domain.application import Description, Placement
from server.domain.matching_clues import Clue, Strand, clue_of, may_belong, strands
from server.domain.matching_homes import Part
from server.domain.matching_names import company_words, role_words
from server.domain.model import Judged

_Bundle = tuple[bool, str]  # whether the seeker put it together, and the key of its placements, its thread or its mail


class Mails:
    """What is known of the mails, and the strands that they make. A message that two mailboxes hold counts once."""

    def __init__(self) -> None:
        self._copies: dict[str, tuple[Judged, ...]] = {}  # by message id, from all mailboxes
        self._clues: dict[str, Clue] = {}  # of the one that counts
        self._placements: dict[str, Placement] = {}
        self._descriptions: dict[str, Description] = {}
        self._bundles: dict[_Bundle, tuple[str, ...]] = {}
        self._bundle_of: dict[str, _Bundle] = {}
        self._parts: dict[_Bundle, list[Part]] = {}
        self._ids: dict[str, str] = {}  # message ids by the keys of their rows
        self._changed: dict[str, None] = {}  # ids of messages
        self._anew: dict[_Bundle, None] = {}

    def put(self, record: Judged | Placement | Description) -> None:
        """A record that is new, or that says something new."""
        if isinstance(record, Judged):
            if not may_belong(record):
                self.remove(Judged, record.key)
                return
            self._ids[record.key] = record.message_id
            others = (row for row in self._copies.get(record.message_id, ()) if row.key != record.key)
            self._copies[record.message_id] = (*others, record)
            self._changed[record.message_id] = None
        elif isinstance(record, Placement):
            self._placements[record.key] = record
            self._changed[record.message_id] = None
        else:
            self._descriptions[record.key] = record
            self._anew[True, record.key] = None

    def remove(self, kind: type[object], key: str) -> None:
        """A record that is gone, or that was never there."""
        if kind is Judged and key in self._ids:
            message_id = self._ids.pop(key)
            self._copies[message_id] = tuple(row for row in self._copies[message_id] if row.key != key)
            self._changed[message_id] = None
        elif kind is Placement and key in self._placements:
            del self._placements[key]
            self._changed[key] = None
        elif kind is Description and key in self._descriptions:
            del self._descriptions[key]
            self._anew[True, key] = None

    def description(self, key: str) -> Description | None:
        """What the seeker said of the application with that key."""
        return self._descriptions.get(key)

    def put_together(self, key: str) -> tuple[str, ...]:
        """The ids of the messages that have lain in the application with that key since it was last sorted."""
        return self._bundles.get((True, key), ())

    def sorted_anew(self) -> tuple[list[Part], list[Part]]:
        """The strands that are no more since the last time, and those that came in their place."""
        for message_id in self._changed:
            self._put_in_place(message_id)
        gone, came = [], []
        for bundle in self._anew:
            before, after = self._parts.pop(bundle, []), self._strands(bundle)
            kept = [part for part in before if part.strand in after]
            fresh = [Part(strand) for strand in after if all(strand != part.strand for part in kept)]
            gone += [part for part in before if part not in kept]
            came += fresh
            if after:
                self._parts[bundle] = kept + fresh
        self._changed, self._anew = {}, {}
        return gone, came

    def _put_in_place(self, message_id: str) -> None:
        """Into the bundle that a message belongs to now, and out of the one that it was in."""
        copies = self._copies.get(message_id, ())
        row = min(copies, key=lambda one: (one.received, one.key), default=None)
        clue, before = self._clues.get(message_id), self._bundle_of.pop(message_id, None)
        if before is not None:
            self._anew[before] = None
            self._bundles[before] = tuple(one for one in self._bundles[before] if one != message_id)
            if not self._bundles[before]:
                del self._bundles[before]
        if row is None:
            self._copies.pop(message_id, None)
            self._clues.pop(message_id, None)
            return
        if clue is None or clue.row != row:
            self._clues[message_id] = clue_of(row)
        placement = self._placements.get(message_id)
        bundle = (True, placement.application) if placement else (False, row.thread_id or row.key)
        self._bundle_of[message_id], self._anew[bundle] = bundle, None
        self._bundles[bundle] = (*self._bundles.get(bundle, ()), message_id)

    def _strands(self, bundle: _Bundle) -> list[Strand]:
        clues = [self._clues[message_id] for message_id in self._bundles.get(bundle, ())]
        by_hand, key = bundle
        if not clues or not by_hand:
            return strands(clues)
        clues.sort(key=lambda clue: (clue.row.received, clue.row.key))
        said = self._descriptions.get(key)
        return [
            Strand(
                clues,
                pinned=key,
                companies=frozenset({company_words(said.company or "")} - {()}) if said else frozenset(),
                roles=frozenset({role_words(said.role or "")} - {frozenset()}) if said else frozenset(),
            )
        ]
