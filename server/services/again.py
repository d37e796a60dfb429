"""A no that is said once more, in answer to the seeker's own letter, is one rejection and not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from nlp.verdict import Label
from server.domain.model import Correction, Judged, OutboxItem, Rejection
from server.ports import Store

_FORWARD = frozenset({Label.INTERVIEW, Label.ASSESSMENT, Label.OFFER})  # after these, another no is a new one


def settle(store: Store, mailbox: str) -> int:
    """Take out of the log what only repeats an earlier line of its thread; how many lines that were.

    The mail itself stays as it was judged. What the seeker confirmed, or wrote a letter about, is left alone.
    """
    logged: defaultdict[str, list[Rejection]] = defaultdict(list)
    for line in store.all(Rejection):
        if line.mailbox == mailbox and line.thread_id:
            logged[line.thread_id].append(line)
    several = {thread: sorted(lines, key=lambda one: one.received) for thread, lines in logged.items() if lines[1:]}
    if not several:
        return 0
    around: defaultdict[str, list[Judged]] = defaultdict(list)
    for row in store.all(Judged):
        if row.mailbox == mailbox and row.thread_id in several:
            around[row.thread_id].append(row)
    kept = {one.key for one in store.all(Correction) if one.is_rejection}
    kept |= {f"{item.mailbox}\n{item.message_id}" for item in store.all(OutboxItem)}
    gone = [
        line
        for thread, lines in several.items()
        for i, line in enumerate(lines)
        if line.key not in kept and any(_repeats(line, first, around[thread]) for first in lines[:i])
    ]
    store.put(gone=gone)
    return len(gone)


def _repeats(line: Rejection, first: Rejection, rows: Sequence[Judged]) -> bool:
    """Whether the seeker wrote in between and nothing moved on, and both are about one application."""
    between = [row for row in rows if first.received < row.received < line.received]
    answered = any(row.own for row in between) and not any(row.label in _FORWARD for row in between)
    return answered and _alike(line.company, first.company) and _alike(line.role, first.role)


def _alike(one: str | None, other: str | None) -> bool:
    return not one or not other or one.casefold() == other.casefold()
