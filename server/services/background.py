"""What the running server does by itself: load the model, look for new mail, let held letters go, learn."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from server.errors import ClassActError, MailboxError, ModelError
from server.services.desk import Desk
from server.services.keeping_up import Rota
from server.services.learning import Learning

logger = logging.getLogger(__name__)

_TICK = 0.2  # seconds between looks at the outbox: an undo window of 10 s ends at most that much late
_LEARN_LOOK = 600.0  # seconds between looks at whether it is time to learn


class Background:
    """Threads of their own for scanning, for releasing letters, and for learning where there is somebody who learns.

    Each mailbox is scanned in a thread of its own: a slow one keeps no other waiting. `stop` ends them, mid-request if
    need be, without losing anything.
    """

    def __init__(
        self,
        desk: Desk,
        load_model: Callable[[], object],
        poll_seconds: float,
        learning: Learning | None = None,
        learn_look: float = _LEARN_LOOK,
        *,
        interrupt: Callable[[], None] = lambda: None,
        complain: Callable[[ClassActError], None] = lambda _error: None,
        rota: Rota | None = None,
    ) -> None:
        """`interrupt` ends what waits for a mailbox; `rota` says when each is looked at.

        `complain` hears why no mail can be judged.
        """
        self._desk, self._load_model = desk, load_model
        self._learn_look, self._interrupt, self._complain = learn_look, interrupt, complain
        self._rota = rota or Rota(poll_seconds)
        self._scans: list[threading.Thread] = []
        self._stop = threading.Event()
        self._look = threading.Event()
        self._model: str | ClassActError = "loading"
        self._learning = learning
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
        self._rota.hurry()
        self._look.set()

    def model_state(self) -> str:
        """`loading`, `ready`, or why it cannot be loaded and what to do."""
        return self._model if isinstance(self._model, str) else f"{self._model} {self._model.hint}"

    def model_error(self) -> ClassActError | None:
        """Why the classifier cannot be loaded, once that is known."""
        return None if isinstance(self._model, str) else self._model

    def stop(self, patience: float = 2.0) -> None:
        """End the threads; waits that many seconds for all of them together, then leaves them to end by themselves.

        A scan that is left so writes nothing any more: every result is written whole or not at all.
        """
        self._stop.set()
        self._look.set()
        if self._learning is not None:
            self._learning.end()
        end = time.monotonic() + patience
        threads = [*self._threads, *self._scans]
        cutting = threading.Thread(target=self._interrupt, name="interrupt", daemon=True)
        cutting.start()
        for thread in (*threads, cutting):
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def _is_model_ready(self) -> bool:
        """Load the classifier; whether it is there. If not, pages and terminal are told why."""
        try:
            self._load_model()
        except ClassActError as error:
            self._model = error
            logger.error("the classifier cannot be loaded: %s", error.code)  # noqa: TRY400 - the cause is in the text
        except Exception as error:  # a broken library, say: the pages must say so, and not "getting ready" for ever
            self._model = ModelError(type(error).__name__)
            logger.exception("the classifier cannot be loaded")
        else:
            self._model = "ready"
            return True
        self._complain(self._model)
        return False

    def _scan_now_and_then(self) -> None:
        if not self._is_model_ready():
            return
        while not self._stop.is_set():
            self._look.clear()
            self._scans = [thread for thread in self._scans if thread.is_alive()]
            for name in self._rota.take(self._mailboxes()):
                thread = threading.Thread(target=self._scan, args=(name,), name="scan", daemon=True)
                self._scans.append(thread)
                thread.start()
            self._look.wait(self._rota.seconds())

    def _mailboxes(self) -> list[str]:
        try:
            return self._desk.mailboxes()
        except ClassActError as error:  # the accounts' folder cannot be read just now
            logger.warning("no mailbox can be named: %s", error.code)
        except Exception:  # the loop must outlive it; the next turn asks again
            logger.exception("no mailbox can be named")
        return []

    def _scan(self, name: str) -> None:
        failure: ClassActError | None = None
        try:
            report = self._desk.scan(name, stopped=self._stop.is_set)
            if report.judged or report.failed:
                logger.info("scan: %d judged, %d failed, %d known", report.judged, report.failed, report.known)
        except MailboxError as error:
            failure = error
            if not self._stop.is_set():
                logger.warning("scan stopped: %s", error.code)  # the desk keeps the error for the dashboard
        except ClassActError as error:
            failure = error
            logger.error("scan failed: %s", error.code)  # noqa: TRY400
        except Exception as error:  # the scan loop must outlive one bad pass; it is logged, and the next starts fresh
            failure = ClassActError(str(type(error).__name__))
            logger.exception("scan failed")
        self._rota.done(name, failure)
        self._look.set()  # whoever waits for a turn waits from now on

    def _release_letters(self) -> None:
        while not self._stop.wait(_TICK):
            for outbox_id in self._desk.outbox.due():
                self._release(outbox_id)

    def _release(self, outbox_id: str) -> None:
        try:
            self._desk.outbox.step(outbox_id)
        except ClassActError as error:
            logger.warning("outbox: %s", error.code)
        except Exception:  # the other letters must still go
            logger.exception("outbox failed")

    def _learn_now_and_then(self, learning: Learning) -> None:
        while not self._stop.wait(self._learn_look):
            try:
                if learning.is_due():
                    learning.retrain(lambda step: logger.info("learning: %s", step))
            except ClassActError as error:  # the next look tries again
                logger.warning("learning: %s", error.code)
            except Exception:  # mail must still be read and letters still go
                logger.exception("learning failed")
