"""Send thanks in one click: the note the seeker was shown is held at once, or there is a reason to look at it first."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.verdict import Band
from server.domain.model import Kind, OutboxItem, Suggestion
from server.errors import Refused
from server.services.desk import Desk
from server.services.ledger import ON_ITS_WAY
from server.texts import _


@dataclass(frozen=True, slots=True)
class Shown:
    """The letter as the seeker saw it when they pressed."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """What one click came to.

    Either `held` is the letter on its way, which a second click answers again; or nothing is on its way, `why` says
    why not, and `offer` or the draft in `kept` is what to look at.
    """

    held: OutboxItem | None = None
    offer: Suggestion | None = None
    kept: OutboxItem | None = None
    why: str = ""


def send_suggested(desk: Desk, message_id: str, kind: Kind, shown: Shown) -> Pressed:
    """Hold the suggested letter for the undo window, if it is the one shown and nothing speaks against it.

    Every guard is asked anew: what the page knew may be old. Raises what drafting raises: no permission, no mailbox.
    """
    with desk.clicking:
        return _pressed(desk, message_id, kind, shown)


def _pressed(desk: Desk, message_id: str, kind: Kind, shown: Shown) -> Pressed:
    view = desk.view(message_id)
    written = [item for item in view.letters if item.kind is kind]
    for item in written:
        if item.state in ON_ITS_WAY:
            return Pressed(held=item)
    kept = next((item for item in written if item.draft_id), None)
    if kept is not None:
        return Pressed(kept=kept, why=_("There is a draft of this letter already. Read it before it goes."))
    offer = desk.suggest(message_id, kind)
    why = _why_not(view.row.band, offer, shown)
    if why:
        return Pressed(offer=offer, why=why)
    item, findings = desk.checked_draft(message_id, kind, offer.to, offer.subject, offer.body)
    if findings:
        return Pressed(offer=offer, kept=item, why=" ".join(dict.fromkeys(f.sentence for f in findings)))
    try:
        return Pressed(held=desk.send(item.draft_id, item.revision))
    except Refused as error:  # answered by hand, or changed in this moment: a person has to look
        return Pressed(offer=offer, kept=item, why=f"{error} {error.hint}".strip())


def _why_not(band: str, offer: Suggestion, shown: Shown) -> str:
    """The first thing that speaks against sending without a look, "" if nothing does."""
    if not offer.allowed:
        return offer.why
    if band != Band.AUTO:
        return _("It is not settled yet that this mail says no.")
    if not offer.one_click or not offer.to:
        told = [offer.advice, *offer.warnings]
        return " ".join(filter(None, told)) or _("Please read this letter before it goes.")
    if shown != Shown(offer.to, offer.subject, offer.body):
        return _("This is not quite the letter you were shown. Read it before it goes.")
    return ""
