"""What the seeker puts right on applications: at once, for good, in bulk, and undoable."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.application import BY_HAND, ByHand, Change, Description, Outcome, Placement, Stage, Way
from server.domain.model import JournalEntry, Judged, Rejection
from server.errors import ClassActError, NotFound, Refused, UsageError
from server.ports import Keyed
from server.services import log as logs
from server.services.applications import Applications
from server.services.by_hand import News, What
from server.services.log import everywhere
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NOON, FixedClock
from tests.domain.matching_cases import ADA, BO, RIA, TECH, mail

A, B, C, D = (f"{ord(name):016x}" for name in "abcd")
KINDS: tuple[type[Keyed], ...] = (Judged, Rejection, Placement, Description, ByHand, Change)
CALL = News(
    "Brightwater", "Gardener", What.NO, Way.PHONE, date(2026, 3, 20), Stage.INTERVIEW, "Ada Lee", "", "It was close."
)


class Ground:
    """Applications over a memory store, three weeks after the first mail."""

    def __init__(self, *rows: Judged) -> None:
        self.store, self.clock = MemoryStore(), FixedClock(NOON + timedelta(days=21))
        self.store.put(*rows)
        self.applications = self.opened()

    def opened(self) -> Applications:
        return Applications(self.store, self.clock, lambda: everywhere, lambda: [MAILBOX])

    def shown(self) -> list[str]:
        """The applications by the letters of their mails."""
        return sorted(
            "".join(chr(int(r.message_id, 16)) for r in one.messages) for one in self.applications.board().applications
        )

    def kept(self) -> list[Keyed]:
        """What is stored, but for the journal."""
        return [record for kind in KINDS for record in sorted(self.store.all(kind), key=lambda one: one.key)]


@pytest.fixture
def ground() -> Ground:
    """Two roles at Brightwater, and a no that could be either's."""
    return Ground(
        mail("a", 0, "got"), mail("b", 1, "got", role=TECH), mail("c", 9, "no", role=None), mail("d", 2, "talk", by=ADA)
    )


class TestMerging:
    def test_it_makes_one_of_several_and_stays_so(self, ground):
        one = ground.applications.merge([A, B])
        assert ground.shown() == ["abdc"]  # what could be either's is now this one's
        assert one.by_hand
        ground.applications = ground.opened()
        assert ground.shown() == ["abdc"]

    def test_later_mail_follows_what_was_merged(self, ground):
        ground.applications.merge([A, B])
        ground.store.put(mail("e", 12, "no", role=TECH, by=BO))
        assert "e" in ground.shown()[0]

    def test_one_alone_cannot_be_merged(self, ground):
        with pytest.raises(UsageError, match="at least two"):
            ground.applications.merge([A, D])  # two mails of one application

    def test_what_was_said_of_both_is_kept(self, ground):
        ground.applications.edit([A], company="Kelp", note="The near one.")
        ground.applications.edit([B], role="Boatman", note="The far one.")
        one = ground.applications.merge([A, B])
        assert (one.company, one.role, one.note) == ("Kelp", "Boatman", "The near one.\nThe far one.")
        assert len(ground.store.all(Description)) == 1


class TestSplitting:
    def test_chosen_messages_become_an_application_of_their_own(self, ground):
        ground.applications.split([D])
        assert ground.shown() == ["a", "b", "d"]

    def test_what_was_merged_comes_apart_as_it_was(self, ground):
        ground.applications.place(C, A)
        before = ground.shown()
        ground.applications.merge([A, B])
        ground.applications.split([B])
        assert ground.shown() == before

    @pytest.mark.parametrize(
        ("ids", "why"), [([A, B], "of one application"), ([A, D], "nothing behind"), ([B], "nothing behind")]
    )
    def test_what_makes_no_sense_is_refused_and_changes_nothing(self, ground, ids, why):
        before = ground.kept()
        with pytest.raises(UsageError, match=why):
            ground.applications.split(ids)
        assert ground.kept() == before


