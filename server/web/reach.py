"""How far each account was looked through, on the pages, and the choice of how far it shall be."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request

from server.errors import NotConnected, UsageError
from server.services.desk import Desk
from server.services.reach import Reach, reaches, want
from server.texts import _
from server.web import operations, shapes

# What the page offers: days back, in the order shown; None is all there is.
PERIODS: tuple[tuple[int | None, str], ...] = (
    (91, _("3 months")),
    (182, _("6 months")),
    (365, _("12 months")),
    (731, _("2 years")),
    (1827, _("5 years")),
    (None, _("from the first mail on")),
)


class ReachRequest(shapes.Request):
    """How far an account shall be looked through; `days` None: from its first mail on."""

    address: shapes.ShortText
    days: int | None
    everything: bool


def blueprint(desk: Desk, look_now: Callable[[], None]) -> Blueprint:
    """The door of the choice; the mailbox is looked at right away."""
    doors = Blueprint("reach", __name__)

    @doors.post("/ui/reach")
    def choose() -> Response:
        asked = operations.checked(ReachRequest, request.get_json())
        if asked.address not in desk.accounts():
            raise NotConnected
        if asked.days is not None and asked.days < 1:
            raise UsageError(_("That is no time to look back to."), _("Reload the page and choose again."))
        want(desk.store, asked.address, days=asked.days, everything=asked.everything)
        look_now()
        return jsonify({"words": of_accounts(desk)[asked.address].words})

    return doors


def of_accounts(desk: Desk) -> dict[str, Reach]:
    """How each connected account was looked through."""
    return {reach.mailbox: reach for reach in reaches(desk.store, desk.accounts(), desk.clock.now())}


def in_short(desk: Desk) -> tuple[str, ...]:
    """For the log: a sentence for each account of which some mail was left out."""
    if desk.is_demo:
        return ()
    found = [reach for reach in of_accounts(desk).values() if reach.left_out]
    return tuple(f"{reach.mailbox}: {reach.words}" if len(found) > 1 else reach.words for reach in found)
