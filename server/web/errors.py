"""From an error to an answer: the only place that knows HTTP status codes for our errors."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from server.errors import ClassActError
from server.texts import _

logger = logging.getLogger(__name__)

_SENTENCES = {
    400: (_("That request makes no sense here."), _("Check the fields and try again.")),
    401: (_("You are not signed in here."), _("Open the link that Class Act printed when it started.")),
    404: (_("There is nothing at this address."), _("The link may be old, or a letter of it is missing.")),
    405: (_("This address does not take that kind of request."), ""),
    413: (_("That is more than a letter needs."), _("Shorten it and try again.")),
    415: (_("Only JSON is understood here."), ""),
    421: (_("This program only answers on this computer, under its own address."), ""),
}


def register(app: Flask) -> None:
    """Answer every error in words: a page for browsers, {"error", "hint", "code"} for programs."""
    app.register_error_handler(ClassActError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def body(error: ClassActError) -> dict[str, str]:
    """What programs are told."""
    return {"error": str(error), "hint": error.hint, "code": error.code}


def _ours(error: ClassActError) -> tuple[Response | str, int]:
    return _answer(str(error), error.hint, error.code, error.http_status)


def _http(error: HTTPException) -> tuple[Response | str, int]:
    status = error.code or 500
    text, hint = _SENTENCES.get(status, (error.name, ""))
    return _answer(text, hint, f"http_{status}", status)


def _unforeseen(error: Exception) -> tuple[Response | str, int]:
    logger.error("request failed: %s", type(error).__name__, exc_info=error)
    return _answer(_("Something went wrong here. Nothing was sent."), _("The log file says more."), "fault", 500)


def _answer(text: str, hint: str, code: str, status: int) -> tuple[Response | str, int]:
    of_a_page = request.method == "GET" or request.mimetype == "application/x-www-form-urlencoded"
    wants_page = of_a_page and not request.path.startswith(("/api/", "/cli"))
    if wants_page:
        return render_template("error.html", error=text, hint=hint, status=status), status
    return jsonify({"error": text, "hint": hint, "code": code}), status
