"""Labels and archiving in any order of arrivals, corrections, switches and failures."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from server.domain.model import Rejection
from server.domain.tidying import Step, Tidied, Tidying
from tests.builders import MAILBOX
from tests.services.test_labels import Ground


class AnyOrder(RuleBasedStateMachine):
    """Whatever fails and whenever: after a pass that came through, labels are those of the log; undo leaves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.ground, self.count, self.before = Ground(), 0, {}

    @rule(in_inbox=st.booleans())
    def arrives(self, in_inbox: bool) -> None:
        self.count += 1
        id_ = self.ground.log(f"cc{self.count:014}", *(["INBOX"] if in_inbox else ["Elsewhere"]))
        self.before[id_] = set(self.ground.inbox.labels[id_])

    @precondition(lambda self: self.count)
    @rule(data=st.data())
    def is_corrected(self, data: st.DataObject) -> None:
        self.ground.overrule(data.draw(st.sampled_from(sorted(self.before))))

    @rule(label=st.booleans(), archive=st.booleans())
    def is_chosen(self, label: bool, archive: bool) -> None:
        self.ground.labels.choose(MAILBOX, label=label, archive=archive)

    @rule(fails=st.lists(st.sampled_from(["before", "after", "label", "places"]), max_size=2))
    def runs(self, fails: list[str]) -> None:
        self.ground.inbox.fails = list(fails)
        self.ground.labels.changed(MAILBOX)
        self.ground.inbox.fails = []

    @rule()
    def comes_through(self) -> None:
        self.ground.labels.work(MAILBOX)
        chosen = self.ground.store.get(Tidying, MAILBOX)
        if chosen and chosen.label:
            assert self.ground.labelled == {r.message_id for r in self.ground.store.all(Rejection)}

    @rule()
    def is_undone(self) -> None:
        self.ground.labels.undo(MAILBOX)
        assert self.ground.inbox.labels == self.before
        assert all(one.archived is Step.NOT for one in self.ground.store.all(Tidied))

    @invariant()
    def nothing_comes_into_the_inbox_that_was_not_there(self) -> None:
        assert self.ground.in_inbox <= {i for i, labels in self.before.items() if "INBOX" in labels}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
