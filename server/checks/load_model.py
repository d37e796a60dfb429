"""`python -m server.checks.load_model HOME`: load the classifier as a server would, and print what it is as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from server.errors import ModelError
from server.stores.models import OwnModel
from server.wiring import load


def main(home: Path) -> None:
    """Two lines of JSON: {"weights": "" or what is wrong}, then {"version", "own", "ignored"} or {"error"}."""
    from nlp.network.network import FOLDER, NetworkMissing, verify  # noqa: PLC0415 - loads slowly

    try:
        verify(FOLDER)
        _say({"weights": ""})
    except NetworkMissing as error:
        _say({"weights": str(error)})
    try:
        loaded = load(OwnModel(home))
    except ModelError as error:
        _say({"error": str(error), "hint": error.hint})
    else:
        version = loaded.classifier.version
        _say({"version": version, "own": loaded.own is not None, "ignored": loaded.ignored})


def _say(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
