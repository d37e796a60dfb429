"""Everybody who took part in an application: who they are, how they took part, and whether one can write to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nlp.verdict import Label
from server.domain.contacts_kept import MOST_COPIED, meetings_of, title_of
from server.domain.contacts_parts import part_of, refers
from server.domain.model import Contact, Judged, Message
from server.domain.particulars import How, Part, Participant, Person, Seen
from server.domain.people import is_no_reply, person_name, same_person, signed_name
from server.domain.spoofing import doubts_of
from server.domain.unread import says_unread
from server.domain.whom import is_contact
from server.texts import _

_RANK = (Part.HIRING_MANAGER, Part.INTERVIEWER, Part.RECRUITER, Part.REFERRER, Part.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Trace:
    """One thing that shows somebody taking part."""

    contact: Contact
    how: How
    at: datetime
    title: str = ""


@dataclass(slots=True)
class _Gathered:
    traces: list[_Trace] = field(default_factory=list)


def people_of(
    rejection: Message, thread: Sequence[Message], rows: Sequence[Judged], me: str, company: str = ""
) -> tuple[Person, ...]:
    """Everybody, the most fitting first: who wrote the answer, then who interviewed, recruited, referred.

    From the thread, from what is kept of other mail of the company, from Cc lines, signatures and invitations. Mails
    that give reason to doubt their sender tell of nobody but that sender's own answer.
    """
    found: dict[str, _Gathered] = {}
    for trace in (*_from_thread(rejection, thread, me), *_from_rows(rejection, rows)):
        if trace.contact.address and not same_person(trace.contact.address, me):
            found.setdefault(trace.contact.address, _Gathered()).traces.append(trace)
    wrote = {rejection.sender.address, *(c.address for c in rejection.reply_to[:1])}
    people = [_person(gathered.traces, rejection, company) for gathered in found.values()]
    kept = [one for one in people if one.name or (one.address in wrote and one.is_answerable)]
    first = next((c.address for c in (*rejection.reply_to[:1], rejection.sender)), "")
    return tuple(
        sorted(
            kept,
            key=lambda one: (
                not one.is_answerable,
                one.address != first,
                _RANK.index(one.part),
                list(How).index(one.how),
                -one.last_contact.timestamp(),
            ),
        )
    )


def _person(traces: list[_Trace], rejection: Message, company: str) -> Person:
    strongest = min(traces, key=lambda trace: (list(How).index(trace.how), -trace.at.timestamp()))
    address = strongest.contact.address
    names = [person_name(t.contact, company) for t in sorted(traces, key=lambda t: t.at, reverse=True)]
    title = next((t.title for t in sorted(traces, key=lambda t: t.at, reverse=True) if t.title), "")
    unread = address == rejection.sender.address and says_unread(rejection.body)
    return Person(
        name=next(filter(None, names), ""),
        address=address,
        title=title,
        part=part_of(title, frozenset(trace.how for trace in traces)),
        how=strongest.how,
        when=strongest.at,
        last_contact=max(trace.at for trace in traces),
        why_not=_("Nobody reads mail to this address.") if unread or is_no_reply(address) else "",
    )


def _from_thread(rejection: Message, thread: Sequence[Message], me: str) -> Iterator[_Trace]:
    yield from _of_answer(rejection)
    for message in thread:
        if message.id == rejection.id or message.is_draft or message.unreadable:
            continue
        others = [one for one in (*message.to, *message.cc) if not is_no_reply(one.address)]
        if message.is_sent or same_person(message.sender.address, me):
            yield from (_Trace(one, How.WRITTEN_TO, message.received) for one in others)
        elif not doubts_of(message):
            how = How.REFERRED if refers(message.body) else How.INVITED if message.invites else How.WROTE
            yield _Trace(_signed(message), how, message.received, title_of(message))
            yield from (_Trace(one, How.COPIED, message.received) for one in others[:MOST_COPIED])
            yield from _met(meetings_of(message), rejection, message.received)


def _of_answer(rejection: Message) -> Iterator[_Trace]:
    """Whoever wrote the answer, at the address that takes answers if it names one, and those it was copied to."""
    writer, title = _signed(rejection), title_of(rejection)
    yield _Trace(writer, How.ANSWERED, rejection.received, title)
    for contact in rejection.reply_to[:1]:
        yield _Trace(contact, How.ANSWERED, rejection.received)
    if not doubts_of(rejection):
        copied = [one for one in rejection.cc if not is_no_reply(one.address)]
        yield from (_Trace(one, How.COPIED, rejection.received) for one in copied[:MOST_COPIED])


def _from_rows(rejection: Message, rows: Sequence[Judged]) -> Iterator[_Trace]:
    for row in rows:
        if row.received >= rejection.received or row.doubts or row.own:
            continue
        if is_contact(row):
            title = next((one.title for one in row.people if one.seen is None), "")
            name = next((one.name for one in row.people if one.seen is None), "")
            how = How.INVITED if row.label == Label.INTERVIEW else How.WROTE
            yield _Trace(Contact(row.sender.name or name, row.sender.address), how, row.received, title)
            copied = [one for one in row.people if one.seen is Seen.COPIED]
            yield from (_Trace(Contact(one.name, one.address), How.COPIED, row.received) for one in copied)
        yield from _met(
            [one for one in row.people if one.seen in (Seen.INVITED, Seen.ORGANISED)], rejection, row.received
        )


def _met(asked: Sequence[Participant], rejection: Message, received: datetime) -> Iterator[_Trace]:
    """Those asked to a meeting that was held before the answer came; without a time it counts as copied in."""
    for one in asked:
        held = one.meeting is not None and one.meeting <= rejection.received
        how = How.INTERVIEWED if held else How.INVITED if one.seen is Seen.ORGANISED else How.COPIED
        yield _Trace(Contact(one.name, one.address), how, one.meeting if held and one.meeting else received)


def _signed(message: Message) -> Contact:
    """The sender, by the name that signs the mail when the display name is a team's."""
    name = message.sender.name if person_name(message.sender) else signed_name(message) or message.sender.name
    return Contact(name, message.sender.address)
