"""A backup and the way back: the same records byte for byte, nothing believed that was not checked, nothing lost."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from server.domain.model import Pairing, Rejection
from server.domain.portable import FileWrong
from server.errors import HomeNotWritable, Refused
from server.services import archive, backup
from server.services.archive import Archive
from server.services.backup import MANIFEST
from server.services.restore import mend, restore
from server.services.wiping import wipe
from server.stores import journal
from server.stores.memory import MemoryStore
from server.stores.tiny import TinyStore
from tests.builders import NOON, a_rejection
from tests.services.data_ground import EVERYTHING, PAIRING, ROWS, keeping, logs

FILES = {
    "wording/de.toml": b'greeting = "Moin"\n',
    "model/base": b"one\n",
    "model/mails/weights": os.urandom(2000),
    "Outbox/sent/0123456789abcdef.eml": b"Subject: x\r\n\r\nx",
    "demo/Outbox/drafts/0123456789abcdef.eml": b"Subject: y\r\n\r\ny",
}
SECRETS = {
    "tokens/kim@seeker.example.json": b"token-canary",
    "token-store.json": b"token-canary",
    "client_secret.json": b"token-canary",
    "server.json": b"token-canary",
    "classact.log": b"token-canary",
    "notes.txt": b"token-canary",
}


@pytest.fixture(autouse=True)
def _without_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_sync", lambda _fd: None)


def fill(home: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)


def stored(home: Path, *records: object) -> None:
    home.mkdir(parents=True, exist_ok=True)
    store = TinyStore(home)
    store.put(*records)
    store.close()


def backed_up(home: Path, target: Path) -> Path:
    store = TinyStore(home)
    keeping(store, home).back_up(target)
    store.close()
    return target


def bring_back(source: Path, home: Path, later: int = 0, **more: Callable[[], list[Pairing]]) -> str:
    with Archive.opened(source) as opened:
        return restore(opened, home, ROWS, NOON + timedelta(seconds=later), **more)


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != MANIFEST}


def tree(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    stored(tmp_path / "home", *EVERYTHING)
    fill(tmp_path / "home", FILES | SECRETS)
    return tmp_path / "home"


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Path:
    return backed_up(home, tmp_path / "backup.zip")


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
        with pytest.raises(HomeNotWritable):
            keeping(store, home).back_up(made)
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


def repacked(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with other content, its checksums put right."""
    files = content(source)
    with zipfile.ZipFile(source) as packed:
        manifest = json.loads(packed.read(MANIFEST))
    change(files)
    manifest["files"] = {
        name: {"bytes": len(data), "sha256": __import__("hashlib").sha256(data).hexdigest()}
        for name, data in files.items()
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(manifest))
        for name, data in files.items():
            packed.writestr(name, data)
    return target


def log_with(change: Callable[[dict[str, dict[str, dict[str, object]]]], None]) -> Callable[[dict[str, bytes]], None]:
    def work(files: dict[str, bytes]) -> None:
        log = json.loads(files["log.json"])
        change(log)
        files["log.json"] = json.dumps(log).encode()

    return work


