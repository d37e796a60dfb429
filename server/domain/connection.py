"""How an account stands with Google: seven states, each with a name, a sentence and a mend, the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.errors import ClassActError, MailboxError, NotConnected, Offline, PermissionMissing
from server.texts import _


class ConnectionState(StrEnum):
    """The worse stands further down."""

    CONNECTED = "connected"
    RATE_LIMITED = "rate_limited"
    OFFLINE = "offline"
    NOT_CONNECTED = "not_connected"
    API_NOT_ENABLED = "api_not_enabled"
    NEEDS_RECONNECT = "needs_reconnect"
    BLOCKED_BY_ADMIN = "blocked_by_admin"


NAMES: Final = {
    ConnectionState.CONNECTED: _("Connected"),
    ConnectionState.RATE_LIMITED: _("Gmail asks for a pause"),
    ConnectionState.OFFLINE: _("Offline"),
    ConnectionState.NOT_CONNECTED: _("Not connected"),
    ConnectionState.API_NOT_ENABLED: _("Gmail API not switched on"),
    ConnectionState.NEEDS_RECONNECT: _("Needs a new sign-in"),
    ConnectionState.BLOCKED_BY_ADMIN: _("Blocked by an administrator"),
}

# Stable codes of errors -> the state that they mean. Other failures say nothing about the connection.
_STATES: Final = {
    "not_connected": ConnectionState.NOT_CONNECTED,
    "reconnect_needed": ConnectionState.NEEDS_RECONNECT,
    "permission_missing": ConnectionState.NEEDS_RECONNECT,
    "keyring_closed": ConnectionState.NEEDS_RECONNECT,
    "offline": ConnectionState.OFFLINE,
    "rate_limited": ConnectionState.RATE_LIMITED,
    "api_not_enabled": ConnectionState.API_NOT_ENABLED,
    "blocked_by_admin": ConnectionState.BLOCKED_BY_ADMIN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one account stands; `address` is "" when there is none. `mend` is "" where nothing needs mending."""

    state: ConnectionState
    address: str
    name: str
    sentence: str
    mend: str


@dataclass(frozen=True, slots=True)
class Link:
    """A connected account as it may be shown: no secret is in it.

    `place` says where its sign-in is kept; `until` is when Google ends it by itself, where Google names a time.
    """

    address: str
    may_write: bool
    may_label: bool
    place: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClientInfo:
    """What may be shown of the seeker's OAuth client: the project's name and number, "" where the file has none."""

    project: str
    number: str


def standing(error: ClassActError | None, address: str = "") -> Standing:
    """How an account stands after that failure, or after none. A failure of another kind leaves it connected."""
    state = _STATES.get(error.code) if error else None
    if error is None or state is None:
        sentence = _("Class Act reads the mail of %(address)s.") % {"address": address}
        return Standing(ConnectionState.CONNECTED, address, NAMES[ConnectionState.CONNECTED], sentence, "")
    return Standing(state, address, NAMES[state], str(error), error.hint)


def not_connected() -> Standing:
    """How things stand before the first account."""
    return standing(NotConnected())


def worst(standings: Sequence[Standing]) -> Standing:
    """The one that needs the seeker most; not_connected when there is none."""
    order = list(ConnectionState)
    return max(standings, key=lambda one: order.index(one.state), default=not_connected())


class ApiNotEnabled(MailboxError):
    """The Gmail API is off in the seeker's Cloud project (403 accessNotConfigured)."""

    code = "api_not_enabled"

    def __init__(self, project: str = "") -> None:
        super().__init__(
            _("The Gmail API is not switched on in your Google Cloud project."),
            _("Enable the Gmail API at %(url)s, wait a minute, then try again.") % {"url": api_page(project)},
        )


class BlockedByAdmin(MailboxError):
    """Whoever runs the account's organisation, or the project's, does not let us in. `why` is Google's code."""

    code = "blocked_by_admin"
    http_status = 403

    def __init__(self, why: str) -> None:
        if why == "org_internal":
            super().__init__(
                _("Your Google Cloud project admits only accounts of its own organisation (%(why)s).") % {"why": why},
                _("Set the consent screen's audience to External, or sign in with an account of that organisation."),
            )
        else:
            super().__init__(
                _("The administrator of this Google account does not let Class Act in (%(why)s).") % {"why": why},
                _("Ask them to trust your OAuth client, use another account, or read a Google Takeout file: "
                  "`classact scan --mailbox mbox:FILE`."),
            )  # fmt: skip


class ConsentDenied(PermissionMissing):
    """The seeker left Google's page without a yes."""

    def __init__(self) -> None:
        MailboxError.__init__(
            self,
            _("You did not agree on Google's page, so nothing has changed."),
            _("Run `classact connect`, or open Connect in the dashboard, whenever you like."),
        )


class Unticked(PermissionMissing):
    """The seeker agreed, but left a box unticked. `box` is the line on Google's page that is missing."""

    def __init__(self, what: str, box: str, command: str) -> None:
        MailboxError.__init__(
            self,
            _("Google did not get your permission to %(what)s: the box “%(box)s” was not ticked.")
            % {"what": what, "box": box},
            _("Run `%(command)s`, or open Connect in the dashboard, and tick “%(box)s” on Google's page.")
            % {"command": command, "box": box},
        )


class KeyringClosed(MailboxError):
    """The keyring that holds a sign-in, or should, does not open. `why` is part of a sentence."""

    code = "keyring_closed"
    retryable = True

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The keyring that holds your Google sign-in does not open (%(why)s).") % {"why": why},
            _("Unlock it and try again, or sign in anew: `classact connect`, or Connect in the dashboard."),
        )
        self.why = why


def api_page(project: str = "") -> str:
    """Where the Gmail API is switched on; `project` is the project's name or number."""
    page = "https://console.cloud.google.com/apis/library/gmail.googleapis.com"
    return f"{page}?project={project}" if project else page


class Interrupted(MailboxError):
    """The program stops, so what waited for Gmail waits no longer. Nothing is wrong with the mailbox."""

    code = "interrupted"
    retryable = True

    def __init__(self) -> None:
        super().__init__(
            _("Class Act is just stopping."), _("Nothing is lost; the next start goes on where this one stopped.")
        )


class NothingFetched(Offline):
    """Gmail answers, and gives none of the messages that it was asked for. `why`: message id -> a sentence."""

    def __init__(self, first: MailboxError, why: Mapping[str, str]) -> None:
        MailboxError.__init__(self, str(first), first.hint, retry_after=first.retry_after)
        self.why = dict(why)
