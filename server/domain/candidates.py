"""What a first scan looks at: searches that are wide enough to lose nothing, how far they reach, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from server.domain.candidate_words import ASIDE, DESKS, MACHINES, WORDS

DAYS: Final = 365  # how far back the first scan looks unless the seeker says otherwise
LONGEST: Final = 1_400  # characters of one search; people report that Gmail stops reading near 1,500
_ANY: Final = "-in:drafts -in:chats"  # spam and trash are never listed
_OTHERS: Final = "-in:drafts -in:chats -in:sent"  # what the seeker wrote comes with the thread it stands in


@dataclass(frozen=True, slots=True)
class Scope:
    """What the seeker wants looked at in a mailbox: how many days back, None for all, and whether every mail."""

    mailbox: str
    days: int | None = DAYS
    everything: bool = False

    @property
    def key(self) -> str:
        """The store's key."""
        return self.mailbox

    def since(self, now: datetime) -> datetime | None:
        """The moment from which on mail is looked at, None for the first mail there is."""
        if self.days is None:
            return None
        try:
            return now - timedelta(days=self.days)
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at in a mailbox before its history was followed, and how much was left out."""

    mailbox: str
    since: datetime | None
    everything: bool
    ended: datetime
    looked_at: int
    left_out: int

    @property
    def key(self) -> str:
        """The store's key."""
        return self.mailbox

    def covers(self, scope: Scope, now: datetime) -> bool:
        """Whether the scope asks for no mail that may not have been looked at."""
        since = scope.since(now)
        reaches = self.since is None or (since is not None and self.since <= since)
        return reaches and (self.everything or not scope.everything or not self.left_out)


@dataclass(frozen=True, slots=True)
class Searches:
    """Searches in Gmail's language. `first`: the likeliest; `then`: what else may be; `every`: all mail of the time."""

    first: tuple[str, ...]
    then: tuple[str, ...]
    every: str


def searches(senders: Iterable[str], since: datetime | None) -> Searches:
    """The searches for mail about applications received from that moment on.

    `senders`: domains of applicant-tracking systems. Words alone are not enough: people say no in words of their own.
    So what is neither bulk mail nor a machine's comes second, whatever its words.
    """
    after = [f"after:{max(0, int(since.astimezone(UTC).timestamp()))}"] if since else []
    where = " ".join([_OTHERS, f"-from:{_either(ASIDE)}", *after])
    first = [
        *_packed(senders, where, "from:"),
        *_packed(DESKS, where, "from:"),
        *(query for words in WORDS.values() for query in _packed(words, where)),
    ]
    bulk = "-category:promotions -category:social -category:forums"
    rest = " ".join([_OTHERS, bulk, f"-from:{_either(MACHINES)}", *after])
    return Searches(tuple(first), (rest,), " ".join([_ANY, *after]))


def _packed(words: Iterable[str], where: str, operator: str = "") -> list[str]:
    """As few searches as hold all the words, none of them too long."""
    queries: list[str] = []
    room: list[str] = []
    for word in words:
        if room and len(f"{operator}{_either([*room, word])} {where}") > LONGEST:
            queries.append(f"{operator}{_either(room)} {where}")
            room = []
        room.append(word)
    return [*queries, f"{operator}{_either(room)} {where}"] if room else queries


def _either(words: Sequence[str]) -> str:
    """Any of the words: braces mean OR in Gmail's search. A phrase stands in quotes."""
    return "{" + " ".join(f'"{word}"' if not word.replace(".", "").isalnum() else word for word in words) + "}"
