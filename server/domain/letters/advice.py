"""Whether a letter should go, and when: said kindly, and always the seeker's to overrule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from nlp.verdict import Label, Reason
from server.domain.letters import cues
from server.domain.letters.case import Case
from server.domain.model import Kind
from server.domain.whom import Addressee
from server.texts import _

COOLING_OFF = timedelta(hours=1)  # after bad news; a letter written later the same day reads no worse
LATER = timedelta(weeks=4)  # a check-in that comes sooner reads as a second try


def advice(case: Case, kind: Kind, addressee: Addressee, now: datetime | None) -> str:
    """The first reason to think twice, or "". `now` is None where time plays no part."""
    if addressee.caution:
        return addressee.caution
    return _on_kind(case, kind, now) or _on_time(case, kind, now)


def _on_kind(case: Case, kind: Kind, now: datetime | None) -> str:
    looks: Mapping[Kind, Callable[[], str]] = {
        Kind.THANK_YOU: lambda: _on_thanks(case),
        Kind.FEEDBACK: lambda: _on_feedback(case),
        Kind.STAY_IN_TOUCH: lambda: _on_staying_in_touch(case, now),
        Kind.CONNECT_NOTE: lambda: _on_connecting(case),
        Kind.THANKS_FOR_FEEDBACK: lambda: _on_thanks_for_feedback(case),
        Kind.KEEP_IN_MIND: lambda: _on_keeping(case),
    }
    return looks[kind]()


def _on_thanks(case: Case) -> str:
    if case.talked or case.is_personal:
        return ""
    return _("This is a form mail, sent before anybody spoke with you. It needs no answer; you owe them nothing.")


def _on_feedback(case: Case) -> str:
    if cues.refuses_feedback(case.message.body):
        return _("The mail says that they give no feedback. You can still ask, but a thank-you alone may be kinder.")
    if Kind.FEEDBACK in case.written:
        return _("You have asked them once already. Silence is an answer too; asking again rarely helps.")
    if case.row.reason == Reason.CANCELLED:
        return _("The role itself was withdrawn, so there may be nothing to learn about you from it. Ask if you like.")
    if not case.talked:
        return _("You have not spoken with anybody there yet, so there is little they could tell you. Ask if you like.")
    return ""


def _on_staying_in_touch(case: Case, now: datetime | None) -> str:
    if not case.talked:
        return _(
            "You have not been in touch with a person there yet, so there is no contact to keep up. Write if you like."
        )
    if now is not None and now - case.message.received < LATER:
        return _("This letter is for later: four weeks after the answer or more, when the dust has settled.")
    return ""


def _on_connecting(case: Case) -> str:
    if case.talked:
        return ""
    return _("You have not been in touch with them yet. People mostly accept those whom they have met.")


def _on_thanks_for_feedback(case: Case) -> str:
    if case.row.label != Label.REJECTION and cues.gives_feedback(case.message.body):
        return ""
    return _("No feedback from them stands in this mail. If it reached you another way, check that the words fit.")


def _on_keeping(case: Case) -> str:
    if cues.keeps_in_mind(case.message.body):
        return ""
    return _("The mail does not say that they will keep you in mind. A thank-you may suit it better.")


def _on_time(case: Case, kind: Kind, now: datetime | None) -> str:
    fresh = now is not None and timedelta(0) <= now - case.message.received < COOLING_OFF
    if fresh and kind is not Kind.THANKS_FOR_FEEDBACK:
        return _("This came within the last hour. Take your time: a letter sent tonight or tomorrow reads no worse.")
    return ""
