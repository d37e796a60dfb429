"""The classifier learns from the seeker's corrections: made apart, checked, and taken only when it judges no worse.

A model that was updated on a handful of mails forgot much of what it knew (recall .93 -> .70, measured), so it is
always trained anew, on the corpus and all corrections together.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nlp.verdict import Label
from server.domain.journal import TAKEN_BACK
from server.domain.model import Contact, Correction, JournalEntry, Judged, RawMessage, Training
from server.domain.reading import read, text_of
from server.errors import ClassActError, MailboxError, Refused, UsageError
from server.ports import Clock, Learner, Measured, Models, Row, Store, Trainer
from server.services.log import Visible
from server.services.outbox import OpenMailbox
from server.texts import _, ngettext

logger = logging.getLogger(__name__)

ENOUGH = 5  # new corrections that are worth minutes of the computer's time
# One mail judged otherwise, of the 230 rejections kept for checking: less than .0044 of F1 is no sign of a worse model.
_CHANCE = 0.0044
APART = timedelta(days=1)  # between two times that it learns by itself

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Status:
    """Which model is in use, and what it could learn from. `new`: corrections made since it last learned."""

    version: str
    own: bool
    ignored: str
    corrections: int
    new: int
    running: bool
    last: Training | None


class Learning:
    """Learns at most once at a time. Safe for threads."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        classifier: Learner,
        *,
        open_mailbox: OpenMailbox,
        visible: Callable[[], Visible],
        trainer: Trainer,
        models: Models,
    ) -> None:
        self._store, self._clock, self._classifier = store, clock, classifier
        self._open_mailbox, self._visible = open_mailbox, visible
        self._trainer, self._models = trainer, models
        self._alone = threading.Lock()
        self._ended = threading.Event()

    def status(self) -> Status:
        """How things stand; raises ModelError when no model can be loaded."""
        last = self._last()
        return Status(
            version=self._classifier.version,
            own=self._classifier.own is not None,
            ignored=self._classifier.ignored,
            corrections=len(self._corrections()),
            new=self._new(last),
            running=self._alone.locked(),
            last=last,
        )

    def is_due(self) -> bool:
        """Whether enough was corrected or taken back since it last learned, and that is long enough ago."""
        last = self._last()
        rested = last is None or self._clock.now() - last.made >= APART
        enough = self._new(last) + self._unlearned(last) >= ENOUGH or self._is_forgotten()
        return rested and enough and not self._alone.locked()

    def end(self) -> None:
        """The program stops: learning that is under way ends at once without a result, whoever asked for it."""
        self._ended.set()

    def retrain(self, step: Step) -> Training | None:
        """Learn now. The answer says whether the new model was taken, or why not; None when the program stopped.

        `step` hears `reading`, `training`, `checking`. Whatever goes wrong, the model in use stays as it is. When every
        correction was taken back, the shipped model judges again, and the answer tells of 0 corrections.
        Raises Refused when it is learning already or nothing can be learned, MailboxError when a mailbox cannot be read
        just now, ModelError, HomeNotWritable.
        """
        with self._turn():
            made = self._clock.now()
            step("reading")
            rows = self._rows()
            if not rows and self._is_forgotten():
                self._models.reset()
                self._classifier.reload()
                training = Training(made, self._clock.now(), 0)
                self._store.put(training)
                return training
            if not rows:
                raise Refused(
                    _("There is nothing to learn from yet."),
                    _("Correct a verdict in the log or on the card; Class Act learns from that."),
                )
            current = self._classifier.own
            training = Training(made, made, len(rows))
            try:
                measured = self._trainer(rows, self._models.fresh, current, step, self._ended.is_set)
                if measured is None:
                    return None
                training = replace(training, corrections=measured.used, before=measured.before, after=measured.after)
                training = replace(training, why_not=why_not(measured))
                if not training.why_not:
                    self._models.adopt(self._classifier.base)
                    self._classifier.reload()
            except ClassActError as error:
                training = replace(training, why_not=str(error))
            finally:
                self._models.discard()
            training = replace(training, ended=self._clock.now())
            self._store.put(training)
            logger.info("learned from %d corrections, accepted: %s", training.corrections, not training.why_not)
            return training

    def reset(self) -> None:
        """Back to the shipped model; corrections stay. Raises Refused while it learns, HomeNotWritable."""
        with self._turn():
            self._models.reset()
            self._classifier.reload()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._alone.acquire(blocking=False):
            raise Refused(_("Class Act is learning just now."), _("Try again when it is done; it takes some minutes."))
        try:
            yield
        finally:
            self._alone.release()

    def _last(self) -> Training | None:
        return max(self._store.all(Training), key=lambda training: training.made, default=None)

    def _new(self, last: Training | None) -> int:
        return sum(last is None or correction.made > last.made for correction in self._corrections())

    def _unlearned(self, last: Training | None) -> int:
        """How many mails it learned from whose verdict was taken back since."""
        since = [
            entry
            for entry in self._store.all(JournalEntry)
            if last and entry.what == TAKEN_BACK and entry.at > last.made
        ]
        return len({entry.message_id for entry in since if last and _time(entry.detail, entry.at) <= last.made})

    def _is_forgotten(self) -> bool:
        """Whether an own model is in use, and no word is left of those it learned from, in whatever mailbox."""
        return self._classifier.own is not None and all(c.is_rejection is None for c in self._store.all(Correction))

    def _corrections(self) -> list[Correction]:
        """One for each message on which the seeker gave a verdict."""
        visible = self._visible()
        verdicts = [c for c in self._store.all(Correction) if c.is_rejection is not None and visible(c.mailbox)]
        return list({correction.message_id: correction for correction in verdicts}.values())

    def _rows(self) -> list[Row]:
        """The corrected mails with their text, read from their mailboxes anew. What is gone for good is left out."""
        by_mailbox: dict[str, dict[str, Correction]] = defaultdict(dict)
        for correction in self._corrections():
            by_mailbox[correction.mailbox][correction.message_id] = correction
        rows: list[Row] = []
        for name, corrections in by_mailbox.items():
            try:
                mailbox = self._open_mailbox(name)
                found = [item for item in mailbox.fetch(list(corrections)) if isinstance(item, RawMessage)]
            except UsageError:  # a mailbox that was disconnected
                continue
            except MailboxError as error:
                if error.retryable:  # without these mails it would forget what it has learned from them
                    raise
                continue
            for raw in found:
                kept = self._store.get(Judged, corrections[raw.id].key)
                row = _row(raw, corrections[raw.id], kept)
                rows += [row] if row else []
        return rows


