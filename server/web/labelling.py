"""The Connect page's switches for labels and archiving, and the way back."""

from __future__ import annotations

from typing import Any, Literal

from flask import Blueprint, Response, jsonify, request

from server.errors import NotConnected
from server.services.desk import Desk
from server.services.labels import Labels, Standing
from server.web import operations, shapes


class SwitchRequest(shapes.Request):
    """Switch labels or archiving of an account on or off."""

    address: shapes.ShortText
    what: Literal["label", "archive"]
    on: bool


class UndoRequest(shapes.Request):
    """Take back what was labelled or archived."""

    address: shapes.ShortText
    what: Literal["label", "archive"]


def blueprint(desk: Desk) -> Blueprint:
    """The doors of the switches."""
    doors = Blueprint("labelling", __name__)

    @doors.post("/ui/labels")
    def switch() -> Response:
        asked = operations.checked(SwitchRequest, request.get_json())
        labels = _labels(desk, asked.address)
        standing = labels.choose(asked.address, **{asked.what: asked.on})
        labels.changed(asked.address)
        return jsonify(answer(standing))

    @doors.post("/ui/labels-undo")
    def undo() -> Response:
        asked = operations.checked(UndoRequest, request.get_json())
        done = _labels(desk, asked.address).undo(
            asked.address, labels=asked.what == "label", archive=asked.what == "archive"
        )
        return jsonify({"unlabelled": done.unlabelled, "restored": done.restored})

    return doors


def standings(desk: Desk) -> dict[str, Standing]:
    """How labels stand for each account."""
    return {address: desk.labels.standing(address) for address in desk.accounts()} if desk.labels else {}


def answer(standing: Standing) -> dict[str, Any]:
    """How labels stand, as JSON values; as `classact labels --json` prints it."""
    names = ("mailbox", "label", "archive", "may", "labelled", "archived")
    return {name: getattr(standing, name) for name in names} | {
        "problem": str(standing.problem) if standing.problem else ""
    }


def _labels(desk: Desk, address: str) -> Labels:
    if desk.labels is None or address not in desk.accounts():
        raise NotConnected
    return desk.labels
