"""What is done by hand moves nothing else: the applications that it touches are looked at, as if all had been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain.application import ByHand, Description, Placement
from server.domain.matching import Told, group
from server.domain.model import Correction, Judged
from server.errors import ClassActError, HomeNotWritable
from server.ports import Keyed
from server.services.application_changes import Step
from server.services.applications import Applications, _key_of
from server.services.by_hand import News
from server.stores.memory import MemoryStore
from tests.builders import NOON
from tests.domain.matching_cases import TECH, mail
from tests.domain.test_matching_follow import NAMES, mails, number
from tests.services.test_applications import Ground

DOES = {
    "merge": lambda it, x, y: it.merge([x, y]),
    "split": lambda it, x, _y: it.split([x]),
    "place": lambda it, x, y: it.place(x, y),
    "own": lambda it, x, _y: it.place(x),
    "edit": lambda it, x, y: it.edit([x], company=f"Kelp {y[-1]}"),
    "name": lambda it, x, _y: it.edit([x], company="Brightwater", role="Gardener"),
    "add": lambda it, x, _y: it.add(News("Brightwater", day=date(2026, 3, 1 + int(x[-1], 16) % 20))),
    "undo": lambda it, _x, _y: it.undo(),
}
ROWS = st.lists(mails(), min_size=4, max_size=14)
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(DOES)), st.sampled_from(NAMES), st.sampled_from(NAMES), st.none() | mails()),
    max_size=8,
)


class Anew(Applications):
    """Puts all mails into applications again for every look: what the other must agree with."""

    def _steady(self, step: Step, news: Sequence[Judged]) -> None:
        before, store = self.board(), self._store
        while True:
            placed = {one.key: one for one in step.placements}
            gone = {one.key for one in step.gone}
            said = {one.key: one for one in (*store.all(Description), *step.descriptions) if one.key not in gone}
            placements = {one.key: one for one in store.all(Placement)} | placed
            by_hand, corrections = ({one.key: one for one in store.all(kind)} for kind in (ByHand, Correction))
            after = group([*store.all(Judged), *news], Told(placements, said, by_hand, corrections))
            moved = [
                one
                for one in before.applications
                if one.id not in placed and ((home := after.of(one.id)) is None or home.messages != one.messages)
            ]
            if not moved:
                return
            for one in moved:
                step.put(one.messages, _key_of(one))


class Twin(Ground):
    def opened(self) -> Applications:
        as_before = super().opened()
        return Anew(as_before._store, as_before._clock, as_before._visible, as_before._mailboxes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, STEPS)
def test_the_same_is_held_as_when_everything_is_put_together_again(rows, steps):
    ours, other = Ground(*rows), Twin(*rows)
    for what, x, y, came in steps:
        for ground in (ours, other):
            ground.clock.advance(60)
            if came is not None:
                ground.store.put(came)
            try:
                DOES[what](ground.applications, number(x), number(y))
            except ClassActError:
                continue
        assert ours.kept() == other.kept()
        assert ours.applications.board() == other.applications.board()


class Full(MemoryStore):
    """A disk without room, when told so."""

    full = False

    def put(self, *records: Keyed, gone: Sequence[Keyed] = ()) -> None:
        if self.full:
            raise HomeNotWritable("/home/kim/classact", "no space left")
        super().put(*records, gone=gone)


def test_a_change_that_could_not_be_written_leaves_everything_as_it_was():
    ground = Ground(mail("a", 0, "got"), mail("b", 1, "got", role=TECH), mail("c", 9, "no", role=None))
    store = Full()
    store.put(*ground.store.all(Judged))
    ground.store = store
    ground.applications = ground.opened()
    before, store.full = ground.applications.board(), True
    with pytest.raises(HomeNotWritable):
        ground.applications.merge([number("a"), number("b")])
    assert ground.applications.board() == before
    store.full = False
    ground.clock.time = NOON + timedelta(days=30)
    ground.applications.merge([number("a"), number("b")])
    assert ground.shown() == ["abc"]  # with one application left, the no is its own
