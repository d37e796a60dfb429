"""What the searches of a first scan find, of all rejections that this project has written, against fetching everything.

The mails were written to be hard: about half of those in the corpus have none of the usual words. The search knows
none of them; it may be widened by what words mean and by who writes, never by a mail that was missed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest

from nlp.labelled import CORPUS, HELDOUT, LabelledMail, mail_files
from nlp.verdict import Label
from server.candidate_senders import candidate_senders
from server.domain.candidates import searches
from server.domain.people import is_no_reply
from server.wiring import sample_mbox
from tests.fakes.gmail import search, takeout
from tests.fakes.gmail.mailbox import Mailbox
from tests.web.gold import GOLD

BAR = 0.98
_OPT_OUT = re.compile(
    r"unsubscribe|opt.?out|abmelden|désabonn|darse de baja|disiscri|afmelden|uitschrijven", re.IGNORECASE
)


@dataclass(frozen=True)
class Found:
    """How many rejections there are, and how many the searches find: all of them, and those for words and senders."""

    there: Counter[str]
    found: Counter[str]
    by_words: Counter[str]

    @property
    def recall(self) -> float:
        return self.found.total() / self.there.total()


def as_mail(mail: LabelledMail) -> bytes:
    """The mail as bytes; where no sender was written down, one without a telling word."""
    given = mail.mail
    sender = f"{given.sender_name} <{given.sender_address or 'nn@somewhere.example'}>".strip()
    head = {"From": sender.replace("\n", " "), "To": "robin@example.com", "Subject": given.subject.replace("\n", " ")}
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", given.body]).encode()


def category(mail: LabelledMail) -> str:
    """Where Gmail would file it: a machine's mail under Updates, what one can opt out of under Promotions."""
    if _OPT_OUT.search(mail.mail.body):
        return "CATEGORY_PROMOTIONS"
    address = mail.mail.sender_address
    return "CATEGORY_UPDATES" if address and is_no_reply(address) else "CATEGORY_PERSONAL"


def hits(box: Mailbox, queries: tuple[str, ...]) -> set[str]:
    """Ids of the messages that one of the searches finds."""
    tests = [search.parse(query, box).matches for query in queries]
    return {stored.id for stored in box.messages.values() if any(test(stored) for test in tests)}


def measured(rejections: dict[str, str], box: Mailbox) -> Found:
    """`rejections`: message id -> language."""
    asked = searches(candidate_senders(), None)
    first, every = hits(box, asked.first), hits(box, (*asked.first, *asked.then))
    return Found(
        Counter(rejections.values()),
        Counter(language for id_, language in rejections.items() if id_ in every),
        Counter(language for id_, language in rejections.items() if id_ in first),
    )


@cache
def of_written(folder: str) -> Found:
    """The rejections of nlp/corpus or nlp/heldout, each as a message."""
    box, rejections = Mailbox("robin@example.com"), {}
    for mail in mail_files(CORPUS if folder == "corpus" else HELDOUT):
        if mail.label == Label.REJECTION:
            stored = box.add(as_mail(mail), ["INBOX", category(mail)], received=1_700_000_000)
            rejections[stored.id] = mail.language
    return measured(rejections, box)


def test_the_search_finds_the_rejections_of_the_corpus() -> None:
    assert of_written("corpus").recall >= BAR


def test_the_search_finds_the_rejections_that_nothing_was_ever_tuned_to() -> None:
    assert of_written("heldout").recall >= BAR


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl"])
def test_no_language_is_left_behind(language: str) -> None:
    there = sum(of_written(folder).there[language] for folder in ("corpus", "heldout"))
    found = sum(of_written(folder).found[language] for folder in ("corpus", "heldout"))
    assert there >= 100
    assert found / there >= 0.97


def test_words_and_senders_alone_find_too_few_which_is_why_peoples_mail_is_looked_at_too() -> None:
    assert of_written("corpus").by_words.total() < BAR * of_written("corpus").there.total()


def test_the_search_finds_the_rejections_of_the_sample_mailbox_and_leaves_mail_out() -> None:
    box = Mailbox("robin@example.com")
    for one in takeout.messages(sample_mbox()):
        bulk = ["CATEGORY_PROMOTIONS"] if b"\nList-Unsubscribe:" in one.raw else []
        box.add(one.raw, [*one.labels, *bulk], message_id=one.id, thread_id=one.thread_id)
    gold = dict(line.split("\t")[:2] for line in GOLD.read_text("utf-8").splitlines()[1:])
    rejections = {id_: "en" for id_, label in gold.items() if label == Label.REJECTION and id_ in box.messages}
    asked = searches(candidate_senders(), None)
    found = hits(box, (*asked.first, *asked.then))
    assert len(rejections) >= 20
    assert rejections.keys() <= found
    assert len(found) < len(hits(box, (asked.every,)))
