"""Every command, called wrongly: a sentence, what to do next, the right exit code, and a log that is as it was."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from tests.cli.command import classact, document

NO = "19f522cdd0897f52"  # of the sample mailbox
FAULT, USAGE, NOT_CONNECTED, PARTLY = 1, 2, 3, 4
LETTERS = "Run `classact outbox`"
MESSAGES = "Run `classact log`"
APPLICATIONS = "run `classact applications`"
CONNECT = "Run `classact connect`"
DAY = "YYYY-MM-DD"

WRONG = [
    # ids that nobody knows
    (("suggest", "zz"), FAULT, "the id zz", MESSAGES),
    (("correct", "zz", "--rejection"), FAULT, "the id zz", MESSAGES),
    (("reminders", "add", "zz"), FAULT, "the id zz", MESSAGES),
    (("reminders", "snooze", "zz"), FAULT, "No reminder", "Run `classact reminders`"),
    (("reminders", "done", "zz"), FAULT, "No reminder", "Run `classact reminders`"),
    (("outbox", "undo", "zz"), FAULT, "No letter", LETTERS),
    (("outbox", "settle", "zz", "--went"), FAULT, "No letter", LETTERS),
    (("applications", "split", "zz"), FAULT, "message zz", APPLICATIONS),
    (("applications", "place", NO, "--to", "zz"), FAULT, "message zz", APPLICATIONS),
    (("applications", "edit", "zz", "--company", "Alder"), FAULT, "message zz", APPLICATIONS),
    (("log", "add", "--company", "Alder", "--to", "zz"), FAULT, "message zz", APPLICATIONS),
    (("applications", "undo"), FAULT, "nothing to undo", "by hand"),
    (("suggest", "\udcff"), FAULT, "the id ?", MESSAGES),
    # days, numbers, names and words that are none
    (("log", "add", "--company", "Alder", "--date", "2026-02-30"), USAGE, "2026-02-30", DAY),
    (("log", "add", "--company", "Alder", "--date", "2999-01-01"), USAGE, "not come yet", DAY),
    (("log", "add", "--company", " "), USAGE, "company is missing", "which company"),
    (("log", "add", "--company", "x" * 201), USAGE, "too long", "200 characters"),
    (("log", "add", "--company", "Alder", "--address", "nobody"), USAGE, "nobody", "name@company.example"),
    (("log", "add", "--company", "Alder", "--what", "maybe"), USAGE, "'maybe'", "'withdrew'"),
    (("scan", "--mailbox", "mbox:x", "--since", "soon"), USAGE, "soon", "90d"),
    (("scan", "--mailbox", "imap"), USAGE, "imap", "mbox:"),
    (("scan", "--mailbox", "sample", "--since", "2y"), USAGE, "--since", "sample mailbox"),
    (("reminders", "add", NO, "--in", "0"), USAGE, "'--in'", "1<=x<=365"),
    (("journal", "--days", "0"), USAGE, "'--days'", "x>=1"),
    (("run", "--port", "70000"), USAGE, "'--port'", "0<=x<=65535"),
    (("suggest", NO, "--language", "xx"), USAGE, "“xx”", "de, en, es"),
    (("suggest", NO, "--tone", "loud"), USAGE, "'loud'", "'warm'"),
    (("suggest", NO, "--kind", "angry"), USAGE, "'angry'", "'thank_you'"),
    (("suggest", NO, "--to", "nobody"), USAGE, "“nobody”", "Correct the address"),
    (("suggest", NO, "--specific", "x" * 301), USAGE, "301 characters", "one sentence"),
    (("correct", NO), USAGE, "Nothing was said", "a rejection"),
    (("applications", "edit", NO), USAGE, "Nothing was said", "Name a company"),
    (("outbox", "settle", "zz"), USAGE, "--went", "classact outbox settle --help"),
    (("export", "--format", "xls"), USAGE, "'xls'", "'csv'"),
    (("import", "x", "--map", "company"), USAGE, "FIELD=COLUMN", "company, role"),
    (("classify",), USAGE, "Name mail files", "classact classify -h"),
    (("classify", "x", "--jsonl", "-"), USAGE, "one of the two", "classact classify -h"),
    (("connect", "--with", "everything"), USAGE, "'everything'", "'labels'"),
    (("connect", "--no-browser"), USAGE, "no OAuth client file", "--client FILE"),
    (("selftest",), USAGE, "asked for", "selftest --live"),
    (("gmail",), USAGE, "'gmail'", "classact --help"),
    (("log", "--every"), USAGE, "--every", "classact log --help"),
    # no account
    (("scan",), NOT_CONNECTED, "No Google account", CONNECT),
    (("labels", "on"), NOT_CONNECTED, "No Google account", CONNECT),
    (("labels", "on", "--account", "kim@seeker.example"), NOT_CONNECTED, "No Google account", CONNECT),
    (("disconnect", "kim@seeker.example"), NOT_CONNECTED, "No Google account", CONNECT),
    (("selftest", "--live", "--yes"), NOT_CONNECTED, "No Google account", CONNECT),
    # what is not there
    (("pair",), FAULT, "not running", "Start it with `classact run`"),
    (("model", "retrain"), FAULT, "nothing to learn from", "Correct"),
]


@pytest.fixture(scope="module")
def home(first_scan: tuple[Path, object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's log, which no wrong call changes."""
    return Path(shutil.copytree(first_scan[0], tmp_path_factory.mktemp("wrong") / "home"))


