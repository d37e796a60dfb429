"""Letters of a mailbox without an account are files in a folder, and go nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.errors import HomeNotWritable, NotFound
from server.mailboxes.outbox_folder import OutboxFolder
from tests.builders import FixedClock, a_letter


@pytest.fixture
def outbox(tmp_path: Path) -> OutboxFolder:
    return OutboxFolder(tmp_path / "Outbox", FixedClock())


def files(tmp_path: Path) -> list[str]:
    return sorted(str(path.relative_to(tmp_path / "Outbox").parent) for path in (tmp_path / "Outbox").rglob("*.eml"))


def test_a_sent_letter_moves_from_one_folder_to_the_other(outbox: OutboxFolder, tmp_path: Path) -> None:
    draft = outbox.put(a_letter(thread_id="18c0ffee00000001"))
    assert files(tmp_path) == ["drafts"]
    assert outbox.send(draft.id) == draft.id
    assert files(tmp_path) == ["sent"]
    assert [message.labels for message in outbox.messages("18c0ffee00000001")] == [{"SENT"}]


def test_a_draft_edited_by_hand_has_another_revision(outbox: OutboxFolder, tmp_path: Path) -> None:
    draft = outbox.put(a_letter())
    path = tmp_path / "Outbox" / "drafts" / f"{draft.id}.eml"
    path.write_bytes(path.read_bytes() + b"PS\r\n")
    edited = outbox.draft(draft.id)
    assert edited is not None
    assert edited.revision != draft.revision


def test_an_empty_outbox_has_nothing(outbox: OutboxFolder) -> None:
    assert outbox.find("letter-1") is None
    assert outbox.messages("") == []
    assert outbox.message("18c0ffee00000001") is None


@pytest.mark.parametrize(
    "draft_id", ["../../etc/passwd", "../sent/0123456789abcdef", "", "x" * 300, "\0", "0123456789ABCDEF"]
)
def test_an_id_that_is_none_reaches_no_file(outbox: OutboxFolder, draft_id: str) -> None:
    outbox.put(a_letter())
    assert outbox.draft(draft_id) is None
    assert outbox.message(draft_id) is None
    with pytest.raises(NotFound):
        outbox.send(draft_id)


@pytest.mark.parametrize("blocked", ["drafts", "sent"])
def test_a_folder_that_cannot_be_made_is_said(outbox: OutboxFolder, tmp_path: Path, blocked: str) -> None:
    (tmp_path / "Outbox").mkdir()
    (tmp_path / "Outbox" / blocked).write_text("in the way")
    with pytest.raises(HomeNotWritable):
        outbox.send(outbox.put(a_letter()).id)
