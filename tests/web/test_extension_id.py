"""The server lets in the extension of this repository, and no other."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from server.web.guard import EXTENSION_ID

MANIFEST = Path(__file__).parents[2] / "extension" / "manifest.json"


def test_the_id_in_the_guard_is_the_one_of_the_manifests_key():
    key = base64.b64decode(json.loads(MANIFEST.read_text())["key"])
    digits = hashlib.sha256(key).hexdigest()[:32]
    assert "".join(chr(ord("a") + int(digit, 16)) for digit in digits) == EXTENSION_ID
