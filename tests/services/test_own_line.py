"""The seeker's own line: kept with the rejection, offered again, taken away when emptied; and what an answer holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.domain.model import Judged, Kind
from server.domain.own_line import OwnLine
from server.errors import UsageError
from server.stores.rows import from_row, to_row
from server.web import shapes_letters
from tests.services.desk_ground import START, Ground

LINE = "The chart with the lost ferry is still on my wall."


def test_a_line_said_once_is_in_the_next_letter_too_and_after_a_restart() -> None:
    ground = Ground()
    message_id = ground.rejection()
    said = ground.desk.suggest(message_id, Kind.THANK_YOU, specific=f"  {LINE}\n")
    assert LINE in said.body
    again = ground.restart().suggest(message_id, Kind.FEEDBACK)
    assert LINE in again.body
    assert again.specific == LINE


def test_an_empty_line_takes_it_away() -> None:
    ground = Ground()
    message_id = ground.rejection()
    ground.desk.suggest(message_id, Kind.THANK_YOU, specific=LINE)
    ground.desk.suggest(message_id, Kind.THANK_YOU, specific="")
    assert LINE not in ground.desk.suggest(message_id, Kind.THANK_YOU).body


def test_asking_for_a_letter_keeps_nothing() -> None:
    ground = Ground()
    ground.desk.suggest(ground.rejection(), Kind.THANK_YOU)
    assert ground.store.all(OwnLine) == []


def test_another_mail_of_the_thread_finds_the_line() -> None:
    ground = Ground()
    message_id = ground.rejection()
    row = next(one for one in ground.store.all(Judged) if one.message_id == message_id)
    ground.store.put(OwnLine(row.mailbox, "00000000aa", row.thread_id, LINE, START))
    assert LINE in ground.desk.suggest(message_id, Kind.THANK_YOU).body


def test_another_mail_of_the_application_finds_the_line_and_one_of_its_own_wins() -> None:
    ground = Ground()
    message_id = ground.rejection()
    row = next(one for one in ground.store.all(Judged) if one.message_id == message_id)
    talk = replace(row, message_id="00000000bb", thread_id="another", label="interview", band="no", company="Harbour")
    ground.store.put(talk, replace(row, company="Harbour"))
    ground.store.put(OwnLine(row.mailbox, talk.message_id, talk.thread_id, LINE, START))
    assert ground.desk.suggest(message_id, Kind.THANK_YOU).specific == LINE
    ground.desk.suggest(message_id, Kind.THANK_YOU, specific="")
    assert ground.desk.suggest(message_id, Kind.THANK_YOU).specific == ""


def test_a_line_that_is_too_long_is_refused_and_not_cut_off() -> None:
    ground = Ground()
    with pytest.raises(UsageError, match="301"):
        ground.desk.suggest(ground.rejection(), Kind.THANK_YOU, specific="x" * 301)
    assert ground.store.all(OwnLine) == []


def test_the_record_is_the_same_after_reading_it_back() -> None:
    line = OwnLine("m", "00000000aa", "t", LINE, START)
    assert from_row(OwnLine, to_row(line)) == line


def test_a_row_of_an_older_store_still_opens() -> None:
    ground = Ground()
    ground.rejection()
    row = to_row(ground.store.all(Judged)[0])
    old = {name: value for name, value in row.items() if name not in ("people", "doubts")}
    assert from_row(Judged, old).people == ()


def test_the_answer_holds_what_is_set_and_nothing_else() -> None:
    ground = Ground()
    message_id = ground.rejection()
    plain = shapes_letters.SuggestionAnswer.of(ground.desk.suggest(message_id, Kind.THANK_YOU)).model_dump(mode="json")
    assert not {"link", "warnings", "specific", "people", "advice_code"} & set(plain)
    named = ground.desk.suggest(message_id, Kind.THANK_YOU, to="bo@elsewhere.example", specific=LINE)
    told = shapes_letters.SuggestionAnswer.of(named).model_dump(mode="json")
    assert (told["advice_code"], told["specific"]) == ("doubt", LINE)
    assert [one["address"] for one in told["people"]] == ["ada.lovell@harbour.example"]
    assert told["people"][0]["reason"] == "sent you this answer"
