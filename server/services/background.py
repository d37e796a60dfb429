"""What the running server does by itself: load the model, look for new mail, let held letters go, learn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from server.errors import ClassActError, MailboxError
from server.services.desk import Desk
from server.services.learning import Learning

logger = logging.getLogger(__name__)

_TICK = 0.2  # seconds between looks at the outbox: an undo window of 10 s ends at most that much late
_LEARN_LOOK = 600.0  # seconds between looks at whether it is time to learn


class Background:
    """Threads of their own for scanning, for releasing letters, and for learning where there is somebody who learns.

    `stop` ends them, mid-scan if need be, without losing anything.
    """

    def __init__(
        self,
        desk: Desk,
        load_model: Callable[[], object],
        poll_seconds: float,
        learning: Learning | None = None,
        learn_look: float = _LEARN_LOOK,
    ) -> None:
        self._desk, self._load_model, self._poll = desk, load_model, poll_seconds
        self._learn_look = learn_look
        self._stop = threading.Event()
        self._look = threading.Event()
        self._model = "loading"
        self._threads = [
            threading.Thread(target=self._scan_now_and_then, name="scan", daemon=True),
            threading.Thread(target=self._release_letters, name="outbox", daemon=True),
        ]
        if learning is not None:
            learn = threading.Thread(target=self._learn_now_and_then, args=(learning,), name="learn", daemon=True)
            self._threads.append(learn)

    def start(self) -> None:
        """Recover what a stop cut off, then begin."""
        self._desk.outbox.recover()
        for thread in self._threads:
            thread.start()

    def look_now(self) -> None:
        """Scan at once instead of at the next turn."""
        self._look.set()

    def model_state(self) -> str:
        """`loading`, `ready`, or a sentence on why it cannot be loaded."""
        return self._model

    def stop(self, patience: float = 2.0) -> None:
        """End the threads; waits that many seconds for each."""
        self._stop.set()
        self._look.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(patience)

    def _scan_now_and_then(self) -> None:
        try:
            self._load_model()
            self._model = "ready"
        except ClassActError as error:
            self._model = f"{error} {error.hint}"
            logger.error("the classifier cannot be loaded: %s", error.code)  # noqa: TRY400 - the cause is in the text
            return
        while not self._stop.is_set():
            for name in self._desk.mailboxes():
                self._scan(name)
            self._look.wait(self._poll)
            self._look.clear()

    def _scan(self, name: str) -> None:
        try:
            report = self._desk.scan(name, stopped=self._stop.is_set)
        except MailboxError as error:
            logger.warning("scan stopped: %s", error.code)  # the desk keeps the error for the dashboard
        except ClassActError as error:
            logger.error("scan failed: %s", error.code)  # noqa: TRY400
        except Exception:  # the scan loop must outlive one bad pass; it is logged, and the next pass starts fresh
            logger.exception("scan failed")
        else:
            if report.judged or report.failed:
                logger.info("scan: %d judged, %d failed, %d known", report.judged, report.failed, report.known)

    def _release_letters(self) -> None:
        while not self._stop.wait(_TICK):
            try:
                self._desk.outbox.release_due()
            except ClassActError as error:
                logger.warning("outbox: %s", error.code)
            except Exception:  # the letters of other mailboxes must still go
                logger.exception("outbox failed")

    def _learn_now_and_then(self, learning: Learning) -> None:
        while not self._stop.wait(self._learn_look):
            try:
                if learning.is_due():
                    learning.retrain(lambda step: logger.info("learning: %s", step), self._stop.is_set)
            except ClassActError as error:  # the next look tries again
                logger.warning("learning: %s", error.code)
            except Exception:  # mail must still be read and letters still go
                logger.exception("learning failed")
