"""What each API method does to the mailbox, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from tests.fakes.gmail import rendering, search
from tests.fakes.gmail.answers import RefusedError
from tests.fakes.gmail.mailbox import Change, DraftEntry, Mailbox, Stored
from tests.fakes.gmail.shapes import ViolationError, unpadded

Body = dict[str, Any]
T = TypeVar("T")
# Units of quota per call, for projects made since 2026-05-01 (gmail/api/reference/quota).
UNITS: Final = {
    "getProfile": 1,
    "history.list": 2,
    "messages.list": 5,
    "messages.get": 20,
    "threads.get": 40,
    "threads.list": 10,
    "drafts.create": 10,
    "drafts.update": 15,
    "drafts.get": 20,
    "drafts.list": 5,
    "drafts.send": 100,
    "drafts.delete": 10,
    "labels.list": 1,
    "labels.create": 5,
    "messages.modify": 5,
    "messages.batchModify": 50,
    "settings.sendAs.list": 1,
}


@dataclass
class Call:
    """A request that passed every check."""

    box: Mailbox
    path: dict[str, str]
    query: dict[str, Any]
    body: Body
    history_floor: int = 0


def get_profile(call: Call) -> Body:
    threads = {stored.thread_id for stored in call.box.messages.values()}
    return {
        "emailAddress": call.box.address,
        "messagesTotal": len(call.box.messages),
        "threadsTotal": len(threads),
        "historyId": str(call.box.history_id),
    }


def messages_list(call: Call) -> Body:
    found = _searched(call)
    page, token = _page(found, call, key=lambda stored: stored.id)
    shown = [{"id": stored.id, "threadId": stored.thread_id} for stored in page]
    return _listed("messages", shown, token, resultSizeEstimate=len(found))


def messages_get(call: Call) -> Body:
    return _message(call, call.box.get(call.path["id"]))


def messages_modify(call: Call) -> Body:
    body = call.body
    stored = call.box.modify(call.path["id"], body.get("addLabelIds", ()), body.get("removeLabelIds", ()))
    return {"id": stored.id, "threadId": stored.thread_id, "labelIds": stored.labels}


def messages_batch_modify(call: Call) -> None:
    """Ids that are not there are passed over: the reference does not say what happens to them."""
    ids = call.body.get("ids", ())
    if not 1 <= len(ids) <= 1000:
        raise RefusedError(400, "invalidArgument", "Too many or no message ids")
    for id_ in ids:
        if id_ in call.box.messages:
            call.box.modify(id_, call.body.get("addLabelIds", ()), call.body.get("removeLabelIds", ()))


def threads_list(call: Call) -> Body:
    ids = list(dict.fromkeys(stored.thread_id for stored in _searched(call)))
    page, token = _page(ids, call, key=str)
    shown = [{"id": id_, "historyId": str(_newest_history(call.box, id_))} for id_ in page]
    return _listed("threads", shown, token, resultSizeEstimate=len(ids))


def threads_get(call: Call) -> Body:
    members = call.box.thread(call.path["id"])
    if not members:
        raise RefusedError(404, "notFound", "Requested entity was not found.")
    return {
        "id": call.path["id"],
        "historyId": str(_newest_history(call.box, call.path["id"])),
        "messages": [_message(call, stored) for stored in members],
    }


def history_list(call: Call) -> Body:
    start = call.query["startHistoryId"]
    if start is None:
        raise RefusedError(400, "required", "Missing required parameter: startHistoryId")
    if start < call.history_floor or start > call.box.history_id:
        raise RefusedError(404, "notFound", "Requested entity was not found.")
    kinds, label = call.query["historyTypes"], call.query["labelId"]
    changes = [c for c in call.box.changes if c.id > start and (not kinds or c.kind in kinds)]
    if label:
        changes = [c for c in changes if label in _labels_now(call.box, c)]
    page, token = _page(changes, call, key=lambda change: str(change.id))
    shown = [_history(call.box, change) for change in page]
    return _listed("history", shown, token, historyId=str(call.box.history_id))


def labels_list(call: Call) -> Body:
    return {"labels": [_label(id_, name) for id_, name in call.box.labels.items()]}


def labels_create(call: Call) -> Body:
    name = call.body.get("name")
    if not name:
        raise RefusedError(400, "invalidArgument", "Label name is required")
    if name.casefold() in {known.casefold() for known in call.box.labels.values()}:
        raise RefusedError(409, "aborted", "Label name exists or conflicts")
    id_ = f"Label_{len(call.box.labels)}"
    call.box.labels[id_] = name
    return {**_label(id_, name), **{k: v for k, v in call.body.items() if k.endswith("Visibility")}}


def drafts_create(call: Call) -> Body:
    return _draft_in_short(call.box, call.box.put_draft(*_new_message(call.body)))


def drafts_update(call: Call) -> Body:
    return _draft_in_short(call.box, call.box.put_draft(*_new_message(call.body), draft_id=call.path["id"]))


def drafts_get(call: Call) -> Body:
    entry = call.box.draft(call.path["id"])
    return {"id": entry.id, "message": _message(call, call.box.get(entry.message_id))}


def drafts_list(call: Call) -> Body:
    entries = {entry.message_id: entry for entry in call.box.drafts.values()}
    found = [entries[stored.id] for stored in _searched(call) if stored.id in entries]
    page, token = _page(found, call, key=lambda entry: entry.id)
    shown = [
        {"id": e.id, "message": {"id": e.message_id, "threadId": call.box.get(e.message_id).thread_id}} for e in page
    ]
    return _listed("drafts", shown, token, resultSizeEstimate=len(found))


def drafts_delete(call: Call) -> None:
    call.box.delete_draft(call.path["id"])


def drafts_send(call: Call) -> Body:
    draft_id = call.body.get("id")
    if not draft_id:
        raise RefusedError(400, "invalidArgument", "Draft id is required")
    if "message" in call.body:
        call.box.put_draft(*_new_message(call.body), draft_id=draft_id)
    stored = call.box.send_draft(draft_id)
    return {"id": stored.id, "threadId": stored.thread_id, "labelIds": stored.labels}


def send_as_list(call: Call) -> Body:
    own = {"sendAsEmail": call.box.address, "displayName": "", "isPrimary": True, "isDefault": True}
    return {"sendAs": [own]}


HANDLERS: Final[dict[str, Callable[[Call], Body | None]]] = {
    "getProfile": get_profile,
    "messages.list": messages_list,
    "messages.get": messages_get,
    "messages.modify": messages_modify,
    "messages.batchModify": messages_batch_modify,
    "threads.list": threads_list,
    "threads.get": threads_get,
    "history.list": history_list,
    "labels.list": labels_list,
    "labels.create": labels_create,
    "drafts.create": drafts_create,
    "drafts.update": drafts_update,
    "drafts.get": drafts_get,
    "drafts.list": drafts_list,
    "drafts.delete": drafts_delete,
    "drafts.send": drafts_send,
    "settings.sendAs.list": send_as_list,
}


def _message(call: Call, stored: Stored) -> Body:
    return rendering.message(stored, call.query["format"], call.query.get("metadataHeaders") or ())


def _searched(call: Call) -> list[Stored]:
    """What the search finds, newest first; kept while nothing changes, for the pages of one list."""
    wanted = frozenset(call.query.get("labelIds") or ())
    asked = (call.query["q"] or "", wanted, bool(call.query["includeSpamTrash"]))
    today = int(call.box.now()) if "er_than:" in asked[0] else 0
    state = (call.box.history_id, len(call.box.messages), today)
    if call.box.searches.get(asked, (None,))[0] != state:
        query = search.parse(asked[0], call.box)
        hidden = (set() if query.reaches_spam_and_trash or asked[2] else {"SPAM", "TRASH"}) - wanted
        found = [
            stored
            for stored in call.box.newest_first()
            if hidden.isdisjoint(stored.labels) and wanted.issubset(stored.labels) and query.matches(stored)
        ]
        call.box.searches[asked] = (state, found)
    return list(call.box.searches[asked][1])


def _page(found: list[T], call: Call, key: Callable[[T], str]) -> tuple[list[T], str | None]:
    """A page after the token; the token names the last item before it, so that arrivals shift nothing."""
    size, token = call.query["maxResults"], call.query["pageToken"]
    if not 1 <= size <= 500:
        raise ViolationError(f"maxResults {size} is outside 1 to 500")
    start = 0
    if token is not None:
        keys = [key(item) for item in found]
        if token.removeprefix("after-") not in keys:
            raise RefusedError(400, "invalidArgument", "Invalid pageToken")
        start = keys.index(token.removeprefix("after-")) + 1
    page = found[start : start + size]
    more = start + size < len(found)
    return page, f"after-{key(page[-1])}" if more else None


def _listed(name: str, shown: list[Body], token: str | None, **more: object) -> Body:
    """A list answer: an empty list and an absent token are left out."""
    answer: Body = {**({name: shown} if shown else {}), **more}
    return {**answer, "nextPageToken": token} if token else answer


def _history(box: Mailbox, change: Change) -> Body:
    labels = _labels_now(box, change)
    short = {"id": change.message_id, "threadId": change.thread_id}
    full = {**short, "labelIds": labels} if labels else short
    field = {
        "messageAdded": "messagesAdded",
        "messageDeleted": "messagesDeleted",
        "labelAdded": "labelsAdded",
        "labelRemoved": "labelsRemoved",
    }[change.kind]
    entry: Body = {"message": full}
    if change.labels:
        entry["labelIds"] = list(change.labels)
    return {"id": str(change.id), "messages": [short], field: [entry]}


def _labels_now(box: Mailbox, change: Change) -> list[str]:
    stored = box.messages.get(change.message_id)
    return stored.labels if stored else []


def _newest_history(box: Mailbox, thread_id: str) -> int:
    return max(stored.history_id for stored in box.thread(thread_id))


def _label(id_: str, name: str) -> Body:
    return {"id": id_, "name": name, "type": "user" if id_.startswith("Label_") else "system"}


def _draft_in_short(box: Mailbox, entry: DraftEntry) -> Body:
    stored = box.get(entry.message_id)
    return {"id": entry.id, "message": {"id": stored.id, "threadId": stored.thread_id, "labelIds": stored.labels}}


def _new_message(body: Body) -> tuple[bytes, str | None]:
    """The raw bytes and thread of a Draft resource; headers belong into the MIME, so nothing else is taken."""
    message = body.get("message") or {}
    _only(message, {"raw", "threadId"})
    if "raw" not in message:
        raise RefusedError(400, "invalidArgument", "'raw' RFC822 payload message string is required")
    return unpadded(message["raw"], "raw"), message.get("threadId")


def _only(given: Iterable[str], allowed: set[str]) -> None:
    if extra := set(given) - allowed:
        raise ViolationError(f"message: {sorted(extra)} are ignored by Gmail here")
