"""A backup that somebody made up, changed or cut is refused, and nothing of it is believed."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from server.domain.portable import FileWrong
from server.services import archive
from server.services.backup import MANIFEST
from tests.services.backup_ground import (
    backed_up,
    bring_back,
    content,
    home,
    made,
    tree,
    without_sync,
)
from tests.services.data_ground import PAIRING, ROWS

__all__ = ["home", "made", "without_sync"]


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
