"""Meetings that lie behind a rejection: whether there was more than one, and whether one had several interviewers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, permutations

from server.domain.contacts_kept import meetings_of
from server.domain.model import Judged, Message
from server.domain.particulars import Participant, Seen
from server.domain.people import same_person
from server.domain.spoofing import doubts_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that had begun when the rejection came. `told` is when the mail that asks to it came."""

    told: datetime
    starts: datetime
    invited: frozenset[str]  # addresses, without the seeker's and without whoever called it: they may only have planned


def meetings_held(rejection: Message, thread: Sequence[Message], rows: Iterable[Judged], me: str) -> list[Meeting]:
    """From calendar invitations in the thread and in what is kept of other mail; called-off ones left out."""
    off = {i.starts for m in thread for i in m.invites if i.cancelled}
    asked = [(m.received, meetings_of(m)) for m in thread if not (m.is_sent or m.is_draft or doubts_of(m))]
    asked += [(row.received, list(row.people)) for row in rows if not (row.doubts or row.own)]
    found = [meeting for told, people in asked for meeting in _meetings(told, people, me)]
    return [one for one in found if one.starts <= rejection.received and one.starts not in off]


def are_several(meetings: Sequence[Meeting]) -> bool:
    """Whether it came to a second one: asked to after the first had begun, so that it is no first one put off."""
    return any(first.starts < second.told < second.starts for first, second in permutations(meetings, 2))


def had_panel(meetings: Sequence[Meeting]) -> bool:
    """Whether two people or more of the company were asked to one of them."""
    return any(len(one.invited) > 1 for one in meetings)


def _meetings(told: datetime, people: Iterable[Participant], me: str) -> Iterator[Meeting]:
    timed = [(one.meeting, one) for one in people if one.meeting]
    for starts, together in groupby(sorted(timed, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        others = [
            one.address for _when, one in together if one.seen is Seen.INVITED and not same_person(one.address, me)
        ]
        yield Meeting(told, starts, frozenset(others))
