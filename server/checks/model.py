"""Whether the classifier is there, whole, and loads. A process of its own loads it: that takes most of the time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from nlp.versions import SHIPPED, version_of
from server.errors import ModelError
from server.services.doctor import Found, fail, ok, warn
from server.texts import _

_NOT_BUILT: Final = ModelError()
_MAKE: Final = _NOT_BUILT.hint


def model(home: Path, vitals: dict[str, Any] | None, end: float) -> Iterator[Found]:
    """What a running server says, which has loaded it already, or else what loading it says until `end`.

    `end`: by time.monotonic().
    """
    shipped = version_of()
    if not shipped:
        yield fail("model", _("%(error)s It belongs in %(folder)s.") % {"error": _NOT_BUILT, "folder": SHIPPED}, _MAKE)
        yield fail("model_loads", _("There is no classifier to load."), _MAKE)
        yield warn("weights", _("Not checked without a classifier."), _MAKE)
        return
    yield ok("model", _("Classifier %(version)s is there.") % {"version": shipped})
    state = (vitals or {}).get("model", "")
    if state == "ready":
        yield ok("weights", _("The running server has checked and loaded it."))
        version = str((vitals or {}).get("model_version", ""))
        yield _loaded({"version": version, "own": version.startswith(f"{shipped}-")}, shipped)
    elif state and state != "loading":
        yield fail("model_loads", str(state), _MAKE)
        yield ok("weights", _("Not checked: the running server says what is wrong."))
    else:
        for row in _tried(home, end):
            yield from _reading(row, shipped)


def _tried(home: Path, end: float) -> Iterator[dict[str, Any]]:
    """What a process of its own says that loads the classifier, as it says it; it is ended when its time is over."""
    command = [sys.executable, "-P", "-m", "server.checks.load_model", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        watch = threading.Timer(max(0.0, end - time.monotonic()), process.kill)
        watch.start()
        for line in process.stdout or ():
            yield json.loads(line)
        watch.cancel()
        if process.wait() < 0:
            yield {"late": True}


def _reading(row: dict[str, Any], shipped: str) -> Iterator[Found]:
    if "weights" in row:
        yield _weights(row["weights"])
    elif "late" in row:
        yield warn(
            "model_loads",
            _("It was still being loaded when the time was over: the computer is busy."),
            _("Run `classact doctor` again later; the classifier is loaded once, when the server starts."),
        )
    elif "error" in row:
        yield fail("model_loads", row["error"], row["hint"])
    else:
        yield _loaded(row, shipped)


def _weights(wrong: str) -> Found:
    if not wrong:
        return ok("weights", _("The network's weights are the ones that were trained."))
    return warn(
        "weights",
        _("The network's weights cannot be used (%(why)s).") % {"why": wrong},
        _("Get the folder nlp/network/weights afresh from where you have Class Act, then `make model`."),
    )


def _loaded(row: dict[str, Any], shipped: str) -> Found:
    if row.get("ignored"):
        return warn("model_loads", row["ignored"], _("Run `classact model retrain`, or `classact model reset`."))
    if not row.get("own") and row["version"] != shipped:
        return warn(
            "model_loads",
            _("The running server judges with %(old)s, and %(new)s lies on the disk.")
            % {"old": row["version"] or "?", "new": shipped},
            _("Stop Class Act and start it again."),
        )
    kind = _("your own, learned from your corrections") if row.get("own") else _("the one that came with the program")
    return ok("model_loads", _("%(version)s loads: %(kind)s.") % {"version": row["version"], "kind": kind})
