"""Mails that come, change and go are fitted in, with what the seeker says of them: as if all had been there at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.domain import matching_homes
from server.domain.application import ByHand, Description, Outcome, Placement, Stage, Way
from server.domain.matching import Grouping, Matching, Record, Told, group
from server.domain.model import Correction, Judged
from tests.builders import MAILBOX, NOON
from tests.domain.matching_cases import ADA, BO, BOT, GREENHOUSE, RIA, TECH, mail

NAMES = "abcdefghijklmn"
SAID = {"got": 3, "no": 3, "talk": 2, "mine": 2, "I-quit": 1, "gone": 1, "other": 2, "maybe": 1, "pause": 1, "chat": 1}


def number(name: str) -> str:
    return f"{ord(name):016x}"


@st.composite
def mails(draw: st.DrawFn) -> Judged:
    """A mail of few senders, companies, roles and threads, which may lie in a file too."""
    what = draw(st.sampled_from([what for what, often in SAID.items() for _ in range(often)]))
    fields = {"thread": draw(st.sampled_from(["", "", "t", "u", "v"]))}
    if what not in ("mine", "I-quit"):
        fields["co"] = draw(st.sampled_from([None, "Brightwater", "Brightwater Gardens", "Tallow Press", "Greenhouse"]))
        fields["role"] = draw(st.sampled_from([None, "Gardener", "Gardener, Leeds", "Senior Gardener", TECH]))
        fields["by"] = draw(st.sampled_from([BOT, GREENHOUSE, ADA, BO, RIA, ""]))
        fields["req"] = draw(st.sampled_from(["", "", "R-1", "R-2"]))
    row = mail(draw(st.sampled_from(NAMES)), draw(st.sampled_from([0, 1, 3, 8, 20, 70, 150, 420])), what, **fields)
    return replace(row, mailbox=draw(st.sampled_from([MAILBOX, MAILBOX, "mbox:other"])))


def words() -> st.SearchStrategy[Record]:
    """Something that the seeker says."""
    ids, keys = st.sampled_from(NAMES).map(number), st.sampled_from("xyz")
    return st.one_of(
        st.builds(Placement, ids, keys, st.just(NOON)),
        st.builds(
            Description,
            keys,
            st.just(NOON),
            company=st.sampled_from([None, "Kelp & Sons", "Brightwater"]),
            role=st.sampled_from([None, "Boatman", "Gardener"]),
            outcome=st.sampled_from([None, Outcome.WITHDREW]),
        ),
        st.builds(ByHand, st.just(MAILBOX), ids, st.just(Way.PHONE), st.just(NOON), st.sampled_from([None, *Stage])),
        st.builds(
            Correction,
            st.just(MAILBOX),
            ids,
            st.integers(0, 3).map(lambda days: NOON + timedelta(days=days)),
            is_rejection=st.none(),
            company=st.sampled_from([None, "Zed"]),
            role=st.sampled_from([None, "Yard keeper"]),
        ),
    )


CHANGES = st.lists(st.lists(st.one_of(mails(), mails(), words(), st.integers(0, 30)), max_size=5), max_size=14)


class Life:
    """What is known now, and what follows it."""

    def __init__(self) -> None:
        self.known: dict[tuple[type[object], str], Record] = {}
        self.matching = Matching()

    def step(self, changes: list[Record | int]) -> Grouping:
        """Records come or change; a number takes away one that is there."""
        came: dict[tuple[type[object], str], Record] = {}
        gone: list[tuple[type[object], str]] = []
        for change in changes:
            if not isinstance(change, int):
                came[type(change), change.key] = change
            elif left := [key for key in self.known if key not in gone]:
                gone.append(left[change % len(left)])
        came = {key: record for key, record in came.items() if key not in gone}
        self.known = {key: record for key, record in self.known.items() if key not in gone} | came
        return self.matching.follow(came.values(), gone)

    def at_once(self) -> Grouping:
        """The grouping of all that is known, made anew."""

        def of(kind: type[object]) -> dict[str, Record]:
            return {key: record for (one, key), record in self.known.items() if one is kind}

        told = Told(of(Placement), of(Description), of(ByHand), of(Correction))  # type: ignore[arg-type]
        return group(of(Judged).values(), told)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES)
def test_whatever_comes_changes_and_goes_the_grouping_is_that_of_all_at_once(changes):
    life = Life()
    for change in changes:
        followed, whole = life.step(change), life.at_once()
        assert followed == whole
        assert [followed.of(number(name)) for name in NAMES] == [whole.of(number(name)) for name in NAMES]


def test_what_nothing_touches_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch):
    matching = Matching()
    names = [f"Firm {letter}" for letter in "abcdefghijklmnopqrst"]
    first = matching.follow([mail(chr(200 + n), n, "got", co=name, by=GREENHOUSE) for n, name in enumerate(names)])
    looked: list[object] = []
    fit = matching_homes.fit
    monkeypatch.setattr(matching_homes, "fit", lambda *both: looked.append(both) or fit(*both))
    then = matching.follow([mail("a", 30, "no", co="Firm k", by=GREENHOUSE)])
    assert len(looked) <= 2
    assert sum(one in first.applications and one not in then.applications for one in first.applications) == 1
    assert {id(one) for one in then.applications} & {id(one) for one in first.applications}


def test_a_mail_that_names_no_company_is_decided_on_again_when_an_older_one_of_its_role_comes():
    life = Life()
    assert len(life.step([mail("c", 9, "no", co=None, by=GREENHOUSE)]).applications) == 1
    both = life.step([mail("a", 0, "got")])
    assert ([len(one.messages) for one in both.applications], len(both.unsure)) == ([1], 1)
    third = life.step([mail("b", 1, "got", co="Tallow Press", by=BOT)])
    assert [len(one.candidates) for one in third.unsure] == [2]
    assert life.step([2]) == both


def test_a_mail_that_moves_to_another_thread_takes_nothing_with_it():
    life = Life()
    life.step([mail("a", 0, "got", thread="t"), mail("b", 3, "other", co=None, role=None, by=GREENHOUSE, thread="t")])
    moved = life.step([mail("a", 0, "got", thread="u")])
    assert [len(one.messages) for one in moved.applications] == [1]
    assert moved == life.at_once()


def test_a_mail_that_joined_by_what_is_said_no_more_leaves_what_the_seeker_put_together():
    life = Life()
    placed = Placement(number("a"), "x", NOON)
    rest = {"co": None, "role": None, "by": GREENHOUSE, "req": "R-1"}
    assert len(life.step([mail("a", 0, "got", req="R-1"), placed, mail("b", 9, "no", **rest)]).applications) == 1
    assert len(life.step([mail("a", 0, "got", req="R-2")]).applications) == 2
