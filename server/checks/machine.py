"""What the computer must offer: Python, packages, a closed folder on a disk that keeps its word, a sane environment."""

from __future__ import annotations

import email.policy
import importlib.metadata
import locale
import os
import platform
import shutil
import stat
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from server.errors import ConfigError
from server.mailboxes.private_file import FOLDER_MODE
from server.services.doctor import Found, fail, ok, warn
from server.texts import _

LOCK: Final = Path(__file__).parents[2] / "requirements.lock"
_KNOWN: Final = {
    *("CLASSACT_HOME", "CLASSACT_PORT", "CLASSACT_CLIENT_SECRET", "CLASSACT_TEST_DATA", "CLASSACT_GOOGLE_URL"),
}
_LITTLE, _TOO_LITTLE = 500, 50  # megabytes
_SLOW: Final = 0.5  # seconds for 4 KB to reach the disk
_SHOWN: Final = 5


def python() -> Iterator[Found]:
    """The version, and whether its mail package refuses line breaks in headers (CVE-2024-6923)."""
    version = platform.python_version()
    if not hasattr(email.policy.default, "verify_generated_headers"):
        yield warn(
            "python",
            _("Python %(version)s has a known weakness in its mail package; Class Act guards against it itself.")
            % {"version": version},
            _("Update Python when your system offers it."),
        )
    else:
        yield ok("python", _("Python %(version)s.") % {"version": version})


def packages(lock: Path = LOCK) -> Iterator[Found]:
    """Whether what is installed is what was tested."""
    installed = {_plain(one.name): one.version for one in importlib.metadata.distributions() if one.name}
    needed = [_name(line) for line in _requirements() if "extra ==" not in line and "platform" not in line]
    missing = sorted({name for name in needed if name not in installed})
    if missing:
        yield fail("packages", _("Not installed: %(names)s.") % {"names": _few(missing)}, _REINSTALL)
        return
    pinned = _pinned(lock)
    other = sorted(name for name, version in pinned.items() if installed.get(name, version) != version)
    if other:
        yield warn("packages", _("Other versions than were tested: %(names)s.") % {"names": _few(other)}, _REINSTALL)
    elif pinned:
        yield ok("packages", _("All packages have the versions that were tested."))
    else:
        yield ok("packages", _("All packages are installed."))


_REINSTALL: Final = _("Run `make run`, which installs them, or `pip install --force-reinstall classact`.")


def settings(environment: Mapping[str, str], problem: ConfigError | None) -> Iterator[Found]:
    """The CLASSACT_ variables: readable, spelled right, and none for tests only."""
    strange = sorted(name for name in environment if name.startswith("CLASSACT_") and name not in _KNOWN)
    if problem is not None:
        yield fail("environment", str(problem), problem.hint)
    elif strange:
        yield warn("environment", _("Nobody reads %(names)s.") % {"names": _few(strange)}, _("Is it spelled right?"))
    elif environment.get("CLASSACT_GOOGLE_URL"):
        yield warn(
            "environment",
            _("CLASSACT_GOOGLE_URL is set: a stand-in for Google is used."),
            _("Unset it unless this is a test."),
        )
    elif environment.get("OAUTHLIB_INSECURE_TRANSPORT"):
        yield warn(
            "environment",
            _("OAUTHLIB_INSECURE_TRANSPORT is set: it would let sign-ins go over a line that is not secured."),
            _("Unset it."),
        )
    else:
        yield ok("environment", _("The settings make sense."))


def language() -> Iterator[Found]:
    """Whether names and mails in any script can be shown and stored."""
    used = locale.getlocale(locale.LC_CTYPE)[1] or ""
    if sys.getfilesystemencoding().lower() != "utf-8" or used.lower().replace("-", "") not in ("utf8", ""):
        yield warn(
            "locale",
            _("Texts are not kept in UTF-8 here, but in %(encoding)s.") % {"encoding": used},
            _("Set LANG to a UTF-8 language, such as C.UTF-8 or en_GB.UTF-8."),
        )
    else:
        yield ok("locale", _("Texts in any script can be shown (UTF-8)."))


