"""What is read out of Gmail's history: everything that is news, once, however its pages come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import Offline
from server.mailboxes.gmail_history import page_after, search_since, walk

IDS = st.integers(1, 40).map(lambda number: f"{number:016x}")
Answer = dict[str, Any]


def added(message_id: str, *labels: str) -> Answer:
    return {"messagesAdded": [{"message": {"id": message_id, "labelIds": list(labels or ("INBOX",))}}]}


def changed(kind: str, message_id: str, label: str, *now: str) -> Answer:
    return {kind: [{"labelIds": [label], "message": {"id": message_id, "labelIds": list(now)}}]}


def page(*changes: Answer, history_id: int = 9) -> Answer:
    return {"historyId": str(history_id), **({"history": list(changes)} if changes else {})}


@given(st.lists(st.lists(IDS, max_size=8), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_no_message_is_missed_or_named_twice_in_whatever_order_pages_come(pages: list[list[str]], chance: Any) -> None:
    answers = [page(*map(added, ids), history_id=100 + number) for number, ids in enumerate(pages)]
    answers += chance.sample(answers, chance.randint(0, len(answers)))  # some come twice
    chance.shuffle(answers)
    found = page_after(answers)
    assert sorted(found.message_ids) == sorted({id_ for ids in pages for id_ in ids})
    assert found.total == len(found.message_ids)
    assert found.cursor == "100"


def test_news_come_newest_first() -> None:
    assert page_after([page(added("1"), added("2")), page(added("3"))]).message_ids == ("3", "2", "1")


def test_a_page_without_history_is_an_empty_one() -> None:
    found = page_after([page(history_id=7), page(added("1"), history_id=7)])
    assert (found.message_ids, found.cursor) == (("1",), "7")


def test_what_arrives_while_pages_are_walked_is_asked_for_again() -> None:
    assert page_after([page(history_id=50), page(history_id=51)]).cursor == "50"


@pytest.mark.parametrize("answers", [[], [{}], [{"historyId": "soon"}], [{"historyId": None}]])
def test_an_answer_without_a_history_id_moves_no_cursor(answers: list[Answer]) -> None:
    with pytest.raises(Offline):
        page_after(answers)


def test_a_message_deleted_for_good_is_not_asked_for() -> None:
    gone = {"messagesDeleted": [{"message": {"id": "1"}}]}
    assert page_after([page(added("1"), added("2")), page(gone)]).message_ids == ("2",)


@pytest.mark.parametrize("label", ["SPAM", "TRASH"])
def test_mail_moved_out_of_spam_or_trash_is_news_wherever_it_goes(label: str) -> None:
    assert page_after([page(changed("labelsRemoved", "1", label))]).message_ids == ("1",)
    assert page_after([page(changed("labelsRemoved", "1", "UNREAD", "INBOX"))]).message_ids == ()


def test_old_mail_that_is_starred_is_no_news_but_mail_moved_to_the_inbox_is() -> None:
    assert page_after([page(changed("labelsAdded", "1", "STARRED", "INBOX", "STARRED"))]).message_ids == ()
    assert page_after([page(changed("labelsAdded", "1", "INBOX", "INBOX"))]).message_ids == ("1",)


@pytest.mark.parametrize("label", ["DRAFT", "CHAT", "SPAM", "TRASH"])
def test_drafts_chats_spam_and_trash_are_no_news(label: str) -> None:
    assert page_after([page(added("1", label))]).message_ids == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["history", "messagesAdded", "labelsAdded"]), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_changes_of_another_shape_are_passed_over(value: Any) -> None:
    assert page_after([{"historyId": "5", "history": value}]).cursor == "5"


def test_pages_are_walked_to_the_end() -> None:
    pages: dict[str | None, Answer] = {None: {"nextPageToken": "a"}, "a": {"nextPageToken": "b"}, "b": {"x": 1}}
    assert list(walk(lambda token: pages[token])) == list(pages.values())


def test_a_page_that_comes_twice_does_not_end_the_walk() -> None:
    answers = [{"nextPageToken": "a"}, {"nextPageToken": "a"}, {"end": 1}]
    assert len(list(walk(lambda _token: answers.pop(0)))) == 3


def test_pages_that_lead_in_a_circle_end_in_an_error() -> None:
    with pytest.raises(Offline):
        list(walk(lambda _token: {"nextPageToken": "a"}))


def test_a_moment_is_searched_for_to_the_second_in_any_zone() -> None:
    noon = datetime(2026, 3, 2, 12, 0, 0, 900_000, tzinfo=UTC)
    assert search_since(noon) == search_since(noon.astimezone(timezone(timedelta(hours=-7)))) == "after:1772452800"
    assert search_since(datetime(1960, 1, 1, tzinfo=UTC)) == "after:0"
