"""What a running server writes down."""

from __future__ import annotations

import logging

import pytest

from server.cli import serving


@pytest.fixture
def log(tmp_path):
    root = logging.getLogger("server")
    before = root.level, root.propagate, list(root.handlers)
    path = tmp_path / "classact.log"
    serving._log_to(path)
    yield path
    for handler in set(root.handlers) - set(before[2]):
        handler.close()
    root.level, root.propagate, root.handlers = before


def test_an_error_is_logged_by_its_place_and_never_in_its_own_words(log):
    try:
        int("Dear Kim, we went with another captain")
    except ValueError:
        logging.getLogger("server.test").exception("scan failed")
    text = log.read_text(encoding="utf-8")
    assert ("ValueError" in text, "test_serving.py" in text) == (True, True)
    assert "Traceback" not in text
    assert "invalid literal" not in text
