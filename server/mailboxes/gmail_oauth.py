"""Signing in: consent in the browser with PKCE over a one-use loopback address, and signing out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from google_auth_oauthlib.flow import Flow
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]

from server.domain.connection import BlockedByAdmin, ConsentDenied, Unticked
from server.errors import ClassActError, Forbidden, MailboxError, Offline, ReconnectNeeded
from server.mailboxes.gmail_client import Client
from server.mailboxes.gmail_errors import ADMIN, FOREIGN, LABELLING, READING, WRITING, why_offline
from server.mailboxes.gmail_http import Line
from server.mailboxes.gmail_loopback import Loopback
from server.mailboxes.gmail_tokens import LABELS, READ, Account, AccountCredentials, Endpoints, TokenStore
from server.texts import _

PATIENCE: Final = 600.0  # seconds the browser has
_ANSWER_TIME: Final = 30.0  # seconds Google's token server has
_FOREVER: Final = 10 * 366 * 24 * 3600  # seconds
_CODE: Final = re.compile(r"[a-z_]{1,40}")


class Consent:
    """A sign-in under way: show `url`, then `finish`. Holds a loopback port until then."""

    def __init__(
        self, client: Client, scopes: tuple[str, ...], store: TokenStore, endpoints: Endpoints, hint: str = ""
    ) -> None:
        self._client, self._asked, self._store, self._endpoints = client, scopes, store, endpoints
        self._state = secrets.token_urlsafe(32)
        self._loopback = Loopback()
        self._flow: Any = Flow.from_client_config(
            {
                "installed": {
                    "client_id": client.id,
                    "client_secret": client.secret,
                    "auth_uri": endpoints.auth,
                    "token_uri": endpoints.token,
                }
            },
            scopes=list(scopes),
            redirect_uri=self._loopback.url,
        )
        # PKCE S256 (RFC 7636) is the library's own; access_type and prompt bring a refresh token each time.
        more = {"login_hint": hint} if hint else {}
        self.url: str = self._flow.authorization_url(
            access_type="offline", prompt="consent", state=self._state, **more
        )[0]

    def close(self) -> None:
        """Give the port back; `finish` does it too."""
        self._loopback.close()

    def cancel(self) -> None:
        """Have whoever waits in `finish` wait no longer: MailboxError there."""
        self._loopback.cancel()

    def finish(self, timeout: float = PATIENCE) -> Account:
        """Wait for the browser, take the tokens and store the account.

        Raises:
            ConsentDenied: the person said no.
            Unticked: the person left a box unticked. Reading alone is kept when it was granted.
            BlockedByAdmin, ApiNotEnabled: not the person's doing, and nothing is kept.
            Forbidden: the redirect belongs to another sign-in.
            MailboxError: nobody answered in time, or Google refused the code.

        """
        try:
            code = self._code(self._loopback.wait(timeout))
        finally:
            self.close()
        token = self._exchange(code)
        granted = _granted(token)
        if not _covers(granted, READ):
            raise Unticked(READING.what, READING.box, READING.command)
        account = self._account(token, granted)
        self._store.save(account)
        if not account.may(self._asked):
            purpose = LABELLING if set(LABELS) <= set(self._asked) else WRITING
            raise Unticked(purpose.what, purpose.box, purpose.command)
        return account

    def _code(self, answer: dict[str, str] | None) -> str:
        if answer is None:
            raise MailboxError(
                _("No answer came from the browser in time."),
                _("Run `classact connect` again. Did Google show an error page? docs/connect.md explains each."),
            )
        if not secrets.compare_digest(answer.get("state", "").encode(), self._state.encode()):
            raise Forbidden(
                _("The browser's answer does not belong to this sign-in."), _("Run `classact connect` again.")
            )
        if "code" not in answer:
            raise _refusal(answer)
        return answer["code"]

    def _exchange(self, code: str) -> dict[str, Any]:
        session = self._flow.oauth2session
        session.scope = None  # else oauthlib raises a Warning when a box was unticked; we compare the scopes ourselves
        session.trust_env = not self._endpoints.loopback  # no proxy between us and this machine
        try:
            token: dict[str, Any] = self._flow.fetch_token(code=code, timeout=_ANSWER_TIME)
        except OAuth2Error as error:
            if error.error in ADMIN:
                raise BlockedByAdmin(error.error) from error
            raise MailboxError(
                _("Google did not accept the sign-in (%(code)s).") % {"code": _plain(error.error)},
                _("Run `classact connect` again; if it persists, download the client's JSON file afresh."),
            ) from error
        except OSError as error:  # requests' exceptions are OSErrors
            raise Offline(why_offline(error)) from error
        finally:
            session.close()
        if not token.get("refresh_token"):
            raise MailboxError(
                _("Google gave no lasting sign-in."),
                _("Remove Class Act under myaccount.google.com/permissions, then run `classact connect` again."),
            )
        return token

    def _account(self, token: dict[str, Any], granted: tuple[str, ...]) -> Account:
        account = Account(
            address="",
            scopes=granted,
            client_id=self._client.id,
            client_secret=self._client.secret,
            refresh_token=str(token["refresh_token"]),
            token=str(token["access_token"]),
            expires=datetime.fromtimestamp(float(token["expires_at"]), UTC) if "expires_at" in token else None,
            until=_end(token.get("refresh_token_expires_in")),
        )
        return _with_address(account, self._endpoints)


def begin(client: Client, scopes: tuple[str, ...], store: TokenStore, endpoints: Endpoints, hint: str = "") -> Consent:
    """Start a sign-in for READ, DRAFTS or LABELS; the seeker opens `.url`, then `.finish()` returns the account.

    `hint`: the address that Google's page offers first.
    """
    return Consent(client, scopes, store, endpoints, hint)


def revoke(account: Account, endpoints: Endpoints) -> None:
    """End the consent at Google; no error when it has ended already. Raises Offline when Google does not confirm."""
    http = endpoints.http(_ANSWER_TIME)
    try:
        answer, _content = http.request(
            endpoints.revoke,
            "POST",
            body=urlencode({"token": account.refresh_token}),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
    except FOREIGN as error:
        raise Offline(why_offline(error)) from error
    finally:
        http.close()
    # RFC 7009 §2.2: 200 also for a token that is unknown; Google says 400 invalid_token there.
    if answer.status not in {200, 400}:
        raise Offline(_("error %(status)d") % {"status": answer.status})


def _with_address(account: Account, endpoints: Endpoints) -> Account:
    renewed: list[Account] = [account]
    keep: Callable[[Account], None] = renewed.append
    line = Line(AccountCredentials(account, endpoints, keep, _ANSWER_TIME), endpoints, "")
    try:
        profile = line.read(lambda users: users.getProfile(userId="me", fields="emailAddress"))
    finally:
        line.close()
    address = profile.get("emailAddress")
    if not isinstance(address, str) or "@" not in address:
        raise ReconnectNeeded("")
    return replace(renewed[-1], address=address)


def _refusal(answer: dict[str, str]) -> ClassActError:
    """Why Google's redirect brought no code (RFC 6749 §4.1.2.1)."""
    code = answer.get("error", "")
    told = f"{answer.get('error_subtype', '')} {answer.get('error_description', '')}".lower()
    if code in ADMIN and (code != "access_denied" or "admin" in told or "policy" in told):
        return BlockedByAdmin(code)
    if code == "access_denied":
        return ConsentDenied()
    return MailboxError(
        _("Google did not sign you in (%(code)s).") % {"code": _plain(code)}, _("Run `classact connect` again.")
    )


def _plain(code: str) -> str:
    """An error code as the RFC has them; whatever else came over the line is not repeated."""
    return code if _CODE.fullmatch(code) else _("no code")


def _end(seconds: object) -> datetime | None:
    """When Google ends the sign-in, where it says so: a project in Testing gets 7 days."""
    if isinstance(seconds, int | float | str) and str(seconds).isdecimal() and 0 < int(seconds) < _FOREVER:
        return datetime.now(UTC) + timedelta(seconds=int(seconds))
    return None


def _granted(token: dict[str, Any]) -> tuple[str, ...]:
    scopes = token.get("scope") or ()
    return tuple(sorted(scopes.split() if isinstance(scopes, str) else map(str, scopes)))


def _covers(granted: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return set(LABELS) <= set(granted) or set(wanted) <= set(granted)
