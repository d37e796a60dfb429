"""Answers as Google words them: a status, headers and a JSON body, errors included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_STATUS_NAMES: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
_RATE_REASONS: Final = {"rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded"}


@dataclass
class Answer:
    """What goes back over the line."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A request that Gmail answers with an error."""

    def __init__(self, status: int, reason: str, text: str) -> None:
        super().__init__(text)
        self.status, self.reason, self.text = status, reason, text


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """A JSON answer."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, {"Content-Type": "application/json; charset=UTF-8", **(headers or {})})


def as_error(status: int, reason: str, text: str, retry_after: float | str | None = None) -> Answer:
    """An error in the form that Google's APIs share (code, message, errors, status, details)."""
    domain = "usageLimits" if reason in _RATE_REASONS else "global"
    error: dict[str, Any] = {
        "code": status,
        "message": text,
        "errors": [{"message": text, "domain": domain, "reason": reason}],
        "status": _STATUS_NAMES.get(status, "UNKNOWN"),
    }
    if reason == "insufficientPermissions":
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
            }
        ]
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return as_json({"error": error}, status, headers)
