"""What a running server writes down."""

from __future__ import annotations

import logging

import pytest

from server.cli import serving


@pytest.fixture
def log(tmp_path):
    loggers = [logging.getLogger(name) for name in ("server", "waitress")]
    before = [(one.level, one.propagate, list(one.handlers)) for one in loggers]
    path = tmp_path / "classact.log"
    serving._log_to(path)
    yield path
    for handler in set(loggers[0].handlers) - set(before[0][2]):
        handler.close()
    for one, (level, propagate, handlers) in zip(loggers, before, strict=True):
        one.level, one.propagate, one.handlers = level, propagate, handlers


def test_an_error_is_logged_by_its_place_and_never_in_its_own_words(log):
    try:
        int("Dear Kim, we went with another captain")
    except ValueError:
        logging.getLogger("server.test").exception("scan failed")
    text = log.read_text(encoding="utf-8")
    assert ("ValueError" in text, "test_serving.py" in text) == (True, True)
    assert "Traceback" not in text
    assert "invalid literal" not in text


def test_the_web_servers_own_remarks_go_into_the_log_and_not_into_the_terminal(log):
    above: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = above.append
    logging.getLogger().addHandler(handler)
    logging.getLogger("waitress.queue").warning("Task queue depth is %d", 3)
    logging.getLogger().removeHandler(handler)
    assert "Task queue depth is 3" in log.read_text(encoding="utf-8")
    assert above == []  # what nobody above handles, Python writes into the terminal
