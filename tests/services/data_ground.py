"""Stores full of everything, and hypothesis strategies for records as the program makes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from nlp.verdict import Band, Label
from server.domain.model import (
    Contact,
    Correction,
    Cursor,
    JournalEntry,
    Judged,
    Kind,
    OutboxState,
    Pairing,
    Rejection,
    Span,
    Training,
)
from server.ports import Keyed, Rows, Store
from server.services.keeping import Keeping
from server.services.log import everywhere
from server.stores import rows
from tests.builders import MAILBOX, NOON, FixedClock, a_judged, a_rejection, an_outbox_item

ROWS: Rows = rows
PAIRING = Pairing("p1", "chrome-extension://x", "hash-canary", "key-canary", NOON)
EVERYTHING: tuple[Keyed, ...] = (
    a_judged(),
    a_rejection(),
    a_judged(message_id="18c0ffee00000002", label=Label.INTERVIEW, band=Band.NO, score=0.01),
    Correction(MAILBOX, "18c0ffee00000001", NOON, None, "Brightwater", "Gardener", "w", (1, 2, 3)),
    Cursor(MAILBOX, "12345", NOON),
    an_outbox_item(state=OutboxState.SENT, draft_id="d1", sent_message_id="18c0ffee00000009"),
    JournalEntry("j1", MAILBOX, NOON, "sent", "18c0ffee00000001", Kind.THANK_YOU),
    Training(NOON, NOON + timedelta(minutes=5), 7, "why not"),
    PAIRING,
)

# Any text that a mail can bring, lone surrogates and formulas too; NUL never comes through the parser.
TEXT = st.text(st.characters(exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["=1+1", "@SUM(A1)", "'=x", "''", '"', "a,b;c", "two\r\nlines", "\tTab", "-5", "\ud800", "＝1", " edge "]
)
LINE = TEXT.map(lambda text: " ".join("".join(sign for sign in text if sign.isprintable()).split()))
MOMENT = st.datetimes(datetime(1999, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
IDS = st.integers(16**9, 16**16 - 1).map(lambda number: f"{number:x}")


@st.composite
def logs(draw: st.DrawFn) -> list[Keyed]:
    """A log: rejections with their judged rows, some corrected."""
    records: list[Keyed] = []
    for message_id in draw(st.lists(IDS, unique=True, max_size=6)):
        row = a_judged(
            message_id=message_id,
            thread_id=message_id,
            received=draw(MOMENT),
            judged=draw(MOMENT),
            company=draw(LINE) or None,
            role=draw(LINE) or None,
            subject=draw(LINE),
            score=draw(st.none() | st.floats(0, 1)),
            hold=draw(st.booleans()),
            language=draw(st.sampled_from(["en", "de", ""])),
            reason=draw(st.sampled_from([None, "passed", "filled", "cancelled"])),
            sender=Contact(draw(LINE), "ada@brightwater.example"),
            evidence=tuple(Span(text, 3, 3 + len(text)) for text in draw(st.lists(TEXT, max_size=2))),
        )
        records += [row, rejected(row)]
        if draw(st.booleans()):
            records.append(Correction(MAILBOX, message_id, draw(MOMENT), None, draw(TEXT), None))
    return records


def rejected(row: Judged) -> Rejection:
    """The line in the log for a row."""
    shared = {name: getattr(row, name) for name in Rejection.__dataclass_fields__ if hasattr(row, name)}
    return Rejection(**shared, logged=row.judged)


def keeping(store: Store, home: Path, clock: FixedClock | None = None) -> Keeping:
    """What can be done with the data, over a store and a folder."""
    return Keeping(
        store,
        ROWS,
        clock or FixedClock(NOON),
        home,
        "1.2.3",
        visible=lambda: everywhere,
        mailbox=lambda: MAILBOX,
        calendar=lambda: "CALENDAR",
    )


def without_secrets(records: tuple[Keyed, ...]) -> list[Keyed]:
    """What leaves the program."""
    return [record for record in records if not isinstance(record, Pairing)]
