"""Which model a folder holds, without loading it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

SHIPPED = Path(__file__).parent / "model"
_FILE = "calibration.json"


def version_of(folder: Path = SHIPPED) -> str:
    """The version of the model in a folder, "" when there is none that can be read."""
    try:
        return str(json.loads((folder / _FILE).read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def mark(folder: Path, seen: bytes) -> None:
    """Tell the model in a folder from the one without `seen`, which it learned from too: another version."""
    path = folder / _FILE
    content = json.loads(path.read_text("utf-8"))
    content["version"] = f"{content['version']}-{hashlib.sha256(seen).hexdigest()[:6]}"
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", "utf-8")
