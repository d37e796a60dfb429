"""`classact doctor` as a whole: with a server, without one, with one that hangs, and with nothing as it should be."""

from __future__ import annotations

import json
import signal

import pytest

from tests.cli.command import classact, document, running

STATUSES = {"ok", "warn", "fail"}


def test_there_are_twenty_checks_and_each_that_is_not_well_has_a_mend(tmp_path):
    done = classact(tmp_path / "home", "doctor", "--json")
    report = document(done)
    assert len({check["id"] for check in report["checks"]}) >= 20
    assert {check["status"] for check in report["checks"]} <= STATUSES
    assert [check for check in report["checks"] if check["status"] != "ok" and not check["mend"]] == []
    assert (done.returncode == 0) is report["ok"]
    assert report["ok"] is ("fail" not in {check["status"] for check in report["checks"]})


def test_nothing_is_made_by_looking(tmp_path):
    classact(tmp_path / "home", "doctor")
    assert not (tmp_path / "home").exists()


def test_whatever_is_wrong_it_reports_and_ends_with_1(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "log.json").write_text("nonsense")
    (home / "log.journal").write_text("nonsense\n")
    (home / "client_secret.json").write_text("nonsense")
    (home / "tokens").mkdir()
    (home / "tokens" / "kim@seeker.example.json").write_text("nonsense")
    (home / "server.json").write_text("nonsense")
    done = classact(home, "doctor", "--json", CLASSACT_PORT="many")
    report = document(done)
    failed = {check["id"] for check in report["checks"] if check["status"] == "fail"}
    assert done.returncode == 1
    assert {"environment", "store", "client_file", "sign_in"} <= failed


def test_a_running_server_is_asked_and_one_that_hangs_is_told(tmp_path):
    with running(tmp_path / "home", "--demo") as server:
        report = document(classact(tmp_path / "home", "doctor", "--json"))
        by_id = {check["id"]: check for check in report["checks"]}
        assert (by_id["server"]["status"], str(server.port) in by_id["port"]["sentence"]) == ("ok", True)
        server.process.send_signal(signal.SIGSTOP)
        try:
            done = classact(tmp_path / "home", "doctor", "--json")
        finally:
            server.process.send_signal(signal.SIGCONT)
    by_id = {check["id"]: check for check in document(done)["checks"]}
    assert (done.returncode, by_id["server"]["status"]) == (1, "fail")
    assert str(server.process.pid) in by_id["server"]["mend"]


def test_for_people_each_line_says_how_it_is_and_what_to_do(tmp_path):
    done = classact(tmp_path / "home", "doctor")
    assert "→" in done.stdout
    assert "checks." in done.stdout.splitlines()[-1]
    with pytest.raises(ValueError):
        json.loads(done.stdout)
