"""The sample mailbox with the names that are read from its mails: no person stands for a company."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nlp.extract import extract
from nlp.verdict import Label
from server.domain import letters
from server.domain.judging import judged
from server.domain.matching import group
from server.domain.model import Judged, Kind, Tone
from server.domain.people import own_name
from server.domain.reading import read, text_of
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.services.suggest import case_of, profile_of
from server.stores.memory import MemoryStore
from server.wiring import SystemClock, sample_mbox
from tests.builders import NOON, a_verdict
from tests.web.gold import GOLD
from tests.wordings import WORDINGS


@pytest.fixture(scope="module")
def sample():
    """The mailbox, a store whose rows have the right labels and the names that were read, and everybody in it."""
    mailbox = MboxMailbox(sample_mbox(), OutboxFolder(Path("/nonexistent"), SystemClock()), "sample")
    labels = dict(line.split("\t")[:2] for line in GOLD.read_text(encoding="utf-8").splitlines()[1:])
    store, people = MemoryStore(), set()
    for raw in mailbox.fetch(list(labels)):
        message = read(raw, "sample")
        text, label = text_of(message), Label(labels[message.id])
        found, band = extract(text), "auto" if label == Label.REJECTION else "no"
        verdict = a_verdict(text, label=label, band=band, company=found.company, role=found.role)
        store.put(replace(judged(message, verdict, NOON), own=message.is_sent))
        people |= {name for who in (message.sender, *message.to, *message.cc) if (name := own_name(who))}
    return mailbox, store, people


def is_somebody(company, people):
    return any(set((company or "-").lower().split()) <= set(name.lower().split()) for name in people)


def test_no_mail_and_no_application_is_called_after_somebody_in_it(sample):
    _mailbox, store, people = sample
    rows = store.all(Judged)
    board = group(rows)
    assert len(people) > 25
    assert len([one for one in board.applications if one.company]) > 25
    assert not [row.message_id for row in rows if is_somebody(row.company, people)]
    assert not [one.company for one in board.applications if is_somebody(one.company, people)]


def test_letters_name_people_in_the_greeting_alone(sample):
    mailbox, store, people = sample
    rows = store.all(Judged)
    board = group(rows)
    written = 0
    for row in rows:
        if row.label != Label.REJECTION:
            continue
        case = case_of(row, mailbox, store, board)
        for kind in Kind:
            for tone in (Tone.WARM, Tone.FORMAL):
                letter = letters.suggest(case, kind, WORDINGS, profile_of(case, mailbox), letters.Wish(tone=tone))
                written += letter.allowed
                told = letter.body.partition(",")[2].replace("Robin Avery", "")
                assert not [name for name in people if name in told], letter.body
                assert "in Bergen" not in told
    assert written > 200
