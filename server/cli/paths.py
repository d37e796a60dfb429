"""Paths as the person typed them, made whole: the running server may stand in another folder."""

from __future__ import annotations

from pathlib import Path

from server.errors import UsageError
from server.texts import _


def absolute(path: str) -> str:
    """The path from the root. Raises UsageError for the home folder of somebody whom this computer does not know."""
    try:
        return str(Path(path).expanduser().absolute())
    except RuntimeError as error:
        raise UsageError(
            _("%(path)s names a home folder that does not exist.") % {"path": path}, _("Write the path out.")
        ) from error
