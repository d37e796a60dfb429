"""`classact export`, `import`, `backup`, `restore` and `wipe`, as a person or a script calls them."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.domain.model import Cursor
from server.stores.tiny import TinyStore
from tests.cli.command import classact, document, running

TRACKER = """Company,Job Title,Status,Date Rejected,Notes
Harbour Works,Baker,Rejected,2026-01-09,"=1+1, they said"
Brightwater,Gardener,Rejected,2026-02-01,
Alder,Cook,Applied,2026-02-02,
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with two lines in its log, and a file of somebody else."""
    (tmp_path / "list.csv").write_text(TRACKER)
    made = tmp_path / "home"
    assert classact(made, "import", "list.csv").returncode == 0
    (made / "notes.txt").write_text("mine")
    return made


def log_of(home: Path) -> list[dict[str, object]]:
    done = classact(home, "log", "--json")
    assert done.returncode == 0, done
    rows: list[dict[str, object]] = document(done)
    return rows


def test_a_table_says_which_column_it_takes_for_what(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(TRACKER + ",Nobody,Rejected,2026-01-01,\n")
    home = tmp_path / "home"
    dry = classact(home, "import", "list.csv", "--dry-run")
    assert dry.returncode == 4
    assert "company ← “Company”" in dry.stdout
    assert "Applied 1" in dry.stdout
    assert "line 5: it names no company" in dry.stderr
    assert log_of(home) == []
    answer = document(classact(home, "import", "list.csv", "--json"))
    assert answer["added"]["rejections"] == 2
    assert answer["bad"] == [{"where": "line 5", "why": "it names no company"}]
    assert document(classact(home, "import", "list.csv", "--json"))["added"] == {}


def test_export_wipe_import_gives_the_same_log(home: Path, tmp_path: Path) -> None:
    before = log_of(home)
    assert len(before) == 2
    everything = classact(home, "export", "--format", "json")
    (tmp_path / "all.json").write_text(everything.stdout)
    table = list(csv.DictReader(io.StringIO(classact(home, "export").stdout, newline="")))
    assert [row["company"] for row in table] == ["Brightwater", "Harbour Works"]
    wiped = classact(home, "wipe", "--yes")
    assert (wiped.returncode, wiped.stdout) == (0, "")
    assert [path.name for path in home.iterdir()] == ["notes.txt"]
    assert classact(home, "import", "all.json").returncode == 0
    assert log_of(home) == before
    assert json.loads(everything.stdout)["records"] == json.loads(
        classact(home, "export", "--format", "json").stdout
    )["records"]  # fmt: skip


def test_backup_wipe_restore_gives_the_same_log(home: Path, tmp_path: Path) -> None:
    before = log_of(home)
    assert classact(home, "backup", "copy.zip").returncode == 0
    assert stat.S_IMODE((tmp_path / "copy.zip").stat().st_mode) == 0o600
    assert classact(home, "wipe", "--yes").returncode == 0
    restored = classact(home, "restore", "copy.zip")
    assert restored.returncode == 0, restored
    assert "connect" not in restored.stderr  # no account was ever connected
    assert log_of(home) == before
    (tmp_path / "copy.zip").write_bytes(b"rubbish")
    refused = classact(home, "restore", "copy.zip")
    assert (refused.returncode, "no backup of Class Act" in refused.stderr) == (2, True)
    assert log_of(home) == before


def test_a_restore_names_the_account_whose_sign_in_no_backup_holds(home: Path) -> None:
    store = TinyStore(home)
    store.put(Cursor("kim@seeker.example", "1", datetime(2026, 1, 9, tzinfo=UTC)))
    store.close()
    assert classact(home, "backup", "copy.zip").returncode == 0
    restored = classact(home, "restore", "copy.zip")
    assert "for kim@seeker.example again, run `classact connect`" in restored.stderr


def test_a_wipe_says_what_goes_and_waits_for_a_yes(home: Path) -> None:
    before = sorted(path.name for path in home.iterdir())
    for answer in ("", "n\n"):
        done = classact(home, "wipe", stdin=answer)
        assert (done.returncode, done.stdout) == (1, "")
        assert "your log: verdicts" in done.stderr
        assert "This stays:\n  - in Gmail: your mail, drafts and labels" in done.stderr
        assert "Nothing was deleted" in done.stderr
    assert sorted(path.name for path in home.iterdir()) == before
    assert classact(home, "wipe", stdin="y\n").returncode == 0
    again = classact(home, "wipe", "--yes")
    assert (again.returncode, "nothing of Class Act" in again.stderr) == (0, True)


def test_a_file_is_written_for_its_owner_alone(home: Path, tmp_path: Path) -> None:
    assert classact(home, "export", "--bom", "--out", "log.csv").stdout == ""
    assert (tmp_path / "log.csv").read_bytes().startswith(b"\xef\xbb\xbfreceived,")
    assert stat.S_IMODE((tmp_path / "log.csv").stat().st_mode) == 0o600
    assert classact(home, "export", "--out", "home/log.journal").returncode == 2
    assert classact(home, "export", "--out", "nowhere/log.csv").returncode == 2
    assert classact(home, "export", "--format", "ics").stdout.startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "--format", "xls"), 2),
        (("import",), 2),
        (("import", "nowhere.csv"), 2),
        (("import", "list.csv", "--map", "company"), 2),
        (("import", "list.csv", "--map", "company=Nowhere"), 2),
        (("restore", "nowhere.zip"), 2),
        (("restore", "list.csv"), 2),
        (("backup", "."), 2),
    ],
)
def test_a_wrong_call_is_told_from_a_fault(home: Path, arguments: tuple[str, ...], code: int) -> None:
    done = classact(home, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr


def test_a_running_server_does_it_all_but_gives_its_folder_to_nobody(home: Path, tmp_path: Path) -> None:
    with running(home, "--demo"):
        (tmp_path / "more.csv").write_text("Company,Status,Date\nDovecote,rejected,2026-01-05\n")
        assert document(classact(home, "import", "more.csv", "--json"))["added"]["rejections"] == 1
        assert "Dovecote" in classact(home, "export").stdout
        assert classact(home, "backup", "copy.zip").returncode == 0
        for command in (("wipe", "--yes"), ("restore", "copy.zip")):
            refused = classact(home, *command)
            assert (refused.returncode, refused.stdout) == (1, "")
            assert "Stop it (Ctrl+C in its window)" in refused.stderr
        assert "Dovecote" in classact(home, "log").stdout
    assert classact(home, "restore", "copy.zip").returncode == 0
    assert "Dovecote" in classact(home, "log").stdout


@pytest.mark.parametrize(
    "call",
    [
        ("export", "--out", "~nobody-of-that-name/log.csv"),
        ("scan", "--mailbox", "mbox:~nobody-of-that-name/mail.mbox"),
        ("log", "add", "--company", "Alder", "--date", "0001-01-01"),
    ],
)
def test_a_path_or_a_day_that_makes_no_sense_is_a_wrong_call(tmp_path: Path, call: tuple[str, ...]) -> None:
    answer = classact(tmp_path / "home", *call)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("classact: ")


def test_a_file_that_cannot_be_written_is_named_and_not_the_data_folder(home: Path) -> None:
    done = classact(home, "export", "--out", "nowhere/log.csv")
    assert done.returncode == 2
    assert "nowhere/log.csv cannot be written" in done.stderr
    assert "CLASSACT_HOME" not in done.stderr
