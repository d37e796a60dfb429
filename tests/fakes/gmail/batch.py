"""`/batch/gmail/v1`: many requests in one multipart/mixed body, answered part by part."""

from __future__ import annotations

import email.parser
import email.policy
import uuid
from collections.abc import Callable, Mapping
from email.message import Message
from http import HTTPStatus

from tests.fakes.gmail.answers import Answer, RefusedError

LIMIT = 100  # parts; https://developers.google.com/gmail/api/guides/batch
Run = Callable[[str, str, Mapping[str, str], bytes], Answer]


def answer(content_type: str, authorization: str, body: bytes, run: Run) -> Answer:
    """Run every part through `run` and put the answers together; the outer sign-in serves parts without their own."""
    outer = email.message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not outer.is_multipart():
        raise RefusedError(400, "badRequest", "Failed to parse batch request: not multipart/mixed")
    parts = [part for part in outer.get_payload() if isinstance(part, Message)]
    if len(parts) > LIMIT:
        raise RefusedError(400, "badRequest", f"The batch request exceeded the maximum number of {LIMIT} parts.")
    boundary = f"batch_{uuid.uuid4().hex}"
    pieces = [_piece(boundary, part, authorization, run) for part in parts]
    return Answer(
        200,
        b"".join(pieces) + f"--{boundary}--\r\n".encode(),
        {"Content-Type": f"multipart/mixed; boundary={boundary}"},
    )


def _piece(boundary: str, part: Message, authorization: str, run: Run) -> bytes:
    verb, target, headers, inner_body = _request(part.get_payload(decode=True) or b"")
    headers.setdefault("authorization", authorization)
    result = run(verb, target, headers, inner_body)
    content_id = part.get("Content-ID", "").replace("<", "<response-", 1)
    lines = [
        f"--{boundary}",
        "Content-Type: application/http",
        *([f"Content-ID: {content_id}"] if content_id else []),
        "",
        f"HTTP/1.1 {result.status} {HTTPStatus(result.status).phrase}",
        *(f"{name}: {value}" for name, value in result.headers.items()),
        f"Content-Length: {len(result.body)}",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + result.body + b"\r\n"


def _request(content: object) -> tuple[str, str, dict[str, str], bytes]:
    if not isinstance(content, bytes):
        raise RefusedError(400, "badRequest", "Failed to parse a part of the batch request")
    first, _, rest = content.partition(b"\n")
    words = first.decode().split()
    if len(words) != 3:
        raise RefusedError(400, "badRequest", "Failed to parse a part of the batch request")
    message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(rest)
    headers = {name.lower(): str(value) for name, value in message.items()}
    payload = message.get_payload(decode=True)
    return words[0], words[1], headers, payload if isinstance(payload, bytes) else b""
