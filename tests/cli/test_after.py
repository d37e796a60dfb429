"""`classact reminders` and `classact journal`, in this process and as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.cli import after_work
from server.domain.reminders import What
from tests.cli.command import classact, document
from tests.cli.lines import Lines
from tests.services.after_ground import FEEDBACK, AfterGround

REMINDER = ["id", "mailbox", "message_id", "what", "due", "due_now", "done", "how", "text"]
LINE = ["at", "what", "text", "mailbox", "message_id"]


@pytest.fixture
def ground() -> AfterGround:
    return AfterGround()


def said(work: Any, ground: AfterGround, **asked: Any) -> list[str]:
    console = Lines()
    assert work(ground.desk, console, **asked) == 0
    return console.lines


def listed(ground: AfterGround) -> list[dict[str, Any]]:
    (text,) = said(after_work.reminders, ground, as_json=True)
    return json.loads(text)


def test_the_list_has_the_agreed_fields_with_times_in_utc(ground):
    (row,) = listed(ground)
    assert list(row) == REMINDER
    assert row["due"] == "2026-10-13T07:00:00Z"
    assert row["what"] == "check_in"


def test_what_is_due_is_marked_and_the_time_is_the_seekers(ground):
    assert said(after_work.reminders, ground) == [
        f"  2026-10-13 09:00  {listed(ground)[0]['id']}  A hello to Ada Lovell, if you feel like it"
    ]
    ground.clock.advance(60 * 86400)
    assert said(after_work.reminders, ground)[0].startswith("* 2026-10-13")


def test_add_snooze_done_and_remove_do_what_they_say(ground):
    (added,) = said(after_work.reminders, ground, action="add", about=ground.no, days=2, as_json=True)
    letter = json.loads(added)
    assert (letter["what"], letter["due"]) == (What.LETTER, "2026-09-03T07:00:00Z")
    (moved,) = said(after_work.reminders, ground, action="snooze", about=letter["id"], days=5, as_json=True)
    assert json.loads(moved)["due"] == "2026-09-06T07:00:00Z"
    said(after_work.reminders, ground, action="done", about=letter["id"])
    said(after_work.reminders, ground, action="remove", about=listed(ground)[0]["id"])
    assert listed(ground) == []
    assert said(after_work.reminders, ground)[0].startswith("No reminders.")


def test_the_journal_tells_each_day_newest_first(ground):
    ground.arrives(FEEDBACK, days=2)
    (text,) = said(after_work.journal, ground, as_json=True)
    days = json.loads(text)
    assert [day["day"] for day in days] == ["2026-09-03", "2026-09-01"]
    assert all(list(line) == LINE for day in days for line in day["lines"])
    assert {line["what"] for day in days for line in day["lines"]} == {"scanned", "found", "drafted", "sent", "replied"}
    assert said(after_work.journal, ground, days=1)[0] == "2026-09-03"


def test_an_empty_folder_has_neither_and_says_so(tmp_path: Path):
    home = tmp_path / "home"
    assert document(classact(home, "reminders", "--json")) == []
    assert document(classact(home, "journal", "--json")) == []


def test_wrong_calls_end_as_everywhere(tmp_path: Path):
    home = tmp_path / "home"
    unknown = classact(home, "reminders", "done", "0" * 16)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "No reminder with that id" in unknown.stderr
    assert classact(home, "reminders", "snooze", "0" * 16, "--in", "0").returncode == 2
    assert classact(home, "reminders", "explode").returncode == 2
