"""The JSON routes of the extension, version 1: thin, one call of the desk each. All are POST with JSON."""

# No `from __future__ import annotations` here: flask-openapi3 reads the annotations of the handlers when it starts.

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel

from server import __version__
from server.errors import ClassActError
from server.services.background import Background
from server.services.desk import Desk
from server.web import shapes
from server.web.guard import EXTENSION_ORIGIN
from server.web.pairing import Pairings

_ERRORS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 415, 421, 502, 503), shapes.ErrorAnswer)


def blueprint(desk: Desk, pairings: Pairings, background: Background) -> APIBlueprint:
    """The routes over these parts."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_responses=_ERRORS)
    _add_pairing(api, pairings)
    _add_letters(api, desk)

    @api.post("/message", responses={200: shapes.MessageAnswer})
    def message(body: shapes.MessageRequest) -> Response:
        """The verdict on one message, judged now if need be."""
        return _json(shapes.MessageAnswer.of(desk.view(body.message_id, body.sender)))

    @api.post("/correct")
    def correct(body: shapes.CorrectRequest) -> Response:
        """The seeker overrules a verdict."""
        row = desk.correct(body.message_id, is_rejection=body.is_rejection, company=body.company, role=body.role)
        return jsonify({"label": row.label, "band": row.band, "state": desk.view(body.message_id).state})

    @api.post("/scan")
    def scan(body: shapes.ScanRequest) -> Response:
        """One pass over what is new; answers when it is done."""
        reports = [desk.scan(name) for name in ([body.mailbox] if body.mailbox else desk.mailboxes())]
        return jsonify(shapes.scan_totals(reports))

    @api.post("/log", responses={200: shapes.LogAnswer})
    def log(body: shapes.Nothing) -> Response:  # noqa: ARG001 - the shape refuses unknown fields
        """The logged rejections and what waits for a yes or no."""
        lines = [shapes.LogLineAnswer.of(line).model_dump(mode="json") for line in desk.log()]
        return _json(shapes.LogAnswer(rejections=lines, review=[shapes.review_line(row) for row in desk.review()]))

    @api.post("/status")
    def status(body: shapes.Nothing) -> Response:  # noqa: ARG001
        """Which mailboxes are open, and how the scans stand."""
        return jsonify(status_of(desk, background))

    return api


def _add_pairing(api: APIBlueprint, pairings: Pairings) -> None:
    @api.post("/pair", responses={200: shapes.PairAnswer})
    def pair(body: shapes.PairRequest) -> Response:
        """Exchange the one-time code for a token."""
        pairing, token = pairings.pair(body.code, EXTENSION_ORIGIN)
        return _json(shapes.PairAnswer(token=token, pairing=pairing.id, server_key=pairing.server_key))

    @api.post("/hello")
    def hello(body: shapes.HelloRequest) -> Response:
        """Answer a challenge, so that the extension knows whom it talks to."""
        return jsonify({"proof": pairings.proof(body.pairing, body.challenge)})


def _add_letters(api: APIBlueprint, desk: Desk) -> None:
    @api.post("/suggest", responses={200: shapes.SuggestionAnswer})
    def suggest(body: shapes.SuggestRequest) -> Response:
        """A letter, to whom, or why not."""
        suggestion = desk.suggest(body.message_id, body.kind, tone=body.tone, language=body.language, to=body.to)
        return _json(shapes.SuggestionAnswer.of(suggestion))

    @api.post("/draft")
    def draft(body: shapes.DraftRequest) -> Response:
        """Save the letter as a draft in its thread; again, to replace it."""
        item = desk.draft(body.message_id, body.kind, body.to, body.subject, body.body)
        return jsonify({"draft_id": item.draft_id, "revision": item.revision, "outbox_id": item.id})

    @api.post("/send")
    def send(body: shapes.SendRequest) -> Response:
        """Hold the letter for the undo window, then send it once."""
        item = desk.outbox.send(body.draft_id, body.revision, confirmed=body.confirmed)
        until = item.undo_until.isoformat() if item.undo_until else None
        return jsonify({"outbox_id": item.id, "state": item.state, "undo_until": until, "problem": item.problem})

    @api.post("/undo")
    def undo(body: shapes.OutboxRequest) -> Response:
        """Take a held letter back; the state says whether that came in time."""
        return jsonify({"state": desk.outbox.undo(body.outbox_id).state})

    @api.post("/outbox", responses={200: shapes.Letter})
    def outbox(body: shapes.OutboxRequest) -> Response:
        """How a letter stands."""
        return _json(shapes.Letter.of(desk.outbox.item(body.outbox_id)))


def status_of(desk: Desk, background: Background) -> dict[str, Any]:
    """The state of the whole, for popup, dashboard and demo."""
    scans = desk.scans()
    return {
        "version": __version__,
        "mode": "demo" if desk.is_demo else "connected",
        "mailboxes": desk.mailboxes(),
        "scanning": any(scan.running for scan in scans),
        "model": background.model_state(),
        "rejections": len(desk.log()),
        "review": len(desk.review()),
        "scans": [
            {
                "mailbox": scan.mailbox,
                "running": scan.running,
                "total": scan.total,
                "report": shapes.scan_totals([scan.report]),
                "error": _problem(scan.error),
            }
            for scan in scans
        ],
    }


def _problem(error: ClassActError | None) -> dict[str, str] | None:
    return {"error": str(error), "hint": error.hint, "code": error.code} if error else None


def _json(answer: BaseModel) -> Response:
    return jsonify(answer.model_dump(mode="json"))
