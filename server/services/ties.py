"""With whom the seeker was in touch about a rejection, and every word between them, as the store knows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.verdict import Label
from server.domain.model import Judged, Kind, Rejection, record_key
from server.domain.people import is_no_reply
from server.domain.reminders import What, Word, key_of
from server.domain.replies import Reply, ReplyKind
from server.ports import Store
from server.services.correspondence import Correspondence, Place
from server.services.replies import Sent, letters_sent

_NEWS = frozenset({Label.INTERVIEW, Label.OFFER, Label.ASSESSMENT})


@dataclass(slots=True)
class Tie:
    """One person whom the seeker wrote to. `message_id` and `company` are of the last letter's rejection.

    `by_letter`: one of the letters was ours, so that this is no old thread which a first scan has met.
    """

    mailbox: str
    address: str
    message_id: str = ""
    company: str = ""
    name: str = ""
    words: list[Word] = field(default_factory=list)
    by_letter: bool = False


def ties_of(store: Store, mails: Correspondence) -> dict[str, Tie]:
    """Every person whom the seeker wrote to about a logged rejection, by the key of the check-in with them.

    A word of theirs is a mail from their address, or any answer in the thread; machines have no words.
    """
    ties: dict[str, Tie] = {}
    threads: defaultdict[Place, set[str]] = defaultdict(set)
    logged = {row.key: row for row in store.all(Rejection)}
    for place, letters in letters_sent(store, mails.own()).items():
        known = [letter for letter in letters if record_key(place[0], letter.message_id) in logged]
        for letter in known:
            about = record_key(place[0], letter.message_id)
            row = store.get(Judged, about)
            for address in _written_to(letter, known, row.sender.address if row else ""):
                key = key_of(What.CHECK_IN, place[0], address)
                tie = ties.setdefault(key, Tie(place[0], address))
                tie.message_id, tie.company = letter.message_id, logged[about].company or ""
                tie.by_letter = tie.by_letter or bool(letter.to)
                tie.words.append(Word(letter.at, hello=letter.kind is Kind.STAY_IN_TOUCH))
                threads[place].add(key)
    found = [row for place in threads for row in mails.in_thread(place)]
    found += [row for tie in ties.values() for row in mails.by(tie.mailbox, tie.address)]
    rows = sorted({row.key: row for row in found}.values(), key=lambda row: (row.received, row.key))
    _add_theirs(ties, threads, rows, {reply.key: reply.kind for reply in store.all(Reply)})
    return ties


def _written_to(letter: Sent, letters: Sequence[Sent], sender: str) -> set[str]:
    """Whom a letter went to. One written by hand does not tell: whoever had our letters there, else the sender."""
    to = {letter.to} if letter.to else {other.to for other in letters if other.to} or {sender}
    return {address for address in to if not is_no_reply(address)}


def _add_theirs(
    ties: dict[str, Tie], threads: dict[Place, set[str]], rows: Sequence[Judged], kinds: dict[str, str]
) -> None:
    for row in rows:
        mine = key_of(What.CHECK_IN, row.mailbox, row.sender.address)
        if mine in ties and row.sender.name:
            ties[mine].name = row.sender.name
        machine = kinds.get(row.key) == ReplyKind.AUTOMATIC or row.label == Label.JOB_ALERT
        if row.own or row.error or machine or is_no_reply(row.sender.address):
            continue
        news = row.label in _NEWS or kinds.get(row.key) == ReplyKind.NEWS
        for key in threads.get((row.mailbox, row.thread_id), set()) | ({mine} & ties.keys()):
            ties[key].words.append(Word(row.received, theirs=True, news=news))
