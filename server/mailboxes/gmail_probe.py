"""What Gmail answers to a few calls about drafts of our own, for the self-test on a real account.

The one place in the program that deletes anything: a draft that this very probe has made, and no other.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from server.domain.observing import REFUSED, Answer
from server.errors import ClassActError, NotFound, Refused, SendInDoubt
from server.mailboxes.gmail_http import Line
from server.texts import _


class GmailProbe:
    """`server.services.selftest.Probe` over an account's line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._own: set[str] = set()

    def profile(self) -> Answer:
        """See Probe.profile."""
        return self._read(lambda users: users.getProfile(userId="me", fields="emailAddress,historyId"))

    def create(self, content: bytes, thread_id: str = "") -> Answer:
        """See Probe.create."""
        body = {"message": _message(content, thread_id)}
        answer = self._write(lambda users: users.drafts().create(userId="me", body=body))
        if isinstance(answer.body.get("id"), str):
            self._own.add(answer.body["id"])
        return answer

    def update(self, draft_id: str, content: bytes, thread_id: str = "") -> Answer:
        """See Probe.update."""
        self._check(draft_id)
        body = {"message": _message(content, thread_id)}
        return self._write(lambda users: users.drafts().update(userId="me", id=draft_id, body=body))

    def draft(self, draft_id: str) -> Answer:
        """See Probe.draft."""
        return self._read(lambda users: users.drafts().get(userId="me", id=draft_id, format="raw"))

    def delete(self, draft_id: str) -> Answer:
        """See Probe.delete; Refused for a draft that this probe did not make."""
        self._check(draft_id)
        return self._write(lambda users: users.drafts().delete(userId="me", id=draft_id))

    def history(self, start: int) -> Answer:
        """See Probe.history."""
        return self._read(lambda users: users.history().list(userId="me", startHistoryId=str(start)))

    def search(self, query: str) -> Answer:
        """See Probe.search."""
        return self._read(lambda users: users.messages().list(userId="me", q=query, maxResults=10))

    def batch(self, message_ids: Sequence[str]) -> Mapping[str, Answer]:
        """See Probe.batch."""
        answers = self._line.batch({id_: _getter(id_) for id_ in message_ids}, scan=False)
        return {id_: _answer(answer) for id_, answer in answers.items()}

    def _check(self, draft_id: str) -> None:
        if draft_id not in self._own:
            raise Refused(_("The self-test touches no draft but its own."))

    def _read(self, make: Callable[[Any], Any]) -> Answer:
        try:
            return _answer(self._line.read(make))
        except ClassActError as error:
            return _answer(error)

    def _write(self, make: Callable[[Any], Any]) -> Answer:
        try:
            return _answer(self._line.write(make))
        except ClassActError as error:
            return _answer(error)


def _answer(found: Any) -> Answer:
    """An answer, or a refusal that says something about Gmail; anything else is no observation and raised."""
    if isinstance(found, NotFound):
        return Answer(404)
    if isinstance(found, ClassActError):
        if type(found).code != "mailbox" or getattr(found, "retryable", False) or isinstance(found, SendInDoubt):
            raise found
        return Answer(REFUSED)
    return Answer(200, found if isinstance(found, dict) else {})


def _message(content: bytes, thread_id: str) -> dict[str, str]:
    message = {"raw": base64.urlsafe_b64encode(content).decode()}
    return message | ({"threadId": thread_id} if thread_id else {})


def _getter(message_id: str) -> Callable[[Any], Any]:
    return lambda users: users.messages().get(userId="me", id=message_id, format="minimal", fields="id,labelIds")