class TestAsking:
    def test_what_could_be_either_is_asked_about(self, ground):
        asked = ground.applications.board().unsure[0]
        assert [one.role for one in asked.candidates] == ["Gardener", TECH]

    def test_the_answer_puts_it_there_for_good(self, ground):
        assert ground.applications.place(C, B).role == TECH
        assert (ground.shown(), ground.applications.board().unsure) == (["ad", "bc"], ())

    def test_it_can_be_one_of_its_own(self, ground):
        ground.applications.place(C)
        assert ground.shown() == ["ad", "b", "c"]

    def test_a_message_can_be_moved_from_one_to_another(self, ground):
        ground.applications.place(D, B)
        assert ground.shown() == ["a", "bd"]

    def test_a_message_that_nobody_knows_is_not_found(self, ground):
        with pytest.raises(NotFound, match="No application holds"):
            ground.applications.place("f" * 16, A)


class TestEditing:
    def test_several_at_once(self, ground):
        ground.applications.edit([A, B], outcome="withdrew", note="Moved away.")
        assert {(one.outcome, one.note) for one in ground.applications.board().applications} == {
            (Outcome.WITHDREW, "Moved away.")
        }

    def test_it_wins_over_what_comes_later(self, ground):
        ground.applications.edit([A], outcome="withdrew", stage="offer", company="Kelp")
        ground.store.put(mail("e", 12, "no", by=ADA))
        one = ground.applications.of(A)
        assert (one.company, one.stage, one.outcome, len(one.messages)) == ("Kelp", Stage.OFFER, Outcome.WITHDREW, 3)

    def test_an_empty_word_lets_the_mails_speak_again(self, ground):
        ground.applications.edit([A], company="Kelp", stage="offer")
        one = ground.applications.edit([A], company="", stage="")[0]
        assert (one.company, one.stage) == ("Brightwater", Stage.INTERVIEW)

    @pytest.mark.parametrize("said", [{}, {"stage": "hired"}, {"outcome": "rejected"}, {"company": "x" * 201}])
    def test_what_makes_no_sense_is_refused(self, ground, said):
        with pytest.raises(UsageError):
            ground.applications.edit([A], **said)
        assert ground.store.all(Placement) == []

    def test_a_name_is_kept_on_one_line_without_odd_characters(self, ground):
        assert ground.applications.edit([A], company=" Kelp\r\n & \x00Sons\u202e ")[0].company == "Kelp & Sons"


