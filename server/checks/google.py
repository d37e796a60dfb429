"""The way to Google: where sign-ins are kept, the client file, and for each account whether Google still agrees."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

import httplib2
from googleapiclient.errors import HttpError

from server.config import Config
from server.domain.connection import ConnectionState, Standing, standing
from server.errors import ClassActError, NotConnected, ReconnectNeeded, UsageError
from server.mailboxes.gmail_errors import FOREIGN, ours
from server.mailboxes.gmail_tokens import DRAFTS, READ, Account, AccountCredentials, Endpoints
from server.mailboxes.private_file import FILE_MODE, FOLDER_MODE
from server.services.doctor import Found, fail, ok, warn
from server.texts import _
from server.wiring import endpoints, google

ANSWER_TIME: Final = 2.0  # seconds for one answer of Google's
_KEYRING_TIME: Final = 1.5
_WRONG_CLOCK, _FAR_OFF = 60.0, 300.0  # seconds; beyond five minutes Google refuses sign-ins
_SOON: Final = timedelta(days=2)
_PASSING: Final = (ConnectionState.OFFLINE, ConnectionState.RATE_LIMITED)


def token_store(config: Config) -> Iterator[Found]:
    """Where sign-ins are kept, and that nobody else can read them."""
    accounts, folder = google(config), config.home / "tokens"
    open_ones = [path for path in [folder, *folder.glob("*.json")] if path.exists() and _is_open(path)]
    if open_ones:
        yield fail(
            "token_store",
            _("Others may read the kept sign-ins in %(folder)s.") % {"folder": folder},
            _("Close them: `chmod 700 %(folder)s && chmod 600 %(folder)s/*`.") % {"folder": folder},
        )
        return
    places = sorted({accounts.place(link.address) for link in accounts.links()}) or [accounts.place()]
    yield ok("token_store", _("In %(places)s.") % {"places": "; ".join(places)})


def client_file(config: Config) -> Iterator[Found]:
    """Whether the client file is one, and of which project."""
    accounts = google(config)
    path = accounts.client_path
    if path is None:
        yield warn(
            "client_file",
            _("There is no OAuth client file yet."),
            _("Open Connect in the dashboard, or read docs/connect.md. The sample mailbox needs none."),
        )
        return
    try:
        client = accounts.client()
    except UsageError as error:
        yield fail("client_file", str(error), error.hint)
        return
    project = client.project or client.number
    yield ok("client_file", _("A Desktop client of the project %(project)s.") % {"project": project})


def nobody() -> Iterator[Found]:
    """Before the first account."""
    error = NotConnected()
    yield warn("sign_in", str(error), error.hint)
    for id_ in _REST:
        yield ok(id_, _("Nothing to check before an account is connected."))


_REST: Final = ("scopes", "gmail", "clock", "sign_in_end")


def account(config: Config, address: str, now: datetime) -> Iterator[Found]:
    """Whether Google still agrees to that account, to what, until when, and whether Gmail answers."""
    accounts, way = google(config), endpoints(config)
    try:
        kept = accounts.tokens.load(address, _KEYRING_TIME)
        if kept is None:
            raise ReconnectNeeded(address)
    except ClassActError as error:
        yield from _stopped(standing(error, address), "sign_in", *_REST)
        return
    yield _scopes(kept)
    yield _end(kept, now)
    credentials = AccountCredentials(kept, way, _keep_nothing, ANSWER_TIME)
    try:
        credentials.refresh(None)
    except FOREIGN as error:
        yield from _stopped(standing(ours(error, address), address), "sign_in", "gmail", "clock")
        return
    yield ok("sign_in", _("Google accepts the sign-in of %(address)s.") % {"address": address})
    yield from _gmail(credentials, address, way)


def _gmail(credentials: AccountCredentials, address: str, way: Endpoints) -> Iterator[Found]:
    http = way.http(ANSWER_TIME)
    try:
        answer, content = http.request(
            f"{way.api}gmail/v1/users/me/profile?fields=emailAddress",
            headers={"authorization": f"Bearer {credentials.token}"},
        )
        if answer.status >= 400:  # noqa: PLR2004 - RFC 9110: refusals begin there
            raise HttpError(answer, content)
        json.loads(content)
    except FOREIGN as error:
        yield from _stopped(standing(ours(error, address), address), "gmail", "clock")
        return
    except ValueError:
        yield warn("gmail", _("Something else than Gmail answered."), _("Does this network want you to sign in?"))
        yield ok("clock", _("Not compared: Gmail did not answer."))
        return
    finally:
        http.close()
    yield ok("gmail", _("Gmail answers for %(address)s.") % {"address": address})
    yield _clock(answer)


def _clock(answer: httplib2.Response) -> Found:
    """The computer's clock beside Google's (the Date header, whole seconds)."""
    try:
        theirs = parsedate_to_datetime(str(answer.get("date", "")))
    except ValueError:
        return ok("clock", _("Not compared: the answer has no date."))
    off = (datetime.now(UTC) - theirs.replace(tzinfo=theirs.tzinfo or UTC)).total_seconds()
    if abs(off) < _WRONG_CLOCK:
        return ok("clock", _("The clock agrees with Google's."))
    said = _("This computer's clock is %(seconds)d seconds off.") % {"seconds": abs(off)}
    return (fail if abs(off) > _FAR_OFF else warn)("clock", said, _("Have the system set its time from the network."))


def _scopes(account: Account) -> Found:
    words = {"address": account.address}
    if not account.may(READ):
        return fail(
            "scopes",
            _("%(address)s may not be read.") % words,
            _("Run `classact connect` and leave the box ticked."),
        )
    if account.may(DRAFTS):
        return ok("scopes", _("%(address)s: reading and drafts.") % words)
    return ok("scopes", _("%(address)s: reading. Drafts are asked for at the first letter.") % words)


def _end(account: Account, now: datetime) -> Found:
    if account.until is None:
        return ok("sign_in_end", _("Google names no end."))
    said = _("Google ends the sign-in of %(address)s on %(day)s: the project is in “Testing”.") % {
        "address": account.address,
        "day": f"{account.until:%Y-%m-%d}",
    }
    mend = _("Publish the app (Google Auth platform, Audience, Publish app), then run `classact connect`.")
    return (fail if account.until - now < _SOON else warn)("sign_in_end", said, mend)


def _stopped(how: Standing, *ids: str) -> Iterator[Found]:
    """The first of the ids says what is wrong; the others could not be looked at because of it."""
    passing = how.state in (*_PASSING, ConnectionState.CONNECTED)
    for id_ in ids[:1]:
        yield (warn if passing else fail)(id_, f"{how.name}: {how.sentence}", how.mend)
    for id_ in ids[1:]:
        yield warn(id_, _("Not checked: %(name)s.") % {"name": how.name}, how.mend)


def _is_open(path: Path) -> bool:
    allowed = FOLDER_MODE if path.is_dir() else FILE_MODE
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & ~allowed)


def _keep_nothing(_account: Any) -> None:
    """The doctor changes nothing: a renewed token is used once and forgotten."""
