"""What is kept of a judged message."""

from __future__ import annotations

import dataclasses

import pytest

from nlp.verdict import Band, Label
from server.domain import judging
from server.domain.model import Contact, Correction, Judged
from server.domain.reading import text_of
from tests.builders import MAILBOX, NO, NOON, a_judged, a_message, a_verdict


def test_no_body_is_kept_only_the_sentences_that_carry_the_verdict() -> None:
    message = a_message()
    row = judging.judged(message, a_verdict(text_of(message)), NOON)
    assert [span.text for span in row.evidence] == [NO]
    assert "Kind regards" not in repr(row)


def test_spam_is_never_logged_without_asking() -> None:
    message = a_message(labels=frozenset({"SPAM"}))
    assert judging.judged(message, a_verdict(text_of(message)), NOON).band == Band.REVIEW


@pytest.mark.parametrize("band", [Band.NO, Band.NOT_JUDGED, Band.REVIEW])
def test_in_spam_the_other_bands_stay(band: Band) -> None:
    message = a_message(labels=frozenset({"SPAM"}))
    assert judging.judged(message, a_verdict(text_of(message), band=band), NOON).band == band


@pytest.mark.parametrize("label", [*Label, None])
def test_a_confirmed_row_is_a_rejection_whatever_its_label(label: Label | None) -> None:
    row = judging.corrected(a_judged(label=label, band=Band.NO), Correction(MAILBOX, "1", NOON, is_rejection=True))
    assert (row.band, row.label) == (Band.AUTO, Label.REJECTION)


def test_an_overruled_row_is_no_rejection_and_keeps_its_evidence() -> None:
    row = judging.corrected(a_judged(), Correction(MAILBOX, "1", NOON, is_rejection=False))
    assert (row.band, row.label, row.evidence) == (Band.NO, Label.OTHER_JOB, a_judged().evidence)


def test_an_overruled_row_of_another_label_keeps_that() -> None:
    row = judging.corrected(a_judged(label=Label.INTERVIEW), Correction(MAILBOX, "1", NOON, is_rejection=False))
    assert row.label == Label.INTERVIEW


def test_a_correction_names_company_and_role_or_leaves_them() -> None:
    named = Correction(MAILBOX, "1", NOON, is_rejection=True, company="Harbour", role=None)
    row = judging.corrected(a_judged(), named)
    assert (row.company, row.role) == ("Harbour", "Gardener")


@pytest.mark.parametrize("name", ["Bo Quist", "Quist"])
def test_whoever_is_copied_in_is_no_company(name: str) -> None:
    message = a_message(cc=(Contact("Bo Quist", "bo.quist@brightwater.example"),))
    verdict = dataclasses.replace(a_verdict(text_of(message)), company=name)
    assert judging.judged(message, verdict, NOON).company is None


def test_a_department_that_is_copied_in_may_be_the_company() -> None:
    message = a_message(cc=(Contact("Quist Payroll", "payroll@brightwater.example"),))
    verdict = dataclasses.replace(a_verdict(text_of(message)), company="Quist")
    assert judging.judged(message, verdict, NOON).company == "Quist"


def test_the_firm_of_somebody_copied_in_is_a_company_when_the_domain_says_so() -> None:
    writer, founder = Contact("Ada Lee", "ada@quist.example"), Contact("Bo Quist", "bo@quist.example")
    message = a_message(sender=writer, cc=(founder,))
    verdict = dataclasses.replace(a_verdict(text_of(message)), company="Quist")
    assert judging.judged(message, verdict, NOON).company == "Quist"


def test_the_line_in_the_log_says_what_the_row_says() -> None:
    row = a_judged()
    line = judging.rejection(row, NOON)
    shared = {f.name for f in dataclasses.fields(line)} & {f.name for f in dataclasses.fields(Judged)}
    assert all(getattr(line, name) == getattr(row, name) for name in shared)
    assert line.key == row.key


def test_own_unread_and_unfetched_rows_are_never_rejections() -> None:
    message = a_message(unreadable="it is empty")
    rows = (judging.own(message, NOON), judging.unread(message, NOON), judging.unfetched(MAILBOX, "1", "why", NOON))
    assert {row.label for row in rows} == {None}
    assert Band.AUTO not in {row.band for row in rows}
    assert [bool(row.error) for row in rows] == [False, True, True]
