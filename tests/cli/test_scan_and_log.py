"""scan, log and suggest on the sample mailbox and on files, with and without a running server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.home import Home
from server.wiring import sample_mbox
from tests.cli.command import classact, document, running, until
from tests.web.gold import DOVECOTE, HALFMOON, KERR, copy_of_sample

REPORT = ["seen", "judged", "rejections", "review", "failed", "known", "seconds"]
LINE = [
    "message_id",
    "thread_id",
    "mailbox",
    "company",
    "role",
    "reason",
    "hold",
    "received",
    "logged",
    "score",
    "band",
    "evidence",
    "state",
]
NEWSLETTER = "19ef0850c38614b8"
SUGGESTION = ["kind", "allowed", "why", "advice", "one_click", "to", "subject", "body", "language", "tone"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_scan_reports_what_it_saw(first_scan):
    report = document(first_scan[1])
    assert list(report) == REPORT
    assert report["seen"] == report["judged"] + report["failed"] + report["known"]
    assert report["seen"] == sample_mbox().read_bytes().count(b"\nX-GM-THRID: ")  # all that the demo inbox shows


def test_a_second_scan_logs_nothing_new(scanned):
    before = document(classact(scanned, "log", "--json"))
    report = document(classact(scanned, "scan", "--mailbox", "sample", "--json"))
    assert (report["judged"], report["rejections"]) == (0, 0)
    assert document(classact(scanned, "log", "--json")) == before


def test_the_log_has_the_agreed_fields_newest_first(scanned):
    lines = document(classact(scanned, "log", "--json"))
    assert all(list(line) == LINE for line in lines)
    assert [line["received"] for line in lines] == sorted((line["received"] for line in lines), reverse=True)
    assert all(line["received"].endswith("Z") for line in lines)


def test_log_all_adds_what_is_on_hold_or_under_review(scanned):
    plain = document(classact(scanned, "log", "--json"))
    everything = document(classact(scanned, "log", "--all", "--json"))
    assert len(everything) > len(plain)
    assert any(line["hold"] for line in everything)


def test_an_mbox_file_is_scanned_like_the_sample(home, tmp_path):
    copy_of_sample(tmp_path / "mine.mbox", KERR, DOVECOTE, HALFMOON)
    report = document(classact(home, "scan", "--mailbox", "mbox:mine.mbox", "--json"))
    (first, *_rest) = document(classact(home, "log", "--json"))
    assert report["rejections"] == len(document(classact(home, "log", "--json"))) > 0
    assert first["mailbox"] == f"mbox:{tmp_path / 'mine.mbox'}"


def test_a_newsletter_gets_no_letter_but_a_word_on_what_to_do(scanned):
    done = classact(scanned, "suggest", NEWSLETTER, "--json")
    assert list(document(done)) == SUGGESTION
    assert (document(done)["allowed"], document(done)["to"], done.returncode) == (False, "", 0)
    why = classact(scanned, "suggest", NEWSLETTER).stdout
    assert why.startswith("This is not logged as a rejection")
    assert f"`classact correct {NEWSLETTER} --rejection`" in why


def test_a_suggestion_has_the_agreed_fields(scanned):
    lines = document(classact(scanned, "log", "--json"))
    suggestion = document(classact(scanned, "suggest", lines[0]["message_id"], "--json"))
    assert list(suggestion) == SUGGESTION


def test_an_unknown_message_is_a_fault_with_a_hint(scanned):
    done = classact(scanned, "suggest", "0123456789abcdef", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "0123456789abcdef" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["scan"], 3, "connect"),
        (["scan", "--mailbox", "gmail"], 3, "connect"),
        (["scan", "--mailbox", "imap:x"], 2, "names no mailbox"),
        (["scan", "--mailbox", "mbox:missing.mbox"], 2, "missing.mbox"),
        (["scan", "--mailbox", "mbox:."], 2, "cannot be read"),
        (["suggest", "0123456789abcdef", "--kind", "poem"], 2, "poem"),
        (["nonsense"], 2, "nonsense"),
        (["pair"], 1, "classact run"),
        (["connect", "--no-browser"], 2, "--client FILE"),
        (["disconnect"], 3, "connect"),
    ],
)
def test_a_wrong_call_ends_with_a_sentence_and_its_code(home, arguments, code, word):
    done = classact(home, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_mailbox_is_refused(home, tmp_path):
    (tmp_path / "photo.mbox").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    done = classact(home, "scan", "--mailbox", "mbox:photo.mbox")
    assert (done.returncode, "does not begin like an mbox" in done.stderr) == (2, True)


def test_an_unwritable_data_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = classact(tmp_path / "file", "scan", "--mailbox", "sample")
    assert (done.returncode, "CLASSACT_HOME" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "url", ["https://mail.example", "http://evil.example:80", "http://127.0.0.1:1@evil.example:2", "x"]
)
def test_a_google_url_that_is_not_loopback_is_refused(home, url):
    done = classact(home, "scan", "--mailbox", "sample", CLASSACT_GOOGLE_URL=url)
    assert (done.returncode, "CLASSACT_GOOGLE_URL" in done.stderr) == (2, True)


def test_a_running_server_carries_out_the_commands_and_prints_the_same(scanned):
    home = scanned
    with running(home):
        lines = document(classact(home, "log", "--json"))
        first = lines[0]["message_id"]
        through_server = classact(home, "suggest", first, "--json").stdout
        report = document(classact(home, "scan", "--mailbox", "sample", "--json"))
        assert classact(home, "suggest", "0123456789abcdef").returncode == 1
        assert classact(home, "pair").stdout.strip().isdigit()
    assert list(report) == REPORT
    assert classact(home, "suggest", first, "--json").stdout == through_server


def test_an_argument_that_is_no_text_gets_its_answer_from_a_running_server(scanned):
    with running(scanned):
        done = classact(scanned, "suggest", "\udcff")
    assert (done.returncode, "is known here" in done.stderr) == (1, True)


def test_the_address_of_a_killed_server_is_forgotten(scanned):
    with running(scanned) as server:
        server.kill()
        assert (scanned / "server.json").exists()
        Home(scanned).take()
    assert not (scanned / "server.json").exists()


def test_a_second_run_on_the_same_data_is_refused(scanned):
    with running(scanned):
        done = classact(scanned, "run", "--no-browser", "--port", "0")
    assert (done.returncode, str(scanned) in done.stderr, done.stdout) == (1, True, "")


def test_a_taken_port_is_refused_with_the_next_one_to_try(scanned, tmp_path):
    with running(scanned) as server:
        done = classact(tmp_path / "other", "run", "--no-browser", "--port", str(server.port))
    assert done.returncode == 1
    assert f"--port {server.port + 1}" in done.stderr


def test_a_server_stops_cleanly_when_asked(scanned):
    with running(scanned) as server:
        assert server.stop() == 0
    assert not (scanned / "server.json").exists()


def test_a_kill_in_the_middle_of_a_scan_loses_nothing_and_doubles_nothing(home, scanned):
    expected = [_what(line) for line in document(classact(scanned, "log", "--all", "--json"))]
    with running(home) as server:
        until(lambda: (home / "log.journal").exists() and (home / "log.journal").stat().st_size > 2000)
        server.kill()
    classact(home, "scan", "--mailbox", "sample")
    assert [_what(line) for line in document(classact(home, "log", "--all", "--json"))] == expected


def test_the_log_file_holds_no_subject_address_or_sentence(home):
    with running(home) as server:
        until((home / "classact.log").read_text)  # written when the first scan is over
        server.stop()
    text = (home / "classact.log").read_text()
    lines = json.dumps(document(classact(home, "log", "--all", "--json")))
    assert text
    assert "@" not in text.replace("classact@", "")
    assert not [word for word in ("Quillfold", "Unfortunately", "robin") if word in lines and word in text]


def _what(line: dict) -> dict:
    return {name: value for name, value in line.items() if name != "logged"}
