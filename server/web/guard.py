"""Who may ask what: checked before every route, whether anybody remembered to or not.

Every request: Host must be ours (against DNS rebinding), only GET and POST, a POST is JSON of at most 256 KB; only the
pages that work without scripts take forms of their own too.
Then by path:
  /static, /extension   nothing more: they hold no mail and no secret
  /in/LINK              the one-use link itself is the proof
  /api/v1               Origin of our extension and its bearer token; or no Origin and the token of this user's
                        commands (a 0600 file). `pair` and `hello` need the Origin only
  /cli                  the token of this user's commands, no Origin
  everything else       the dashboard's cookie; a POST also our own Origin and the session's X-CSRF-Token, which a
                        form carries in its field `csrf`
No CORS header is ever sent: the extension's service worker needs none, and nobody else is meant to read answers.
"""

from __future__ import annotations

import hmac
import threading
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Response, abort, g, request

from server.errors import Forbidden
from server.texts import _
from server.web.pairing import Pairings
from server.web.sessions import Sessions

# From the public key in extension/manifest.json: first 32 hex digits of its SHA-256, 0-f written as a-p.
EXTENSION_ID = "alilibilpemggpgapgelgkildhcanoda"
EXTENSION_ORIGIN = f"chrome-extension://{EXTENSION_ID}"
MAX_BODY = 256 * 1024  # bytes; the longest letter is a fraction of it

_OPEN = ("/static/", "/extension/", "/in/")
_FORMS = ("/applications",)  # what a form may be sent to
_UNPAIRED = ("/api/v1/pair", "/api/v1/hello")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """The checks, with what they check against."""

    port: int
    command_token: str
    pairings: Pairings
    sessions: Sessions
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def origin(self) -> str:
        """The dashboard's own origin, as the request came in."""
        return f"http://{request.host}"

    def check(self) -> None:
        """Let the request pass, or end it with the status that says why not."""
        if request.host not in {f"127.0.0.1:{self.port}", f"localhost:{self.port}", f"[::1]:{self.port}"}:
            abort(HTTPStatus.MISDIRECTED_REQUEST)
        if request.method not in ("GET", "HEAD", "POST"):
            abort(HTTPStatus.METHOD_NOT_ALLOWED)
        if request.method == "POST":
            self._check_body()
        if request.path.startswith(_OPEN):
            return
        if request.path == "/cli":
            self._check_command()
        elif request.path.startswith("/api/"):
            self._check_api()
        else:
            self._check_page()

    def protect(self, response: Response) -> Response:
        """The headers that every answer carries."""
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(("/static/", "/extension/")):
            response.headers["Cache-Control"] = "no-store"
        return response

    def _check_body(self) -> None:
        if request.mimetype != "application/json" and not _is_form():
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if (request.content_length or 0) > MAX_BODY:
            abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def _check_command(self) -> None:
        if "Origin" in request.headers or not self._is_command(_bearer()):
            raise _not_allowed()

    def _check_api(self) -> None:
        origin = request.headers.get("Origin")
        if origin is None and self._is_command(_bearer()):
            return
        if origin != EXTENSION_ORIGIN:
            raise _not_allowed()
        if request.path in _UNPAIRED:
            return
        if not _bearer() or not self.pairings.is_valid(_bearer(), origin):
            abort(HTTPStatus.UNAUTHORIZED)

    def _check_page(self) -> None:
        session = request.cookies.get(self.sessions.cookie, "")
        if not self.sessions.is_signed_in(session):
            abort(HTTPStatus.UNAUTHORIZED)
        g.csrf = self.sessions.csrf(session)
        if request.method == "POST":
            token = request.form.get("csrf", "") if _is_form() else request.headers.get("X-CSRF-Token", "")
            if not self._is_ours() or not self.sessions.csrf_matches(session, token):
                raise _not_allowed()

    def _is_ours(self) -> bool:
        """Whether a page of our own asks.

        Browsers name no origin in a form's request from a page that keeps its address to itself, as ours do; then
        Sec-Fetch-Site tells, which no script can set (Fetch Metadata, W3C).
        """
        origin = request.headers.get("Origin")
        same_site = request.headers.get("Sec-Fetch-Site") == "same-origin"
        return origin == self.origin or (origin == "null" and _is_form() and same_site)

    def _is_command(self, token: str) -> bool:
        return bool(token) and hmac.compare_digest(self.command_token.encode(), token.encode("utf-8", "replace"))


def _is_form() -> bool:
    return request.path in _FORMS and request.mimetype == "application/x-www-form-urlencoded"


def _bearer() -> str:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _not_allowed() -> Forbidden:
    return Forbidden(_("This program takes no requests from there."), _("Open the dashboard, or pair the extension."))
