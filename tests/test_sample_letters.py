"""The letters of the sample mailbox: to a person who can answer, or to nobody, and fit to be sent."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest

from nlp.verdict import Label, Reason
from server.domain.guarding import check
from server.domain.letters import Wish
from server.domain.letters.alike import is_alike
from server.domain.letters.body import LEAST, MOST, NOTE, words
from server.domain.model import Judged, Kind, Tone
from server.domain.reading import read
from server.mailboxes.mbox import MboxMailbox
from server.mailboxes.outbox_folder import OutboxFolder
from server.services.suggest import case_of, guarded, profile_of, suggest
from server.stores.memory import MemoryStore
from tests.wordings import LANGUAGES, LETTERS, WORDINGS

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 1, tzinfo=UTC)
NOTED = {"German": "de", "French": "fr", "Spanish": "es"}
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
            language=next((code for word, code in NOTED.items() if word in note), "en"),
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
    cases = {message_id: case_of(row, mailbox, store) for message_id, (row, *_rest) in rejections.items()}
    with pytest.MonkeyPatch.context() as patch:  # nothing changes here, so no mail need be read for every letter anew
        patch.setattr("server.services.suggest.case_of", lambda row, *_others: cases[row.message_id])
        yield mailbox, store, rejections


def offered(sample, kind: Kind, tone: Tone = Tone.WARM, language: str = ""):
    mailbox, store, rejections = sample
    for message_id, (row, message, answerable) in rejections.items():
        wish = Wish(tone=tone, language=language)
        yield message_id, message, answerable, suggest(row, mailbox, store, WORDINGS, kind=kind, wish=wish)


@pytest.mark.parametrize("kind", LETTERS)
def test_letters_go_to_the_person_who_wrote_or_one_met_earlier_or_nobody(sample, kind):
    for message_id, message, answerable, letter in offered(sample, kind):
        own = {(message.reply_to or (message.sender,))[0].address}
        people = own if answerable else MET_EARLIER.get(message_id, set())
        assert letter.allowed == bool(people), message_id
        assert letter.to in (people or {""}), message_id
        assert bool(letter.why) == (not letter.allowed), message_id


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("language", ["", "it", "nl", "pt"])
def test_letters_are_whole(sample, kind, tone, language):
    for message_id, message, _answerable, letter in offered(sample, kind, tone, language):
        if letter.allowed:
            assert LEAST <= words(letter.body) <= MOST, message_id
            assert not re.search(r"[{}<>\[\]|]|  |\bNone\b", letter.body), message_id
            assert letter.body.endswith("\nRobin Avery"), message_id
            assert letter.language in ({language} if language else {"en", "de", "fr", "es"})
            assert letter.subject.lower().startswith("re:"), message_id
            assert message.body[:200] not in letter.body


def test_a_note_to_connect_has_a_name_and_no_address(sample):
    notes = [
        (message_id, letter) for message_id, _m, _a, letter in offered(sample, Kind.CONNECT_NOTE) if letter.allowed
    ]
    assert len(notes) >= 15
    for message_id, letter in notes:
        assert (letter.to, letter.one_click) == ("", False), message_id
        assert len(letter.body) <= NOTE, message_id
        assert letter.link.startswith("https://www.linkedin.com/search/results/people/?keywords="), message_id


def test_who_says_tu_to_the_seeker_is_answered_so(sample):
    letters = {message_id: letter for message_id, _m, _a, letter in offered(sample, Kind.THANK_YOU)}
    assert re.search(r"\b(?:tú|ti|tu|te|contigo)\b", letters["1a0b9ffb2e471501"].body)
    assert re.search(r"\bvous\b", letters["1a09ae04e8d42b91"].body)


def test_the_check_has_nothing_to_say_about_a_letter_as_it_is_suggested(sample):
    mailbox, store, rejections = sample
    for kind in LETTERS:
        for message_id, _message, _answerable, letter in offered(sample, kind):
            if letter.allowed:
                case = case_of(rejections[message_id][0], mailbox, store)
                facts = guarded(case, kind, letter.to, profile_of(case, mailbox), store)
                assert check(letter.body, facts, WORDINGS.values()) == [], message_id


def test_everybody_is_greeted_by_the_right_name(sample):
    greetings = {letter.to: letter.body.split("\n")[0] for _id, _m, _a, letter in offered(sample, Kind.THANK_YOU)}
    greetings.pop("")
    for address, greeting in greetings.items():
        local = address.partition("@")[0].replace("j.lockhart", "jacoba").replace("a.rennie", "agnes")
        plain = greeting.lower().replace("é", "e")
        assert local.partition(".")[0] in plain, greeting


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_no_two_letters_of_a_kind_are_alike(sample, kind, language):
    for tone in Tone:
        bodies = [letter.body for _id, _m, _a, letter in offered(sample, kind, tone, language) if letter.allowed]
        assert not any(is_alike(one, other) for one, other in combinations(bodies, 2))


def test_a_talk_is_known_from_the_mailbox(sample):
    advised = {message_id for message_id, _m, _a, letter in offered(sample, Kind.FEEDBACK) if letter.one_click}
    assert set(MET_EARLIER) < advised
    assert {"19ee28a77120142d", "19f7ca2f6bd5aec0", "1a09ae04e8d42b91", "1a00262b1a48c8fe"} <= advised
    assert not advised & {"1a0c408ca644755b", "1a029dfbf9cfcdbe", "1a05d3f19b507616", "19fe851953c90ec5"}
