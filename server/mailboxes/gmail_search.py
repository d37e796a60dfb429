"""Gmail's search for a first scan: likely mail, then the rest of its threads, and a count of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from server.domain.candidates import Searches
from server.errors import ClassActError, Offline
from server.mailboxes.gmail_history import ROUNDS, walk
from server.mailboxes.gmail_http import Line
from server.ports import Page
from server.texts import _

AT_ONCE: Final = 20  # ids named before the search goes on, so that the seeker sees something soon
_FIELDS: Final = "nextPageToken,messages(id,threadId)"
Threads = dict[str, str]  # message id -> thread id


def search(line: Line, searches: Searches, page: int, *, everything: bool) -> Iterator[Page]:
    """The pages of `ports.Searching.search`; `page`: ids that one list may have.

    One message costs as much quota as a list of 2,000 ids (20 units, 5 for 500), so everything is listed, and what was
    left out is counted and not guessed. Gmail's ids grow with time: their order is the order of arrival.
    """
    # The cursor is taken before the lists: what arrives meanwhile is seen again, and nothing is missed.
    cursor = str(line.read(lambda users: users.getProfile(userId="me", fields="historyId"))["historyId"])
    walked = _Walk(line, [*searches.first, *searches.then], page)
    walked.step()
    likely = range(len(searches.first))
    soon = _newest(walked.found(likely))[:AT_ONCE]
    if soon:
        yield Page(tuple(soon))
    while walked.step():
        pass
    found = walked.found(range(len(walked.queries)))
    first = _without(_newest(walked.found(likely)), soon)
    yield from _pages(first, page, len(found))
    yield from _pages(_without(_newest(found), [*soon, *first]), page, len(found))
    every = {id_: thread for answer in _every(line, searches.every, page) for id_, thread in _rows(answer)}
    threads = set(found.values())
    others = [id_ for id_, thread in every.items() if id_ not in found and (everything or thread in threads)]
    left_out = len(every.keys() - found.keys()) - len(others)
    total = len(found) + len(others)
    yield from _pages(others, page, total)
    yield Page((), cursor, total, left_out)


class _Walk:
    """Several searches walked side by side, a page of each in one batch."""

    def __init__(self, line: Line, queries: Sequence[str], page: int) -> None:
        self.queries, self._line, self._page = queries, line, page
        self._found: list[Threads] = [{} for _query in queries]
        self._tokens: dict[int, str | None] = dict.fromkeys(range(len(queries)))
        self._asked: Counter[tuple[int, str]] = Counter()

    def step(self) -> bool:
        """Fetch the next page of each search that has one; whether there was any.

        Raises MailboxError kinds: half a list would lose mail.
        """
        if not self._tokens:
            return False
        asked = {str(at): _lister(self.queries[at], self._page, token) for at, token in self._tokens.items()}
        answers = self._line.batch(asked, scan=True)
        before, self._tokens = self._tokens, {}
        for at in before:
            answer = _checked(answers[str(at)])
            after = answer.get("nextPageToken")
            self._found[at] |= dict(_rows(answer))
            if after:
                self._asked[at, after] += 1
                if self._asked[at, after] > ROUNDS:
                    raise Offline(_("its pages lead in a circle"))
                self._tokens[at] = after
        return True

    def found(self, which: Iterable[int]) -> Threads:
        """What these searches have found so far."""
        return {id_: thread for at in which for id_, thread in self._found[at].items()}


def _lister(query: str, page: int, token: str | None) -> Callable[[Any], Any]:
    return lambda users: users.messages().list(userId="me", q=query, maxResults=page, pageToken=token, fields=_FIELDS)


def _every(line: Line, query: str, page: int) -> Iterator[dict[str, Any]]:
    return walk(lambda token: line.read(_lister(query, page, token), scan=True))


def _rows(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for message in answer.get("messages", ()):
        yield message["id"], message.get("threadId", message["id"])


def _checked(answer: Any) -> dict[str, Any]:
    if isinstance(answer, ClassActError):
        raise answer
    if not isinstance(answer, dict):
        raise Offline(_("the answer could not be read"))
    return answer


def _newest(found: Iterable[str]) -> list[str]:
    return sorted(found, key=partial(int, base=16), reverse=True)


def _without(ids: Iterable[str], known: Iterable[str]) -> list[str]:
    seen = set(known)
    return [id_ for id_ in ids if id_ not in seen]


def _pages(ids: Sequence[str], page: int, total: int) -> Iterator[Page]:
    for at in range(0, len(ids), page):
        yield Page(tuple(ids[at : at + page]), None, total)
