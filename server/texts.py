"""The catalogue of texts that people read: one gettext domain, English as the source language."""

from __future__ import annotations

import gettext
from pathlib import Path

_CATALOGUE = gettext.translation("classact", Path(__file__).parent / "locale", fallback=True)

_ = _CATALOGUE.gettext
ngettext = _CATALOGUE.ngettext
