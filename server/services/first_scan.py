"""The first look at a mailbox that can be searched: candidates first, and a note of what was looked at and what not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from server.domain.candidates import DAYS, Coverage, Scope
from server.domain.model import Cursor
from server.ports import Clock, Mailbox, Page, Searching, Store
from server.services import catching_up


def scope_of(store: Store, mailbox: str) -> Scope:
    """What the seeker wants looked at there; of a file, all its years: whoever takes it out chose them."""
    return store.get(Scope, mailbox) or Scope(mailbox, DAYS if "@" in mailbox.partition(":")[0] else None)


def is_due(mailbox: Mailbox, store: Store, clock: Clock) -> bool:
    """Whether the mailbox can be searched, and has yet to be, as far as the seeker wants."""
    if not isinstance(mailbox, Searching):
        return False
    coverage, scope = store.get(Coverage, mailbox.name), store.get(Scope, mailbox.name)
    if store.get(Cursor, mailbox.name) is None:
        return True
    if coverage is None:  # it was followed before there were scopes, so it has been looked through from end to end
        return False
    return not coverage.covers(scope or Scope(mailbox.name), clock.now())


def walk(mailbox: Mailbox, store: Store, clock: Clock) -> Iterator[Page]:
    """What a scan looks at: what is new, and before or after it what the mailbox has yet to be searched for."""
    if not (isinstance(mailbox, Searching) and is_due(mailbox, store, clock)):
        yield from catching_up.news(mailbox, store)
    elif store.get(Cursor, mailbox.name) is None:
        yield from _found(mailbox, store, clock)
    else:  # a wider scope than before: the history is followed from the cursor there is
        yield from catching_up.news(mailbox, store)
        yield from (replace(page, cursor=None) for page in _found(mailbox, store, clock))


def _found(mailbox: Searching, store: Store, clock: Clock) -> Iterator[Page]:
    """What the scope asks for, the likeliest first. Once the last page is at hand, what was covered is noted.

    Whoever stops before leaves no note, and the next scan searches again: what was judged is known by then.
    """
    scope = scope_of(store, mailbox.name)
    since = scope.since(clock.now())
    looked_at = 0
    for page in mailbox.search(since, everything=scope.everything):
        looked_at += len(page.message_ids)
        if page.cursor is not None:  # it names nothing more, and everything before it is logged
            left_out = page.left_out
            store.put(Coverage(mailbox.name, since, scope.everything, clock.now(), looked_at, left_out))
        yield page
