"""Labels on logged rejections, and form mail out of the inbox: off until switched on, and both can be taken back.

Every change is one that may be made twice. Before a label is put on or off, or a mail leaves the inbox, that is on disk
as asked for: after a stop or a lost answer the next pass makes it again, and taking back counts it as done. A mail that
was not in the inbox is never put there. Nothing is deleted.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from server.domain.model import JournalEntry, Judged, Rejection
from server.domain.tidying import Place, Step, Tidied, Tidying, may_archive
from server.errors import ClassActError, PermissionMissing, UsageError
from server.ports import Clock, Store
from server.texts import _

logger = logging.getLogger(__name__)

_INBOX = "INBOX"
_CHUNK = 1_000  # messages of one change that are written down together

Work = Callable[[], None]


class Tidier(Protocol):
    """What can be changed in a mailbox. Raises MailboxError kinds; the same change twice does no harm."""

    def label(self, known: str = "", *, make: bool = True) -> str:
        """The id of our label; `known`: the one it had, whatever it is called by now.

        If it is not there it is made, or without `make` the answer is "".
        """

    def places(self, message_ids: Sequence[str]) -> Mapping[str, Place | None]:
        """Where messages lie now, None for those that are gone; one that cannot be told now is left out."""

    def change(self, message_ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Put labels on messages and take others off. Messages that are gone are passed over."""


