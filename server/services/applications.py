"""Applications as the seeker sees them, and what the seeker puts right by hand: at once, for good, and undoable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from server.domain.application import (
    Application,
    Change,
    Description,
    Outcome,
    Stage,
    Unsure,
    stage_of,
)
from server.domain.matching import Grouping, Record
from server.domain.matching_called import as_called
from server.domain.model import Judged
from server.errors import NotFound, Refused, UsageError
from server.ports import Clock, Keyed, Store
from server.services import application_changes as changes
from server.services import by_hand
from server.services.application_changes import Step, digest
from server.services.board import Board
from server.services.log import Visible
from server.texts import _

_LONGEST = {"company": 200, "role": 200, "note": 2000}  # characters
E = TypeVar("E", Stage, Outcome)


class Applications:
    """The applications over a store. Safe for threads; what nothing changed is not worked out twice."""

    def __init__(
        self, store: Store, clock: Clock, visible: Callable[[], Visible], mailboxes: Callable[[], list[str]]
    ) -> None:
        self._store, self._clock, self._visible, self._mailboxes = store, clock, visible, mailboxes
        self._lock = threading.RLock()
        self._board = Board(store, visible)
        self._is_looked_at = False

    def board(self) -> Grouping:
        """All applications and what is asked about, as things stand now."""
        with self._lock:
            self._is_looked_at = True
            return self._board.now()

    def keep_up(self) -> None:
        """Fit in what has just come, if somebody has looked since the last time: the next look need not wait for it."""
        if self._is_looked_at:
            with self._lock:
                self._is_looked_at = False
                self._board.now()

    def of(self, message_id: str) -> Application:
        """The application that a message belongs to; raises NotFound when it belongs to none."""
        found = self.board().of(message_id)
        if found is None:
            raise NotFound(
                _("No application holds the message %(id)s.") % {"id": message_id},
                _("Reload the page, or run `classact applications` to see them."),
            )
        return found

    def called(self, row: Judged) -> Judged:
        """The row with the company and role of its application: what the seeker said of them, or its mails say best."""
        return as_called(row, self.board().of(row.message_id))

    def stage_of(self, message_id: str) -> Stage | None:
        """How far the application of that message got, None when it belongs to none."""
        found = self.board().of(message_id)
        return stage_of(found) if found else None

    def said_of(self, application: Application) -> Description:
        """What the seeker said of that application: nothing but what was said by hand."""
        key = application.by_hand
        return self._store.get(Description, key) or Description(key, self._clock.now())

    # -- by hand

    def merge(self, ids: Sequence[str]) -> Application:
        """Make one application of several, named by any of their messages. What was said of the first one wins."""
        with self._lock:
            several = self._named(ids)
            if len(several) < 2:  # noqa: PLR2004 - two make one
                raise UsageError(
                    _("Choose at least two applications to merge."), _("Name two or more; on the page, tick them.")
                )
            several.sort(key=lambda one: (not one.by_hand, one.started, one.id))
            step, key = Step(self._clock.now()), _key_of(several[0])
            said = [self._store.get(Description, one.by_hand) for one in several if one.by_hand]
            told = [one for one in said if one]
            if told:
                step.descriptions.append(_joined(key, told, step.now))
                step.gone += [one for one in told if one.key != key]
            for one in several:
                step.put(one.messages, key)
            self._write(step, "merged", len(several), several[0])
            return self.of(several[0].id)

    def split(self, message_ids: Sequence[str]) -> Application:
        """Make some messages of one application an application of their own."""
        with self._lock:
            chosen = set(message_ids)
            several = self._named(message_ids)
            if len(several) != 1:
                raise UsageError(_("Choose messages of one application."), _("Tick them under that application."))
            part = [row for row in several[0].messages if row.message_id in chosen]
            rest = [row for row in several[0].messages if row.message_id not in chosen]
            if not rest:
                raise UsageError(_("That would leave nothing behind."), _("Leave at least one message unticked."))
            step = Step(self._clock.now())
            step.put(rest, _key_of(several[0]))
            step.put(part, _fresh_key(part, step.now))
            self._write(step, "split", len(part), several[0])
            return self.of(part[0].message_id)

    def place(self, message_id: str, to: str = "") -> Application:
        """Put what was asked about, or one message of another application, where it belongs; "": on its own."""
        with self._lock:
            asked = self._asked(message_id)
            rows = asked.messages if asked else tuple(r for r in self.of(message_id).messages if _is(r, message_id))
            step = Step(self._clock.now())
            if not asked and len(source := self.of(message_id).messages) > 1:
                step.put([row for row in source if row not in rows], _key_of(self.of(message_id)))
            target = self.of(to) if to else None
            if target:
                step.put([row for row in target.messages if row not in rows], _key_of(target))
            step.put(rows, _key_of(target) if target else _fresh_key(rows, step.now))
            self._write(step, "placed", len(rows), rows[0])
            return self.of(message_id)

    def edit(
        self,
        ids: Sequence[str],
        *,
        company: str | None = None,
        role: str | None = None,
        stage: str | None = None,
        outcome: str | None = None,
        note: str | None = None,
    ) -> list[Application]:
        """Say of one or several applications what they are. None leaves a thing, "" lets its mails speak again."""
        names = {name: _line(name, value) for name, value in (("company", company), ("role", role), ("note", note))}
        stages, outcomes = _one_of(Stage, stage), _one_of(Outcome, outcome)
        if stage is None and outcome is None and all(value is None for value in names.values()):
            raise UsageError(_("Nothing was said about it."), _("Name a company, a role, a stage or an outcome."))
        with self._lock:
            several, step = self._named(ids), Step(self._clock.now())
            if not several:
                raise UsageError(_("Choose at least one application."), _("Tick it, then try again."))
            for one in several:
                key = _key_of(one)
                before = self._store.get(Description, key) or Description(key, step.now)
                step.put(one.messages, key)
                step.descriptions.append(
                    Description(
                        application=key,
                        made=step.now,
                        company=before.company if names["company"] is None else names["company"] or None,
                        role=before.role if names["role"] is None else names["role"] or None,
                        stage=before.stage if stage is None else stages,
                        outcome=before.outcome if outcome is None else outcomes,
                        note=before.note if names["note"] is None else names["note"],
                    )
                )
            self._write(step, "edited", len(several), several[0])
            return [self.of(one.id) for one in several]

    def add(self, news: by_hand.News, to: str = "") -> Judged:
        """Log what came by phone, post or portal, and put it into the application `to`, or where it fits.

        Raises UsageError for what makes no sense, Refused when it is there already.
        """
        with self._lock:
            now, mailbox = self._clock.now(), self._mailboxes()[0]
            row, told = by_hand.records(news, mailbox, now)
            if self._store.get(Judged, row.key) is not None:
                raise Refused(_("That is in the log already."), _("Undo it first, or say what is different."))
            step, target = Step(now), self.of(to) if to else None
            if target:
                step.put([*target.messages, row], _key_of(target))
            logged = by_hand.line(row, now)
            self._write(step, "added", 1, row, [row, told, *logged])
            return row

    def undo(self) -> Change:
        """Take back the last change that has not been taken back; raises Refused when there is none."""
        with self._lock:
            return changes.undo(self._store, self._visible(), self._clock.now())

    def last_change(self) -> Change | None:
        """The change that `undo` would take back."""
        return changes.last(self._store, self._visible())

    def _named(self, ids: Iterable[str]) -> list[Application]:
        return list({one.id: one for one in map(self.of, dict.fromkeys(ids))}.values())

    def _asked(self, message_id: str) -> Unsure | None:
        asked = (one for one in self.board().unsure if any(_is(row, message_id) for row in one.messages))
        return next(asked, None)

    def _steady(self, step: Step, news: Sequence[Judged]) -> None:
        """Hold every application that the step does not speak of as it is: no rule may move it because of the step."""
        before, held = self.board(), 0
        while True:
            records: list[Record] = [*news, *step.placements[held:], *step.descriptions]
            after = self._board.as_if(records, [(Description, said.key) for said in step.gone])
            placed, held = {one.key for one in step.placements}, len(step.placements)
            untouched = {id(one) for one in after.applications}  # those are the very same
            touched = (one for one in before.applications if id(one) not in untouched and one.id not in placed)
            moved = [one for one in touched if not _is_whole(one, after.of(one.id))]
            if not moved:
                return
            for one in moved:
                step.put(one.messages, _key_of(one))

    def _write(
        self, step: Step, what: str, count: int, about: Application | Judged, news: Sequence[Keyed] = ()
    ) -> None:
        first = about.messages[0] if isinstance(about, Application) else about
        self._steady(step, [record for record in news if isinstance(record, Judged)])
        changes.write(self._store, self._visible(), step, what, count=count, first=first, news=news)
        self._board.stands()


def _is_whole(one: Application, after: Application | None) -> bool:
    return after is not None and after.messages == one.messages


def _is(row: Judged, message_id: str) -> bool:
    return row.message_id == message_id


def _key_of(application: Application) -> str:
    """The key of its placements: the one it has, or the one it will have from now on."""
    return application.by_hand or digest(*(row.message_id for row in application.messages))


def _fresh_key(rows: Sequence[Judged], now: datetime) -> str:
    return digest(now.isoformat(), *(row.message_id for row in rows))


def _joined(key: str, told: Sequence[Description], now: datetime) -> Description:
    """What was said of several, the first that says something about a point counts; notes are all kept."""
    return Description(
        application=key,
        made=now,
        company=next((one.company for one in told if one.company), None),
        role=next((one.role for one in told if one.role), None),
        stage=next((one.stage for one in told if one.stage), None),
        outcome=next((one.outcome for one in told if one.outcome), None),
        note="\n".join(dict.fromkeys(one.note for one in told if one.note)),
    )


def _one_of(kind: type[E], value: str | None) -> E | None:
    if not value:
        return None
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(kind)
        raise UsageError(
            _("“%(value)s” makes no sense here.") % {"value": value}, _("Choose one of: %(known)s.") % {"known": known}
        ) from error


def _line(name: str, value: str | None) -> str | None:
    """What was typed, on one line (a note on several), without what cannot be shown; raises UsageError if too long."""
    return None if value is None else by_hand.tidy(value, _LONGEST[name], lines=name == "note")
