"""How stages, outcomes and changes of applications are called."""

from __future__ import annotations

from nlp.verdict import Label
from server.domain.application import Outcome, Stage, Way
from server.services.by_hand import What
from server.texts import _

STAGES = {
    Stage.APPLIED: _("applied"),
    Stage.ASSESSMENT: _("after a test or task"),
    Stage.INTERVIEW: _("after an interview"),
    Stage.OFFER: _("after an offer"),
}

OUTCOMES = {
    Outcome.OPEN: _("Open"),
    Outcome.SAID_NO: _("They said no"),
    Outcome.WITHDREW: _("You withdrew"),
    Outcome.ON_HOLD: _("On hold"),
}

MAILS: dict[str, str] = {
    Label.REJECTION: _("A no"),
    Label.APPLICATION_RECEIVED: _("Application received"),
    Label.INTERVIEW: _("Interview"),
    Label.ASSESSMENT: _("Test or task"),
    Label.OFFER: _("Offer"),
    Label.RECRUITER_OUTREACH: _("A recruiter wrote"),
}

WHATS = {
    What.NO: _("A no"),
    What.APPLIED: _("I applied"),
    What.ASSESSMENT: _("A test or task"),
    What.INTERVIEW: _("An interview"),
    What.OFFER: _("An offer"),
    What.WITHDREW: _("I withdrew"),
}

WAYS = {
    Way.PHONE: _("By phone"),
    Way.POST: _("By post"),
    Way.PORTAL: _("On a portal"),
    Way.PERSON: _("In person"),
    Way.MESSAGE: _("By message"),
    Way.OTHER: _("Another way"),
}

CHANGES = {
    "merged": _("applications merged"),
    "split": _("an application split"),
    "edited": _("applications edited"),
    "placed": _("a mail put where it belongs"),
    "added": _("news added by hand"),
}
