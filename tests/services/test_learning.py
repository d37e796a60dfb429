"""The classifier learns from corrections, one time after the other, and only what makes it no worse."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from nlp.verdict import Label
from server.domain.model import Correction, Figures, Training
from server.errors import HomeNotWritable, LearningFailed, Offline, Refused, UsageError
from server.mailboxes.memory import MemoryMailbox
from server.ports import Mailbox, Measured, Row
from server.services.background import Background
from server.services.correct import correct
from server.services.learning import ENOUGH, Learning, why_not
from server.services.scan import Scanner
from server.services.taking_back import take_back
from server.stores.memory import MemoryStore
from tests.builders import MAILBOX, NO, FixedClock, StubClassifier, raw_mail
from tests.services.desk_ground import Ground as DeskGround

WAS = Figures("stub-1", 9, 0.8, 1.0)
BETTER = Measured(WAS, Figures("stub-2", 9, 0.9, 1.0), (), 1)


@dataclass
class StubLearner(StubClassifier):
    own: Path | None = None
    base: str = "shipped-1"
    ignored: str = ""
    reloads: int = 0

    def reload(self) -> None:
        self.reloads += 1


@dataclass
class StubModels:
    fresh: Path = Path("new")
    done: list[str] = field(default_factory=list)
    full: bool = False

    def adopt(self, base: str) -> None:
        if self.full:
            raise HomeNotWritable("home", "No space left on device")
        self.done.append(f"adopt {base}")

    def discard(self) -> None:
        self.done.append("discard")

    def reset(self) -> None:
        self.done.append("reset")


class Ground:
    def __init__(self) -> None:
        self.store, self.clock, self.mailbox = MemoryStore(), FixedClock(), MemoryMailbox(MAILBOX)
        self.classifier, self.models = StubLearner(), StubModels()
        self.rows: list[Row] = []
        self.result: Measured | Exception | None = BETTER
        self.open_mailbox: Callable[[str], Mailbox] = lambda _name: self.mailbox
        self.shown: Callable[[str], bool] = lambda _mailbox: True
        self.learning = Learning(
            self.store,
            self.clock,
            self.classifier,
            open_mailbox=self._open,
            visible=lambda: self.shown,
            trainer=self.train,
            models=self.models,
        )

    def _open(self, name: str) -> Mailbox:
        return self.open_mailbox(name)

    def train(
        self,
        rows: Sequence[Row],
        _out: Path,
        _current: Path | None,
        step: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> Measured | None:
        self.rows = list(rows)
        step("training")
        if isinstance(self.result, Exception):
            raise self.result
        return None if stopped() else self.result

    def corrected(self, count: int = 1, *, is_rejection: bool = False) -> None:
        """So many mails that the seeker corrected, a second apart."""
        for _ in range(count):
            self.clock.advance()
            number = len(self.store.all(Correction)) + 1
            message_id = self.mailbox.deliver(raw_mail(number=number))
            Scanner(self.mailbox, self.store, StubClassifier(), self.clock).scan()
            correct(self.store, self.clock, MAILBOX, message_id, is_rejection=is_rejection)

    def retrain(self) -> Training:
        self.clock.advance()
        training = self.learning.retrain(lambda _step: None)
        assert training is not None
        return training


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_a_model_that_judges_no_worse_is_taken_and_used_at_once(ground: Ground) -> None:
    ground.corrected()
    training = ground.retrain()
    assert (training.why_not, training.before, training.after) == ("", BETTER.before, BETTER.after)
    assert ground.models.done == ["adopt shipped-1", "discard"]
    assert ground.classifier.reloads == 1
    assert ground.store.all(Training) == [training]


def test_the_end_of_the_program_ends_learning_whoever_asked_for_it(ground: Ground) -> None:
    ground.corrected()
    background = Background(DeskGround().desk, lambda: None, 60.0, ground.learning)
    assert ground.learning.retrain(lambda _step: background.stop()) is None
    assert (ground.models.done, ground.store.all(Training)) == (["discard"], [])


def test_the_trainer_gets_each_corrected_mail_with_the_seekers_word(ground: Ground) -> None:
    ground.corrected(is_rejection=True)
    ground.corrected(is_rejection=False)
    ground.retrain()
    yes, no = ground.rows
    assert (yes["label"], yes["decisive"], no["label"], no["decisive"]) == (Label.REJECTION, [NO], "", [])
    assert yes["from"] == '"Ada Lee" <ada.lee@brightwater.example>'
    assert NO in yes["body"]


def test_a_name_put_right_is_nothing_to_learn_from(ground: Ground) -> None:
    ground.mailbox.deliver(raw_mail())
    Scanner(ground.mailbox, ground.store, StubClassifier(), ground.clock).scan()
    ground.corrected()
    kept = ground.store.all(Correction)[0]
    ground.store.put(replace(kept, is_rejection=None, company="Harbour"))
    assert ground.learning.status().corrections == 0
    with pytest.raises(Refused, match="nothing to learn"):
        ground.retrain()


@pytest.mark.parametrize(
    ("measured", "says"),
    [
        (replace(BETTER, after=replace(WAS, f1=0.79)), "less well"),
        (replace(BETTER, after=replace(WAS, f1=WAS.f1 - 0.005)), "less well"),
        (replace(BETTER, after=replace(WAS, f1=WAS.f1 - 0.004)), ""),
        (replace(BETTER, after=replace(WAS, f1=None)), ""),
        (replace(BETTER, after=replace(WAS, auto_precision=0.99)), "without asking"),
        (replace(BETTER, before=replace(WAS, auto_precision=None), after=replace(WAS, auto_precision=0.9)), "without"),
        (replace(BETTER, worse=("1",)), "1 mail that you corrected"),
        (replace(BETTER, worse=("1", "2")), "2 mails that you corrected"),
        (replace(BETTER, used=0), "language"),
        (replace(BETTER, after=replace(WAS, mails=0)), "no mails to check"),
        (replace(BETTER, after=WAS), ""),
    ],
)
def test_what_is_worse_on_any_count_is_not_taken(ground: Ground, measured: Measured, says: str) -> None:
    assert (says in why_not(measured)) if says else not why_not(measured)
    ground.corrected()
    ground.result = measured
    training = ground.retrain()
    assert bool(training.why_not) == bool(says)
    assert ("adopt shipped-1" in ground.models.done) == (not says)


def test_a_trainer_that_fails_leaves_the_model_and_says_why(ground: Ground) -> None:
    ground.corrected()
    ground.result = LearningFailed("it was ended by the system, signal 9")
    assert "signal 9" in ground.retrain().why_not
    assert ground.models.done == ["discard"]
    assert ground.classifier.reloads == 0


def test_a_full_disk_leaves_the_model_and_says_why(ground: Ground) -> None:
    ground.corrected()
    ground.models.full = True
    assert "No space left" in ground.retrain().why_not
    assert ground.classifier.reloads == 0


def test_a_stop_counts_as_if_it_had_never_begun(ground: Ground) -> None:
    ground.corrected()
    ground.learning.end()
    assert ground.learning.retrain(lambda _step: None) is None
    assert ground.store.all(Training) == []
    assert ground.models.done == ["discard"]


def test_it_learns_once_at_a_time(ground: Ground) -> None:
    ground.corrected()
    heard: list[str] = []

    def again(step: str) -> None:
        if step == "training":
            assert ground.learning.status().running
            for work in (lambda: ground.learning.retrain(heard.append), ground.learning.reset):
                with pytest.raises(Refused, match="learning just now"):
                    work()

    ground.learning.retrain(again)
    assert heard == []
    assert not ground.learning.status().running


def test_it_is_due_after_five_new_corrections_and_at_most_once_a_day(ground: Ground) -> None:
    ground.corrected(ENOUGH - 1)
    assert not ground.learning.is_due()
    ground.corrected()
    assert ground.learning.is_due()
    ground.retrain()
    assert not ground.learning.is_due()
    ground.corrected(ENOUGH)
    assert not ground.learning.is_due()
    ground.clock.time += timedelta(days=1)
    assert ground.learning.is_due()


def test_it_is_due_too_when_what_it_learned_from_was_taken_back(ground: Ground) -> None:
    ground.corrected(ENOUGH + 1)
    ground.retrain()
    ground.clock.time += timedelta(days=1)
    for kept in ground.store.all(Correction)[1:]:
        assert not ground.learning.is_due()
        take_back(ground.store, ground.clock, MAILBOX, kept.message_id)
    assert ground.learning.is_due()
    ground.retrain()
    assert len(ground.rows) == 1


def test_what_was_said_and_taken_back_since_it_learned_is_no_news(ground: Ground) -> None:
    ground.corrected()
    ground.retrain()
    ground.clock.time += timedelta(days=1)
    ground.corrected(ENOUGH)
    for kept in ground.store.all(Correction)[1:]:
        take_back(ground.store, ground.clock, MAILBOX, kept.message_id)
    assert not ground.learning.is_due()


def test_when_every_correction_was_taken_back_the_shipped_model_judges_again(ground: Ground) -> None:
    ground.corrected()
    ground.retrain()
    ground.classifier.own = Path("model")
    ground.clock.time += timedelta(days=1)
    (kept,) = ground.store.all(Correction)
    take_back(ground.store, ground.clock, MAILBOX, kept.message_id)
    assert ground.learning.is_due()
    training = ground.retrain()
    assert (training.corrections, training.why_not, ground.models.done[-1]) == (0, "", "reset")
    assert ground.classifier.reloads == 2


def test_the_status_tells_what_is_known_and_what_is_new(ground: Ground) -> None:
    ground.corrected(2)
    last = ground.retrain()
    ground.corrected()
    status = ground.learning.status()
    assert (status.version, status.own, status.corrections, status.new, status.last) == ("stub-1", False, 3, 1, last)


def test_a_reset_removes_the_own_model_and_keeps_corrections_and_history(ground: Ground) -> None:
    ground.corrected()
    ground.retrain()
    ground.learning.reset()
    assert ground.models.done[-1] == "reset"
    assert ground.classifier.reloads == 2
    assert (len(ground.store.all(Correction)), len(ground.store.all(Training))) == (1, 1)


def test_corrections_of_mailboxes_that_are_not_shown_teach_nothing(ground: Ground) -> None:
    ground.corrected()
    ground.shown = lambda mailbox: mailbox != MAILBOX
    assert ground.learning.status().corrections == 0


def test_a_mailbox_that_cannot_be_reached_now_puts_it_off(ground: Ground) -> None:
    def offline(_name: str) -> Mailbox:
        raise Offline("test")

    ground.corrected()
    ground.open_mailbox = offline
    with pytest.raises(Offline):
        ground.retrain()
    assert ground.store.all(Training) == []


def test_a_mailbox_that_is_no_longer_there_is_left_out(ground: Ground) -> None:
    def unknown(name: str) -> Mailbox:
        if name == "gone@seeker.example":
            raise UsageError("no such mailbox")
        return ground.mailbox

    ground.corrected()
    ground.store.put(replace(ground.store.all(Correction)[0], mailbox="gone@seeker.example", message_id="9"))
    ground.open_mailbox = unknown
    ground.retrain()
    assert len(ground.rows) == 1


def test_the_running_server_learns_by_itself_when_it_is_due(ground: Ground) -> None:
    ground.corrected(ENOUGH)
    learned = threading.Event()
    ground.models.adopt = lambda _base: learned.set()  # type: ignore[method-assign]
    background = Background(DeskGround().desk, lambda: None, 3600.0, ground.learning, learn_look=0.01)
    background.start()
    assert learned.wait(30)
    background.stop()
    assert len(ground.store.all(Training)) == 1
