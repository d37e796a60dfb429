"""The examination itself: order, mends, checks that break and checks that never answer."""

from __future__ import annotations

import threading

from server.services.doctor import Check, Status, examine, fail, ok, warn


def test_findings_come_in_the_order_of_the_checks_with_their_titles():
    checks = [
        Check({"a": "First"}, lambda: [warn("a", "hm", "do this")]),
        Check({"b": "Second", "c": "Third"}, lambda: [ok("c", "fine"), fail("b", "no", "mend it")]),
    ]
    found = examine(checks, 5.0, 5.0)
    assert [(one.id, one.title, one.status, one.mend) for one in found] == [
        ("a", "First", "warn", "do this"),
        ("c", "Third", "ok", ""),
        ("b", "Second", "fail", "mend it"),
    ]


def test_a_check_that_breaks_is_a_finding_and_the_others_report():
    def broken():
        yield ok("a", "so far")
        raise ZeroDivisionError("with a secret in it")

    found = examine([Check({"a": "A", "b": "B"}, broken), Check({"c": "C"}, lambda: [ok("c", "fine")])], 5.0, 5.0)
    assert [one.status for one in found] == [Status.OK, Status.FAIL, Status.OK]
    assert "ZeroDivisionError" in found[1].sentence
    assert "secret" not in found[1].sentence


def test_a_far_check_that_never_answers_is_left_behind_and_what_it_said_counts():
    end = threading.Event()

    def silent():
        yield ok("a", "the first part")
        end.wait(30)

    found = examine([Check({"a": "A", "b": "B"}, silent, far=True)], 0.05, 0.05)
    end.set()
    assert [(one.id, one.status) for one in found] == [("a", "ok"), ("b", "warn")]
    assert found[1].mend
