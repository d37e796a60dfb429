"""Real parts, and what is said when one of them is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.classifier import Classifier
from server.errors import ModelError
from server.wiring import load_classifier


def test_a_model_that_was_not_built_is_said_so_with_the_command_that_builds_it(tmp_path: Path, monkeypatch) -> None:
    real = Classifier.load
    monkeypatch.setattr(Classifier, "load", lambda: real(tmp_path / "nothing"))
    with pytest.raises(ModelError) as missing:
        load_classifier()
    assert "make model" in missing.value.hint
