"""What Gmail's answers say, as our values: nothing in them is trusted to be there."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import UTC, datetime
from typing import Any

from server.domain.compose import LETTER_ID_HEADER
from server.domain.connection import NothingFetched
from server.domain.headers import YEARS
from server.domain.model import RawMessage
from server.errors import (
    ClassActError,
    MailboxError,
    NotFound,
    Offline,
    PermissionMissing,
    RateLimited,
    ReconnectNeeded,
    SendInDoubt,
)
from server.ports import Unfetched
from server.texts import _


def raise_for_whole(answers: dict[str, Any]) -> None:
    """Raise what concerns all messages; one that alone cannot be had must not block the others for ever."""
    failures = [a for a in answers.values() if isinstance(a, ClassActError) and not isinstance(a, NotFound)]
    for failure in failures:
        if isinstance(failure, RateLimited | ReconnectNeeded | PermissionMissing):
            raise failure
    if len(failures) == len(answers) > 1 and isinstance(failures[0], MailboxError):
        why = {id_: str(failure) for id_, failure in zip(answers, failures, strict=True)}
        raise NothingFetched(failures[0], why) from failures[0]


def raw_message(asked: str, answer: Any) -> RawMessage | Unfetched:
    """The message that was asked for, or why it cannot be had; never another one."""
    if isinstance(answer, ClassActError):
        return Unfetched(asked, str(answer), gone=isinstance(answer, NotFound))
    if not isinstance(answer, dict) or answer.get("id") != asked:  # never hand on another message's text
        return Unfetched(asked, _("Gmail's answer could not be read."))
    try:
        content = bytes_of(answer.get("raw", ""))
    except Offline as error:
        return Unfetched(asked, str(error))
    return RawMessage(
        id=asked,
        thread_id=answer.get("threadId", asked),
        content=content,
        received=_moment(answer.get("internalDate")),
        labels=frozenset(answer.get("labelIds", ())),
    )


def bytes_of(raw: str) -> bytes:
    """The bytes of URL-safe base64, padded or not; raises Offline when it is none."""
    try:
        return base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Offline(_("the answer could not be read")) from error


def _moment(milliseconds: str | None) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(int(milliseconds or "") / 1000, UTC)
    except (ValueError, OverflowError, OSError):  # absent, or a year no calendar has
        return None
    return moment if moment.year in YEARS else None


def revision(message_id: str, content: bytes) -> str:
    """Changes with every edit: Gmail gives an edited draft a new message, and the hash guards against the rest."""
    return f"{message_id}-{hashlib.sha256(content).hexdigest()[:24]}"


def letter_id_of(message: dict[str, Any]) -> str:
    """Our own header in a metadata answer, or ""."""
    headers = message.get("payload", {}).get("headers", ())
    wanted = LETTER_ID_HEADER.lower()
    return next((str(h["value"]).strip() for h in headers if h["name"].lower() == wanted), "")


def id_of(answer: Any) -> str:
    """The id in the answer to a write; raises SendInDoubt when there is none."""
    if isinstance(answer, dict) and isinstance(answer.get("id"), str):
        return str(answer["id"])
    raise SendInDoubt(_("the answer could not be read"))
