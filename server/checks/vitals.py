"""What a running server says of itself, asked with little patience: it may hang."""

from __future__ import annotations

import http.client
import json
from typing import Any

from server.home import ServerAddress


def ask(server: ServerAddress | None, patience: float) -> dict[str, Any] | None:
    """Its answer to /api/v1/status; None when none runs, or it does not answer in time."""
    if server is None:
        return None
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=patience)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {server.token}"}
    try:
        connection.request("POST", "/api/v1/status", "{}", headers)
        answer = connection.getresponse()
        found = json.loads(answer.read()) if answer.status == http.HTTPStatus.OK else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return found if isinstance(found, dict) else None
