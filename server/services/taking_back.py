"""The seeker takes back what they said of a mail: it stands as the program itself judged it, with all that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from nlp.verdict import Band
from server.domain import judging
from server.domain.journal import TAKEN_BACK
from server.domain.model import Correction, JournalEntry, Judged, Rejection, record_key
from server.errors import UnknownMessage, UsageError
from server.ports import Clock, Keyed, Store
from server.services.correct import followers_of
from server.services.desk import Desk
from server.texts import _


@dataclass(frozen=True, slots=True)
class Said:
    """What the seeker says of a mail: verdict, company and role, or that their verdict is taken back."""

    is_rejection: bool | None = None
    company: str | None = None
    role: str | None = None
    take_back: bool = False


def corrected(desk: Desk, message_id: str, said: Said) -> Judged:
    """Correct the mail, or take the verdict back, in every mailbox that is shown; labels in Gmail follow.

    Raises UnknownMessage, and UsageError when nothing is said, or both.
    """
    if not said.take_back:
        return desk.correct(message_id, is_rejection=said.is_rejection, company=said.company, role=said.role)
    if said.is_rejection is not None or said.company or said.role:
        raise UsageError(_("A word cannot be given and taken back at once."), _("Do one after the other."))
    row = desk.view(message_id).row
    names = [one.mailbox for one in desk.store.all(Judged) if one.message_id == row.message_id]
    after = take_back(desk.store, desk.clock, row.mailbox, row.message_id, elsewhere=filter(desk.visible, names))
    for name in desk.accounts():
        desk.tidy(name)
    return after


def take_back(store: Store, clock: Clock, mailbox: str, message_id: str, *, elsewhere: Iterable[str] = ()) -> Judged:
    """Forget the verdict that the seeker gave, in one write; what the message counts as then.

    Names they put right stay. Mails that took the verdict over stand as they were judged too. Where no verdict was
    given nothing changes. Its twin in a file (services/joining.py) forgets it with it.

    Raises UnknownMessage: nothing was ever judged under that id.
    """
    rows = [store.get(Judged, record_key(name, message_id)) for name in dict.fromkeys([mailbox, *elsewhere])]
    if rows[0] is None:
        raise UnknownMessage(message_id)
    twins = [one for one in store.all(Judged) if one.twin == rows[0].key]
    records: list[Keyed] = []
    gone: list[Keyed] = []
    for row in {one.key: one for one in [*rows, *twins] if one is not None}.values():
        said = store.get(Correction, row.key)
        if said is None or said.is_rejection is None:
            continue
        left = replace(said, is_rejection=None) if said.company or said.role else None
        records += [left] if left else []
        gone += [] if left else [said]
        records.append(_entry(said, clock.now()))
        for after in _after(store, row, left):
            logged = store.get(Rejection, after.key)
            records.append(after)
            if after.band == Band.AUTO:
                records.append(judging.rejection(after, logged.logged if logged else after.judged))
            elif logged:
                gone.append(logged)
    if records:
        store.put(*records, gone=gone)
    return store.get(Judged, rows[0].key) or rows[0]


def _after(store: Store, row: Judged, left: Correction | None) -> Iterator[Judged]:
    """The row and those that took its verdict over, without it. `left`: the names that were put right."""
    kept = judging.remembering(row, told=True)
    like = kept.before.like if kept.before else ""
    followed = store.get(Correction, record_key(row.mailbox, like)) if like else None
    own = judging.own_verdict(kept)
    if left is not None:
        yield judging.corrected(own, left)
    elif followed is not None:
        yield judging.alike(own, followed, spam=bool(kept.before and kept.before.spam))
    else:
        yield own
    for other in followers_of(store, row):
        follower = judging.remembering(other, told=True)
        yield judging.alike(follower, left) if left is not None else judging.own_verdict(follower)


def _entry(said: Correction, now: datetime) -> JournalEntry:
    key = f"{now.isoformat()} {TAKEN_BACK} {said.message_id} {said.mailbox}"
    return JournalEntry(key, said.mailbox, now, TAKEN_BACK, said.message_id, said.made.isoformat())
