"""`classact outbox` and the seeker's own line on the command line, in this process and as a person calls them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.cli import outbox_work
from server.domain.model import OutboxItem, OutboxState
from tests.cli.command import classact, document
from tests.cli.lines import Lines
from tests.services.desk_ground import Ground

OWN = "The chart with the lost ferry is still on my wall."
NO = "19f522cdd0897f52"  # of the sample mailbox


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def letter(ground: Ground) -> OutboxItem:
    return ground.draft(ground.rejection())


@pytest.fixture
def lost(ground: Ground, letter: OutboxItem) -> OutboxItem:
    """In doubt, and looked for in vain."""
    ground.mailbox.remove(ground.mailbox.draft(letter.draft_id).message_id)
    since = ground.clock.now() - timedelta(minutes=5)
    item = replace(letter, state=OutboxState.UNKNOWN, doubted=since, next_look=ground.clock.now())
    ground.store.put(item)
    return item


def said(ground: Ground, **asked: Any) -> tuple[int, list[str]]:
    console = Lines()
    return outbox_work.outbox(ground.desk, console, **asked), console.lines


def listed(ground: Ground) -> list[dict[str, Any]]:
    return json.loads(said(ground, as_json=True)[1][0])


def test_the_list_has_what_waits_or_moves_with_the_command_that_helps(ground, letter):
    assert said(ground) == (0, ["No letter waits or is on its way."])
    ground.send(letter)
    (_code, lines) = said(ground)
    assert lines[0] == f"{letter.id}  Thank-you letter · Ada Lovell"
    assert lines[-1].strip() == f"classact outbox undo {letter.id}"
    assert [(row["outbox_id"], row["state"]) for row in listed(ground)] == [(letter.id, "held")]


def test_undo_takes_a_letter_back_and_ends_with_1_when_it_is_too_late(ground, letter):
    ground.send(letter)
    assert said(ground, action="undo", about=letter.id) == (0, ["Taken back. The letter is still a draft."])
    ground.send(letter)
    ground.wait(10)
    assert said(ground, action="undo", about=letter.id) == (1, ["It went."])


@pytest.mark.parametrize(("word", "state"), [("went", "sent"), ("did_not_go", "failed")])
def test_a_letter_looked_for_in_vain_is_settled_by_a_word_that_can_be_taken_back(ground, lost, word, state):
    assert any("--went, or --did-not-go" in line for line in said(ground)[1])
    code, (text,) = said(ground, action=word, about=lost.id, as_json=True)
    assert (code, json.loads(text)["state"]) == (0, state)
    code, (text,) = said(ground, action="take_back", about=lost.id, as_json=True)
    assert (code, json.loads(text)["state"]) == (0, "unknown")
    assert not ground.mailbox.sent


def test_wrong_calls_end_as_everywhere(tmp_path: Path):
    home = tmp_path / "home"
    assert document(classact(home, "outbox", "--json")) == []
    unknown = classact(home, "outbox", "undo", "0" * 32)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "Run `classact outbox`" in unknown.stderr
    assert "Reload" not in unknown.stderr
    assert classact(home, "outbox", "settle", "0" * 32).returncode == 2


def test_the_seekers_own_line_is_put_into_the_letter_kept_and_taken_away_again(scanned: Path):
    home = scanned
    told = document(classact(home, "suggest", NO, "--specific", f" {OWN} ", "--json"))
    assert (told["specific"], OWN in told["body"]) == (OWN, True)
    assert OWN in classact(home, "suggest", NO, "--kind", "feedback").stdout
    assert OWN not in classact(home, "suggest", NO, "--specific", "").stdout
    assert "specific" not in document(classact(home, "suggest", NO, "--json"))
    too_long = classact(home, "suggest", NO, "--specific", "x" * 301)
    assert (too_long.returncode, too_long.stdout) == (2, "")
