"""The seeker's OAuth client: its JSON file, what can be wrong with it, and where it is kept."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from server.errors import ClassActError, ConfigError
from server.mailboxes.private_file import write_private
from server.texts import _

MOST: Final = 64 * 1024  # bytes; the console's file has about 400
_OURS: Final = ".apps.googleusercontent.com"
_API_KEY: Final = re.compile(r"AIza[0-9A-Za-z_-]{30,}")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


class ClientFileWrong(ConfigError):
    """A client file that cannot be used; each kind of wrong file has a sentence and a mend of its own."""

    code = "client_file"

    def __init__(self, name: str, why: str, mend: str) -> None:
        sentence = _("The client file %(path)s cannot be used: %(why)s.") % {"path": name, "why": why}
        ClassActError.__init__(self, sentence, mend)


@dataclass(frozen=True, slots=True)
class Client:
    """The seeker's own Desktop client of a Google Cloud project. Its secret is not secret (RFC 8252 §8.5)."""

    id: str
    secret: str = field(repr=False)
    project: str = field(default="", compare=False)

    @property
    def number(self) -> str:
        """The project's number, with which Google begins every client id; "" when there is none."""
        digits, dash, _rest = self.id.partition("-")
        return digits if dash and digits.isdecimal() else ""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the JSON file of the Cloud console. Raises ClientFileWrong, which says where to get a good one."""
        try:
            with path.open("rb") as file:
                content = file.read(MOST + 1)
        except OSError as error:
            raise ClientFileWrong(
                str(path), error.strerror or type(error).__name__, _("Check the path, and that you may read the file.")
            ) from error
        return cls.parse(content, str(path))

    @classmethod
    def parse(cls, content: bytes, name: str) -> Self:
        """The client of a file's content; `name` is the file's, for the sentence. Raises ClientFileWrong."""
        row = _row(content, name)
        installed = row.get("installed")
        if not isinstance(installed, dict):
            raise ClientFileWrong(name, *_other_kind(row))
        missing = [key for key in ("client_id", "client_secret") if not _is_text(installed.get(key))]
        if missing:
            raise ClientFileWrong(name, _("%(names)s is missing in it") % {"names": ", ".join(missing)}, _ANEW)
        if not installed["client_id"].endswith(_OURS):
            raise ClientFileWrong(name, _("its client_id is not one of Google's"), _ANEW)
        if not _may_come_back(installed.get("redirect_uris")):
            raise ClientFileWrong(
                name,
                _("Google would send the answer elsewhere than to this computer (redirect_uris)"),
                _("Make a client of type “Desktop app”: only that one may answer to this computer."),
            )
        project = installed.get("project_id")
        name_of = project if isinstance(project, str) else ""
        return cls(installed["client_id"], installed["client_secret"], name_of)


def keep(content: bytes, name: str, path: Path) -> Client:
    """Check the content and put it in the data folder, readable by this user alone.

    Raises ClientFileWrong, HomeNotWritable; then the file that was there stays.
    """
    client = Client.parse(content, name)
    write_private(path, content.decode("utf-8-sig"))
    return client


_DESKTOP: Final = _("Under Credentials, create an OAuth client ID of type “Desktop app” and download its JSON file.")
_ANEW: Final = _("Download the JSON file of your “Desktop app” client afresh and leave it as it is.")


def _row(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > MOST:
        raise ClientFileWrong(name, _("it is far too long"), _DESKTOP)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ClientFileWrong(name, _("it is not JSON, but something that is no text"), _DESKTOP) from error
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        if _API_KEY.fullmatch(text.strip()):
            raise ClientFileWrong(name, *_api_key()) from error
        why = _("it is empty, so not JSON") if not text.strip() else _("it is not JSON")
        raise ClientFileWrong(name, why, _ANEW) from error
    if not isinstance(row, dict):
        raise ClientFileWrong(name, _("it is not a Desktop client's file"), _DESKTOP)
    return row


def _other_kind(row: dict[str, Any]) -> tuple[str, str]:
    """What a JSON file is that holds no Desktop client, and what to do."""
    if "web" in row:
        return (
            _("it is for a web client"),
            _("A web client cannot answer to your computer. Create another client ID of type “Desktop app”."),
        )
    if row.get("type") == "service_account":
        return (
            _("it is the key of a service account"),
            _("A service account has a mailbox of its own, not yours: delete that key at Google. ") + _DESKTOP,
        )
    if row.get("type") == "authorized_user" or "refresh_token" in row:
        return _("it holds somebody's sign-in, not a client"), _DESKTOP
    if any(_is_text(value) and _API_KEY.fullmatch(value) for value in row.values()):
        return _api_key()
    if "client_id" in row or "client_secret" in row:
        return _("its part “installed” is missing, as if it had been edited"), _ANEW
    return _("it is not a Desktop client's file"), _DESKTOP


def _api_key() -> tuple[str, str]:
    return _("it is an API key, which cannot open a mailbox"), _DESKTOP


def _may_come_back(uris: object) -> bool:
    """Whether Google may redirect to this computer; a file that names no addresses leaves it open."""
    if not isinstance(uris, list) or not uris:
        return True
    return any(_is_text(uri) and _host(uri) in _LOOPBACK for uri in uris)


def _host(uri: str) -> str:
    try:
        url = urlsplit(uri)
    except ValueError:
        return ""
    return (url.hostname or "") if url.scheme == "http" else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
