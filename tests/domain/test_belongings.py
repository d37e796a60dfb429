"""What is ours in the data folder, and what a backup may hold."""

from __future__ import annotations

import pytest

from server.domain.belongings import Group, group_of, is_folder_of_ours, may_be_in_backup

OURS = {
    "log.json": Group.LOG,
    "log.journal": Group.LOG,
    "log.json.bak": Group.LOG,
    "log.journal.bak.tmp": Group.LOG,
    "log.new": Group.LOG,
    "Outbox/drafts/0123456789abcdef.eml": Group.LETTERS,
    "demo/Outbox/sent/0123456789abcdef.eml": Group.LETTERS,
    "wording/de.toml": Group.WORDING,
    "model/base": Group.MODEL,
    "model/mails/weights.npy": Group.MODEL,
    "model.last/base": Group.MODEL,
    "model.new.jsonl": Group.MODEL,
    "tokens/kim@seeker.example.json": Group.SIGN_IN,
    "tokens/kim@seeker.example.json.12-34.new": Group.SIGN_IN,
    "token-store.json": Group.SIGN_IN,
    "mbox/0123456789abcdef01234567.index": Group.INDEX,
    "mbox/0123456789abcdef01234567.index-wal": Group.INDEX,
    "client_secret.json": Group.SIGN_IN,
    "before-restore-20260101T000000Z/log.json": Group.COPIES,
    "restoring/log.json": Group.COPIES,
    "restoring.json": Group.COPIES,
    "lock": Group.RUN,
    "server.json": Group.RUN,
    "classact.log.2": Group.RUN,
}
NOT_OURS = ["notes.txt", "log.json.old", "wording/notes.txt", "tokens/x.txt", "Outbox/x.eml", "models/x", "x/log.json",
            "before-restore-mine/x", "client_secret.json.bak", "classact.log.mine", "LOCK", ""]  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_a_file_of_ours_is_known_by_its_name(name):
    assert group_of(name) is OURS[name]


@pytest.mark.parametrize("name", NOT_OURS)
def test_another_file_is_nobodys_business(name):
    assert group_of(name) is None


def test_folders_that_we_make_are_known():
    assert all(map(is_folder_of_ours, ["tokens", "model.last", "model/mails", "demo", "demo/Outbox/sent", "restoring"]))
    assert not any(map(is_folder_of_ours, ["", "photos", "tokens/mine", "demo/mine", "Outbox/mine"]))


def test_no_sign_in_and_nothing_of_the_running_program_is_in_a_backup():
    kept = {group_of(name) for name in OURS if may_be_in_backup(name)}
    assert kept == {Group.LOG, Group.LETTERS, Group.WORDING, Group.MODEL}


@pytest.mark.parametrize(
    "name",
    ["../log.json", "/etc/passwd", "model/../../x", "model/..", "model/.", "model//x", "C:/log.json", "model\\x",
     "wording/../x.toml", "wording/con.toml", "model/nul", "model/x.", "model/x ", "wording/en.toml\n", "log.json/",
     "Outbox/drafts/../../x.eml", "model/a/b/c/d/e/f", "tokens/kim@seeker.example.json", "ｌog.json", ""],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_in_no_backup(name):
    assert not may_be_in_backup(name)
