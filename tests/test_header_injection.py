"""A thousand hostile letters go to the fake Gmail over HTTP; in the raw bytes it got, no header is one of theirs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from server.domain.model import Contact, Letter
from server.errors import Refused
from tests.contracts.agreed import answer_to
from tests.gmail_ground import Ground, opened

ATTEMPTS = 1000
EVIL = "everyone@evil.example"
HEADERS = [
    *("From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "X-ClassAct-Id"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
]
ENDS = [
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x85",
    "\u2028",
    "\u2029",
    "\r\n ",
    "\t",
    "\x7f",
]
CODED = [
    "=0D=0A",
    "=0A",
    "%0d%0a",
    "\\r\\n",
    "&#10;",
    "=?utf-8?q?=0D=0A",
    "?=",
    "=?utf-8?b?DQo=?=",
    "=?utf-7?q?+AAo-?=",
]
SMUGGLED = [
    f"Bcc: {EVIL}",
    f"Cc:{EVIL}",
    f"To: {EVIL}",
    "Content-Type: text/html",
    "Auto-Submitted: no",
    "X-Evil: 1",
    "<b>body</b>",
]
SEASONING = [*'"\\()<>,;:@[].', " ", "Ada", "é", "😀", "a" * 90, "ada@evil.example,", "\u202e", '"Ada', "=?"]


def hostile(chance: random.Random) -> str:
    """Words that try to end the header and begin another one."""
    parts = [chance.choice(chance.choice([ENDS, CODED, SMUGGLED, SEASONING])) for _ in range(chance.randrange(1, 7))]
    return "".join(parts)


def attempts(letter: Letter) -> Iterator[Letter]:
    """The letter with one or more of its fields turned hostile; the same ones every time."""
    chance = random.Random(5)  # noqa: S311 - no secret
    for _ in range(ATTEMPTS):
        bad = letter
        for name in chance.sample(
            ["subject", "to", "to name", "from name", "id", "answers", "references"], chance.choice((1, 1, 2))
        ):
            evil = hostile(chance)
            changed = {
                "subject": {"subject": f"Re: {evil}"},
                "to": {"to": Contact("Ada", f"ada@x.example{evil}" if chance.random() < 0.5 else f"{evil}@x.example")},
                "to name": {"to": Contact(evil, letter.to.address)},
                "from name": {"sender": Contact(evil, letter.sender.address)},
                "id": {"id": f"letter{evil}"},
                "answers": {"in_reply_to": f"<{evil}>"},
                "references": {"references": (*letter.references, evil)},
            }[name]
            bad = replace(bad, **changed)
        yield bad


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with opened(tmp_path) as ground:
        yield ground


def test_a_thousand_hostile_letters_add_no_header_to_what_gmail_gets(ground: Ground) -> None:
    mailbox = ground.mailbox(timeout=60)
    box = ground.fake.mailbox
    refused = written = 0
    for letter in attempts(answer_to(mailbox)):
        before = set(box.messages)
        try:
            mailbox.put_draft(letter)
        except Refused:
            refused += 1
            assert set(box.messages) == before, "a refused letter reached Gmail"
            continue
        written += 1
        (arrived,) = set(box.messages) - before
        check(box.messages[arrived].raw, letter)
    assert refused + written == ATTEMPTS
    assert min(refused, written) > ATTEMPTS / 10  # both ways are walked


def check(raw: bytes, letter: Letter) -> None:
    head, _gap, body = raw.partition(b"\r\n\r\n")
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert [name for name in HEADERS if name in names] == names
    mail = message_from_bytes(raw, policy=default)
    local, _at, domain = letter.to.address.lower().rpartition("@")
    wanted = f"{local}@{domain.encode('idna').decode()}"
    assert [address.addr_spec.lower() for address in mail["To"].addresses] == [wanted]
    assert not mail["To"].defects
    assert len(mail["From"].addresses) == 1
    assert mail["Bcc"] is mail["Cc"] is mail["Auto-Submitted"] is None
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == letter.body.splitlines()
    assert EVIL.encode() not in body