HOSTILE: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a way out of the folder": lambda files: files.update({"../evil": b"x"}),
    "a path from the root": lambda files: files.update({"/tmp/evil": b"x"}),
    "a way out inside": lambda files: files.update({"model/../../evil": b"x"}),
    "a backslash": lambda files: files.update({"model\\..\\evil": b"x"}),
    "a sign-in": lambda files: files.update({"tokens/kim@seeker.example.json": b"{}"}),
    "a client file": lambda files: files.update({"client_secret.json": b"{}"}),
    "a file of somebody else": lambda files: files.update({"notes.txt": b"x"}),
    "a bomb": lambda files: files.update({"model/zeros": b"\0" * 8_000_000}),
    "no log": lambda files: files.pop("log.json"),
    "a log that is none": lambda files: files.update({"log.json": b"[1]"}),
    "a log nested too deep": lambda files: files.update({"log.json": b"[" * 100_000}),
    "a pairing": log_with(lambda log: log.update({"pairings": {"1": ROWS.to_row(PAIRING)}})),
    "a table that nobody knows": log_with(lambda log: log.update({"dreams": {"1": {}}})),
    "a record that is none": log_with(lambda log: log["judged"]["1"].pop("band")),
    "a record that does not fit": log_with(lambda log: log["judged"]["1"].update(message_id="<b>")),
    "a time without a zone": log_with(lambda log: log["judged"]["1"].update(received="2026-01-01T00:00:00")),
    "a number that is none": log_with(lambda log: log["judged"].update({"x": log["judged"]["1"]})),
    "a key twice": log_with(lambda log: log["judged"].update({"7": log["judged"]["1"]})),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_backup_with_something_else_in_it_is_refused_and_changes_nothing(made, home, tmp_path, what):
    before = tree(home)
    with pytest.raises(FileWrong):
        bring_back(repacked(made, tmp_path / "hostile.zip", HOSTILE[what]), home)
    assert tree(home) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "home", "hostile.zip"]


def test_a_backup_made_anew_without_a_change_is_taken(made, home, tmp_path):
    assert bring_back(repacked(made, tmp_path / "same.zip", lambda _files: None), home)


@pytest.mark.parametrize("place", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99])
def test_a_byte_that_changed_is_found_or_means_nothing(made, home, tmp_path, place):
    before, whole = tree(home), content(made)
    data = bytearray(made.read_bytes())
    data[int(len(data) * place)] ^= 0x55
    made.write_bytes(data)
    try:
        bring_back(made, home)
    except FileWrong:
        assert tree(home) == before
    else:  # a date in the list of contents, say
        assert place > 0.8
        assert content(backed_up(home, tmp_path / "again.zip")) == whole


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_half_a_backup_is_none(made, home, share):
    made.write_bytes(made.read_bytes()[: int(made.stat().st_size * share)])
    with pytest.raises(FileWrong):
        bring_back(made, home)


def test_a_wrong_checksum_is_named(made, home, tmp_path):
    with zipfile.ZipFile(made) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files["model/base"] = b"two\n"
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    with pytest.raises(FileWrong, match="model/base"):
        bring_back(tmp_path / "w.zip", home)


@pytest.mark.parametrize("change", [{"version": 2}, {"format": "other"}, {"files": []}, {"files": {}}])
def test_another_manifest_is_refused(made, home, tmp_path, change):
    with zipfile.ZipFile(made) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files[MANIFEST] = json.dumps(json.loads(files[MANIFEST]) | change).encode()
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    with pytest.raises(FileWrong):
        bring_back(tmp_path / "w.zip", home)


def test_a_link_packed_as_a_file_is_refused(made, home, tmp_path):
    files = content(made)
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(tmp_path / "l.zip", "w") as target:
        target.writestr(MANIFEST, packed.read(MANIFEST))
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if name == "model/base" else 0o600 << 16
            target.writestr(info, data)
    with pytest.raises(FileWrong):
        bring_back(tmp_path / "l.zip", home)


def test_a_foreign_zip_and_a_file_that_is_no_zip_are_refused(home, tmp_path):
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as packed:
        packed.writestr("log.json", "{}")
    (tmp_path / "n.zip").write_bytes(b"hello")
    for name in ("f.zip", "n.zip"):
        with pytest.raises(FileWrong):
            bring_back(tmp_path / name, home)


def test_more_than_a_backup_may_hold_is_refused(made, home, monkeypatch):
    monkeypatch.setattr(archive, "_MOST_BYTES", 100)
    with pytest.raises(FileWrong):
        bring_back(made, home)


def test_files_that_never_stand_still_are_not_half_copied(home, monkeypatch):
    def restless() -> list[tuple[str, bytes]]:
        return [("model/base", os.urandom(8))]

    monkeypatch.setattr(backup, "_files", lambda _home: iter(restless()))
    with pytest.raises(HomeNotWritable):
        keeping(MemoryStore(), home).back_up(home.parent / "x.zip")


def refuse(*_arguments: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")
