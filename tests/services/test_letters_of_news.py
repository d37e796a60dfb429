"""News that no mailbox holds gets letters too: to a person, in a thread of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.domain.application import Stage, Way
from server.domain.model import Kind, OutboxState
from server.services.by_hand import News
from tests.services.desk_ground import Ground

ADA = "ada.lee@kelp.example"


@pytest.fixture
def ground() -> Ground:
    return Ground()


def added(ground: Ground, **fields):
    news = {"company": "Kelp", "role": "Planner", "way": Way.PHONE, "stage": Stage.INTERVIEW, **fields}
    row = ground.desk.applications.add(News(**news))
    ground.clock.advance(timedelta(days=1).total_seconds())
    return row


def test_the_person_who_brought_it_gets_a_letter_about_the_application(ground):
    row = added(ground, person="Ada Lee", address=ADA)
    letter = ground.desk.suggest(row.message_id, Kind.THANK_YOU)
    assert (letter.allowed, letter.to) == (True, ADA)
    assert letter.subject == "The Planner role at Kelp"
    assert letter.body.startswith("Dear Ada,")
    assert "your message" not in letter.body


def test_an_address_written_by_hand_is_looked_at_before_a_letter_goes(ground):
    row = added(ground, person="Ada Lee", address=ADA)
    letter = ground.desk.suggest(row.message_id, Kind.THANK_YOU)
    assert not letter.one_click
    assert any("yourself" in one for one in letter.warnings)


def test_without_an_address_one_is_asked_for_and_the_seeker_may_name_one(ground):
    row = added(ground)
    nobody = ground.desk.suggest(row.message_id, Kind.THANK_YOU)
    assert (nobody.allowed, nobody.to) == (False, "")
    assert "Name one" in nobody.why
    assert ground.desk.suggest(row.message_id, Kind.THANK_YOU, to=ADA).to == ADA


def test_its_letter_starts_a_thread_and_can_be_sent(ground):
    row = added(ground, person="Ada Lee", address=ADA)
    letter = ground.desk.suggest(row.message_id, Kind.THANK_YOU)
    item = ground.desk.draft(row.message_id, Kind.THANK_YOU, letter.to, letter.subject, letter.body)
    assert item.thread_id not in {"", row.message_id}
    ground.send(item)
    ground.wait(11)
    assert ground.item(item).state is OutboxState.SENT


def test_how_far_the_seeker_says_it_got_steers_the_letter(ground):
    far, near = (
        ground.desk.suggest(
            added(ground, company=company, stage=stage, person="Ada Lee", address=ADA).message_id, Kind.THANK_YOU
        )
        for company, stage in (("Kelp", Stage.OFFER), ("Brightwater", Stage.APPLIED))
    )
    assert "offer" in far.body
    assert "interview" not in near.body


def test_a_letter_uses_the_names_that_the_seeker_gave_the_application(ground):
    message_id = ground.rejection()
    ground.desk.applications.edit([message_id], company="Harbour Lights", role="Pilot")
    letter = ground.desk.suggest(message_id, Kind.THANK_YOU)
    assert "the Pilot role at Harbour Lights" in letter.body
