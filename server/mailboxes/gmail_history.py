"""Gmail's history of changes -> which messages are news, and from where to ask the next time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from server.errors import Offline
from server.ports import Page
from server.texts import _

KINDS: Final = ("messageAdded", "messageDeleted", "labelAdded", "labelRemoved")
FIELDS: Final = (
    "nextPageToken,historyId,history(messagesAdded/message(id,labelIds),messagesDeleted/message/id,"
    "labelsAdded(labelIds,message(id,labelIds)),labelsRemoved(labelIds,message(id,labelIds)))"
)
_HIDDEN: Final = frozenset({"DRAFT", "CHAT", "SPAM", "TRASH"})  # what messages.list leaves out, or we ask it to
_OUT_OF: Final = frozenset({"SPAM", "TRASH"})
# Gmail empties Spam and Trash after 30 days (https://support.google.com/mail/answer/7401); two more for the clocks.
KEPT_ASIDE: Final = timedelta(days=32)
ROUNDS: Final = 3  # one page may come again; more often, the pages lead in a circle
Ask = Callable[[str | None], dict[str, Any]]  # a page's token -> that page


def page_after(answers: Iterable[dict[str, Any]]) -> Page:
    """All pages of a history as one, newest first, with the next cursor. Raises Offline when none can be told.

    Pages may come twice, in any order, or without a `history` (https://github.com/gauteh/lieer/issues/120). The cursor
    is the lowest id that any page gives: what arrives while pages are walked may be on none of them, and is then seen
    at the next look. What was deleted for good in the meantime is left out.
    """
    found: dict[str, None] = {}
    gone: set[str] = set()
    cursors: list[int] = []
    for answer in answers:
        found |= dict.fromkeys(_named(answer))
        gone.update(_ids(answer, "messagesDeleted"))
        if str(answer.get("historyId", "")).isdecimal():
            cursors.append(int(answer["historyId"]))
    if not cursors:
        raise Offline(_("the answer could not be read"))
    news = tuple(id_ for id_ in reversed(found) if id_ not in gone)
    return Page(news, str(min(cursors)), len(news))


def walk(ask: Ask) -> Iterator[dict[str, Any]]:
    """Every page of any list; raises Offline when their tokens lead in a circle."""
    token: str | None = None
    asked: Counter[str] = Counter()
    while True:
        answer = ask(token)
        yield answer
        token = answer.get("nextPageToken")
        if not token:
            return
        asked[token] += 1
        if asked[token] > ROUNDS:
            raise Offline(_("its pages lead in a circle"))


def search_since(moment: datetime) -> str:
    """A search for what was received from that moment on. Seconds since 1970 are read to the second, in any zone.

    https://developers.google.com/workspace/gmail/api/guides/filtering
    """
    return f"after:{max(0, int(moment.astimezone(UTC).timestamp()))}"


def _named(answer: dict[str, Any]) -> Iterator[str]:
    """Messages that came, came to the inbox, or came out of spam or trash; drafts and chats are no news.

    Other labels are none: whoever labels a thousand old mails would have all of them fetched.
    """
    for change in _list(answer, "history"):
        for record in _list(change, "messagesAdded"):
            yield from _shown(record)
        for record in _list(change, "labelsAdded"):
            if "INBOX" in record.get("labelIds", ("INBOX",)):
                yield from _shown(record)
        for record in _list(change, "labelsRemoved"):
            if _OUT_OF & set(record.get("labelIds", ())):
                yield from _shown(record)


def _shown(record: dict[str, Any]) -> Iterator[str]:
    message = record.get("message", {})
    if isinstance(message.get("id"), str) and not _HIDDEN & set(message.get("labelIds", ())):
        yield message["id"]


def _ids(answer: dict[str, Any], kind: str) -> Iterator[str]:
    for change in _list(answer, "history"):
        for record in _list(change, kind):
            yield str(record.get("message", {}).get("id"))


def _list(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
