"""The fake's sign-in: consent, tokens with PKCE (RFC 7636), refresh and revocation (RFC 6749, RFC 7009)."""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes.gmail.answers import Answer, RefusedError, as_json
from tests.fakes.gmail.shapes import ViolationError, document

CLIENT_ID: Final = "1234567890-fake.apps.googleusercontent.com"
CLIENT_SECRET: Final = "GOCSPX-fake-secret"
_CONSENT_PARAMETERS: Final = {
    *("client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"),
    *("access_type", "prompt", "login_hint", "include_granted_scopes", "decision"),
}


@dataclass
class Decision:
    """What the person at the consent screen does. `ask`: a page with two links instead of a redirect."""

    deny: bool = False
    drop: frozenset[str] = frozenset()  # scopes whose box is unticked
    ask: bool = False
    error: tuple[tuple[str, str], ...] = ()  # what the redirect says instead of a code: ("error", "org_internal") ...


@dataclass
class Grant:
    """A consent given; its tokens live and die together."""

    scopes: frozenset[str]
    refresh_token: str
    alive: bool = True


@dataclass
class _Code:
    scopes: frozenset[str]
    redirect_uri: str
    challenge: str
    offline: bool


@dataclass
class _Access:
    grant: Grant
    scopes: frozenset[str]
    expires: float


@dataclass
class OAuth:
    """The authorisation server's state."""

    now: Callable[[], float] = time.time
    decision: Decision = field(default_factory=Decision)
    lifetime: int = 3599  # seconds an access token lives
    testing: bool = False  # the project's publishing status: refresh tokens end after 7 days
    grants: list[Grant] = field(default_factory=list)
    _codes: dict[str, _Code] = field(default_factory=dict)
    _access: dict[str, _Access] = field(default_factory=dict)

    def grant(self, scopes: frozenset[str]) -> Grant:
        """A consent given without a browser."""
        grant = Grant(scopes, f"1//0fake-{secrets.token_urlsafe(16)}")
        self.grants.append(grant)
        return grant

    def access_token(self, grant: Grant, scopes: frozenset[str] | None = None) -> str:
        """A fresh access token."""
        token = f"ya29.fake-{secrets.token_urlsafe(16)}"
        self._access[token] = _Access(grant, scopes or grant.scopes, self.now() + self.lifetime)
        return token

    def expire_tokens(self) -> None:
        """All access tokens given out so far stop working; refresh tokens stay good."""
        for access in self._access.values():
            access.expires = 0

    def revoke_grants(self) -> None:
        """As when the person removes the app in their Google account."""
        for grant in self.grants:
            grant.alive = False

    def scopes_of(self, authorization: str) -> frozenset[str]:
        """The scopes a bearer header carries; 401 when it carries none."""
        scheme, _, token = authorization.partition(" ")
        access = self._access.get(token)
        if scheme.lower() != "bearer" or access is None or not access.grant.alive or access.expires <= self.now():
            raise RefusedError(401, "authError", "Request had invalid authentication credentials.")
        return access.scopes

    def consent(self, query: dict[str, str]) -> Answer:
        """`/o/oauth2/v2/auth`: the redirect, or a page when a person is to decide."""
        if unknown := set(query) - _CONSENT_PARAMETERS:
            raise ViolationError(f"consent: unknown parameters {sorted(unknown)}")
        problem = _consent_problem(query)
        if problem:
            return Answer(400, f"<h1>Error 400: {html.escape(problem)}</h1>".encode(), {"Content-Type": "text/html"})
        asked = frozenset(query["scope"].split())
        decision = query.get("decision") or ("ask" if self.decision.ask else "allow")
        if decision == "ask":
            return _consent_page(query)
        if self.decision.error:
            return _redirect(query, **dict(self.decision.error))
        if self.decision.deny or decision == "deny":
            return _redirect(query, error="access_denied")
        granted = asked - self.decision.drop
        code = f"4/0fake-{secrets.token_urlsafe(12)}"
        offline = query.get("access_type") == "offline" and (query.get("prompt") == "consent" or not self.grants)
        self._codes[code] = _Code(granted, query["redirect_uri"], query["code_challenge"], offline)
        return _redirect(query, code=code, scope=" ".join(sorted(granted)))

    def token(self, authorization: str, form: dict[str, str]) -> Answer:
        """`/token`: a code or a refresh token for an access token."""
        if not _is_client(authorization, form):
            return _problem("invalid_client", "The OAuth client was not found.", 401)
        kind = form.get("grant_type")
        if kind == "authorization_code":
            return self._exchange(form)
        if kind == "refresh_token":
            return self._refresh(form)
        return _problem("unsupported_grant_type", f"Invalid grant_type: {kind}")

    def revoke(self, form: dict[str, str]) -> Answer:
        """`/revoke`: ends the whole consent, whichever of its tokens is given."""
        token = form.get("token", "")
        access = self._access.get(token)
        grants = [access.grant] if access else [grant for grant in self.grants if grant.refresh_token == token]
        if not grants or not grants[0].alive:
            return _problem("invalid_token", "Token expired or revoked")
        grants[0].alive = False
        return as_json({})

    def _exchange(self, form: dict[str, str]) -> Answer:
        code = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if code is None or base64.urlsafe_b64encode(digest).decode().rstrip("=") != code.challenge:
            return _problem("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri") != code.redirect_uri:
            return _problem("redirect_uri_mismatch", "Bad Request")
        grant = self.grant(code.scopes)
        answer = self._token_answer(grant, code.scopes)
        if self.testing:
            answer["refresh_token_expires_in"] = 604799
        return as_json({**answer, "refresh_token": grant.refresh_token} if code.offline else answer)

    def _refresh(self, form: dict[str, str]) -> Answer:
        found = [grant for grant in self.grants if grant.refresh_token == form.get("refresh_token")]
        if not found or not found[0].alive:
            return _problem("invalid_grant", "Token has been expired or revoked.")
        scopes = frozenset(form["scope"].split()) if form.get("scope") else found[0].scopes
        if not scopes <= found[0].scopes:
            return _problem("invalid_scope", "Bad Request")
        return as_json(self._token_answer(found[0], scopes))

    def _token_answer(self, grant: Grant, scopes: frozenset[str]) -> dict[str, object]:
        return {
            "access_token": self.access_token(grant, scopes),
            "expires_in": self.lifetime,
            "scope": " ".join(sorted(scopes)),
            "token_type": "Bearer",
        }


