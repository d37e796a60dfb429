"""`classact` started as a shell starts it, imports and all: it says what a warm call says (tests/cli/warm.py)."""

from __future__ import annotations

import pytest

from tests.cli.command import classact, cold, cold_start, document, running

TEXT = '{"id": "a", "body": "We regret to tell you that we will not be moving forward with your application."}\n'


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("log", "--json"), ("nonsense",), ("suggest", "0" * 16), ("connect", "--no-browser"), ("pair",)],
)
def test_a_cold_call_ends_and_prints_as_a_warm_one(scanned, arguments):
    one, other = cold(scanned, *arguments), classact(scanned, *arguments)
    assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)


def test_a_cold_call_loads_the_model_and_reads_what_it_is_given(tmp_path):
    done = cold(tmp_path / "home", "classify", "--jsonl", "-", stdin=TEXT)
    assert (document(done)["label"], done.stderr, done.returncode) == ("rejection", "", 0)


def test_a_cold_doctor_examines_everything(tmp_path):
    assert len(document(cold(tmp_path / "home", "doctor", "--json"))["checks"]) >= 20


def test_a_server_started_cold_carries_commands_out_and_stops(scanned):
    with running(scanned, begin=cold_start) as server:
        assert document(classact(scanned, "log", "--json"))
        assert server.stop() == 0