@dataclass(frozen=True, slots=True)
class Done:
    """How many messages one pass changed."""

    labelled: int = 0
    unlabelled: int = 0
    archived: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How labels and archiving stand for one account. `may`: Google has given the permission.

    `labelled` and `archived` count what can be taken back: what was done, and what was asked for and is in doubt.
    """

    mailbox: str
    label: bool
    archive: bool
    may: bool
    labelled: int
    archived: int
    problem: ClassActError | None = None


def _at_once(work: Work) -> None:
    work()


def in_a_thread(work: Work) -> None:
    """Have it done while the caller goes on."""
    threading.Thread(target=work, name="labels", daemon=True).start()


@dataclass
class Labels:
    """Labels and archiving over one store. Safe for threads: one pass runs at a time per mailbox."""

    store: Store
    clock: Clock
    open_tidier: Callable[[str], Tidier]
    may: Callable[[str], bool]  # whether Google has given an account's permission for it
    run: Callable[[Work], None] = _at_once  # who does the work after a click: the server hands it to a thread
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _busy: dict[str, threading.RLock] = field(default_factory=dict)
    _problems: dict[str, ClassActError] = field(default_factory=dict)

    def standing(self, mailbox: str) -> Standing:
        """How it stands."""
        chosen, done = self._choice(mailbox), self._done(mailbox).values()
        return Standing(
            mailbox,
            chosen.label,
            chosen.archive,
            self.may(mailbox),
            sum(one.labelled is not Step.NOT for one in done),
            sum(one.archived is not Step.NOT for one in done),
            self._problems.get(mailbox),
        )

    def choose(self, mailbox: str, *, label: bool | None = None, archive: bool | None = None) -> Standing:
        """Switch on or off; None leaves it as it is. What was done stays done. Raises PermissionMissing, UsageError."""
        if "@" not in mailbox.partition(":")[0]:
            raise UsageError(_("Only mail in Gmail can be labelled."), _("Connect your account first."))
        if (label or archive) and not self.may(mailbox):
            raise PermissionMissing(_("label and archive mail"), "classact connect --with labels")
        with self._alone(mailbox):
            before = self._choice(mailbox)
            self.store.put(
                replace(
                    before,
                    label=before.label if label is None else label,
                    archive=before.archive if archive is None else archive,
                    changed=self.clock.now(),
                )
            )
            self._problems.pop(mailbox, None)
        return self.standing(mailbox)

    def changed(self, mailbox: str) -> None:
        """The log of a mailbox may have changed: bring labels and inbox up to it. Failures wait for the next time."""
        if not self._is_asked_for(mailbox):
            return
        self.run(lambda: self._try(mailbox))

    def work(self, mailbox: str) -> Done:
        """One pass: labels off what is no rejection any more, labels on what is new, form mail out of the inbox.

        Raises MailboxError kinds; what was done until then is kept, and the next pass goes on.
        """
        with self._alone(mailbox):
            chosen = self._choice(mailbox)
            wanted = {row.message_id for row in self.store.all(Rejection) if row.mailbox == mailbox}
            done = self._take_back(mailbox, lambda one: one.message_id not in wanted)
            if chosen.label:
                done = replace(done, labelled=self._label(mailbox, wanted))
            if chosen.archive:
                done = replace(done, archived=self._archive(mailbox, wanted))
            return done

    def undo(self, mailbox: str, *, labels: bool = True, archive: bool = True) -> Done:
        """Switch off and take back all that was done: labels off, archived mail back to the inbox.

        What the seeker has moved or thrown away since stays where it is. Raises MailboxError kinds; undo again then.
        """
        with self._alone(mailbox):
            self.choose(mailbox, label=False if labels else None, archive=False if archive else None)
            return self._take_back(mailbox, lambda _one: True, labels=labels, archive=archive)

    def _try(self, mailbox: str) -> None:
        try:
            self.work(mailbox)
        except ClassActError as error:
            logger.info("labels wait: %s", error.code)
            self._problems[mailbox] = error
        else:
            self._problems.pop(mailbox, None)

    def _label(self, mailbox: str, wanted: set[str]) -> int:
        known = self._done(mailbox)
        waiting = sorted(i for i in wanted if i not in known or known[i].labelled is not Step.DONE)
        if not waiting:
            return 0
        label, tidier = self._label_id(mailbox), self.open_tidier(mailbox)
        for some in _chunks(waiting):
            self._note(mailbox, some, "", labelled=Step.ASKED)
            tidier.change(some, add=[label])
            self._note(mailbox, some, "labelled", labelled=Step.DONE)
        return len(waiting)

    def _archive(self, mailbox: str, wanted: set[str]) -> int:
        """Nobody's form mail out of the inbox; each is looked at once, and what lies elsewhere stays there."""
        waiting = self._form_mail(mailbox, wanted)
        if not waiting:
            return 0
        tidier = self.open_tidier(mailbox)
        places, known = tidier.places(waiting), self._done(mailbox)
        leaving = [i for i, place in places.items() if place and place.can_leave]
        gone = [i for i in places if i not in leaving and i in known and known[i].archived is Step.ASKED]
        stays = [i for i in places if i not in leaving and i not in gone]
        self._note(mailbox, stays, "", kept=True)
        self._note(mailbox, gone, "archived", archived=Step.DONE)  # a stop came between the change and its note
        for some in _chunks(leaving):
            self._note(mailbox, some, "", archived=Step.ASKED)
            tidier.change(some, remove=[_INBOX])
            self._note(mailbox, some, "archived", archived=Step.DONE)
        return len(leaving)

    def _form_mail(self, mailbox: str, wanted: set[str]) -> list[str]:
        """Rejections that may leave the inbox and were not looked at yet."""
        known = self._done(mailbox)
        open_ = {i for i in wanted if i not in known or not (known[i].kept or known[i].archived is Step.DONE)}
        if not open_:
            return []
        rows = [row for row in self.store.all(Judged) if row.mailbox == mailbox]
        beside: dict[str, list[Judged]] = defaultdict(list)
        for row in rows:
            beside[f"thread {row.thread_id}"].append(row)
            if row.company:
                beside[f"company {row.company.casefold()}"].append(row)
        return [
            row.message_id
            for row in rows
            if row.message_id in open_
            and may_archive(
                row, [*beside[f"thread {row.thread_id}"], *beside[f"company {(row.company or '').casefold()}"]]
            )
        ]

    def _take_back(
        self, mailbox: str, which: Callable[[Tidied], bool], *, labels: bool = True, archive: bool = True
    ) -> Done:
        rows = [one for one in self._done(mailbox).values() if which(one)]
        labelled = [one.message_id for one in rows if labels and one.labelled is not Step.NOT]
        archived = [one.message_id for one in rows if archive and one.archived is not Step.NOT]
        if labelled:
            tidier = self.open_tidier(mailbox)
            label = tidier.label(self._choice(mailbox).label_id, make=False)
            for some in _chunks(labelled):
                if label:  # else the seeker has deleted it, and it is on no message any more
                    self._note(mailbox, some, "", labelled=Step.ASKED)  # logged anew after a lost answer: put on again
                    tidier.change(some, remove=[label])
                self._note(mailbox, some, "unlabelled", labelled=Step.NOT)
        restored = self._restore(mailbox, archived) if archived else 0
        return Done(unlabelled=len(labelled), restored=restored)

    def _restore(self, mailbox: str, archived: list[str]) -> int:
        tidier, restored = self.open_tidier(mailbox), 0
        for some in _chunks(archived):
            places = tidier.places(some)
            back = [i for i, place in places.items() if place and place.can_return]
            tidier.change(back, add=[_INBOX])
            self._note(mailbox, back, "restored", archived=Step.NOT, kept=True)
            self._note(mailbox, [i for i in places if i not in back], "", archived=Step.NOT, kept=True)
            restored += len(back)
        return restored

    def _label_id(self, mailbox: str) -> str:
        chosen = self._choice(mailbox)
        label = self.open_tidier(mailbox).label(chosen.label_id)
        if label != chosen.label_id:
            self.store.put(replace(chosen, label_id=label))
        return label

    def _note(self, mailbox: str, message_ids: Iterable[str], what: str, **values: object) -> None:
        """Write down what was done to messages; `what`: for the journal, "" for nothing."""
        now, known = self.clock.now(), self._done(mailbox)
        rows, entries = [], []
        for id_ in message_ids:
            before = known.get(id_) or Tidied(mailbox, id_, now)
            rows.append(replace(before, at=now, **values))  # type: ignore[arg-type]  # fields of Tidied
            if what:
                entries.append(JournalEntry(f"{now.isoformat()} {what} {id_} {mailbox}", mailbox, now, what, id_))
        if rows:
            self.store.put(*rows, *entries)

    def _done(self, mailbox: str) -> dict[str, Tidied]:
        return {one.message_id: one for one in self.store.all(Tidied) if one.mailbox == mailbox}

    def _choice(self, mailbox: str) -> Tidying:
        return self.store.get(Tidying, mailbox) or Tidying(
            mailbox, label=False, archive=False, changed=self.clock.now()
        )

    def _is_asked_for(self, mailbox: str) -> bool:
        chosen = self.store.get(Tidying, mailbox)
        return chosen is not None and (chosen.label or chosen.archive or bool(self._done(mailbox)))

    def _alone(self, mailbox: str) -> threading.RLock:
        with self._lock:
            return self._busy.setdefault(mailbox, threading.RLock())


def _chunks(message_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (message_ids[start : start + _CHUNK] for start in range(0, len(message_ids), _CHUNK))
