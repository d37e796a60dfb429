"""`classact log add` and `classact applications`: as a process, and at a desk with a console that remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.cli import application_work, applications
from server.domain.application import Outcome, Stage, Way
from server.domain.model import Kind
from server.errors import ClassActError, UsageError
from server.services.by_hand import What
from tests.cli.command import classact, document, running
from tests.domain.matching_cases import TECH, mail
from tests.services.desk_ground import SEEKER, Ground

A, B, C = (f"{ord(name):016x}" for name in "abc")
NEWS = {"what": "no", "way": "phone", "stage": None, "to": "", "as_json": True}
NEWS |= {"day": "2026-08-20", "company": "Kelp", "role": "Boatman", "person": "", "address": "", "note": ""}


class Console:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.complained: list[str] = []

    def out(self, text: str) -> None:
        self.said.append(text)

    def err(self, text: str) -> None:
        self.complained.append(text)

    def progress(self, done: int, total: int | None, found: int) -> None:
        raise NotImplementedError

    def browse(self, url: str) -> None:
        raise NotImplementedError


@pytest.fixture
def ground() -> Ground:
    """Two roles at Brightwater, and a no that could be either's."""
    made = Ground()
    made.store.put(
        mail("a", 0, "got", mailbox=SEEKER),
        mail("b", 1, "got", role=TECH, mailbox=SEEKER),
        mail("c", 9, "no", role=None, mailbox=SEEKER),
    )
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def asked(ground: Ground, **arguments: object) -> list[dict[str, object]]:
    """What the command prints as JSON."""
    console = Console()
    assert application_work.applications(ground.desk, console, as_json=True, **arguments) == 0
    return json.loads(console.said[0])


def test_news_by_phone_are_logged_and_say_where_they_belong(home):
    call = ("--company", "Kelp & Sons", "--role", "Boatman", "--by", "phone", "--date", "2026-09-01")
    told = ("--stage", "interview", "--person", "Ada Lee", "--note", "Close.")
    done = classact(home, "log", "add", *call, *told, "--json")
    answer = document(done)
    assert (answer["application"]["stage"], answer["application"]["outcome"]) == ("interview", "said_no")
    lines = document(classact(home, "log", "--json"))
    assert [(line["message_id"], line["company"], line["score"], line["band"]) for line in lines] == [
        (answer["message_id"], "Kelp & Sons", None, "auto")
    ]
    again = classact(home, "log", "add", *call)
    assert (again.returncode, "already" in again.stderr) == (1, True)


def test_a_running_server_does_it_too_and_undoes_it(home):
    with running(home, "--demo"):
        assert classact(home, "log", "add", "--company", "Kelp", "--date", "2026-09-01").returncode == 0
        assert document(classact(home, "applications", "undo", "--json")) == {"undone": "added"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "add"),
        ("log", "add", "--company", "Kelp", "--date", "soon"),
        ("log", "add", "--company", "Kelp", "--stage", "hired"),
        ("applications", "merge"),
        ("applications", "edit", A, "--outcome", "rejected"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_ends_with_two(home, arguments):
    done = classact(home, *arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_the_list_is_one_document_with_what_is_asked(ground):
    board = asked(ground)
    assert list(board) == ["applications", "unsure"]
    assert [one["id"] for one in board["applications"]] == [B, A]
    assert board["unsure"][0]["candidates"] == [B, A]
    fields = "id company role requisition stage outcome started last people messages note by_hand"
    assert list(board["applications"][0]) == fields.split()


def test_the_list_for_people_names_what_is_asked_with_its_candidates(ground):
    console = Console()
    application_work.applications(ground.desk, console, as_json=False)
    text = "\n".join(console.said)
    assert f"2026-03-03  {B}  Open, applied  Brightwater · {TECH}" in text
    assert "1 mail could belong to several applications:" in text
    assert f"→ {A}  Brightwater · Gardener" in text


def test_merge_split_place_edit_and_undo(ground):
    assert len(asked(ground, action="merge", ids=[A, B])[0]["messages"]) == 3
    assert asked(ground, action="split", ids=[B])[0]["role"] == TECH
    assert asked(ground, action="place", ids=[C], to=B)[0]["id"] == B
    assert asked(ground, action="edit", ids=[A, B], said={"outcome": "withdrew"})[1]["outcome"] == "withdrew"
    assert asked(ground, action="undo") == {"undone": "edited"}
    assert asked(ground)["applications"][0]["outcome"] == "said_no"


def test_what_came_by_phone_gets_a_letter_to_the_person_named(ground):
    console = Console()
    application_work.add(ground.desk, console, **NEWS | {"address": "ada@kelp.example"})
    suggestion = ground.desk.suggest(json.loads(console.said[0])["message_id"], Kind.THANK_YOU)
    assert (suggestion.allowed, suggestion.to) == (True, "ada@kelp.example")
    assert not suggestion.subject.startswith("Re:")


def test_news_that_could_belong_to_several_say_how_to_place_them(ground):
    console = Console()
    given = NEWS | {"company": "Brightwater", "role": "", "as_json": False, "day": "2026-03-20"}
    assert application_work.add(ground.desk, console, **given) == 0
    assert "classact applications" in console.complained[0]


def test_a_stage_that_is_none_is_refused(ground):
    with pytest.raises(UsageError):
        asked(ground, action="edit", ids=[A], said={"stage": "hired"})


def test_an_id_that_nobody_knows_is_a_fault(ground):
    with pytest.raises(ClassActError, match="No application holds"):
        asked(ground, action="merge", ids=[A, "f" * 16])


def test_the_choices_of_the_command_line_are_those_of_the_program():
    assert (tuple(What), tuple(Way)) == (applications.WHATS, applications.WAYS)
    assert (tuple(Stage), tuple(Outcome)) == (applications.STAGES, applications.OUTCOMES)


def test_what_is_no_day_is_refused_in_words(tmp_path):
    done = classact(tmp_path / "home", "log", "add", "--company", "Acorn", "--date", "2026-13-45")
    assert done.returncode == 2
    assert "“2026-13-45” is no day. Give it as YYYY-MM-DD." in done.stderr


def test_the_log_and_its_table_go_by_the_names_of_the_application(home):
    added = document(classact(home, "log", "add", "--company", "Kelp", "--role", "Boatman", "--json"))
    classact(home, "applications", "edit", added["message_id"], "--company", "Kelp & Daughters", "--role", "Pilot")
    (line,) = document(classact(home, "log", "--json"))
    assert (line["company"], line["role"]) == ("Kelp & Daughters", "Pilot")
    assert "Kelp & Daughters · Pilot" in classact(home, "log").stdout
    assert ",Kelp & Daughters,Pilot," in classact(home, "export").stdout
