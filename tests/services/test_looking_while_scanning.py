"""A scan fits what it logs into the applications as it goes, while somebody looks: the next look need not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from server.domain.application import Placement
from server.domain.model import ScanReport
from server.ports import Keyed, Mark, News
from server.stores.memory import MemoryStore
from tests.services.desk_ground import REJECTION, SEEKER, Ground


class Counting(MemoryStore):
    """Counts the records that were read for the applications because they are new."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def since(self, mark: Mark | None, kinds: Iterable[type[Keyed]]) -> News:
        asked = tuple(kinds)
        news = super().since(mark, asked)
        self.read += len(news.records) if Placement in asked else 0
        return news


@pytest.fixture
def ground() -> Ground:
    made = Ground(store=Counting())
    for _mail in range(3):
        made.mailbox.deliver(REJECTION)
    return made


def test_what_a_scan_logs_is_fitted_in_before_the_next_look(ground: Ground):
    ground.desk.applications.board()
    ground.desk.scan(SEEKER)
    read = ground.store.read
    assert read == 3
    assert sum(len(one.messages) for one in ground.desk.applications.board().applications) == 3
    assert ground.store.read == read


def test_while_nobody_looks_a_scan_fits_nothing_in(ground: Ground):
    ground.desk.scan(SEEKER)
    assert ground.store.read == 0


def test_after_one_look_only_one_piece_of_a_scan_is_fitted_in(ground: Ground):
    ground.desk.applications.board()
    ground.desk.scan(SEEKER)
    ground.mailbox.deliver(REJECTION)
    ground.desk.scan(SEEKER)
    assert ground.store.read == 3


def test_whoever_watches_a_scan_is_told_all_the_same(ground: Ground):
    heard: list[ScanReport] = []
    ground.desk.scan(SEEKER, lambda report, _total: heard.append(report))
    assert heard[-1].judged == 3
