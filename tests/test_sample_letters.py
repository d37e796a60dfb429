"""The letters of the sample mailbox: to a person who can answer, or to nobody, and fit to be sent."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nlp.verdict import Label, Reason
from server.domain.model import Judged, Kind
from server.domain.reading import read
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.services.suggest import suggest
from server.stores.memory import MemoryStore
from tests.wordings import KINDS, WORDINGS, words

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
LANGUAGES = {"German": "de", "French": "fr", "Spanish": "es"}
# Rejections that nobody can answer, though a person wrote before: who is it, then?
MET_EARLIER = {
    "19f3ee4f756dfc42": {"tomasz.wren@millibar.example"},
    "19f9f1a027dda400": {"kofi.brandt@wardwell.example", "hester.amadi@wardwell.example"},
    "1a077d7ec4c5f2e6": {"jonas.ehrlich@wattwende.example"},
    "1a0a05b1fa4c1bc7": {"tomasz.wilk@rookery-chess.example", "anneke.storm@rookery-chess.example"},
}


class NovemberClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The mailbox, a store with the right verdicts, and the rejections with whether a person can answer."""
    outbox = OutboxFolder(tmp_path_factory.mktemp("outbox"), NovemberClock())
    mailbox = MboxMailbox(ROOT / "server" / "sample" / "mailbox.mbox", outbox, name="sample")
    store, rejections = MemoryStore(), {}
    for line in (ROOT / "tests" / "data" / "sample_gold.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        message_id, label, company, role, reason, answerable, note = (line.split("\t") + [""] * 7)[:7]
        raw = next(iter(mailbox.fetch([message_id])))
        message = read(raw, "sample")
        row = Judged(
            mailbox="sample",
            message_id=message_id,
            thread_id=message.thread_id,
            received=message.received,
            judged=NOW,
            label=label,
            score=1.0,
            band="auto" if label == Label.REJECTION else "no",
            hold=False,
            language=next((code for word, code in LANGUAGES.items() if word in note), "en"),
            reason=next((r for r in Reason if r in reason), Reason.PASSED) if label == Label.REJECTION else None,
            evidence=(),
            company=company if company not in {"", "-"} else None,
            role=role if role not in {"", "-"} else None,
            model="gold",
            sender=message.sender,
            subject=message.subject,
            own=message.is_sent,
        )
        store.put(row)
        if label == Label.REJECTION:
            rejections[message_id] = (row, message, answerable == "yes")
    return mailbox, store, rejections


def offered(sample, kind: Kind):
    mailbox, store, rejections = sample
    for message_id, (row, message, answerable) in rejections.items():
        yield message_id, message, answerable, suggest(row, mailbox, store, WORDINGS, kind=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_letters_go_to_the_person_who_wrote_or_one_met_earlier_or_nobody(sample, kind):
    for message_id, message, answerable, letter in offered(sample, kind):
        own = {(message.reply_to or (message.sender,))[0].address}
        people = own if answerable else MET_EARLIER.get(message_id, set())
        assert letter.allowed == bool(people), message_id
        assert letter.to in (people or {""}), message_id
        assert bool(letter.why) == (not letter.allowed), message_id


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_whole(sample, kind):
    for message_id, message, _answerable, letter in offered(sample, kind):
        if letter.allowed:
            assert 50 <= words(letter.body) <= 125, message_id
            assert not re.search(r"[{}<>\[\]]|  |\bNone\b", letter.body), message_id
            assert letter.body.endswith("\nRobin Avery"), message_id
            assert letter.language in {"en", "de", "fr", "es"}
            assert letter.subject.lower().startswith("re:"), message_id
            assert message.body[:200] not in letter.body


def test_everybody_is_greeted_by_the_right_name(sample):
    greetings = {letter.to: letter.body.split("\n")[0] for _id, _m, _a, letter in offered(sample, Kind.THANK_YOU)}
    greetings.pop("")
    for address, greeting in greetings.items():
        local = address.partition("@")[0].replace("j.lockhart", "jacoba").replace("a.rennie", "agnes")
        plain = greeting.lower().replace("é", "e")
        assert local.partition(".")[0] in plain, greeting


def test_no_two_letters_of_a_kind_are_alike(sample):
    """Even with company, role and name taken out, at most a few share all their sentences."""
    for kind in KINDS:
        bare = []
        for message_id, _message, _answerable, letter in offered(sample, kind):
            row = sample[2][message_id][0]
            if letter.allowed:
                text = "\n".join(letter.body.split("\n")[1:])
                bare.append(text.replace(row.company or "\0", "").replace(row.role or "\0", ""))
        assert len(set(bare)) >= len(bare) - 1


def test_a_talk_is_known_from_the_mailbox(sample):
    advised = {message_id for message_id, _m, _a, letter in offered(sample, Kind.FEEDBACK) if letter.one_click}
    assert set(MET_EARLIER) < advised
    assert {"19ee28a77120142d", "19f7ca2f6bd5aec0", "1a09ae04e8d42b91", "1a00262b1a48c8fe"} <= advised
    assert not advised & {"1a0c408ca644755b", "1a029dfbf9cfcdbe", "1a05d3f19b507616", "19fe851953c90ec5"}
