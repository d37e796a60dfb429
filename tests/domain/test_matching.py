"""Which application a mail belongs to: a table of cases, and what holds for any mails at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.application import Description, Outcome, Placement, Stage
from server.domain.matching import Grouping, Told, group
from server.domain.model import Judged
from tests.builders import NOON
from tests.domain.matching_cases import ADA, BO, BOT, CASES, GREENHOUSE, RIA, Case, mail, name_of


def told(grouping: Grouping, mails: list[Judged] | tuple[Judged, ...]) -> set[str]:
    """What became of the mails, in the words of a case."""
    parts = {"".join(sorted(name_of(row) for row in one.messages)) for one in grouping.applications}
    parts |= {"?" + "".join(sorted(name_of(row) for row in one.messages)) for one in grouping.unsure}
    return parts | {"-" + name_of(row) for row in mails if not any(name_of(row) in part for part in parts)}


def placed(**applications: str) -> dict[str, Placement]:
    """Placements by the names of the mails: `x="ab"` puts a and b into x."""
    made = [Placement(f"{ord(name):016x}", key, NOON) for key, names in applications.items() for name in names]
    return {placement.key: placement for placement in made}


def test_there_are_enough_cases():
    assert len(CASES) >= 60
    assert len({case.tells for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.tells)
def test_the_case_is_grouped_as_expected_in_whatever_order_its_mails_arrive(case: Case):
    for mails in (case.mails, case.mails[::-1], case.mails[1:] + case.mails[:1]):
        assert told(group(mails), mails) == set(case.expected.split())


class TestWhatIsAsked:
    def test_the_candidates_are_the_applications_that_it_could_belong_to(self):
        mails = [mail("a", 0, "got"), mail("b", 1, "got", role="Technician"), mail("c", 9, "no", role=None)]
        asked = group(mails).unsure[0]
        assert {one.role for one in asked.candidates} == {"Gardener", "Technician"}

    def test_what_the_seeker_placed_is_asked_no_more_and_the_rest_follows_it(self):
        mails = [
            mail("a", 0, "got"),
            mail("b", 1, "got", role="Technician"),
            mail("c", 9, "no", role=None, thread="t", by=ADA),
            mail("d", 12, "other", role=None, thread="t", by=ADA),
        ]
        assert "?cd" in told(group(mails), mails)
        assert told(group(mails, Told(placed(x="ac"))), mails) == {"acd", "b"}


class TestPlacedByHand:
    def test_what_was_put_together_stays_together_against_every_rule(self):
        mails = [mail("a", 0, "got"), mail("b", 400, "no", co="Tallow Press", by=BO)]
        assert told(group(mails, Told(placed(x="ab"))), mails) == {"ab"}

    def test_what_was_taken_apart_stays_apart_in_one_thread(self):
        mails = [mail("a", 0, "got", thread="t"), mail("b", 9, "no", thread="t")]
        assert told(group(mails, Told(placed(x="a", y="b"))), mails) == {"a", "b"}

    def test_a_later_mail_of_the_thread_follows_what_was_placed(self):
        mails = [mail("a", 0, "got", thread="t"), mail("b", 1, "got", thread="u", co="Tallow Press")]
        later = mail("c", 9, "no", thread="u", co=None, role=None, by=GREENHOUSE)
        assert told(group([*mails, later], Told(placed(x="ab"))), [*mails, later]) == {"abc"}

    def test_a_later_mail_of_a_thread_that_was_taken_apart_is_asked_about(self):
        mails = [mail(name, day, "talk", thread="t", by=ADA) for day, name in enumerate("abc")]
        assert told(group(mails, Told(placed(x="a", y="b"))), mails) == {"a", "b", "?c"}

    def test_a_company_with_a_new_name_is_known_by_both_once_they_were_merged(self):
        mails = [mail("a", 0, "got"), mail("b", 9, "talk", co="Tallow Press", by="hr@tallow.example")]
        later = mail("c", 20, "no", co="Tallow Press Ltd", by="jobs@tallow.example")
        assert told(group([*mails, later], Told(placed(x="ab"))), [*mails, later]) == {"abc"}

    def test_a_name_that_the_seeker_gave_is_one_that_later_mail_is_known_by(self):
        said = Description("x", NOON, company="Kelp & Sons", role="Boatman")
        mails = [
            mail("a", 0, "got", co=None, role=None, by=GREENHOUSE),
            mail("b", 9, "no", co="Kelp and Sons", role="Boatman"),
        ]
        assert told(group(mails, Told(placed(x="a"), {"x": said})), mails) == {"ab"}


class TestTheApplication:
    def test_it_knows_its_names_people_threads_and_how_far_it_got(self):
        mails = [
            mail("a", 0, "got", role="Gardener (m/f/d)", req="R-7"),
            mail("b", 3, "talk", thread="t", by=ADA),
            mail("c", 4, "mine", thread="t"),
            mail("d", 9, "no", thread="t", by=BO),
        ]
        one = group(mails).applications[0]
        assert (one.company, one.role, one.requisition) == ("Brightwater", "Gardener (m/f/d)", "R-7")
        assert [person.name for person in one.people] == ["Bo Winter", "Ada Lee"]
        assert (one.stage, one.outcome) == (Stage.INTERVIEW, Outcome.SAID_NO)
        assert (len(one.threads), one.id, one.started, one.last) == (
            2,
            mails[0].message_id,
            mails[0].received,
            mails[3].received,
        )

    def test_the_name_that_most_mails_give_is_its_name(self):
        mails = [
            mail(n, d, "talk", thread="t", role=r, by=ADA)
            for n, d, r in [("a", 0, "Head"), ("b", 1, "Gardener"), ("c", 2, "Gardener")]
        ]
        assert group(mails).applications[0].role == "Gardener"

    def test_a_client_is_its_company_and_not_the_agency(self):
        mails = [mail("a", 0, "talk", co="Harbour Staffing", by=RIA), mail("b", 9, "no", co="Kelp & Sons", by=RIA)]
        assert group(mails).applications[0].company == "Kelp & Sons"

    def test_what_the_seeker_said_of_it_wins(self):
        said = Description("x", NOON, "Kelp", "Boatman", Stage.OFFER, Outcome.WITHDREW, "It was far away.")
        one = group([mail("a", 0, "no")], Told(placed(x="a"), {"x": said})).applications[0]
        assert (one.company, one.role, one.stage, one.outcome, one.note) == (
            "Kelp", "Boatman", Stage.OFFER, Outcome.WITHDREW, "It was far away."
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("mails", "outcome"),
        [
            ("got", Outcome.OPEN),
            ("got talk", Outcome.OPEN),
            ("got no", Outcome.SAID_NO),
            ("got maybe", Outcome.OPEN),
            ("got pause", Outcome.ON_HOLD),
            ("got pause talk", Outcome.OPEN),
            ("got pause no", Outcome.SAID_NO),
            ("talk I-quit", Outcome.WITHDREW),
            ("talk I-quit no", Outcome.WITHDREW),  # the closing mail to everybody is no refusal of theirs
            ("got gone", Outcome.WITHDREW),
            ("got no I-quit", Outcome.SAID_NO),
            ("got no talk", Outcome.OPEN),
            ("talk I-quit talk", Outcome.WITHDREW),
        ],
    )
    def test_who_ended_it_first_ended_it(self, mails, outcome):
        rows = [mail(chr(97 + day), day, what, thread="t") for day, what in enumerate(mails.split())]
        assert group(rows).applications[0].outcome is outcome

    def test_an_invitation_that_waits_for_a_yes_is_no_stage(self):
        rows = [mail("a", 0, "got", thread="t"), mail("b", 1, "talk", thread="t", band="review")]
        assert group(rows).applications[0].stage is Stage.APPLIED


WHATS = st.sampled_from(
    ["got", "talk", "test", "offer", "other", "no", "maybe", "pause", "gone", "mine", "I-quit", "chat", "outreach"]
)
FIELDS = st.fixed_dictionaries(
    {
        "co": st.sampled_from(
            [None, "Brightwater", "Brightwater Ltd", "Brightwater Gardens", "Tallow Press", "Greenhouse", ""]
        ),
        "role": st.sampled_from([None, "Gardener", "Senior Gardener", "Gardener, Leeds", "Boatman"]),
        "by": st.sampled_from([BOT, GREENHOUSE, ADA, BO, RIA, ""]),
        "thread": st.sampled_from(["", "t", "u", "v"]),
        "req": st.sampled_from(["", "", "R-1", "R-2"]),
    }
)


@st.composite
def mailboxes(draw: st.DrawFn) -> list[Judged]:
    """Up to a dozen mails of a few senders, companies and threads."""
    number = draw(st.integers(1, 12))
    rows = []
    for at in range(number):
        what, fields = draw(WHATS), draw(FIELDS)
        if what in ("mine", "I-quit"):
            fields = {"thread": fields["thread"]}
        rows.append(mail(chr(97 + at), draw(st.integers(0, 500)), what, **fields))
    return rows


@settings(max_examples=60, deadline=None)
@given(mailboxes(), st.randoms(use_true_random=False))
def test_neither_the_order_of_arrival_nor_a_second_scan_changes_anything(rows, chance):
    shuffled = [*rows, *rows[: len(rows) // 2]]
    chance.shuffle(shuffled)
    assert group(shuffled) == group(rows)


@settings(max_examples=60, deadline=None)
@given(mailboxes())
def test_nothing_is_lost_and_nothing_is_in_two_places(rows):
    grouping = group(rows)
    shown = [row for one in (*grouping.applications, *grouping.unsure) for row in one.messages]
    assert len(shown) == len({row.message_id for row in shown})
    refusals = {row.message_id for row in rows if row.label == "rejection" and row.band == "auto" and not row.own}
    assert refusals <= {row.message_id for row in shown}
    assert all(one.candidates for one in grouping.unsure)


@settings(max_examples=60, deadline=None)
@given(mailboxes(), st.data())
def test_what_was_placed_by_hand_is_never_moved(rows, data):
    where = data.draw(
        st.dictionaries(st.sampled_from([name_of(row) for row in rows]), st.sampled_from("xyz"), max_size=6)
    )
    placements = placed(**{key: "".join(n for n, at in where.items() if at == key) for key in set(where.values())})
    found = {row.message_id: one.by_hand for one in group(rows, Told(placements)).applications for row in one.messages}
    assert {key: found.get(key) for key in placements} == {key: one.application for key, one in placements.items()}


@settings(max_examples=40, deadline=None)
@given(mailboxes())
def test_merging_and_splitting_gives_back_what_was_there(rows):
    before = group(rows)
    if len(before.applications) < 2:
        return
    parts = ["".join(name_of(row) for row in one.messages) for one in before.applications]
    kept = [row for one in before.applications for row in one.messages]
    merged = group(kept, Told(placed(x="".join(parts))))
    assert len(merged.applications) == 1
    split = group(kept, Told(placed(**{f"part{at}": names for at, names in enumerate(parts)})))
    assert {one.id: one.messages for one in split.applications} == {one.id: one.messages for one in before.applications}
