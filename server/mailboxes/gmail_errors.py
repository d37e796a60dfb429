"""Google's errors become ours here: one place knows status codes, reasons and broken lines."""

# ruff: noqa: PLR2004 - HTTP's own numbers need no names

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any, Final

import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError
from googleapiclient.errors import BatchError, HttpError

from server.domain.connection import ApiNotEnabled, BlockedByAdmin
from server.errors import (
    ClassActError,
    MailboxError,
    NotFound,
    Offline,
    PermissionMissing,
    RateLimited,
    ReconnectNeeded,
)
from server.texts import _

# Everything the libraries underneath raise when Google, or the way to it, fails.
FOREIGN: Final = (HttpError, BatchError, GoogleAuthError, httplib2.HttpLib2Error, HTTPException, OSError)

# https://developers.google.com/gmail/api/guides/handle-errors: 403 is rate as well as permission.
_RATE: Final = {
    *("rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED"),
    *("concurrentLimitExceeded", "RESOURCE_EXHAUSTED"),
}
_SCOPE: Final = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
_API_OFF: Final = {"accessNotConfigured", "SERVICE_DISABLED"}
# The administrator's no: in the redirect and at the token server, and (domainPolicy) at Gmail itself.
ADMIN: Final = {"admin_policy_enforced", "org_internal", "access_denied"}
_DOMAIN: Final = {"domainPolicy"}
_PROJECT: Final = re.compile(r"project[ =](\d{3,20})\b")  # "... has not been used in project 1234567890 before"
_TOKEN_SERVER_DOWN: Final = {"server_error", "temporarily_unavailable", "internal_failure"}
_REASON: Final = re.compile(r"[A-Za-z_]{1,60}")
# Google words it "... Retry after 2026-11-22T10:00:00.000Z" where a header would do.
_RETRY_TEXT: Final = re.compile(r"Retry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", re.IGNORECASE)
_SECONDS: Final = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a request is for, in words, the command that asks Google for it, and the box on Google's page."""

    what: str
    command: str
    box: str


# The lines of Google's consent page (https://developers.google.com/identity/protocols/oauth2/scopes#gmail).
READING: Final = Purpose(_("read mail"), "classact connect", _("View your email messages and settings"))
WRITING: Final = Purpose(
    _("save and send drafts"), "classact connect --with drafts", _("Manage drafts and send emails")
)
LABELLING: Final = Purpose(
    _("label and archive mail"),
    "classact connect --with labels",
    _("Read, compose, and send emails from your Gmail account"),
)


def ours(error: Exception, address: str, purpose: Purpose = READING) -> ClassActError:
    """The error of server/errors that says the same; `address` is the account's."""
    if isinstance(error, HttpError) and not isinstance(error, BatchError):  # an unreadable batch is one too
        return _from_status(error, address, purpose)
    if isinstance(error, RefreshError):
        return _from_refresh(error, address)
    return Offline(why_offline(error))


def reasons(error: HttpError) -> frozenset[str]:
    """Google's reason codes in an error body, old form and new; what does not look like one is not handed on."""
    details = error.error_details if isinstance(error.error_details, list) else []
    found = (str(item["reason"]) for item in details if isinstance(item, dict) and "reason" in item)
    return frozenset(reason for reason in found if _REASON.fullmatch(reason))


def retry_after(error: HttpError, now: Callable[[], datetime] = _utc_now) -> float | None:
    """Seconds Google asks us to wait, from the Retry-After header (RFC 9110 §10.2.3) or the error's text.

    A time of day is counted from the answer's own Date, where it has one: this computer's clock may be wrong.
    """
    header = str(error.resp.get("retry-after", ""))
    if _SECONDS.fullmatch(header):
        return float(header)
    moment = _moment(header) or _moment_in_text(error.reason or "")
    if moment is None:
        return None
    return max(0.0, (moment - (_moment(str(error.resp.get("date", ""))) or now())).total_seconds())


def why_offline(error: Exception) -> str:
    """A few plain words for a broken line; no address and no host name in them."""
    for kinds, words in _WHY:
        if isinstance(error, kinds):
            return words
    return _("the connection broke")


_WHY: Final = (
    (TimeoutError, _("no answer in time")),
    (httplib2.ServerNotFoundError, _("its name could not be looked up")),
    (ssl.SSLError, _("no secure connection")),
    (ConnectionRefusedError, _("the connection was refused")),
    (BatchError, _("the answer could not be read")),
)


def _from_status(error: HttpError, address: str, purpose: Purpose) -> ClassActError:
    status, found = int(error.resp.status), reasons(error)
    if status == 429 or (status == 403 and found & _RATE):
        return RateLimited(retry_after(error))
    if status == 401:
        return ReconnectNeeded(address)
    if status == 404:
        return NotFound(_("Gmail no longer has it."), _("It was deleted or replaced meanwhile."))
    if status == 408 or not 400 <= status < 500:
        answer = Offline(_("error %(status)d") % {"status": status})
        answer.retry_after = retry_after(error)
        return answer
    if status == 403 and found & _API_OFF:
        project = _PROJECT.search(error.reason or "")
        return ApiNotEnabled(project[1] if project else "")
    return _refused(status, found, purpose)


def _refused(status: int, found: frozenset[str], purpose: Purpose) -> MailboxError:
    if status == 403 and found & _SCOPE:
        return PermissionMissing(purpose.what, purpose.command)
    if status == 403 and found & _DOMAIN:
        return BlockedByAdmin(min(found & _DOMAIN))
    codes = ", ".join([str(status), *sorted(found)])
    return MailboxError(
        _("Gmail refused the request (%(codes)s).") % {"codes": codes}, _("Nothing was changed. Try again later.")
    )


def _from_refresh(error: RefreshError, address: str) -> ClassActError:
    codes = set(_token_errors(error))
    if error.retryable or not codes or codes & _TOKEN_SERVER_DOWN:
        return Offline(_("Google's sign-in server gave no usable answer"))
    if codes & ADMIN:
        return BlockedByAdmin(min(codes & ADMIN))
    return ReconnectNeeded(address)


def _token_errors(error: RefreshError) -> Iterator[str]:
    """RFC 6749 §5.2 error codes; a page of some network's sign-in portal has none."""
    parts: tuple[Any, ...] = error.args
    for part in parts:
        if isinstance(part, dict) and isinstance(part.get("error"), str):
            yield part["error"]


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # no time, or a year that no calendar has
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment_in_text(text: str) -> datetime | None:
    match = _RETRY_TEXT.search(text)
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=UTC) if match else None
    except ValueError:  # the 31st of June
        return None
