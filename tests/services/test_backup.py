"""A backup and the way back: the same records byte for byte, nothing believed that was not checked, nothing lost."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from server.domain.model import Pairing, Rejection
from server.errors import HomeNotWritable, Refused
from server.services import backup
from server.services.restore import mend
from server.services.wiping import wipe
from server.stores.memory import MemoryStore
from server.stores.tiny import TinyStore
from tests.builders import a_rejection
from tests.services.backup_ground import (
    FILES,
    backed_up,
    bring_back,
    content,
    fill,
    home,
    made,
    stored,
    tree,
    without_sync,
)
from tests.services.data_ground import PAIRING, keeping, logs

__all__ = ["home", "made", "without_sync"]


class TestABackup:
    def test_it_holds_the_log_and_the_seekers_own_files_and_no_secret(self, made):
        assert set(content(made)) == {"log.json", *FILES}
        assert {name: data for name, data in content(made).items() if name in FILES} == FILES
        everything = b"".join(content(made).values()) + made.read_bytes()
        assert b"canary" not in everything

    def test_only_its_owner_can_read_it_and_nothing_is_left_beside_it(self, made, home, tmp_path):
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", home.name]

    def test_the_same_records_give_the_same_bytes(self, made, home, tmp_path):
        assert content(backed_up(home, tmp_path / "again.zip")) == content(made)

    def test_a_disk_that_refuses_leaves_the_older_backup(self, made, home, monkeypatch):
        before = made.read_bytes()
        monkeypatch.setattr(backup.zipfile.ZipFile, "writestr", refuse)
        store = TinyStore(home)
        with pytest.raises(Refused, match=made.name):
            keeping(store, home).back_up(made, replace=True)
        store.close()
        assert made.read_bytes() == before
        assert [path.name for path in made.parent.iterdir() if ".part" in path.name] == []

    def test_a_link_in_the_folder_is_not_followed(self, home, tmp_path):
        (tmp_path / "secret").write_text("canary")
        (home / "wording" / "fr.toml").symlink_to(tmp_path / "secret")
        assert "wording/fr.toml" not in content(backed_up(home, tmp_path / "b.zip"))


class TestARestore:
    def test_backup_wipe_restore_gives_the_same_bytes(self, made, home, tmp_path):
        wipe(home)
        bring_back(made, home)
        assert content(backed_up(home, tmp_path / "again.zip")) == content(made)

    @given(logs())
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_log_comes_back_byte_for_byte(self, tmp_path_factory, records):
        folder = tmp_path_factory.mktemp("any")
        stored(folder / "home", *records)
        first = backed_up(folder / "home", folder / "a.zip")
        wipe(folder / "home")
        bring_back(first, folder / "home")
        assert content(backed_up(folder / "home", folder / "b.zip")) == content(first)

    def test_what_was_there_before_is_kept_until_the_next_restore(self, made, home, tmp_path):
        other = tmp_path / "other"
        stored(other, a_rejection(company="Elsewhere"))
        fill(other, {"wording/fr.toml": b"x", "notes.txt": b"mine", "tokens/a.json": b"t"})
        kept = bring_back(made, other)
        assert (other / kept / "wording" / "fr.toml").read_bytes() == b"x"
        assert not (other / "wording" / "fr.toml").exists()
        assert ((other / "notes.txt").read_bytes(), (other / "tokens" / "a.json").read_bytes()) == (b"mine", b"t")
        again = bring_back(made, other, later=5)
        assert [path.name for path in other.glob("before-restore-*")] == [again]
        assert {stat.S_IMODE(path.stat().st_mode) for path in other.glob("*.json")} == {0o600}

    def test_two_restores_in_one_second_keep_apart(self, made, home):
        assert bring_back(made, home) != bring_back(made, home)

    def test_extensions_stay_paired(self, made, home):
        bring_back(made, home, keep=lambda: [PAIRING])
        store = TinyStore(home)
        assert store.all(Pairing) == [PAIRING]
        store.close()

    def test_a_damaged_log_is_no_hindrance(self, made, home):
        (home / "log.json").write_bytes(b"rubbish")
        bring_back(made, home)
        store = TinyStore(home)
        assert len(store.all(Rejection)) == 1
        store.close()

    def test_a_folder_that_is_a_link_is_not_written_through(self, made, tmp_path):
        home = tmp_path / "new"
        home.mkdir()
        (tmp_path / "elsewhere").mkdir()
        (home / "wording").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(Refused):
            bring_back(made, home)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_wherever_it_breaks_off_all_is_as_it_was(self, made, tmp_path, monkeypatch):
        """The n-th renaming fails, for every n; and the process dies there instead, and starts again."""
        for dies in (False, True):
            for n in range(40):
                home = tmp_path / f"home{n}{dies}"
                stored(home, a_rejection(company="Elsewhere"))
                fill(home, {"wording/de.toml": b"mine", "model/base": b"mine", "notes.txt": b"n"})
                before = tree(home)
                if not self._broken(made, home, n, monkeypatch, dies=dies):
                    assert n > 5
                    break
                mend(home)
                assert tree(home) == before, n
            else:
                pytest.fail("it never came to an end")

    def test_a_restore_that_breaks_off_brings_back_a_link_that_leads_nowhere(self, made, home, monkeypatch):
        (home / "wording" / "fr.toml").symlink_to(home / "gone.toml")
        assert self._broken(made, home, 8, monkeypatch, dies=False)
        assert (home / "wording" / "fr.toml").is_symlink()

    @staticmethod
    def _broken(made: Path, home: Path, n: int, monkeypatch: pytest.MonkeyPatch, *, dies: bool) -> bool:
        """Whether the restore broke off at its n-th renaming."""
        left, real = [n], Path.rename

        def rename(self: Path, target: Path) -> Path:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt if dies else OSError(28, "No space left on device")
            return real(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", rename)
            if dies:  # nobody is there to take anything back
                patch.setattr("server.services.restore.mend", lambda _home: None)
            try:
                bring_back(made, home)
            except (HomeNotWritable, KeyboardInterrupt):
                return True
        return False


def test_files_that_never_stand_still_are_not_half_copied(home, monkeypatch):
    def restless() -> list[tuple[str, bytes]]:
        return [("model/base", os.urandom(8))]

    monkeypatch.setattr(backup, "_files", lambda _home: iter(restless()))
    with pytest.raises(HomeNotWritable):
        keeping(MemoryStore(), home).back_up(home.parent / "x.zip")


def refuse(*_arguments: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")
