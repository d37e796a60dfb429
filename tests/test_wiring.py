"""Real parts, and what is said when one of them is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.classifier import Classifier
from server import wiring
from server.errors import ModelError
from server.wiring import load_classifier


def test_a_model_that_was_not_built_is_said_so_with_the_command_that_builds_it(tmp_path: Path, monkeypatch) -> None:
    real = Classifier.load
    monkeypatch.setattr(Classifier, "load", lambda: real(tmp_path / "nothing"))
    monkeypatch.setattr(wiring, "version_of", lambda: "")
    with pytest.raises(ModelError, match="not built yet") as missing:
        load_classifier()
    assert "make model" in missing.value.hint


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "a part of it is missing"), ("{", "it is damaged, or of another version"), ("{}", "it is damaged")],
)
def test_a_model_that_is_damaged_is_said_without_the_words_of_a_library(
    tmp_path: Path, content: str | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "calibration.json").write_text(content)
    with pytest.raises(ModelError, match=why) as damaged:
        load_classifier(tmp_path)
    assert "Error" not in str(damaged.value)
