"""Every error the program raises on purpose, in one tree.

ClassActError                  what happened, and what to do next
├── UsageError                 the call itself is wrong                      (exit 2, HTTP 400)
│   └── ConfigError            a setting or environment variable is wrong
├── NotConnected               no account, and no mailbox named              (exit 3, HTTP 409)
├── NotFound                   no such message, draft or letter              (exit 1, HTTP 404)
├── Refused                    a rule of ours says no: changed draft, no addressee (exit 1, HTTP 409)
│   └── Forbidden              who asks may not: token, origin, code         (HTTP 403)
├── HomeError                  the data folder is taken, unwritable, damaged (exit 1, HTTP 503)
├── ServerError                port taken, server not answering              (exit 1)
├── ModelError                 the classifier cannot be loaded               (exit 1, HTTP 503)
├── LearningFailed             learning from corrections came to no result   (exit 1)
└── MailboxError               the mailbox failed; `retryable` says whether a later try may work (exit 1, HTTP 502)
    ├── MailboxUnreadable      the file that was named cannot be read at all (exit 2)
    ├── ReconnectNeeded        Google no longer accepts the sign-in          (exit 3)
    ├── PermissionMissing      the seeker has not granted the scope this needs
    ├── RateLimited            Google asks us to slow down (retryable)
    ├── Offline                no answer from Google (retryable)
    ├── CursorExpired          the mailbox no longer knows that cursor: list again
    └── SendInDoubt            a send whose outcome is unknown: look, never resend

Each class builds its own sentence; `hint` says what to do next. Both are for people to read.
"""

from __future__ import annotations

from server.texts import _


class ClassActError(Exception):
    """A failure with a sentence (`str(error)`), a `hint` on what to do next, and a stable `code` for programs."""

    code = "fault"
    exit_code = 1
    http_status = 500

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        return str(self.args[0])


class UsageError(ClassActError):
    """The call is wrong: an unknown option value, an unreadable argument."""

    code = "usage"
    exit_code = 2
    http_status = 400


class ConfigError(UsageError):
    """One or more settings are wrong; every problem is listed at once."""

    code = "config"

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems), _("Correct the setting or unset it, then try again."))


class NotConnected(ClassActError):
    """No Google account is connected and no mailbox was named."""

    code = "not_connected"
    exit_code = 3
    http_status = 409

    def __init__(self, hint: str = "") -> None:
        super().__init__(
            _("No Google account is connected yet."),
            hint or _("Run `classact connect`, or open Connect in the dashboard."),
        )


class NotFound(ClassActError):
    """No such thing; the sentence names what was looked for."""

    code = "not_found"
    http_status = 404


class UnknownMessage(NotFound):
    """No mailbox of ours holds a message with that id."""

    def __init__(self, message_id: str) -> None:
        super().__init__(
            _("No message with the id %(id)s is known here.") % {"id": message_id},
            _("Run `classact log` to see the ids that are known, or `classact scan` first."),
        )


class Refused(ClassActError):
    """A rule of ours refuses the step; nothing was done."""

    code = "refused"
    http_status = 409

    def __init__(self, message: str, hint: str = "", *, code: str = "") -> None:
        super().__init__(message, hint)
        self.code = code or type(self).code  # a program may tell `answered` from other refusals


class Forbidden(Refused):
    """Whoever asks may not: a missing or wrong token, a foreign origin, a wrong code."""

    code = "forbidden"
    http_status = 403


class HomeError(ClassActError):
    """The data folder cannot be used: taken by another process, not writable, or damaged."""

    code = "home"
    http_status = 503


class HomeTaken(HomeError):
    """Another process owns the data folder."""

    code = "home_taken"

    def __init__(self, home: str) -> None:
        super().__init__(
            _("Another Class Act already works with the data folder %(home)s.") % {"home": home},
            _("Use the one that is running, stop it first, or set CLASSACT_HOME to another folder."),
        )


class HomeNotWritable(HomeError):
    """The data folder, or a file in it, cannot be written."""

    code = "home_not_writable"

    def __init__(self, home: str, why: str) -> None:
        super().__init__(
            _("The data folder %(home)s cannot be written (%(why)s).") % {"home": home, "why": why},
            _("Give yourself write permission there, free some disk space, or set CLASSACT_HOME to another folder."),
        )


class StoreDamaged(HomeError):
    """A file of the store is not what this program wrote."""

    code = "store_damaged"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            _("The log in %(path)s cannot be read (%(why)s). Nothing was changed.") % {"path": path, "why": why},
            _("Move that file aside or restore a backup of the folder, then start again."),
        )


class ServerError(ClassActError):
    """The local server cannot be started or reached."""

    code = "server"


class PortTaken(ServerError):
    """Another program listens on the port."""

    code = "port_taken"

    def __init__(self, port: int) -> None:
        super().__init__(
            _("Port %(port)d on this computer is already taken by another program.") % {"port": port},
            _("Choose another one: `classact run --port %(next)d`, and set the same port in the extension's options.")
            % {"next": port + 1},
        )


class ServerNotRunning(ServerError):
    """A command needs the running server and there is none."""

    code = "server_not_running"

    def __init__(self) -> None:
        super().__init__(_("Class Act is not running."), _("Start it with `classact run`, then try again."))


class ModelError(ClassActError):
    """The classifier was not built yet (no `why`), is damaged, or was made for another version."""

    code = "model"
    http_status = 503

    def __init__(self, why: str = "") -> None:
        sentence = _("The classifier cannot be loaded (%(why)s).") if why else _("The classifier is not built yet.")
        hint = _("Run `make model` in the folder of Class Act, then start it again.")
        super().__init__(sentence % {"why": why}, hint)


class LearningFailed(ClassActError):
    """Learning from corrections came to no result; `why` is part of a sentence. The model in use is untouched."""

    code = "learning_failed"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("Learning did not work out (%(why)s).") % {"why": why},
            _("The model in use stays as it is. Your corrections hold all the same."),
        )


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
