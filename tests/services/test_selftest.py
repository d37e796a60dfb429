"""The self-test against the fake Gmail: it sees what is so and what is not, and leaves no draft and no other mark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.domain.observing import Answer
from server.errors import Offline, PermissionMissing, Refused
from server.mailboxes.gmail_probe import GmailProbe
from server.mailboxes.gmail_tokens import DRAFTS, READ
from server.services.selftest import Observation, SelfTest
from tests.builders import FixedClock, raw_mail
from tests.fakes.gmail import FakeGmail
from tests.gmail_ground import Ground


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with FakeGmail() as fake:
        fake.deliver(raw_mail())
        made = Ground(fake, tmp_path)
        yield made
        made.close()


@pytest.fixture
def probe(ground: Ground) -> GmailProbe:
    return ground.mailbox(DRAFTS).probe()


def run(probe: GmailProbe) -> tuple[dict[str, Observation], SelfTest]:
    test = SelfTest(probe, FixedClock(), lambda _seconds: None)
    return {one.id: one for one in test.run()}, test


def test_the_fake_does_all_that_is_assumed_and_nothing_is_left(ground, probe):
    before = dict(ground.fake.mailbox.messages)
    seen, test = run(probe)
    assert {id_: one.same for id_, one in seen.items() if one.same is not True} == {}
    assert len(seen) >= 20
    assert (test.left, ground.fake.mailbox.drafts, ground.fake.mailbox.messages) == ([], {}, before)


def test_nothing_is_sent_and_nothing_but_drafts_is_changed(ground, probe):
    run(probe)
    changing = {seen.name for seen in ground.fake.requests if seen.verb != "GET" and seen.name != "batch"}
    assert changing == {"drafts.create", "drafts.update", "drafts.delete"}
    assert ground.fake.sent == []


def test_a_foreign_draft_is_never_touched(ground, probe):
    ground.fake.deliver(raw_mail(number=2), ["DRAFT"])
    (foreign,) = ground.fake.mailbox.drafts
    for call in (probe.delete, lambda id_: probe.update(id_, b"x")):
        with pytest.raises(Refused):
            call(foreign)
    run(probe)
    assert list(ground.fake.mailbox.drafts) == [foreign]


@pytest.mark.parametrize(
    ("method", "changed", "differs"),
    [
        ("history", lambda answer: Answer(200, {"history": [], **answer.body}), "empty_left_out"),
        ("history", lambda answer: Answer(200, answer.body), "future_history"),
        ("search", lambda _answer: Answer(200, {"messages": [{"id": "1"}]}), "search_hides_drafts"),
        ("search", lambda _answer: Answer(200, {}), "search"),
        ("update", lambda answer: Answer(200, {**answer.body, "id": "another"}), "draft_id_stays"),
        ("batch", lambda answers: dict.fromkeys(answers, Answer(200)), "unknown_message"),
    ],
)
def test_what_differs_is_named(ground, probe, method, changed, differs):
    real = getattr(probe, method)
    setattr(probe, method, lambda *given: changed(real(*given)))
    seen, test = run(probe)
    assert seen[differs].same is False
    assert seen[differs].seen
    assert (test.left, ground.fake.mailbox.drafts) == ([], {})


def test_a_draft_that_loses_its_headers_or_its_label_is_noticed(ground, probe, monkeypatch):
    real = probe.draft
    bare = {"labelIds": ["INBOX"], "raw": "", "id": "1", "threadId": "1"}
    monkeypatch.setattr(probe, "draft", lambda id_: Answer(real(id_).status, {"message": bare}))
    seen, _test = run(probe)
    assert [seen[name].same for name in ("x_header_kept", "draft_label")] == [False, False]


def test_a_line_that_breaks_in_the_middle_leaves_no_draft(ground, probe):
    ground.fake.faults.add("history.list", "drop_before_work", times=None)
    with pytest.raises(Offline):
        run(probe)
    assert ground.fake.mailbox.drafts == {}


def test_a_draft_that_could_not_be_deleted_is_told(ground, probe):
    ground.fake.faults.add("drafts.delete", "status", status=403, reason="forbidden", times=None)
    seen, test = run(probe)
    assert (len(test.left), seen["draft_gone"].same) == (2, False)


def test_without_the_permission_for_drafts_it_says_so_before_anything_is_made(ground):
    with pytest.raises(PermissionMissing):
        run(ground.mailbox(READ).probe())
    assert ground.fake.mailbox.drafts == {}
