"""What goes wrong with a call, the data folder, the server or the classifier."""

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
