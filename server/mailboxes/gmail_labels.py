"""Labels and the inbox of one Gmail account: put on, taken off, moved out and back; nothing is ever deleted.

Each change may be made twice without harm, so that a lost answer is simply asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from server.domain.tidying import LABEL, Place
from server.errors import (
    ClassActError,
    MailboxError,
    NotFound,
    Offline,
    PermissionMissing,
    ReconnectNeeded,
    SendInDoubt,
)
from server.mailboxes.gmail_answers import raise_for_whole
from server.mailboxes.gmail_errors import LABELLING
from server.mailboxes.gmail_http import Line
from server.texts import _

# messages.batchModify costs 50 units whatever it changes, messages.modify 5 (quota of 2026-05-01).
_MANY: Final = 10
_MOST: Final = 1_000  # ids that batchModify takes (its reference)
_FIELDS: Final = "id,labelIds,payload/headers"


class GmailLabels:
    """`server.services.labels.Tidier` over an account's line. Safe for threads, as the line is."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def label(self, known: str = "", *, make: bool = True) -> str:
        """See Tidier.label."""
        names = self._labels()
        if known in names:
            return known
        return self._named(names) or (self._create() if make else "")

    def places(self, message_ids: Sequence[str]) -> Mapping[str, Place | None]:
        """See Tidier.places; 20 units a message."""
        answers = self._line.batch({id_: _getter(id_) for id_ in dict.fromkeys(message_ids)}, scan=True)
        if answers:
            raise_for_whole(answers)
        found: dict[str, Place | None] = {}
        for id_, answer in answers.items():
            if isinstance(answer, NotFound):
                found[id_] = None
            elif isinstance(answer, dict) and answer.get("id") == id_:
                found[id_] = _place(answer)
        return found

    def change(self, message_ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """See Tidier.change; a message alone that is gone is no error."""
        ids = list(dict.fromkeys(message_ids))
        body = {name: list(labels) for name, labels in (("addLabelIds", add), ("removeLabelIds", remove)) if labels}
        for start in range(0, len(ids), _MOST):
            some = ids[start : start + _MOST]
            if len(some) < _MANY or not self._changed_together(some, body):
                self._change_one_by_one(some, body)

    def _changed_together(self, ids: list[str], body: dict[str, list[str]]) -> bool:
        """Whether Gmail took them in one request; it is not known what it says when one of them is gone."""
        try:
            self._write(lambda users: users.messages().batchModify(userId="me", body={"ids": ids, **body}))
        except PermissionMissing:
            raise
        except ClassActError as error:
            if getattr(error, "retryable", False) or isinstance(error, ReconnectNeeded):
                raise
            return False
        return True

    def _change_one_by_one(self, ids: list[str], body: dict[str, list[str]]) -> None:
        for id_ in ids:
            try:
                self._write(partial(_modify, id_, body))
            except NotFound:  # deleted in Gmail meanwhile
                continue

    def _labels(self) -> dict[str, str]:
        """Name by id of the account's labels."""
        answer = self._line.read(lambda users: users.labels().list(userId="me", fields="labels(id,name)"), LABELLING)
        return {str(one["id"]): str(one.get("name", "")) for one in answer.get("labels", ())}

    def _named(self, names: Mapping[str, str]) -> str:
        """The id of our label by its name: Gmail takes two that differ in case alone for one."""
        return next((id_ for id_, name in names.items() if name.casefold() == LABEL.casefold()), "")

    def _create(self) -> str:
        """The id of the new label. Refused with 409, or with 400, it is there already: then the list knows it."""
        body = {"name": LABEL, "labelListVisibility": "labelShow", "messageListVisibility": "show"}
        try:
            answer = self._write(lambda users: users.labels().create(userId="me", body=body, fields="id"))
        except MailboxError as error:
            found = self._named(self._labels()) if not error.retryable else ""
            if not found:
                raise
            return found
        made = answer.get("id") if isinstance(answer, dict) else self._named(self._labels())  # or in shreds
        if not made:
            raise Offline(_("the answer could not be read"))
        return str(made)

    def _write(self, make: Callable[[Any], Any]) -> Any:
        """One change; when its answer is lost it is asked once more, since the same change twice is one change."""
        try:
            return self._line.write(make, LABELLING)
        except SendInDoubt:
            pass
        try:
            return self._line.write(make, LABELLING)
        except SendInDoubt as error:
            raise Offline(_("the answer was lost")) from error


def _modify(message_id: str, body: dict[str, list[str]], users: Any) -> Any:
    return users.messages().modify(userId="me", id=message_id, body=body, fields="id")


def _getter(message_id: str) -> Callable[[Any], Any]:
    how = {"format": "metadata", "metadataHeaders": ["Reply-To"], "fields": _FIELDS}
    return lambda users: users.messages().get(userId="me", id=message_id, **how)


def _place(answer: Mapping[str, Any]) -> Place:
    headers = answer.get("payload", {}).get("headers", ())
    reply_to = next((str(one.get("value", "")) for one in headers if one.get("name", "").lower() == "reply-to"), "")
    return Place(frozenset(answer.get("labelIds", ())), reply_to)