def browser() -> Iterator[Found]:
    """Whether a page can be opened from here."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        yield warn(
            "browser",
            _("No browser can be opened from here."),
            _("Open the links that are printed yourself; `--no-browser` prints them alone."),
        )
    else:
        yield ok("browser", _("A browser can be opened."))


def folder(home: Path) -> Iterator[Found]:
    """The data folder: there, ours alone, writable, with room, and on a disk that keeps what it is given."""
    if not home.exists():
        parent = next(one for one in home.parents if one.exists())
        if os.access(parent, os.W_OK):
            yield ok("folder", _("%(folder)s is made when it is first needed.") % {"folder": home})
        else:
            yield fail("folder", _("%(folder)s cannot be made.") % {"folder": home}, _ELSEWHERE)
        yield _space(parent)
        yield ok("sync", _("Nothing to check before there is a data folder."))
        return
    mode = stat.S_IMODE(home.stat().st_mode)
    if not home.is_dir() or not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield fail("folder", _("%(folder)s cannot be written.") % {"folder": home}, _ELSEWHERE)
    elif os.name == "posix" and mode & ~FOLDER_MODE:
        yield warn(
            "folder",
            _("Others may look into %(folder)s (mode %(mode)o).") % {"folder": home, "mode": mode},
            _("Close it: `chmod 700 %(folder)s`.") % {"folder": home},
        )
    else:
        yield ok("folder", _("%(folder)s is yours alone.") % {"folder": home})
    yield _space(home)
    yield _sync(home)


_ELSEWHERE: Final = _("Give yourself write permission there, or set CLASSACT_HOME to another folder.")


def _space(place: Path) -> Found:
    free = shutil.disk_usage(place).free // 1_000_000
    words = {"free": f"{free:,}"}
    if free < _TOO_LITTLE:
        return fail("space", _("Only %(free)s MB are free on the disk.") % words, _("Free some space."))
    if free < _LITTLE:
        return warn("space", _("Only %(free)s MB are free on the disk.") % words, _("Free some space soon."))
    return ok("space", _("%(free)s MB are free.") % words)


def _sync(home: Path) -> Found:
    """Whether a write reaches the disk when it is told to: nothing is sent twice because that holds."""
    began = time.monotonic()
    try:
        with tempfile.NamedTemporaryFile(dir=home, prefix=".doctor-") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return fail(
            "sync", _("The disk does not take a file (%(why)s).") % {"why": error.strerror or error.errno}, _ELSEWHERE
        )
    took = time.monotonic() - began
    if took > _SLOW:
        return warn(
            "sync",
            _("The disk is slow: %(seconds).1f s for one small file.") % {"seconds": took},
            _("Put the data folder on a disk of this computer rather than on a network: set CLASSACT_HOME."),
        )
    return ok("sync", _("The disk keeps what it is given."))


def _requirements() -> list[str]:
    try:
        return importlib.metadata.requires("classact") or []
    except importlib.metadata.PackageNotFoundError:  # run from a folder, not installed
        return []


def _pinned(lock: Path) -> dict[str, str]:
    try:
        lines = lock.read_text(encoding="utf-8").splitlines()
    except OSError:  # the wheel ships without it
        return {}
    pairs = (line.split("==", 1) for line in lines if "==" in line and not line.startswith("#"))
    return {_plain(name): version.strip() for name, version in pairs}


def _name(requirement: str) -> str:
    cut = next((at for at, letter in enumerate(requirement) if letter in " <>=!~;["), len(requirement))
    return _plain(requirement[:cut])


def _plain(name: str) -> str:
    """As PEP 503 has it."""
    return name.lower().replace("_", "-").replace(".", "-")


def _few(names: list[str]) -> str:
    return ", ".join([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])
