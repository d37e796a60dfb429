"""A folder in place of Drafts and Sent where there is no account: each letter a .eml file to send by hand."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import compat32
from pathlib import Path

from server.domain.compose import LETTER_ID_HEADER, letter_bytes
from server.domain.headers import header
from server.domain.model import Draft, Letter, RawMessage
from server.durable import sync, written_whole
from server.errors import HomeNotWritable, NotFound
from server.ports import Clock
from server.texts import _

_THREAD_HEADER = "X-ClassAct-Thread"  # which thread of the mbox a letter belongs to
_ID = re.compile(r"[0-9a-f]{16}")


class OutboxFolder:
    """`drafts/ID.eml` and `sent/ID.eml` below one folder. Nothing in it goes anywhere by itself."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._drafts, self._sent = folder / "drafts", folder / "sent"
        self._clock = clock

    def put(self, letter: Letter, draft_id: str = "") -> Draft:
        """Save or replace a draft; raises NotFound when the draft to replace is gone."""
        if draft_id and self.draft(draft_id) is None:
            raise NotFound(_("That draft is no longer there."), _("Write it again from the card."))
        name = draft_id or hashlib.blake2b(letter.id.encode(), digest_size=8).hexdigest()
        data = letter_bytes(letter, date=self._clock.now())
        _write(self._drafts / f"{name}.eml", f"{_THREAD_HEADER}: {letter.thread_id}\r\n".encode() + data)
        return _draft(name, self._drafts / f"{name}.eml")

    def draft(self, draft_id: str) -> Draft | None:
        """The draft as it is on disk now."""
        path = self._drafts / f"{draft_id}.eml"
        return _draft(draft_id, path) if _ID.fullmatch(draft_id) and path.is_file() else None

    def find(self, letter_id: str) -> Draft | None:
        """The draft with this letter id."""
        for path in sorted(self._drafts.glob("*.eml")):
            if header(_headers(path), LETTER_ID_HEADER) == letter_id:
                return _draft(path.stem, path)
        return None

    def send(self, draft_id: str) -> str:
        """Move a draft to sent: one rename, so it happens once or not at all. Raises NotFound, HomeNotWritable."""
        if self.draft(draft_id) is None:
            raise NotFound(_("That draft is no longer there."), _("Look into the Outbox folder; it may be sent."))
        try:
            self._sent.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._drafts / f"{draft_id}.eml").replace(self._sent / f"{draft_id}.eml")
            sync(self._sent)  # first where it is now: should the power fail, it is twice there rather than nowhere
            sync(self._drafts)
        except OSError as error:
            raise HomeNotWritable(str(self._sent), error.strerror or str(error)) from error
        return draft_id

    def messages(self, thread_id: str) -> list[RawMessage]:
        """The letters of a thread, drafts and sent."""
        return [
            _raw(path, label)
            for folder, label in ((self._sent, "SENT"), (self._drafts, "DRAFT"))
            for path in sorted(folder.glob("*.eml"))
            if header(_headers(path), _THREAD_HEADER) == thread_id
        ]

    def message(self, message_id: str) -> RawMessage | None:
        """One letter by its id."""
        for folder, label in ((self._sent, "SENT"), (self._drafts, "DRAFT")):
            path = folder / f"{message_id}.eml"
            if _ID.fullmatch(message_id) and path.is_file():
                return _raw(path, label)
        return None


def _headers(path: Path) -> Mail:
    return message_from_bytes(path.read_bytes(), policy=compat32)


def _draft(name: str, path: Path) -> Draft:
    data = path.read_bytes()
    revision = hashlib.blake2b(data, digest_size=8).hexdigest()
    return Draft(name, revision, header(message_from_bytes(data, policy=compat32), _THREAD_HEADER), name)


def _raw(path: Path, label: str) -> RawMessage:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    thread_id = header(_headers(path), _THREAD_HEADER)
    return RawMessage(path.stem, thread_id, path.read_bytes(), written, frozenset({label}))


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with written_whole(path, path.with_suffix(".tmp")) as file:
            file.write(data)
    except OSError as error:
        raise HomeNotWritable(str(path.parent), error.strerror or str(error)) from error
