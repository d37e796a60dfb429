"""From a message and its verdict to what is kept of it, and to the line in the log."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from nlp.extraction.requisition import requisition_of
from nlp.verdict import Band, Label, Verdict
from server.domain.contacts_kept import meetings_of, participants_of
from server.domain.matching_names import company_words, is_of_domain
from server.domain.model import Contact, Correction, Judged, Message, Rejection, Span
from server.domain.particulars import OwnVerdict
from server.domain.people import is_name_of
from server.domain.reading import text_of
from server.domain.spoofing import doubts_of
from server.domain.withdrawal import company_confirms, seeker_withdraws

_NO_CONTACT = frozenset({Label.NOT_JOB, Label.JOB_ALERT})  # mail that says nothing about an application
UNREADABLE = "unreadable"  # the bytes could not be followed
UNFETCHED = "unfetched"  # the mailbox would not give it; the next scan tries again


def judged(message: Message, verdict: Verdict, now: datetime) -> Judged:
    """What is kept of a judged message: no body, only the sentences that carry the verdict.

    Mail in Spam is never logged without asking: a forged rejection asks for an answer to a stranger.
    """
    band = Band.REVIEW if verdict.band is Band.AUTO and message.is_spam else verdict.band
    return Judged(
        mailbox=message.mailbox,
        message_id=message.id,
        thread_id=message.thread_id,
        received=message.received,
        judged=now,
        label=verdict.label,
        score=verdict.score,
        band=band,
        hold=verdict.hold,
        language=verdict.language,
        reason=verdict.reason,
        evidence=tuple(Span(e.text, e.start, e.end) for e in verdict.evidence),
        company=_company(message, verdict.company),
        role=verdict.role,
        model=verdict.model,
        sender=message.sender,
        subject=message.subject,
        requisition=requisition_of(text_of(message)) or "",
        withdrawn=company_confirms(message.body),
        people=participants_of(message) if verdict.label not in _NO_CONTACT or message.invites else (),
        doubts=tuple(doubt.code for doubt in doubts_of(message)) if verdict.label != Label.NOT_JOB else (),
        mark=_mark(message.rfc_message_id),
    )


def own(message: Message, now: datetime) -> Judged:
    """What is kept of a message the seeker wrote: that it exists, in which thread, and when. Never a rejection."""
    row = _bare(message.mailbox, message.id, now, message=message, band=Band.NO, own=True)
    return replace(row, withdrawn=not message.is_draft and seeker_withdraws(message.body))


def unread(message: Message, now: datetime) -> Judged:
    """The row of a message whose bytes could not be followed."""
    return _bare(message.mailbox, message.id, now, message=message, band=UNREADABLE, error=message.unreadable)


def unfetched(mailbox: str, message_id: str, why: str, now: datetime) -> Judged:
    """The row of a message that the mailbox would not give."""
    return _bare(mailbox, message_id, now, band=UNFETCHED, error=why)


def corrected(row: Judged, correction: Correction) -> Judged:
    """The row as the seeker says it is. The evidence stays: it is what the correction speaks about."""
    judged = own_verdict(row)
    before = row.before or _verdict_of(row)
    return replace(
        _told(judged, correction.is_rejection),
        company=correction.company or judged.company,
        role=correction.role or judged.role,
        before=replace(before, like=row.like or before.like),
    )


def alike(row: Judged, correction: Correction, *, spam: bool = False) -> Judged:
    """The row as the seeker said of a like mail: the verdict and the company carry over, the role is each mail's own.

    A row that was judged like that anyway stays unmarked. Mail in Spam is asked about all the same: whoever knows the
    wording can forge it.
    """
    judged = own_verdict(row)
    before = row.before or replace(_verdict_of(row), spam=spam)
    told = _told(judged, correction.is_rejection)
    if before.spam and told.band == Band.AUTO:
        told = replace(told, band=Band.REVIEW)
    after = replace(told, company=correction.company or judged.company)
    return row if after == row else replace(after, like=correction.message_id, before=before)


def own_verdict(row: Judged) -> Judged:
    """The row as the program itself judged it."""
    if row.before is None:
        return row
    was = row.before
    return replace(row, label=was.label, band=was.band, company=was.company, role=was.role, like="", before=None)


def remembering(row: Judged, *, told: bool) -> Judged:
    """The row with its own verdict beside the one it has. `told`: a verdict of the seeker's stands in it already.

    Then a store of a version that kept no own verdict (before 2026-11-23) lost it, and the mail is to be asked about.
    """
    if row.before is not None or not told:
        return row
    spam = bool(row.like) and row.band == Band.REVIEW
    return replace(row, before=replace(_verdict_of(row), band=Band.REVIEW, spam=spam))


def rejection(row: Judged, logged: datetime) -> Rejection:
    """The line in the log for a row that is a rejection."""
    return Rejection(
        mailbox=row.mailbox,
        message_id=row.message_id,
        thread_id=row.thread_id,
        received=row.received,
        logged=logged,
        company=row.company,
        role=row.role,
        reason=row.reason,
        hold=row.hold,
        score=row.score,
        band=row.band,
        evidence=row.evidence,
    )


def _company(message: Message, company: str | None) -> str | None:
    """The company as the mail was read, unless somebody in To, in Cc or asked to a meeting is called so."""
    met = [Contact(one.name, one.address) for one in meetings_of(message)]
    if not company or is_of_domain(company_words(company), message.sender.address):
        return company
    return None if is_name_of(company, (*message.to, *message.cc, *met)) else company


def _mark(rfc_message_id: str) -> str:
    """16 hex digits of a Message-ID, "" of none."""
    return hashlib.blake2b(rfc_message_id.encode(), digest_size=8).hexdigest() if rfc_message_id else ""


def _verdict_of(row: Judged) -> OwnVerdict:
    return OwnVerdict(row.label, row.band, row.company, row.role)


def _told(row: Judged, is_rejection: bool | None) -> Judged:
    """The row with the verdict that the seeker gave, if one was given."""
    if is_rejection is None:
        return row
    if is_rejection:
        return replace(row, label=Label.REJECTION, band=Band.AUTO)
    return replace(row, label=Label.OTHER_JOB if row.label == Label.REJECTION else row.label, band=Band.NO)


def _bare(
    mailbox: str,
    message_id: str,
    now: datetime,
    *,
    message: Message | None = None,
    band: str,
    own: bool = False,
    error: str = "",
) -> Judged:
    return Judged(
        mailbox=mailbox,
        message_id=message_id,
        thread_id=message.thread_id if message else "",
        received=message.received if message else now,
        judged=now,
        label=None,
        score=None,
        band=band,
        hold=False,
        language="",
        reason=None,
        evidence=(),
        company=None,
        role=None,
        model="",
        own=own,
        error=error,
    )