@pytest.mark.parametrize(("call", "code", "said", "next_step"), WRONG, ids=[" ".join(row[0])[:60] for row in WRONG])
def test_a_wrong_call_says_what_is_wrong_and_what_to_do(
    home: Path, call: tuple[str, ...], code: int, said: str, next_step: str
) -> None:
    before = {path.name: path.read_bytes() for path in home.glob("log.*")}
    done = classact(home, *call)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert next_step in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in home.glob("log.*")} == before


@pytest.mark.parametrize(
    "call", [("log",), ("run", "--no-browser"), ("scan", "--mailbox", "sample"), ("backup", "x.zip")]
)
@pytest.mark.parametrize("place", ["/proc/nowhere", "taken"])
def test_a_data_folder_that_cannot_be_made_is_named_with_what_to_do(
    tmp_path: Path, place: str, call: tuple[str]
) -> None:
    (tmp_path / "taken").write_text("a file of the seeker's\n")
    folder = str(tmp_path / place)
    done = classact(tmp_path / "home", *call, CLASSACT_HOME=folder)
    assert (done.returncode, done.stdout) == (FAULT, "")
    assert f"The data folder {folder} cannot be written" in done.stderr
    assert "set CLASSACT_HOME to another folder" in done.stderr
    assert (tmp_path / "taken").read_text() == "a file of the seeker's\n"


def test_a_port_that_is_taken_is_named_with_another_one_to_try(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = classact(tmp_path / "home", "run", "--no-browser", "--port", str(port))
    assert (done.returncode, done.stdout) == (FAULT, "")
    assert f"Port {port}" in done.stderr
    assert f"--port {port + 1}" in done.stderr


def test_settings_that_make_no_sense_are_a_wrong_call(tmp_path: Path) -> None:
    done = classact(tmp_path / "home", "log", CLASSACT_PORT="x")
    assert (done.returncode, done.stdout, "CLASSACT_PORT" in done.stderr) == (USAGE, "", True)


@pytest.mark.parametrize(("given", "rows"), [("", 0), ("\n \n", 0), ("[" * 100_000, 1), ("\0\x01\n{}\n", 2)])
def test_rows_of_nothing_are_no_rows_and_rows_of_nonsense_are_said(tmp_path: Path, given: str, rows: int) -> None:
    done = classact(tmp_path / "home", "classify", "--jsonl", "-", stdin=given)
    assert (done.returncode, done.stderr) == (PARTLY if rows else 0, "")
    assert done.stdout.count('"error"') == done.stdout.count("\n") == rows


def test_one_huge_row_keeps_no_other_from_being_judged(tmp_path: Path) -> None:
    body = "We regret. " * 500_000
    (tmp_path / "rows.jsonl").write_text(f'{{"id": "huge", "body": "{body}"}}\n{{"id": "small"}}\n')
    done = classact(tmp_path / "home", "classify", "--jsonl", "rows.jsonl")
    assert (done.returncode, done.stdout.count('"label"')) == (0, 2)


def test_a_cell_that_is_too_long_is_named_with_its_line_and_the_others_come_in(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        f"Company,Status,Date\n{'A' * 1_000_000},no,2026-01-05\nAlder,rejected,2026-01-05\n"
    )
    done = classact(tmp_path / "home", "import", "list.csv", "--json")
    assert done.returncode == PARTLY
    answer = document(done)
    assert ([row["where"] for row in answer["bad"]], answer["added"]["rejections"]) == (["line 2"], 1)
