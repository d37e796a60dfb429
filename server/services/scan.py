"""One pass over what is new in a mailbox: read, judge, log. The cursor is saved last, so a crash loses nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from nlp.verdict import Band, Verdict
from server.domain import judging
from server.domain.model import Correction, Cursor, Judged, Message, RawMessage, ScanReport, record_key
from server.domain.reading import read, text_of
from server.errors import ClassActError, CursorExpired
from server.ports import Classifier, Clock, Keyed, Mailbox, Page, Store
from server.services.memory import Memory, remember
from server.texts import _

logger = logging.getLogger(__name__)

CHUNK = 64  # messages read, judged and written together: the most that a kill makes us fetch twice

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
        tally, cursor = _Tally(time.monotonic()), None
        met: set[str] = set()  # a mailbox that lists again names ids twice, and so does Gmail's history
        for page in self._pages():
            cursor = page.cursor
            fresh = [i for i in dict.fromkeys(page.message_ids) if i not in met]
            met.update(fresh)
            new = [i for i in fresh if not self._is_known(i)]
            tally.known += len(fresh) - len(new)
            for chunk in (new[i : i + CHUNK] for i in range(0, len(new), CHUNK)):
                if stopped():
                    return tally.report()
                for row in self._log(chunk):
                    tally.count(row)
                if progress:
                    progress(tally.report(), page.total)
        if cursor is not None:
            self.store.put(Cursor(self.mailbox.name, cursor, self.clock.now()))
        return tally.report()

    def judge(self, message_id: str) -> Judged | None:
        """What is kept of one message, judged now if no scan has met it; None if the mailbox has no such id."""
        if not self._is_known(message_id):
            remember(self.mailbox, self.store)
            self._log([message_id])
        return self.store.get(Judged, record_key(self.mailbox.name, message_id))

    def _pages(self) -> Iterator[Page]:
        """What to look at: first what could not be fetched last time, then what is new."""
        again = tuple(
            row.message_id
            for row in self.store.all(Judged)
            if row.mailbox == self.mailbox.name and row.band == judging.UNFETCHED
        )
        if again:
            yield Page(again)
        saved = self.store.get(Cursor, self.mailbox.name)
        try:
            yield from self.mailbox.changes(saved.value if saved else None)
        except CursorExpired:
            logger.info("cursor expired, listing again")
            yield from self.mailbox.changes(None)

    def _is_known(self, message_id: str) -> bool:
        row = self.store.get(Judged, record_key(self.mailbox.name, message_id))
        return row is not None and row.band != judging.UNFETCHED

    def _log(self, message_ids: list[str]) -> list[Judged]:
        """Fetch, judge and write some messages in one transaction; the rows written. Deleted messages leave none."""
        now, name = self.clock.now(), self.mailbox.name
        rows: list[Judged] = []
        messages: list[Message] = []
        for item in self.mailbox.fetch(message_ids):
            if isinstance(item, RawMessage):
                messages.append(read(item, name))
            elif item.gone:
                self.store.delete(Judged, record_key(name, item.id))  # the row of an earlier failure, if any
            else:
                rows.append(judging.unfetched(name, item.id, item.why, now))
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
        rows += [self._row(message, verdict, memory) for message, verdict in self._verdicts(foreign)]
        logged = [judging.rejection(row, now) for row in rows if row.band == Band.AUTO]
        records: list[Keyed] = [*rows, *logged]
        self.store.put(*records)
        return rows

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
        try:
            return list(zip(messages, self.classifier.judge([text_of(m) for m in messages]), strict=True))
        except ClassActError:  # no model at all: not the mails' fault
            raise
        except Exception:
            logger.exception("a batch of %d messages broke the classifier", len(messages))
        verdicts: list[tuple[Message, Verdict | None]] = []
        for message in messages:
            try:
                verdicts.append((message, next(iter(self.classifier.judge([text_of(message)])))))
            except Exception:
                logger.exception("message %s broke the classifier", message.id)
                verdicts.append((message, None))
        return verdicts
