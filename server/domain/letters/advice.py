"""Whether a letter should go, and when: said kindly, and always the seeker's to overrule.

Where the rules come from: no answer to a form mail before any talk (climbtheladder.com and oureverydaylife.com on when
to respond; recruiters in volume hiring call such answers clutter, r/recruiting 1jqawcg); feedback after a real talk
only, asked once, with the thanks and with an easy way out (chasetechconsultants.com; Talent Board 2022: 71 % get none,
so silence is no slight); a night's calm first (modernesse.com, jobs.washingtonpost.com); a check-in after a month or
more (versique.com).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from nlp.verdict import Label, Reason
from server.domain.letters import cues
from server.domain.letters.case import Case
from server.domain.model import Kind
from server.domain.whom import Addressee
from server.texts import _

COOLING_OFF = timedelta(hours=1)  # after bad news; a letter written later the same day reads no worse
LATER = timedelta(weeks=4)  # a check-in that comes sooner reads as a second try


class Why(StrEnum):
    """Which advice it is, so that something fitting can be offered beside it, such as a reminder."""

    NONE = ""
    DOUBT = "doubt"  # the sender may be another than the mail says
    FORM_MAIL = "form_mail"
    FEEDBACK_REFUSED = "feedback_refused"
    FEEDBACK_ASKED = "feedback_asked"
    FEEDBACK_CAME = "feedback_came"
    NOT_TALKED = "not_talked"
    CANCELLED = "cancelled"
    TOO_EARLY = "too_early"  # remind in some weeks
    COOLING_OFF = "cooling_off"  # remind tomorrow morning
    UNSETTLED = "unsettled"  # whether the mail says no is still asked
    DOES_NOT_FIT = "does_not_fit"  # the mail does not hold what the kind of letter answers


@dataclass(frozen=True, slots=True)
class Advice:
    """A reason to think twice, as one sentence; both empty when there is none."""

    why: Why = Why.NONE
    sentence: str = ""


NO_ADVICE = Advice()


def advice(case: Case, kind: Kind, addressee: Addressee, now: datetime | None) -> Advice:
    """The first reason to think twice, if any. `now` is None where time plays no part."""
    if addressee.doubts:
        return Advice(Why.DOUBT, addressee.doubts[0].sentence)
    on_kind = _on_kind(case, kind, now)
    return on_kind if on_kind.why else _on_time(case, kind, now)


def _on_kind(case: Case, kind: Kind, now: datetime | None) -> Advice:
    looks: Mapping[Kind, Callable[[], Advice]] = {
        Kind.THANK_YOU: lambda: _on_thanks(case),
        Kind.FEEDBACK: lambda: _on_feedback(case),
        Kind.STAY_IN_TOUCH: lambda: _on_staying_in_touch(case, now),
        Kind.CONNECT_NOTE: lambda: _on_connecting(case),
        Kind.THANKS_FOR_FEEDBACK: lambda: _on_thanks_for_feedback(case),
        Kind.KEEP_IN_MIND: lambda: _on_keeping(case),
    }
    return looks[kind]()


def _on_thanks(case: Case) -> Advice:
    if case.talked or case.is_personal or case.is_by_hand:
        return NO_ADVICE
    return Advice(
        Why.FORM_MAIL,
        _("This is a form mail, sent before anybody spoke with you. It needs no answer; you owe them nothing."),
    )


def _on_feedback(case: Case) -> Advice:
    if case.feedback_came:
        return Advice(
            Why.FEEDBACK_CAME, _("They have told you something already. Thank them for it, rather than ask again.")
        )
    if cues.refuses_feedback(case.message.body):
        return Advice(
            Why.FEEDBACK_REFUSED,
            _("The mail says that they give no feedback. You can still ask, but a thank-you alone may be kinder."),
        )
    if Kind.FEEDBACK in case.written or case.asked_for_feedback:
        return Advice(
            Why.FEEDBACK_ASKED,
            _("You have asked them once already. Silence is an answer too; asking again rarely helps."),
        )
    if case.row.reason == Reason.CANCELLED:
        return Advice(
            Why.CANCELLED,
            _("The role itself was withdrawn, so there may be nothing to learn about you from it. Ask if you like."),
        )
    if not case.talked:
        return Advice(
            Why.NOT_TALKED,
            _("You have not spoken with anybody there yet, so there is little they could tell you. Ask if you like."),
        )
    return NO_ADVICE


def _on_staying_in_touch(case: Case, now: datetime | None) -> Advice:
    if not case.talked:
        return Advice(
            Why.NOT_TALKED,
            _(
                "You have not been in touch with a person there yet, so there is no contact to keep up. "
                "Write if you like."
            ),
        )
    if now is not None and now - case.message.received < LATER:
        return Advice(
            Why.TOO_EARLY,
            _("This letter is for later: four weeks after the answer or more, when the dust has settled."),
        )
    return NO_ADVICE


def _on_connecting(case: Case) -> Advice:
    if case.talked:
        return NO_ADVICE
    return Advice(
        Why.NOT_TALKED, _("You have not been in touch with them yet. People mostly accept those whom they have met.")
    )


def _on_thanks_for_feedback(case: Case) -> Advice:
    if case.feedback_came or (case.row.label != Label.REJECTION and cues.gives_feedback(case.message.body)):
        return NO_ADVICE
    return Advice(
        Why.DOES_NOT_FIT,
        _("No feedback from them stands in this mail. If it reached you another way, check that the words fit."),
    )


def _on_keeping(case: Case) -> Advice:
    if cues.keeps_in_mind(case.message.body):
        return NO_ADVICE
    return Advice(
        Why.DOES_NOT_FIT, _("The mail does not say that they will keep you in mind. A thank-you may suit it better.")
    )


def _on_time(case: Case, kind: Kind, now: datetime | None) -> Advice:
    fresh = now is not None and timedelta(0) <= now - case.message.received < COOLING_OFF
    if fresh and kind is not Kind.THANKS_FOR_FEEDBACK:
        return Advice(
            Why.COOLING_OFF,
            _("This came within the last hour. Take your time: a letter sent tonight or tomorrow reads no worse."),
        )
    return NO_ADVICE
