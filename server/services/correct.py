"""The seeker overrules a verdict, a company or a role: at once, in one write, and for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nlp.verdict import Band
from server.domain import judging
from server.domain.model import Correction, JournalEntry, Judged, Rejection, record_key
from server.errors import UnknownMessage, UsageError
from server.ports import Clock, Keyed, Store
from server.texts import _

_LONGEST_NAME = 200  # characters of a company or a role; they stand in subjects of letters


def correct(
    store: Store,
    clock: Clock,
    mailbox: str,
    message_id: str,
    *,
    is_rejection: bool | None = None,
    company: str | None = None,
    role: str | None = None,
    elsewhere: Iterable[str] = (),
) -> Judged:
    """Store the correction, change the log by it, and answer what the message now counts as.

    None and empty names leave things as they were. Mails that took their verdict from this one follow it, unless they
    were corrected themselves. `elsewhere`: other mailboxes that hold the same message; all is written together.

    Raises:
        UnknownMessage: nothing was ever judged under that id.
        UsageError: nothing is corrected, or a name is too long.

    """
    now = clock.now()
    company, role = _name(company), _name(role)
    if is_rejection is None and not company and not role:
        raise UsageError(
            _("Nothing was said about this mail."), _("Say whether it is a rejection, or name its company or its role.")
        )
    records: list[Keyed] = []
    gone: list[Rejection] = []
    answers: list[Judged] = []
    for name in dict.fromkeys([mailbox, *elsewhere]):
        row = store.get(Judged, record_key(name, message_id))
        if row is None:
            continue
        given = Correction(name, message_id, now, is_rejection, company, role)
        said = store.get(Correction, row.key)
        told = said is not None and said.is_rejection is not None
        correction = _joined(said, given)
        answers.append(judging.corrected(judging.remembering(row, told=told), correction))
        followers = [
            judging.alike(judging.remembering(other, told=told), correction) for other in followers_of(store, row)
        ]
        records += [correction, _entry(given)]
        for after in [answers[-1], *followers]:
            logged = store.get(Rejection, after.key)
            records.append(after)
            if after.band == Band.AUTO:
                records.append(judging.rejection(after, logged.logged if logged else now))
            elif logged:
                gone.append(logged)
    if not answers or answers[0].mailbox != mailbox:
        raise UnknownMessage(message_id)
    store.put(*records, gone=gone)
    return answers[0]


def _joined(before: Correction | None, given: Correction) -> Correction:
    """What is known after one more correction: the last word on each point counts."""
    if before is None:
        return given
    return replace(
        before,
        made=given.made,
        is_rejection=before.is_rejection if given.is_rejection is None else given.is_rejection,
        company=given.company or before.company,
        role=given.role or before.role,
    )


def followers_of(store: Store, row: Judged) -> list[Judged]:
    """Rows that took over what was said of this one, and about which nothing was said since."""
    taken = [other for other in store.all(Judged) if other.like == row.message_id and other.mailbox == row.mailbox]
    return [other for other in taken if store.get(Correction, other.key) is None]


def _entry(given: Correction) -> JournalEntry:
    what = {True: "confirmed", False: "overruled", None: "renamed"}[given.is_rejection]
    key = f"{given.made.isoformat()} {what} {given.message_id} {given.mailbox}"
    return JournalEntry(key, given.mailbox, given.made, what, given.message_id)


def _name(given: str | None) -> str | None:
    """A company or a role on one line; None when it is empty. Raises UsageError when it is too long."""
    name = " ".join((given or "").encode("utf-8", "replace").decode().split())
    if len(name) > _LONGEST_NAME:
        raise UsageError(_("That name is too long."), _("Give the company or the role alone."))
    return "".join(character for character in name if character.isprintable()) or None
