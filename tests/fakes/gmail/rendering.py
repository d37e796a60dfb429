"""Messages as the API shows them: minimal, metadata, raw and full."""

from __future__ import annotations

import base64
import email.message
from collections.abc import Collection
from typing import Any

from tests.fakes.gmail.mailbox import Stored
from tests.fakes.gmail.mime import decoded


def message(stored: Stored, form: str, headers: Collection[str] = ()) -> dict[str, Any]:
    """A Message resource in the format asked for; empty lists are left out, as Gmail does."""
    shown: dict[str, Any] = {
        "id": stored.id,
        "threadId": stored.thread_id,
        "labelIds": list(stored.labels),
        "snippet": " ".join(stored.mail.text.split())[:100],
        "sizeEstimate": len(stored.raw),
        "historyId": str(stored.history_id),
        "internalDate": str(stored.internal_date),
    }
    if form == "raw":
        shown["raw"] = base64.urlsafe_b64encode(stored.raw).decode()
    elif form == "metadata":
        part = stored.mail.parsed
        shown["payload"] = {"mimeType": part.get_content_type(), "headers": _headers(part, headers)}
        if not shown["payload"]["headers"]:
            del shown["payload"]["headers"]
    elif form == "full":
        shown["payload"] = _part(stored.mail.parsed, "")
    if not stored.labels:
        del shown["labelIds"]
    return shown


def _headers(part: email.message.Message, only: Collection[str] = ()) -> list[dict[str, str]]:
    wanted = {name.lower() for name in only}
    return [
        {"name": name, "value": decoded(value)} for name, value in part.items() if not wanted or name.lower() in wanted
    ]


def _part(part: email.message.Message, part_id: str) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "body": {"size": 0},
    }
    if headers := _headers(part):
        shown["headers"] = headers
    if part.is_multipart():
        inner = [p for p in part.get_payload() if isinstance(p, email.message.Message)]
        if inner:
            prefix = f"{part_id}." if part_id else ""
            shown["parts"] = [_part(p, f"{prefix}{number}") for number, p in enumerate(inner)]
        return shown
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    shown["body"]["size"] = len(content)
    if shown["filename"]:
        shown["body"]["attachmentId"] = f"ANGjdJ-{part_id or '0'}"
    elif content:
        shown["body"]["data"] = base64.urlsafe_b64encode(content).decode()
    return shown
