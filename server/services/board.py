"""The applications as the store has them, kept up with it: only what changed there is read and fitted in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from server.domain.application import ByHand, Description, Placement
from server.domain.matching import Grouping, Matching, Record
from server.domain.model import Correction, Judged
from server.ports import Mark, News, Store
from server.services.log import Visible, is_shown

_READ = (Judged, Placement, Description, ByHand, Correction)  # what applications are made of


class Board:
    """All applications of the mailboxes that are shown. Not safe for threads."""

    def __init__(self, store: Store, visible: Callable[[], Visible]) -> None:
        self._store, self._visible = store, visible
        self._mark: Mark | None = None  # how far the store is known
        self._before: Mark | None = None  # how far it was when something was asked about that it does not have yet
        self._shown: dict[str, bool] = {}  # by mailbox
        self._matching, self._grouping = Matching(), Grouping((), ())

    def now(self) -> Grouping:
        """The grouping as things stand now."""
        visible = self._visible()
        if any(visible(name) != before for name, before in self._shown.items()):
            self._mark = None  # other mailboxes are shown now: all of it anew
        news, self._mark = self._store.since(self._mark, _READ), None
        if news.whole:
            self._matching, self._shown = Matching(), {}
        if news.whole or news.records or news.gone:
            self._grouping = self._follow(news, visible)
        self._mark = news.mark  # not before: what broke off half-way is begun anew
        return self._grouping

    def as_if(self, records: Iterable[Record], gone: Iterable[tuple[type[object], str]]) -> Grouping:
        """The grouping as it will be when these records have been put and those are gone.

        Whoever puts them then says `stands`; without that, `now` begins anew.
        """
        self._before, self._mark = self._mark or self._before, None
        self._grouping = self._matching.follow(records, gone)
        return self._grouping

    def stands(self) -> None:
        """What was asked about by `as_if` has been put: go on from there."""
        self._mark, self._before = self._before, None

    def _follow(self, news: News, visible: Visible) -> Grouping:
        records: list[Record] = []
        gone = list(news.gone)
        for record in news.records:
            if isinstance(record, Judged):
                for name in {record.mailbox, record.twin.partition("\n")[0]} - {""}:
                    self._shown.setdefault(name, visible(name))
                if not is_shown(record, visible):
                    gone.append((Judged, record.key))
                    continue
            records.append(cast("Record", record))
        return self._matching.follow(records, gone)
