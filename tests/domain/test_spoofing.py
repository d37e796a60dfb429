"""No forged sender gets a letter with one click, and every honest one does."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from email.utils import parseaddr

import pytest

from nlp.verdict import Label
from server.domain.letters import Case, Wish, suggest
from server.domain.letters.advice import Why
from server.domain.model import Contact, Judged, Kind, Message, Profile, RawMessage, Suggestion
from server.domain.reading import read
from server.domain.spoofing import doubts_of
from server.domain.whom import acquaintances_of, doubts_about
from server.errors import Refused
from tests.builders import ADA, MAILBOX, ME, NO, NOON, a_judged
from tests.domain.honest_senders import HONEST, Honest
from tests.domain.spoofs import SPOOFS, Spoof
from tests.wordings import WORDINGS

EARLIER = NOON - timedelta(days=9)
CLEO = Contact("Cleo Park", "cleo@brighttimber.example")
LETTERS = f"Dear Kim,\n\nThank you for the talk about the ferry map. {NO}\n".encode()


def _mail(head: bytes, body: bytes = b"", *, spam: bool = False) -> Message:
    rest = b"To: Kim Doyle <kim@seeker.example>\nSubject: Your application\nMessage-ID: <1@x.example>\n"
    content = head + b"\n" + rest + b"Content-Type: text/plain; charset=utf-8\n\n" + LETTERS + body
    return read(RawMessage("1", "1", content, NOON, frozenset({"SPAM"} if spam else ())), MAILBOX)


def _rows(*people: Contact, company: str = "Brightwater") -> list[Judged]:
    return [
        a_judged(message_id=f"e{n}", thread_id=f"e{n}", sender=one, received=EARLIER, label=Label.INTERVIEW,
                 company=company)
        for n, one in enumerate(people)
    ]  # fmt: skip


def _offer(message: Message, rows: list[Judged], company: str = "Brightwater", to: str = "") -> Suggestion:
    case = Case(a_judged(company=company, sender=message.sender), message, [message], rows, ME.address)
    return suggest(case, Kind.THANK_YOU, WORDINGS, Profile("Kim Doyle", ME.address), Wish(to=to))


def _forged(spoof: Spoof) -> Message:
    return _mail(spoof.head, spoof.body, spam=spoof.spam)


def test_there_are_enough_of_either_to_mean_something() -> None:
    assert len({spoof.kind for spoof in SPOOFS}) >= 60
    assert len({honest.what for honest in HONEST}) >= 40


@pytest.mark.parametrize("spoof", SPOOFS, ids=lambda spoof: spoof.kind)
def test_a_forged_sender_gets_no_letter_with_one_click_and_the_seeker_is_told_why(spoof: Spoof) -> None:
    message = _forged(spoof)
    offer = _offer(message, _rows(ADA, CLEO))
    assert not offer.one_click
    if offer.allowed:
        assert offer.advice_code == Why.DOUBT
    codes = {doubt.code for doubt in _doubts(message)}
    assert spoof.code in codes, codes


def _doubts(message: Message) -> tuple:
    rows = _rows(ADA, CLEO)
    candidate = message.reply_to[0] if message.reply_to else message.sender
    known = acquaintances_of(message, [], rows, ME.address)
    return doubts_about(message, candidate, known, "Brightwater")


@pytest.mark.parametrize("spoof", SPOOFS, ids=lambda spoof: spoof.kind)
def test_nor_does_it_when_the_seeker_names_the_forger(spoof: Spoof) -> None:
    message = _forged(spoof)
    if message.sender.address:
        with suppress(Refused):  # what is no address at all
            assert not _offer(message, _rows(ADA, CLEO), to=message.sender.address).one_click


@pytest.mark.parametrize("spoof", SPOOFS, ids=lambda spoof: spoof.kind)
def test_a_warning_is_one_plain_sentence_or_two(spoof: Spoof) -> None:
    for doubt in _doubts(_forged(spoof)):
        assert doubt.sentence.endswith(".")
        assert len(doubt.sentence) <= 140
        assert not set("\r\n\0") & set(doubt.sentence)


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: honest.what)
def test_an_honest_sender_keeps_the_one_click(honest: Honest) -> None:
    auth = f"Authentication-Results: mx.receiver.example; {honest.auth}\n" if honest.auth else ""
    more = f"{honest.more}\n" if honest.more else ""
    message = _mail(f"{auth}{more}From: {honest.author}".encode(), honest.body.encode())
    offer = _offer(message, _rows(*(Contact(*parseaddr(one)) for one in honest.before), company=honest.company),
                   honest.company)  # fmt: skip
    assert [doubt.code for doubt in doubts_of(message)] == []
    assert (offer.allowed, offer.advice, offer.one_click) == (True, "", True)


def test_a_forged_answer_takes_the_one_click_from_letters_to_people_met_earlier() -> None:
    message = _mail(b"From: Careers <no-reply@brightwater.example>\nFrom: x@attack.example")
    offer = _offer(message, _rows(ADA))
    assert (offer.to, offer.one_click) == (ADA.address, False)


def test_who_wrote_first_is_the_original_however_often_the_look_alike_writes() -> None:
    rows = _rows(ADA)
    rows.append(a_judged(message_id="e7", sender=Contact("Bo Hart", "bo@brightwatr.example"), received=EARLIER
                         + timedelta(days=1), label=Label.INTERVIEW))  # fmt: skip
    assert not _offer(_mail(b"From: Bo Hart <bo@brightwatr.example>"), rows).one_click


def test_whom_the_seeker_wrote_to_is_no_stranger() -> None:
    own = _mail(b"From: Kim Doyle <kim@seeker.example>")
    own = Message(**{name: getattr(own, name) for name in own.__dataclass_fields__} | {
        "id": "0", "labels": frozenset({"SENT"}), "received": EARLIER, "to": (Contact("", "bo@bright-water.example"),),
        "sender": ME})  # fmt: skip
    message = _mail(b"From: Bo Hart <bo@bright-water.example>")
    case = Case(a_judged(), message, [own, message], _rows(ADA), ME.address)
    assert suggest(case, Kind.THANK_YOU, WORDINGS, Profile("", ME.address)).one_click


def test_mail_that_is_in_doubt_makes_nobody_somebody_met() -> None:
    rows = [a_judged(message_id="e0", sender=Contact("Bo Hart", "bo@attack.example"), received=EARLIER,
                     label=Label.INTERVIEW, doubts=("dmarc",))]  # fmt: skip
    offer = _offer(_mail(b"From: Careers <no-reply@brightwater.example>"), rows)
    assert not offer.allowed


def test_an_address_that_nobody_wrote_from_is_sent_nothing_with_one_click() -> None:
    offer = _offer(_mail(b"From: Ada Lee <ada.lee@brightwater.example>"), _rows(ADA), to="bo@elsewhere.example")
    assert (offer.allowed, offer.to, offer.one_click) == (True, "bo@elsewhere.example", False)


@pytest.mark.parametrize(
    ("header", "warned"),
    [
        ("Auto-Submitted: auto-generated", True),
        ("Auto-Submitted: no", False),
        ("List-Id: <x.example>", True),
        ("Precedence: bulk", True),
        ("X-Auto-Response-Suppress: All", False),
    ],
)
def test_hints_at_a_machine_warn_and_stop_nothing(header: str, *, warned: bool) -> None:
    offer = _offer(_mail(f"{header}\nFrom: Ada Lee <ada.lee@brightwater.example>".encode()), _rows(ADA))
    assert offer.one_click
    assert bool(offer.warnings) is warned
