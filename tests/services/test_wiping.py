"""A wipe: nothing of ours is left, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.domain.belongings import Group
from server.errors import HomeNotWritable
from server.services.wiping import inventory, let_go, wipe
from tests.domain.test_belongings import NOT_OURS, OURS
from tests.services.test_backup import fill, tree


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def test_nothing_of_ours_is_left(home):
    fill(home, dict.fromkeys(OURS, b"x"))
    wipe(home)
    let_go(home)
    assert not home.exists()


def test_nothing_else_is_touched(home):
    others = {name: name.encode() for name in NOT_OURS if name and name != "LOCK"}
    fill(home, dict.fromkeys(OURS, b"x") | others)
    wipe(home)
    let_go(home)
    assert tree(home) == others


def test_a_link_goes_and_what_it_leads_to_stays(home, tmp_path):
    fill(tmp_path / "elsewhere", {"log.json": b"mine", "en.toml": b"mine"})
    (home / "log.json").symlink_to(tmp_path / "elsewhere" / "log.json")
    (home / "wording").symlink_to(tmp_path / "elsewhere")
    wipe(home)
    assert tree(tmp_path / "elsewhere") == {"log.json": b"mine", "en.toml": b"mine"}
    assert not (home / "log.json").is_symlink()


def test_a_sign_in_that_could_not_be_taken_back_is_spared(home):
    fill(home, {"tokens/a.json": b"x", "tokens/b.json": b"x", "log.json": b"x"})
    wipe(home, lambda name: name == "tokens/a.json")
    assert set(tree(home)) == {"tokens/a.json"}


def test_a_file_that_will_not_go_is_named_and_the_others_go(home, monkeypatch):
    fill(home, {"log.json": b"x", "classact.log": b"x", "model/base": b"x"})
    real = Path.unlink

    def unlink(self: Path, *, missing_ok: bool = False) -> None:
        if self.name == "log.json":
            raise PermissionError(13, "Permission denied")
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(HomeNotWritable, match=r"log\.json"):
        wipe(home)
    assert set(tree(home)) == {"log.json"}


def test_what_would_go_is_counted_by_kind(home):
    fill(home, {"log.json": b"x", "log.journal": b"x", "wording/de.toml": b"x", "notes.txt": b"x"})
    assert inventory(home) == {Group.LOG: 2, Group.WORDING: 1}
    assert inventory(home / "nowhere") == {}
