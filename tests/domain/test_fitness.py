"""Records from files: what the program could not have made itself is found out."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from server.domain.fitness import unfit
from server.domain.model import Contact
from server.domain.particulars import Participant
from server.domain.reading import EPOCH
from tests.builders import a_judged, a_rejection, an_outbox_item


@pytest.mark.parametrize(
    "record",
    [
        a_judged(),
        a_rejection(),
        an_outbox_item(),
        a_judged(thread_id="", sender=Contact("", ""), received=EPOCH),
        a_judged(
            subject="a\0b\ud800" * 50_000, mailbox="mbox:/tmp/\udcff.mbox", received=datetime(1900, 1, 1, tzinfo=UTC)
        ),
    ],
)
def test_what_the_program_makes_fits(record):
    assert unfit(record) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"message_id": "<script>"},
        {"message_id": "18C0FFEE00000001"},
        {"thread_id": "a b"},
        {"mailbox": "kim@seeker.example\nx"},
        {"mailbox": " "},
        {"mailbox": ""},
        {"received": datetime(2026, 1, 1)},  # noqa: DTZ001
        {"received": datetime(1, 1, 1, tzinfo=UTC)},
        {"judged": datetime(9999, 12, 31, tzinfo=UTC)},
        {"score": math.nan},
        {"people": (Participant("Ada", "", meeting=datetime(2026, 1, 1)),)},  # noqa: DTZ001
    ],
    ids=str,
)
def test_what_it_cannot_have_made_does_not(fields):
    assert unfit(a_judged(**fields))
