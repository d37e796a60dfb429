"""The own model changes at once or not at all, whatever moment the computer picks to stop."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from server.errors import HomeNotWritable
from server.stores.models import OwnModel


class Stopped(BaseException):
    """The computer went off."""


@pytest.fixture
def models(tmp_path: Path) -> OwnModel:
    return OwnModel(tmp_path)


def make(models: OwnModel, text: str, base: str = "shipped-1") -> None:
    (models.fresh / "mails").mkdir(parents=True)
    (models.fresh / "mails" / "weights").write_text(text)
    models.adopt(base)


def found(models: OwnModel) -> list[tuple[str, str]]:
    return [((folder / "mails" / "weights").read_text(), base) for folder, base in models.candidates()]


def test_there_is_none_at_first(models: OwnModel) -> None:
    assert found(models) == []


def test_the_new_one_comes_first_and_the_last_good_one_is_kept(models: OwnModel) -> None:
    for text in ("one", "two", "three"):
        make(models, text)
    assert found(models) == [("three", "shipped-1"), ("two", "shipped-1")]
    assert not models.fresh.exists()


@pytest.mark.parametrize("step", range(3))
def test_a_stop_in_the_middle_of_a_change_leaves_a_whole_model(
    models: OwnModel, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    make(models, "old")
    left = [step]
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if left[0] == 0:
            raise Stopped
        left[0] -= 1
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with suppress(Stopped):
            make(models, "new")
    again = OwnModel(models.folder.parent)
    again.mend()
    assert found(again)[0] == (("new" if step == 2 else "old"), "shipped-1")
    assert not again.fresh.exists()


def test_a_change_that_the_disk_refuses_leaves_the_old_model(models: OwnModel, monkeypatch: pytest.MonkeyPatch) -> None:
    make(models, "old")
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path == models.fresh:
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(HomeNotWritable, match="No space"):
        make(models, "new")
    assert found(models) == [("old", "shipped-1")]


def test_a_half_made_one_is_never_a_candidate_and_goes_at_the_next_start(models: OwnModel) -> None:
    models.fresh.mkdir()
    models.fresh.with_name("model.new.jsonl").write_text("{}")
    assert found(models) == []
    models.mend()
    assert list(models.folder.parent.iterdir()) == []


def test_after_a_reset_none_comes_back(models: OwnModel) -> None:
    make(models, "one")
    make(models, "two")
    models.reset()
    models.mend()
    assert found(models) == []
    assert list(models.folder.parent.iterdir()) == []