def client_secret(base: str) -> dict[str, object]:
    """A Desktop client's JSON, as the Cloud console gives it, that points at the fake."""
    return {
        "installed": {
            "client_id": CLIENT_ID,
            "project_id": "class-act-fake",
            "auth_uri": f"{base}/o/oauth2/v2/auth",
            "token_uri": f"{base}/token",
            "client_secret": CLIENT_SECRET,
            "redirect_uris": ["http://localhost"],
        }
    }


def _consent_problem(query: dict[str, str]) -> str:
    known = document()["auth"]["oauth2"]["scopes"]
    target = urlsplit(query.get("redirect_uri", ""))
    if query.get("client_id") != CLIENT_ID:
        return "invalid_client"
    if target.scheme != "http" or target.hostname not in {"127.0.0.1", "localhost", "::1"} or not target.port:
        return "redirect_uri_mismatch"
    if query.get("response_type") != "code" or not query.get("scope"):
        return "invalid_request"
    if set(query["scope"].split()) - set(known):
        return "invalid_scope"
    if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
        return "invalid_request: PKCE S256 is asked of everyone here"
    return ""


def _redirect(query: dict[str, str], **given: str) -> Answer:
    more = urlencode({**({"state": query["state"]} if "state" in query else {}), **given})
    return Answer(302, b"", {"Location": f"{query['redirect_uri']}?{more}"})


def _consent_page(query: dict[str, str]) -> Answer:
    links = "".join(
        f'<p><a id="{choice}" href="?{html.escape(urlencode({**query, "decision": choice}))}">{choice}</a></p>'
        for choice in ("allow", "deny")
    )
    scopes = "".join(f"<li>{html.escape(scope)}</li>" for scope in query["scope"].split())
    page = f"<!doctype html><title>Fake consent</title><h1>Class Act wants to</h1><ul>{scopes}</ul>{links}"
    return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})


def _is_client(authorization: str, form: dict[str, str]) -> bool:
    pair = (form.get("client_id", ""), form.get("client_secret", ""))
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "basic":
        name, _, secret = base64.b64decode(value).decode().partition(":")
        pair = (name, secret)
    return pair == (CLIENT_ID, CLIENT_SECRET)


def _problem(code: str, text: str, status: int = 400) -> Answer:
    return as_json({"error": code, "error_description": text}, status)


def form_of(body: bytes) -> dict[str, str]:
    """A form body's fields, the last of each."""
    return {name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