def _time(text: str, otherwise: datetime) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a journal that was imported may hold anything
        return otherwise


def why_not(measured: Measured) -> str:
    """Why the new model is not taken, in a sentence; "" when it judges no worse on any count."""
    before, after = measured.before, measured.after
    if not measured.used:
        return _("None of the corrected mails is in a language that it can learn.")
    if not after.mails:
        return _("There are no mails to check it with.")
    if _dropped(before.f1, after.f1, _CHANCE):
        return _("It found rejections less well on the mails that are kept for checking.")
    if _dropped(before.auto_precision, after.auto_precision):
        return _("More of what it logs without asking would have been wrong, on the mails that are kept for checking.")
    if measured.worse:
        return ngettext(
            "It judged %(count)d mail that you corrected worse than before.",
            "It judged %(count)d mails that you corrected worse than before.",
            len(measured.worse),
        ) % {"count": len(measured.worse)}
    return ""


def _dropped(before: float | None, after: float | None, by: float = 0.0) -> bool:
    """Whether a figure went down by more than `by`. Where nothing is called or logged, nothing is wrong: that is 1."""
    return (1.0 if after is None else after) < (1.0 if before is None else before) - by


def _row(raw: RawMessage, correction: Correction, kept: Judged | None) -> Row | None:
    """A corrected mail as the trainer takes it; None when it cannot be read."""
    message = read(raw, correction.mailbox)
    if message.unreadable:
        return None
    mail = text_of(message)
    return {
        "id": message.id,
        "label": Label.REJECTION if correction.is_rejection else "",
        "subject": mail.subject,
        "from": _from(message.sender),
        "body": mail.body,
        "decisive": [span.text for span in kept.evidence] if kept and correction.is_rejection else [],
    }


def _from(sender: Contact) -> str:
    name = sender.name.replace("\\", "").replace('"', "")
    return f'"{name}" <{sender.address}>' if name and sender.address else sender.address or name
