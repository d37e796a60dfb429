"""The part that hears how letters sound, loaded when the first letter is looked at."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.verdict import Heard

if TYPE_CHECKING:
    from nlp.tone.reading import ToneReader as Learned

logger = logging.getLogger(__name__)


class LazyToneReader:
    """`server.ports.ToneReader` over what was learned; without it nothing is heard, and the lists of words are left."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._tried = False
        self._learned: Learned | None = None

    def hear(self, text: str) -> Sequence[Heard]:
        """See ToneReader.hear."""
        learned = self._load()
        return learned.hear(text) if learned else ()

    def _load(self) -> Learned | None:
        with self._lock:
            if not self._tried:
                self._learned, self._tried = load(self._folder), True
            return self._learned


def load(folder: Path | None = None) -> Learned | None:
    """What was learned, in a folder or as shipped; None, and a line in the log, when it is absent or damaged."""
    try:
        from nlp.tone.reading import ToneMissing, ToneReader  # noqa: PLC0415 - the network takes a third of a second
    except ImportError as error:
        logger.warning("how letters sound cannot be told: %s is missing", error.name)
        return None
    try:
        return ToneReader.load(folder) if folder else ToneReader.load()
    except ToneMissing as error:
        logger.warning("how letters sound cannot be told: %s", error)
        return None
