"""What the environment says, checked once, every problem reported together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from server.errors import ConfigError
from server.texts import _

DEFAULT_PORT = 25277  # CLASS on a phone's keys
UNDO_SECONDS = 10.0  # Gmail's own choices are 5, 10, 20 and 30
POLL_SECONDS = 60.0  # between looks for new mail; history.list costs 2 of 6,000 units a minute
LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run. `google_url` is "" in real life; tests point it at a stand-in on loopback."""

    home: Path
    port: int = DEFAULT_PORT
    client_secret: Path | None = None
    google_url: str = ""
    undo_seconds: float = UNDO_SECONDS
    poll_seconds: float = POLL_SECONDS

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Config:
        """The settings of the CLASSACT_ variables; raises ConfigError with every problem at once."""
        problems: list[str] = []
        home = environment.get("CLASSACT_HOME", "")
        secret = environment.get("CLASSACT_CLIENT_SECRET", "")
        config = cls(
            home=_path("CLASSACT_HOME", home, problems) or user_data_path("classact"),
            port=_port(environment.get("CLASSACT_PORT", ""), problems),
            client_secret=_path("CLASSACT_CLIENT_SECRET", secret, problems),
            google_url=_loopback_url(environment.get("CLASSACT_GOOGLE_URL", ""), problems),
        )
        if problems:
            raise ConfigError(problems)
        return config


def _path(name: str, value: str, problems: list[str]) -> Path | None:
    """The absolute path, None for an unset variable."""
    try:
        return Path(value).expanduser().absolute() if value else None
    except RuntimeError:  # ~somebody whom this computer does not know
        problems.append(
            _("%(name)s names a home folder that does not exist: “%(value)s”.") % {"name": name, "value": value}
        )
        return None


def _port(value: str, problems: list[str]) -> int:
    if not value:
        return DEFAULT_PORT
    if value.isascii() and value.isdigit() and len(value) <= len(str(LAST_PORT)) and int(value) <= LAST_PORT:
        return int(value)
    problems.append(_("CLASSACT_PORT must be a number from 0 to 65535, not “%(value)s”.") % {"value": value})
    return DEFAULT_PORT


def _loopback_url(value: str, problems: list[str]) -> str:
    """The URL without a closing slash; only plain http on a loopback address is let through."""
    if not value:
        return ""
    try:
        url = urlsplit(value)
        loopback = url.hostname == "localhost" or ip_address(url.hostname or "").is_loopback
        plain = url.scheme == "http" and loopback and url.port is not None and "@" not in url.netloc
        if plain and url.path in ("", "/") and not url.query and not url.fragment:
            return f"http://{url.netloc}"
    except ValueError:  # no address, or a port that is no number
        pass
    problems.append(
        _("CLASSACT_GOOGLE_URL is for tests only and must look like http://127.0.0.1:PORT, not “%(value)s”.")
        % {"value": value}
    )
    return ""