class TestNewsByHand:
    def test_a_no_by_phone_is_in_the_log_and_with_its_application(self, ground):
        row = ground.applications.add(CALL)
        line = logs.log(ground.store)[0]
        one = ground.applications.of(row.message_id)
        assert (line.message_id, line.company, line.role, line.score) == (
            row.message_id,
            "Brightwater",
            "Gardener",
            None,
        )
        assert (len(one.messages), one.outcome, row.model, row.sender.name) == (3, Outcome.SAID_NO, BY_HAND, "Ada Lee")
        assert ground.store.get(ByHand, row.message_id).note == "It was close."

    def test_how_far_it_had_got_is_known(self):
        ground = Ground()
        row = ground.applications.add(CALL)
        assert ground.applications.stage_of(row.message_id) is Stage.INTERVIEW
        assert ground.applications.stage_of("f" * 16) is None

    def test_it_can_be_put_into_an_application_by_name(self, ground):
        row = ground.applications.add(CALL, to=B)
        assert ground.applications.of(row.message_id).role == TECH

    @pytest.mark.parametrize(
        ("what", "outcome"),
        [(What.APPLIED, Outcome.OPEN), (What.WITHDREW, Outcome.WITHDREW), (What.NO, Outcome.SAID_NO)],
    )
    def test_other_news_can_be_told_too_and_only_a_no_is_in_the_log(self, what, outcome):
        ground = Ground()
        row = ground.applications.add(News("Kelp", what=what))
        assert ground.applications.of(row.message_id).outcome is outcome
        assert bool(logs.log(ground.store)) == (what is What.NO)

    def test_the_same_news_twice_is_refused(self, ground):
        ground.applications.add(CALL)
        with pytest.raises(Refused, match="already"):
            ground.applications.add(News("Brightwater GmbH", "gardener", What.NO, Way.PHONE, date(2026, 3, 20)))

    @pytest.mark.parametrize(
        ("news", "why"),
        [
            (News(""), "company is missing"),
            (News("\u202e"), "company is missing"),
            (News("Kelp", day=date(2026, 3, 25)), "not come yet"),
            (News("Kelp", address="ada"), "no mail address"),
            (News("Kelp", address="ada@x.example, bo@x.example"), "no mail address"),
            (News("Kelp", note="x" * 2001), "too long"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, news, why):
        ground = Ground()
        with pytest.raises(UsageError, match=why):
            ground.applications.add(news)
        assert ground.kept() == []

    def test_without_a_day_it_is_today_and_never_later_than_now(self):
        ground = Ground()
        ground.clock.time = NOON.replace(hour=3)
        assert ground.applications.add(News("Kelp")).received == ground.clock.time


class TestUndoing:
    @pytest.mark.parametrize(
        "change",
        [
            lambda it: it.merge([A, B]),
            lambda it: it.split([D]),
            lambda it: it.place(C, A),
            lambda it: it.place(C),
            lambda it: it.edit([A, B], company="Kelp", outcome="withdrew"),
            lambda it: it.add(CALL),
            lambda it: it.add(CALL, to=B),
        ],
    )
    def test_everything_can_be_undone(self, ground, change):
        ground.applications.edit([B], note="Before.")
        ground.applications.merge([A, B])
        ground.applications.split([B])
        before, shown = ground.kept(), ground.shown()
        change(ground.applications)
        assert ground.kept() != before
        ground.applications.undo()
        assert (ground.kept(), ground.shown()) == (before, shown)

    def test_steps_are_undone_one_after_the_other_until_nothing_is_left(self, ground):
        shown = ground.shown()
        ground.applications.merge([A, B])
        ground.applications.edit([A], company="Kelp")
        assert ground.applications.undo().what == "edited"
        assert ground.applications.undo().what == "merged"
        assert (ground.shown(), ground.store.all(Placement)) == (shown, [])
        with pytest.raises(Refused, match="nothing to undo"):
            ground.applications.undo()

    def test_what_was_done_and_undone_stands_in_the_journal(self, ground):
        ground.applications.merge([A, B])
        ground.applications.undo()
        assert [entry.what for entry in ground.store.all(JournalEntry)] == [
            "application_merged",
            "application_merged_undone",
        ]

    def test_only_so_many_steps_are_kept(self, ground):
        for number in range(60):
            ground.applications.edit([A], company=f"Kelp {number}")
        assert len(ground.store.all(Change)) == 50

    def test_what_was_done_in_the_demo_is_not_undone_elsewhere(self, ground):
        ground.applications.merge([A, B])
        elsewhere = Applications(
            ground.store, ground.clock, lambda: lambda _mailbox: False, lambda: ["other@seeker.example"]
        )
        assert elsewhere.last_change() is None


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "place", "own", "edit", "add", "undo"]), st.integers(0, 5), st.integers(0, 5)
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_is_done_nothing_is_lost_and_all_of_it_can_be_undone(steps):
    ids = [f"{ord(name):016x}" for name in "abcdef"]
    ground = Ground(
        mail("a", 0, "got"),
        mail("b", 1, "got", role=TECH),
        mail("c", 9, "no", role=None),
        mail("d", 2, "talk", by=ADA),
        mail("e", 3, "talk", co="Kelp & Sons", by=RIA, thread="t"),
        mail("f", 8, "no", co="Tallow Press", by=RIA, thread="t"),
    )
    before, it = ground.kept(), ground.applications
    does = {
        "merge": lambda x, y: it.merge([ids[x], ids[y]]),
        "split": lambda x, y: it.split([ids[x]]),
        "place": lambda x, y: it.place(ids[x], ids[y]),
        "own": lambda x, y: it.place(ids[x]),
        "edit": lambda x, y: it.edit([ids[x]], company=f"Kelp {y}"),
        "add": lambda x, y: it.add(News(f"Kelp {y}", day=date(2026, 3, 1 + x))),
        "undo": lambda x, y: it.undo(),
    }
    for what, x, y in steps:
        ground.clock.advance(60)
        try:
            does[what](x, y)
        except ClassActError:
            continue
        board = it.board()
        found = [row.message_id for one in (*board.applications, *board.unsure) for row in one.messages]
        assert len(found) == len(set(found))
        assert set(ids) <= set(found)
        assert ground.opened().board() == board
    while it.last_change():
        it.undo()
    assert ground.kept() == before
