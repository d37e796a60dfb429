"""What changed in an open store, and in which order: so that whoever follows it need not read all of it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from server.ports import Keyed, Mark, News


class Changes:
    """The last change of each record since the store was opened, by kind. Not safe for threads: the store is."""

    def __init__(self) -> None:
        self._opened, self._count = object(), 0
        self._last: defaultdict[type[Keyed], dict[str, int]] = defaultdict(dict)  # the latest change comes last

    def note(self, kind: type[Keyed], key: str) -> None:
        """A record was put or removed."""
        self._count += 1
        last = self._last[kind]
        last.pop(key, None)
        last[key] = self._count

    def since(
        self,
        mark: Mark | None,
        kinds: Iterable[type[Keyed]],
        get: Callable[[type[Keyed], str], Keyed | None],
        everything: Callable[[type[Keyed]], Sequence[Keyed]],
    ) -> News:
        """See Store.since."""
        now = Mark(self._opened, self._count)
        if mark is None or mark.opened is not self._opened:
            return News(now, [record for kind in kinds for record in everything(kind)], [], whole=True)
        changed: list[tuple[int, type[Keyed], str]] = []
        for kind in kinds:
            for key, when in reversed(self._last[kind].items()):
                if when <= mark.count:
                    break
                changed.append((when, kind, key))
        records: list[Keyed] = []
        gone: list[tuple[type[Keyed], str]] = []
        for _when, kind, key in sorted(changed, key=lambda one: one[0]):
            record = get(kind, key)
            if record is None:
                gone.append((kind, key))
            else:
                records.append(record)
        return News(now, records, gone)
