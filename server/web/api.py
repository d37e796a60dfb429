"""The JSON routes of the extension, version 1: thin, one call of the desk each. All are POST with JSON."""

# No `from __future__ import annotations` here: flask-openapi3 reads the annotations of the handlers when it starts.

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint

from server.services.background import Background
from server.services.desk import Desk
from server.web import operations, shapes, shapes_card, shapes_letters, shapes_messages, shapes_pairing, shapes_sending
from server.web.after_shapes import RemindRequest
from server.web.guard import EXTENSION_ORIGIN
from server.web.operations import Parts
from server.web.pairing import Pairings

_ERRORS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 415, 421, 502, 503), shapes.ErrorAnswer)


def blueprint(desk: Desk, pairings: Pairings, background: Background) -> APIBlueprint:
    """The routes over these parts."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", abp_responses=_ERRORS)
    parts = Parts(desk, background)
    _add_pairing(api, pairings)
    _add_letters(api, parts)

    @api.post("/message", responses={200: shapes_card.CardAnswer})
    def message(body: shapes_messages.MessageRequest) -> Response:
        """The verdict on one message, judged now if need be."""
        return jsonify(operations.message(parts, body))

    @api.post("/correct")
    def correct(body: shapes_messages.CorrectRequest) -> Response:
        """The seeker overrules a verdict, a company or a role."""
        return jsonify(operations.correct(parts, body))

    @api.post("/remind", responses={200: shapes_card.RemindAnswer})
    def remind(body: RemindRequest) -> Response:
        """Put the letter off until nine in the morning, tomorrow or so many days on."""
        return jsonify(operations.remind(parts, body))

    @api.post("/remind_undo", responses={200: shapes_card.RemindUndoAnswer})
    def remind_undo(body: shapes_card.RemindUndoRequest) -> Response:
        """Take the last putting off of a letter back."""
        return jsonify(operations.remind_undo(parts, body))

    @api.post("/scan")
    def scan(body: shapes_messages.ScanRequest) -> Response:
        """One pass over what is new; answers when it is done."""
        return jsonify(operations.scan(parts, body))

    @api.post("/log", responses={200: shapes_messages.LogAnswer})
    def log(body: shapes.Nothing) -> Response:
        """The logged rejections and what waits for a yes or no."""
        return jsonify(operations.log(parts, body))

    @api.post("/status")
    def status(body: shapes.Nothing) -> Response:
        """Which mailboxes are open, and how the scans stand."""
        return jsonify(operations.status(parts, body))

    return api


def _add_pairing(api: APIBlueprint, pairings: Pairings) -> None:
    @api.post("/pair", responses={200: shapes_pairing.PairAnswer})
    def pair(body: shapes_pairing.PairRequest) -> Response:
        """Exchange the one-time code for a token."""
        pairing, token = pairings.pair(body.code, EXTENSION_ORIGIN)
        answer = shapes_pairing.PairAnswer(token=token, pairing=pairing.id, server_key=pairing.server_key)
        return jsonify(answer.model_dump(mode="json"))

    @api.post("/hello")
    def hello(body: shapes_pairing.HelloRequest) -> Response:
        """Answer a challenge, so that the extension knows whom it talks to."""
        return jsonify({"proof": pairings.proof(body.pairing, body.challenge)})


def _add_letters(api: APIBlueprint, parts: Parts) -> None:
    @api.post("/suggest", responses={200: shapes_letters.SuggestionAnswer})
    def suggest(body: shapes_letters.SuggestRequest) -> Response:
        """A letter, to whom, or why not."""
        return jsonify(operations.suggest(parts, body))

    @api.post("/draft")
    def draft(body: shapes_letters.DraftRequest) -> Response:
        """Save the letter as a draft in its thread; again, to replace it."""
        return jsonify(operations.draft(parts, body))

    @api.post("/send")
    def send(body: shapes_letters.SendRequest) -> Response:
        """Hold the letter for the undo window, then send it once."""
        return jsonify(operations.send(parts, body))

    @api.post("/send_suggested", responses={200: shapes_sending.PressedAnswer})
    def send_suggested(body: shapes_sending.SendSuggestedRequest) -> Response:
        """One click: hold the letter that was shown, or say why it should be read first."""
        return jsonify(operations.send_suggested(parts, body))

    @api.post("/undo")
    def undo(body: shapes_letters.OutboxRequest) -> Response:
        """Take a held letter back; the state says whether that came in time."""
        return jsonify(operations.undo(parts, body))

    @api.post("/outbox", responses={200: shapes_letters.Letter})
    def outbox(body: shapes_letters.OutboxRequest) -> Response:
        """How a letter stands."""
        return jsonify(operations.outbox(parts, body))

    @api.post("/settle", responses={200: shapes_letters.Letter})
    def settle(body: shapes_card.SettleRequest) -> Response:
        """How a letter in doubt ended, in the seeker's word; nothing is sent by it."""
        return jsonify(operations.settle(parts, body))
