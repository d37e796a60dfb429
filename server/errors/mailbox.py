"""What goes wrong with a mailbox, Gmail or a file."""

from __future__ import annotations

from server.errors.program import ClassActError
from server.texts import _


class MailboxError(ClassActError):
    """The mailbox failed. `retryable`: the same call may work later, unchanged."""

    code = "mailbox"
    http_status = 502
    retryable = False

    def __init__(self, message: str, hint: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message, hint)
        self.retry_after = retry_after  # seconds, when the mailbox named a time


class MailboxUnreadable(MailboxError):
    """The file that was named cannot be read at all."""

    code = "mailbox_unreadable"
    exit_code = 2


class ReconnectNeeded(MailboxError):
    """Google no longer accepts the sign-in (revoked, expired, password changed). All data is kept."""

    code = "reconnect_needed"
    exit_code = 3

    def __init__(self, address: str) -> None:
        super().__init__(
            _("Google no longer accepts the sign-in for %(address)s.") % {"address": address},
            _("Run `classact connect`, or open Connect in the dashboard, to sign in again. Your log is kept."),
        )


class PermissionMissing(MailboxError):
    """A scope was not granted."""

    code = "permission_missing"
    http_status = 403

    def __init__(self, what: str, connect: str) -> None:
        super().__init__(
            _("Google has not been asked for, or did not get, permission to %(what)s.") % {"what": what},
            _("Run `%(command)s`, or open Connect in the dashboard, and leave every box ticked.")
            % {"command": connect},
        )


class RateLimited(MailboxError):
    """Google asks us to slow down."""

    code = "rate_limited"
    retryable = True

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__(
            _("Gmail asks us to slow down for a moment."),
            _("Nothing is lost; the next try starts where this one stopped."),
            retry_after=retry_after,
        )


class Offline(MailboxError):
    """No usable answer from Google."""

    code = "offline"
    retryable = True

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Gmail cannot be reached (%(why)s).") % {"why": why},
            _("Check the network; the next try starts where this one stopped."),
        )


class CursorExpired(MailboxError):
    """The mailbox no longer knows that cursor; the caller lists again and skips what it has seen."""

    code = "cursor_expired"
    retryable = True

    def __init__(self) -> None:
        super().__init__(_("Gmail no longer knows where the last scan stopped."), _("The mailbox is listed again."))


class SendInDoubt(MailboxError):
    """The answer to a send was lost. The letter may or may not have gone: look, never send again."""

    code = "send_in_doubt"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Gmail did not say whether the letter went (%(why)s).") % {"why": why},
            _("Class Act looks in the thread and never sends it twice."),
        )
