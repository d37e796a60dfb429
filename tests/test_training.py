"""A child process learns; whatever becomes of it, its end is told in a sentence and the model in use stays."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from nlp import train
from nlp.versions import version_of
from server import wiring
from server.domain.model import Figures, Judged
from server.errors import LearningFailed
from server.mailboxes.memory import MemoryMailbox
from server.ports import Measured, Row
from server.services.correct import correct
from server.services.learning import Learning
from server.services.log import everywhere
from server.services.scan import Scanner
from server.stores.memory import MemoryStore
from server.stores.models import OwnModel
from server.training import CHILD, ChildTrainer
from server.wiring import LazyClassifier
from tests.builders import MAILBOX, FixedClock, StubClassifier, raw_mail
from tests.nlp.conftest import MAILS, SENTENCES

ROWS: list[Row] = [{"id": "1", "label": "", "subject": "", "from": "", "body": "SECRET", "decisive": []}]
FIGURES = {"model": "m", "mails": 3, "f1": 0.5, "auto_precision": None}
RESULT = json.dumps({"before": FIGURES, "after": FIGURES | {"f1": 1}, "worse": ["1"], "used": 1})


def child(code: str, seconds: float = 60.0) -> ChildTrainer:
    return ChildTrainer([sys.executable, "-c", f"import json, os, sys, time\n{code}"], seconds)


def run(trainer: ChildTrainer, stopped: Callable[[], bool] = lambda: False) -> tuple[Measured | None, list[str]]:
    steps: list[str] = []
    return trainer(ROWS, Path("unused"), None, steps.append, stopped), steps


def test_steps_are_heard_and_figures_come_back() -> None:
    told = f"rows = json.loads(sys.stdin.readline())\nprint(json.dumps({{'step': rows[0]['body']}}))\nprint({RESULT!r})"
    measured, steps = run(child(told))
    assert steps == ["SECRET"]
    assert measured is not None
    assert (measured.before, measured.worse) == (Figures("m", 3, 0.5, None), ("1",))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("print(json.dumps({'error': 'No space left on device'}))", "No space left on device"),
        ("os.kill(os.getpid(), 9)", "signal 9"),
        ("sys.exit(7)", "code 7"),
        ("print('nonsense'); print('[1]'); print('{\"before\":', end='')", "code 0"),
        ("print('{\"before\": 1}')", "make no sense"),
        ("raise MemoryError", "code 1"),
    ],
)
def test_a_child_that_comes_to_no_result_is_told_with_the_reason(code: str, says: str) -> None:
    with pytest.raises(LearningFailed, match=says):
        run(child(code))


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(LearningFailed, match="longer than"):
        run(child(f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(60)", seconds=3.0))
    assert not alive(int((tmp_path / "pid").read_text()))


def test_a_stop_ends_the_child_without_a_result() -> None:
    began = time.monotonic()
    assert run(child("time.sleep(60)"), stopped=lambda: time.monotonic() > began + 0.3)[0] is None


def test_a_command_that_is_not_there_is_told() -> None:
    with pytest.raises(LearningFailed):
        run(ChildTrainer(["/nonexistent/python"]))


KILLED_PARENT = """\
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
child.stdin.write(b"[]\\n")
child.stdin.flush()
print(child.pid, flush=True)
os.kill(os.getpid(), 9)
"""
WATCHFUL_CHILD = """\
import sys, threading, time
from nlp import relearn
sys.stdin.readline()
threading.Thread(target=relearn._end_with_the_parent, daemon=True).start()
time.sleep(300)
"""


def test_a_child_ends_when_whoever_started_it_is_gone() -> None:
    """Else a killed server's child and the next server's would write into one folder."""
    command = [sys.executable, "-c", KILLED_PARENT, sys.executable, "-c", WATCHFUL_CHILD]
    with Popen(command, stdout=PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
    deadline = time.monotonic() + 120
    while alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus")
    (root / "en").mkdir()
    (root / "en" / "sentences-a.tsv").write_text(SENTENCES, "utf-8")
    (root / "en" / "mails-a.txt").write_text(MAILS, "utf-8")
    return root


@pytest.fixture(scope="module")
def shipped(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped") / "model"
    train.main(["--corpus", str(corpus), "--out", str(folder), "--without-network"])
    return folder


class Ground:
    """Everything real but the mailbox, over a tiny corpus and the model that it gives."""

    def __init__(self, home: Path, corpus: Path, shipped: Path) -> None:
        self.models, self.clock, self.store = OwnModel(home), FixedClock(), MemoryStore()
        self.mailbox = MemoryMailbox(MAILBOX)
        self.classifier = LazyClassifier(self.models)
        options = ["--corpus", corpus, "--heldout", corpus, "--without-network", "--current", shipped]
        self.learning = Learning(
            self.store,
            self.clock,
            self.classifier,
            open_mailbox=lambda _name: self.mailbox,
            visible=lambda: everywhere,
            trainer=ChildTrainer([*CHILD, *map(str, options)]),
            models=self.models,
        )

    def correct(self, body: str, number: int, *, is_rejection: bool) -> None:
        message_id = self.mailbox.deliver(raw_mail(body, number=number))
        Scanner(self.mailbox, self.store, StubClassifier(), self.clock).scan()
        correct(self.store, self.clock, MAILBOX, message_id, is_rejection=is_rejection)
        assert self.store.all(Judged)


@pytest.fixture
def ground(tmp_path: Path, corpus: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    real = wiring.load_classifier
    monkeypatch.setattr(wiring, "load_classifier", lambda folder=None: real(folder or shipped))
    monkeypatch.setattr(wiring, "version_of", lambda: version_of(shipped))
    return Ground(tmp_path, corpus, shipped)


def test_a_real_child_learns_and_its_model_is_used_from_then_on_until_it_is_reset(
    ground: Ground, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.correct("The harbour council went with somebody who has sailed before. All the best!", 1, is_rejection=True)
    ground.correct("The harbour choir sings on Tuesday, and you are welcome to join.", 2, is_rejection=False)
    steps: list[str] = []
    training = ground.learning.retrain(steps.append)
    assert training is not None
    assert (training.why_not, training.corrections) == ("", 2)
    assert steps == ["reading", "training", "checking"]
    assert training.before is not None
    assert training.after is not None
    assert training.before.model == version_of(shipped) != training.after.model
    assert training.after.mails == 5

    own = LazyClassifier(OwnModel(tmp_path))
    assert own.own == ground.classifier.own == tmp_path / "model"
    assert own.version == ground.classifier.version == training.after.model
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model"]  # no mail is left lying about

    with monkeypatch.context() as patch:
        patch.setattr(wiring, "version_of", lambda: "a later one")
        later = LazyClassifier(OwnModel(tmp_path))
        assert (later.own, later.version) == (None, version_of(shipped))
        assert "earlier version" in later.ignored

    (tmp_path / "model" / "calibration.json").write_text("{")
    damaged = LazyClassifier(OwnModel(tmp_path))
    assert (damaged.own, damaged.version) == (None, version_of(shipped))
    assert "damaged" in damaged.ignored

    ground.learning.reset()
    assert (ground.classifier.own, ground.classifier.ignored) == (None, "")
    assert ground.learning.status().corrections == 2


def test_what_a_real_child_cannot_write_is_told_and_changes_nothing(ground: Ground, tmp_path: Path) -> None:
    ground.correct("The harbour council went with somebody who has sailed before. All the best!", 1, is_rejection=True)
    (tmp_path / "model.new.jsonl").mkdir()  # in the way of the file that it learns from
    training = ground.learning.retrain(lambda _step: None)
    assert training is not None
    assert "Is a directory" in training.why_not
    assert ground.classifier.own is None
