"""The log's lines are kept ready, and show every change all the same: as if each had just been made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from server.domain.model import Judged, Rejection, record_key
from server.web.log_lines import LogLines
from tests.services.desk_ground import REJECTION, SEEKER, Ground


@pytest.fixture
def ground() -> Ground:
    made = Ground()
    made.rejection()
    made.mailbox.deliver(REJECTION.replace(b"harbour", b"kelp").replace(b"Ada Lovell", b"Bo Nash"))
    made.desk.scan(SEEKER)
    return made


def rename(ground: Ground, message_id: str) -> None:
    ground.desk.applications.edit([message_id], company="Harbour", role="Pilot")


def write(ground: Ground, message_id: str) -> None:
    ground.draft(message_id)


def correct(ground: Ground, message_id: str) -> None:
    ground.desk.correct(message_id, company="Kelp & Sons")


def take_out(ground: Ground, message_id: str) -> None:
    ground.desk.correct(message_id, is_rejection=False)


def log_another(ground: Ground, _message_id: str) -> None:
    ground.rejection()


def lose_the_verdict(ground: Ground, message_id: str) -> None:
    row = ground.store.get(Judged, record_key(SEEKER, message_id))
    ground.store.put(gone=[row])


def say_why_anew(ground: Ground, message_id: str) -> None:
    line = ground.store.get(Rejection, record_key(SEEKER, message_id))
    ground.store.put(replace(line, evidence=()))


@pytest.mark.parametrize(
    "change",
    [rename, write, correct, take_out, log_another, lose_the_verdict, say_why_anew],
    ids=lambda one: one.__name__,
)
def test_whatever_changes_is_told_at_once(ground: Ground, change: Callable[[Ground, str], None]):
    lines = LogLines()
    before = lines.told(ground.desk)
    change(ground, before[0]["message_id"])
    assert lines.told(ground.desk) == LogLines().told(ground.desk) != before


def test_what_stands_as_it_stood_is_not_made_anew(ground: Ground):
    lines = LogLines()
    before = lines.told(ground.desk)
    rename(ground, before[0]["message_id"])
    after = lines.told(ground.desk)
    assert [one is other for one, other in zip(before, after, strict=True)] == [False, True]


def test_a_mail_that_a_file_holds_too_goes_by_its_own_names_there(ground: Ground):
    """Each application holds one of the two; the other line keeps what its mail says."""
    (first, *_rest) = LogLines().told(ground.desk)
    line = ground.store.get(Rejection, record_key(SEEKER, first["message_id"]))
    row = ground.store.get(Judged, line.key)
    ground.store.put(replace(row, mailbox="mbox:old"), replace(line, mailbox="mbox:old"))
    ground.desk.applications.edit([first["message_id"]], role="Pilot")
    told = {one["mailbox"]: one["role"] for one in LogLines().told(ground.desk) if one["message_id"] == line.message_id}
    assert sorted(told.values(), key=str) == [None, "Pilot"]
