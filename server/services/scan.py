"""One pass over what is new in a mailbox: read, judge, log. The cursor is saved last, so a crash loses nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nlp.verdict import Band, Verdict
from server.domain import judging
from server.domain.connection import NothingFetched
from server.domain.model import Correction, Cursor, Judged, Message, ScanReport, record_key
from server.domain.reading import text_of
from server.errors import ClassActError
from server.ports import Classifier, Clock, Keyed, Mailbox, Store
from server.services import catching_up, first_scan, quarantine
from server.services.chosen import Chosen
from server.services.memory import Memory, remember
from server.texts import _

logger = logging.getLogger(__name__)

CHUNK = 48  # messages read, judged and written together: the most that a kill makes us fetch twice
FIRST = 8  # the first ones of a search are fewer, so that the seeker sees something at once

Progress = Callable[[ScanReport, int | None], None]  # the report so far, and how many messages there are if known


@dataclass(slots=True)
class _Tally:
    started: float
    judged: int = 0
    rejections: int = 0
    review: int = 0
    failed: int = 0
    known: int = 0
    errors: dict[str, None] = field(default_factory=dict)  # an ordered set of sentences

    def report(self) -> ScanReport:
        return ScanReport(
            seen=self.judged + self.failed + self.known,
            judged=self.judged,
            rejections=self.rejections,
            review=self.review,
            failed=self.failed,
            known=self.known,
            seconds=round(time.monotonic() - self.started, 3),
            errors=tuple(self.errors),
        )

    def count(self, row: Judged) -> None:
        if row.error:
            self.failed += 1
            self.errors[row.error] = None
            return
        self.judged += 1
        self.rejections += row.band == Band.AUTO
        self.review += row.band == Band.REVIEW


@dataclass(frozen=True, slots=True)
class Scanner:
    """The parts that a scan works with."""

    mailbox: Mailbox
    store: Store
    classifier: Classifier
    clock: Clock
    failed: Chosen[Judged] | None = None  # what could not be had, where somebody keeps that; else it is looked for

    def scan(
        self,
        progress: Progress | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> ScanReport:
        """Judge and log everything new; a message is judged once, whatever happens.

        `stopped` is asked between chunks; a stopped scan keeps what it logged and leaves the cursor where it was.
        Raises MailboxError when the mailbox as a whole fails; the next scan goes on from what is logged.
        """
        remember(self.mailbox, self.store)
        tally = _Tally(time.monotonic())
        met: set[str] = set()  # a mailbox that lists again names ids twice, and so does Gmail's history
        step = FIRST if first_scan.is_due(self.mailbox, self.store, self.clock) else CHUNK
        for page in first_scan.walk(self.mailbox, self.store, self.clock):
            fresh = [i for i in dict.fromkeys(page.message_ids) if i not in met]
            met.update(fresh)
            new = [i for i in fresh if not self._is_known(i)]
            tally.known += len(fresh) - len(new)
            cursor = [Cursor(self.mailbox.name, page.cursor, self.clock.now())] if page.cursor is not None else []
            for chunk in _chunks(new, step):
                if stopped():
                    return tally.report()
                failure = self._log(chunk, tally, cursor if chunk[-1] == new[-1] else ())
                step = min(CHUNK, max(step, 2 * len(chunk)))
                if progress:
                    progress(tally.report(), page.total)
                if failure is not None:
                    raise failure
            if not new:
                self.store.put(*cursor)
        self._try_again(tally, met, stopped)
        return tally.report()

    def _try_again(self, tally: _Tally, met: set[str], stopped: Callable[[], bool]) -> None:
        """What failed some time ago comes last, when everything new is safe; should it fail again, nothing is lost."""
        failed = self.failed or Chosen(self.store, Judged, catching_up.is_failed)
        due = catching_up.to_try_again(failed.now(), self.mailbox.name, self.clock.now())
        again = [message_id for message_id in due if message_id not in met]
        for start in range(0, len(again), CHUNK):
            if stopped():
                return
            self._log(again[start : start + CHUNK], tally)

    def judge(self, message_id: str) -> Judged | None:
        """What is kept of one message, judged now if no scan has met it; None if the mailbox has no such id."""
        if not self._is_known(message_id, clicked=True):
            remember(self.mailbox, self.store)
            self._log([message_id], _Tally(0.0), clicked=True)
        return self.store.get(Judged, record_key(self.mailbox.name, message_id))

    def _is_known(self, message_id: str, *, clicked: bool = False) -> bool:
        row = self.store.get(Judged, record_key(self.mailbox.name, message_id))
        if row is not None and clicked:
            return row.band != judging.UNFETCHED
        return catching_up.is_settled(self.store, self.mailbox.name, message_id, self.clock.now())

    def _log(
        self, message_ids: list[str], tally: _Tally, cursor: Sequence[Cursor] = (), *, clicked: bool = False
    ) -> NothingFetched | None:
        """Fetch, judge and write some messages, and the cursor after them, in one transaction; then count them.

        When the mailbox answers and gives none of some, that is noted on each, and answered; no cursor is written then,
        unless all of those had failed before.
        """
        now, name = self.clock.now(), self.mailbox.name
        fetched = quarantine.fetch(self.mailbox, message_ids)
        failure = None if fetched.failure and self._failed_before(fetched.failure.why) else fetched.failure
        outcome = quarantine.sort_out(fetched.items, self.store, name, now, clicked=clicked)
        rows, messages = outcome.rows, outcome.messages
        mine = self.mailbox.address.lower()
        foreign: list[Message] = []
        for message in messages:
            if message.unreadable:
                rows.append(judging.unread(message, now))
            elif message.is_sent or message.is_draft or (mine and message.sender.address == mine):
                rows.append(judging.own(message, now))
            else:
                foreign.append(message)
        memory = Memory(self.store, name)
        rows += [self._safe_row(message, verdict, memory) for message, verdict in self._verdicts(foreign)]
        rows = quarantine.counted(rows, self.store, now)
        logged = [judging.rejection(row, now) for row in rows if row.band == Band.AUTO]
        records: list[Keyed] = [*rows, *outcome.waiting, *logged]
        if failure is None:
            records += cursor
        self.store.put(*records, gone=outcome.gone)
        for row in rows:
            tally.count(row)
        return failure

    def _failed_before(self, message_ids: Iterable[str]) -> bool:
        """Whether all of them are in quarantine: they have their own times to be tried again, and hold up no cursor."""
        rows = (self.store.get(Judged, record_key(self.mailbox.name, message_id)) for message_id in message_ids)
        return all(row is not None and row.band == judging.UNFETCHED for row in rows)

    def _safe_row(self, message: Message, verdict: Verdict | None, memory: Memory) -> Judged:
        """As `_row`; should a mail break a step of ours, it is set aside, so that it harms no other."""
        try:
            return self._row(message, verdict, memory)
        except ClassActError:
            raise
        except Exception:  # any step of ours: the mail is set aside with a reason, and the scan goes on
            logger.exception("message %s could not be judged", message.id)
            return judging.unfetched(message.mailbox, message.id, _("It could not be judged."), self.clock.now())

    def _row(self, message: Message, verdict: Verdict | None, memory: Memory) -> Judged:
        now = self.clock.now()
        if verdict is None:
            return judging.unfetched(message.mailbox, message.id, _("It could not be judged."), now)
        row = judging.judged(message, verdict, now)
        correction = self.store.get(Correction, row.key)
        if correction is not None:
            return judging.corrected(row, correction)
        known = memory.of_like(message)
        return judging.alike(row, known, spam=message.is_spam) if known else row

    def _verdicts(self, messages: list[Message]) -> list[tuple[Message, Verdict | None]]:
        """Verdicts in one batch; should one mail break the classifier, each alone, so that it harms no other."""
        together = self._judged(messages)
        if together is None:
            alone = [(message, self._judged([message])) for message in messages]
            return [(message, verdicts[0] if verdicts else None) for message, verdicts in alone]
        return list(zip(messages, together, strict=True))

    def _judged(self, messages: list[Message]) -> list[Verdict] | None:
        """Verdicts on the mails; None when one of them breaks the classifier."""
        try:
            verdicts = list(self.classifier.judge([text_of(message) for message in messages]))
        except ClassActError:  # no model at all: not the mails' fault
            raise
        except Exception:  # a library's own, on whatever is in a mail: the scan goes on without that one
            logger.exception("these messages broke the classifier: %s", ", ".join(message.id for message in messages))
            return None
        return verdicts if len(verdicts) == len(messages) else None


def _chunks(ids: list[str], first: int) -> Iterator[list[str]]:
    """The ids in pieces, each up to twice as large as the one before, and none larger than CHUNK."""
    at, size = 0, first
    while at < len(ids):
        yield ids[at : at + size]
        at, size = at + size, min(CHUNK, size * 2)
