"""Whether a mail is an occasion for that letter at all: a rejection, or a mail that says what the kind answers."""

from __future__ import annotations

from nlp.verdict import Band
from server.domain.letters import cues
from server.domain.letters.advice import NO_ADVICE, Advice, Why
from server.domain.letters.case import Case
from server.domain.model import Kind
from server.texts import _


def why_none(case: Case, kind: Kind) -> str:
    """Why no letter of that kind can answer this mail, "" when one can.

    A mail that waits for a yes or no, and one that puts a role on hold, can be answered; `unsettled` speaks of that.
    """
    if case.row.band in (Band.AUTO, Band.REVIEW) or case.row.hold or _is_answered_by(case, kind):
        return ""
    return _(
        "This is not logged as a rejection, so there is no letter to offer. "
        "If it is one after all, say so first: “Put it back” in the log, or “Yes” on the page Review."
    )


def unsettled(case: Case, kind: Kind) -> Advice:
    """The advice to say first whether the mail is a no at all, where that is open."""
    if case.row.band == Band.AUTO or _is_answered_by(case, kind):
        return NO_ADVICE
    if case.row.hold:
        return Advice(
            Why.UNSETTLED, _("This role is paused, which is no no yet. If you write, check that the words fit.")
        )
    return Advice(
        Why.UNSETTLED,
        _("It is not settled yet that this mail says no. Answer that on the page Review first, then write."),
    )


def _is_answered_by(case: Case, kind: Kind) -> bool:
    """Whether the mail holds what such a letter answers, whatever it was judged as."""
    if kind is Kind.THANKS_FOR_FEEDBACK:
        return case.feedback_came or cues.gives_feedback(case.message.body)
    return kind is Kind.KEEP_IN_MIND and cues.keeps_in_mind(case.message.body)
