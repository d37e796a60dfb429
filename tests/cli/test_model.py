"""correct and model, with and without a running server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from server.cli.commands import Carrier
from tests.cli.command import classact, document, running

STATUS = ["version", "own", "ignored", "corrections", "new", "running", "last"]


def test_a_correction_is_answered_with_what_the_mail_counts_as_now(scanned: Path) -> None:
    first = document(classact(scanned, "log", "--json"))[-1]["message_id"]
    named = document(classact(scanned, "correct", first, "--company", "Harbour Works", "--role", "Baker", "--json"))
    assert named == {
        "message_id": first,
        "label": "rejection",
        "band": "auto",
        "company": "Harbour Works",
        "role": "Baker",
        "state": named["state"],
    }
    assert "Harbour Works" in classact(scanned, "log").stdout
    taken_out = classact(scanned, "correct", first, "--no-rejection")
    assert (taken_out.returncode, "not a rejection" in taken_out.stdout) == (0, True)
    assert first not in classact(scanned, "log").stdout
    assert document(classact(scanned, "correct", first, "--rejection", "--json"))["company"] == "Harbour Works"


def test_a_correction_that_says_nothing_is_a_wrong_call(scanned: Path) -> None:
    first = document(classact(scanned, "log", "--json"))[0]["message_id"]
    done = classact(scanned, "correct", first)
    assert (done.returncode, done.stdout) == (2, "")
    assert classact(scanned, "correct", "0123456789abcdef", "--rejection").returncode == 1


def test_a_verdict_that_was_given_can_be_taken_back(scanned: Path) -> None:
    asked = next(row for row in document(classact(scanned, "log", "--all", "--json")) if row["band"] == "review")
    classact(scanned, "correct", asked["message_id"], "--rejection")
    done = classact(scanned, "correct", asked["message_id"], "--take-back")
    assert (done.returncode, done.stdout.startswith("Taken back: ")) == (0, True)
    assert asked in document(classact(scanned, "log", "--all", "--json"))
    assert "took back what you said" in classact(scanned, "journal").stdout
    both = classact(scanned, "correct", asked["message_id"], "--take-back", "--rejection")
    assert (both.returncode, both.stdout) == (2, "")


def test_the_shipped_model_is_in_use_until_something_was_learned(tmp_path: Path) -> None:
    status = document(classact(tmp_path / "home", "model", "status", "--json"))
    assert list(status) == STATUS
    assert (status["own"], status["ignored"], status["corrections"], status["last"]) == (False, "", 0, None)
    assert "came with the program" in classact(tmp_path / "home", "model", "status").stdout


def test_without_corrections_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    done = classact(tmp_path / "home", "model", "retrain")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing to learn from yet" in done.stderr


class _Stopped:
    """Learning that the end of the program has ended."""

    def retrain(self, _step: object) -> None:
        return None


class _Lines:
    """A console that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    out = err = lambda self, text: self.told.append(text)


def test_learning_that_was_cut_off_by_a_stop_is_no_success() -> None:
    nothing, console = cast("Any", None), _Lines()
    carrier = Carrier(nothing, nothing, nothing, cast("Any", _Stopped()))
    code = carrier("model", {"action": "retrain", "as_json": False}, cast("Any", console))
    assert (code, "stopped before it had learned" in " ".join(console.told)) == (1, True)


def test_a_reset_goes_back_to_the_shipped_model(tmp_path: Path) -> None:
    own = tmp_path / "home" / "model"
    own.mkdir(parents=True)
    (own / "base").write_text("of an earlier version\n")
    assert "earlier version" in classact(tmp_path / "home", "model", "status").stdout
    reset = document(classact(tmp_path / "home", "model", "reset", "--json"))
    assert (reset["own"], reset["ignored"], own.exists()) == (False, "", False)


def test_a_running_server_answers_the_same(scanned: Path) -> None:
    home = scanned
    with running(home):
        lines = document(classact(home, "log", "--json"))
        through_server = document(classact(home, "correct", lines[0]["message_id"], "--company", "Harbour", "--json"))
        status = document(classact(home, "model", "status", "--json"))
    assert through_server["company"] == "Harbour"
    assert (list(status), status["corrections"]) == (STATUS, 0)
    assert document(classact(home, "model", "status", "--json")) == status
